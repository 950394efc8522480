//! The command line, with the real binary: alone on a data folder, and beside a server that runs on it.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

/// The binary on a data folder, with none of this process's settings.
fn agent_lightning(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_agent-lightning"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("AGENT_LIGHTNING_")) {
        command.env_remove(name);
    }
    command.env("AGENT_LIGHTNING_DATA", data).env("AGENT_LIGHTNING_MIN_FREE", "0");
    command
}

fn run(data: &Path, arguments: &[&str]) -> Output {
    agent_lightning(data).args(arguments).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or(-1)
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A server on a data folder, killed at the end unless it is stopped before.
struct Server {
    child: Child,
    url: String,
    _stdout: ChildStdout,
}

impl Server {
    fn start(data: &Path) -> Self {
        let mut child = agent_lightning(data)
            .args(["--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut stdout = child.stdout.take().unwrap();
        let line = BufReader::new(&mut stdout).lines().next().unwrap().unwrap();
        let url = line.rsplit(' ').next().unwrap().to_owned();
        assert!(url.starts_with("http://127.0.0.1:"), "{line}");
        Self { child, url, _stdout: stdout }
    }

    fn stop(mut self) {
        let told = Command::new("kill").arg(self.child.id().to_string()).status().unwrap();
        assert!(told.success() && self.child.wait().unwrap().success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

const QUESTION: &str = "What is the greatest common divisor of 48 and 18?";

#[test]
fn a_task_is_answered_alone_and_beside_a_server() {
    let folder = tempfile::tempdir().unwrap();
    let alone = run(folder.path(), &["task", QUESTION]);
    assert_eq!(code(&alone), 0, "{}", err(&alone));
    assert!(out(&alone).contains('6') && !err(&alone).contains("asking the server"), "{}", out(&alone));
    let server = Server::start(folder.path());
    let beside = run(folder.path(), &["task", QUESTION]);
    assert_eq!(code(&beside), 0, "{}", err(&beside));
    assert_eq!(out(&beside), out(&alone));
    assert!(err(&beside).contains(&format!("asking the server at {}", server.url)), "{}", err(&beside));
    let unsolved = run(folder.path(), &["task", "Write a haiku about the sea"]);
    assert_eq!(code(&unsolved), 3, "{}", err(&unsolved));
    let wrong = run(folder.path(), &["task", QUESTION, "--agent", "nobody"]);
    assert_eq!(code(&wrong), 2);
    assert!(err(&wrong).contains("there is no agent 'nobody'"), "{}", err(&wrong));
    server.stop();
    // Both were kept in the same store.
    let server = Server::start(folder.path());
    let token = out(&run(folder.path(), &["token", "create"]));
    let named = agent_lightning(Path::new("/nonexistent"))
        .args(["task", QUESTION, "--json", "--server", &server.url])
        .env("AGENT_LIGHTNING_TOKEN", token.trim())
        .output()
        .unwrap();
    assert_eq!(code(&named), 0, "{}", err(&named));
    let task: serde_json::Value = serde_json::from_str(&out(&named)).unwrap();
    assert_eq!(task["state"], "succeeded");
}

#[test]
fn knowledge_goes_in_and_out_of_a_running_server() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data_scientist.json");
    let entries = r#"[{"category": "a & b", "content": "Scale features first"}, {"content": 5}]"#;
    std::fs::write(&file, entries).unwrap();
    let server = Server::start(folder.path());
    let imported = run(folder.path(), &["import", file.to_str().unwrap()]);
    assert_eq!((code(&imported), out(&imported).as_str()), (1, "1 imported, 1 rejected\n"), "{}", err(&imported));
    let beside = run(folder.path(), &["export", "--agent", "data_scientist"]);
    assert!(out(&beside).contains("Scale features first"), "{}", err(&beside));
    server.stop();
    assert_eq!(out(&run(folder.path(), &["export", "--agent", "data_scientist"])), out(&beside));
}

#[test]
fn the_note_about_a_running_server_is_for_its_user_only_and_goes_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let note = folder.path().join("server.json");
    let server = Server::start(folder.path());
    assert_eq!(std::fs::metadata(&note).unwrap().permissions().mode() & 0o777, 0o600);
    let link = run(folder.path(), &["token", "sign-in"]);
    assert!(out(&link).starts_with(&format!("{}/sign-in#", server.url)), "{}", err(&link));
    server.stop();
    assert!(!note.exists());
    // A kill leaves the note, and nobody answers at its address: the folder is opened.
    drop(Server::start(folder.path()));
    assert!(note.exists());
    let alone = run(folder.path(), &["token", "create"]);
    assert_eq!(code(&alone), 0, "{}", err(&alone));
    assert!(out(&alone).starts_with("al_"));
}

#[test]
fn a_folder_in_use_without_a_note_is_refused_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let _server = Server::start(folder.path());
    let second = run(folder.path(), &["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(code(&second), 75);
    assert!(err(&second).contains("in use by another process"), "{}", err(&second));
    std::fs::remove_file(folder.path().join("server.json")).unwrap();
    let refused = run(folder.path(), &["task", QUESTION]);
    assert_eq!(code(&refused), 75);
    assert!(err(&refused).contains("in use by another process"), "{}", err(&refused));
}

#[test]
fn a_server_that_cannot_be_asked_is_named_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let ask = |url: &str, token: &[&str]| {
        let output = run(folder.path(), &[&["token", "create", "--server", url], token].concat());
        assert_eq!((code(&output), out(&output).as_str()), (2, ""));
        err(&output)
    };
    let said = ask(&server.url, &[]);
    assert!(said.contains("needs a token: set AGENT_LIGHTNING_TOKEN"), "{said}");
    let said = ask(&server.url, &["--token", "wrong"]);
    assert!(said.contains("does not take the token"), "{said}");
    let url = server.url.clone();
    server.stop();
    let said = ask(&url, &["--token", "any"]);
    assert!(said.contains(&url) && said.contains("cannot be reached"), "{said}");
}

#[test]
fn a_database_server_that_cannot_be_used_is_named_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    for (url, said) in
        [("http://127.0.0.1:9", "starts with ws:// or wss://"), ("ws://127.0.0.1:9", "cannot be reached")]
    {
        let refused =
            agent_lightning(folder.path()).arg("serve").env("AGENT_LIGHTNING_DATABASE", url).output().unwrap();
        assert_eq!(code(&refused), 2);
        assert!(err(&refused).contains(said) && err(&refused).contains(url), "{}", err(&refused));
    }
}
