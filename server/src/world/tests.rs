use std::sync::Arc;

use blocks::Value;
use vm::host::Outcome;
use vm::testing::run_tests;
use vm::{Code, Limits};

use super::{Grant, Grants, Run, World};

fn compile(source: &str) -> Arc<Code> {
    let program = blocks::text::read(source).unwrap();
    let checked = blocks::check(&program);
    Arc::new(vm::compile(&checked.plan.unwrap_or_else(|| panic!("{:?}", checked.diagnostics))))
}

fn grants(all: &[String]) -> Grants {
    Grants::of(&all.iter().map(|grant| grant.parse::<Grant>().unwrap()).collect::<Vec<_>>())
}

fn run(source: &str, allowed: &[String]) -> Run {
    let world = Arc::new(World::new(grants(allowed)).unwrap());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(world.run(&compile(source), Default::default(), Limits::default(), |_| {}))
}

/// The code of the error that a run ends with.
fn code(outcome: &Outcome) -> &str {
    outcome.result.as_ref().expect_err("the run fails").fault.code.as_str()
}

/// The only output, as a text.
fn text(run: &Run) -> String {
    let outputs = run.outcome.result.as_ref().unwrap();
    outputs["out"].as_text().unwrap_or_default().to_owned()
}

fn program(block: &str) -> String {
    format!(
        "program 1 \"Asks\"\noutput out: text <- shown.value\n\n{block}\n\nshown: formula\n  expression = \"text(x)\"\n  x <- asked.value\n"
    )
}

#[test]
fn nothing_but_printing_goes_without_a_grant() {
    let kinds = [
        "asked: now",
        "asked: today",
        "asked: random_int\n  low <- 1\n  high <- 6",
        "asked: ask\n  question <- \"who?\"",
        "asked: read_file\n  path <- \"a\"",
        "asked: http_get\n  url <- \"http://127.0.0.1:1/\"",
        "asked: environment_variable\n  name <- \"PATH\"",
        "asked: ask_model\n  prompt <- \"hello\"",
    ];
    for block in kinds {
        assert_eq!(code(&run(&program(block), &[]).outcome), "not_granted", "{block}");
    }
}

#[test]
fn the_clock_and_chance_are_the_machines() {
    let now = text(&run(&program("asked: now"), &["clock".to_owned()]));
    assert!(now.len() == 20 && now.starts_with("20") && now.ends_with('Z'), "{now}");
    let today = text(&run(&program("asked: today"), &["clock".to_owned()]));
    assert_eq!(today.len(), 10, "{today}");
    let die = program("asked: random_int\n  low <- 3\n  high <- 3");
    assert_eq!(text(&run(&die, &["random".to_owned()])), "3");
    let backward = program("asked: random_int\n  low <- 4\n  high <- 3");
    assert_eq!(code(&run(&backward, &["random".to_owned()]).outcome), "invalid_argument");
}

#[test]
fn only_variables_that_are_named_can_be_read() {
    let path = program("asked: environment_variable\n  name <- \"PATH\"");
    assert!(!text(&run(&path, &["environment=PATH".to_owned()])).is_empty());
    assert_eq!(code(&run(&path, &["environment=HOME".to_owned()]).outcome), "not_granted");
}

#[test]
fn files_stay_in_their_folder() {
    let top = tempfile::tempdir().unwrap();
    let folder = top.path().join("granted");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(top.path().join("secret"), "secret").unwrap();
    std::os::unix::fs::symlink(top.path().join("secret"), folder.join("link")).unwrap();
    let granted = [format!("files={}", folder.display())];
    let wrote = "program 1 \"Writes\"\n\nmade: write_file\n  path <- \"new/a.txt\"\n  text <- \"one\"\n";
    assert!(run(wrote, &granted).outcome.result.is_ok());
    let added = "program 1 \"Adds\"\n\nmade: append_file\n  path <- \"new/a.txt\"\n  text <- \", two\"\n";
    assert!(run(added, &granted).outcome.result.is_ok());
    assert_eq!(text(&run(&program("asked: read_file\n  path <- \"new/a.txt\""), &granted)), "one, two");
    assert_eq!(text(&run(&program("asked: list_files\n  path <- \".\""), &granted)), "[\"link\", \"new/\"]");
    let absolute = top.path().join("secret").display().to_string();
    for path in ["../secret", "link", "new/../../secret", absolute.as_str()] {
        let found = run(&program(&format!("asked: read_file\n  path <- {path:?}")), &granted);
        assert_eq!(code(&found.outcome), "not_granted", "{path}");
    }
    let missing = run(&program("asked: read_file\n  path <- \"none\""), &granted);
    assert_eq!(code(&missing.outcome), "not_found");
    std::fs::write(folder.join("bytes"), [0xff, 0xfe]).unwrap();
    let bytes = run(&program("asked: read_file\n  path <- \"bytes\""), &granted);
    assert_eq!(code(&bytes.outcome), "invalid_argument");
}

/// Regression: the file was read before it was written.
#[test]
fn what_is_done_to_files_is_done_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let source = r#"program 1 "Order"
output out: text <- read.value

one: write_file
  path <- "a"
  text <- "1"

two: append_file
  path <- "a"
  text <- "2"

three: append_file
  path <- "a"
  text <- "3"

read: read_file
  path <- "a"
"#;
    let granted = [format!("files={}", folder.path().display())];
    for _ in 0..20 {
        assert_eq!(text(&run(source, &granted)), "123");
    }
}

/// A server that answers each request with its path, or sends it on.
fn serve() -> (String, tokio::runtime::Runtime) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let answer = |request: axum::extract::Request| async move {
        let path = request.uri().path().to_owned();
        match path.strip_prefix("/to/") {
            Some(host) => (axum::http::StatusCode::FOUND, [("location", format!("http://{host}/"))], String::new()),
            None => (axum::http::StatusCode::IM_A_TEAPOT, [("x-seen", request.method().to_string())], path),
        }
    };
    runtime.spawn(async move { axum::serve(listener, axum::Router::new().fallback(answer)).await });
    (address, runtime)
}

#[test]
fn requests_go_to_granted_hosts_only() {
    let (address, _runtime) = serve();
    let get = |path: &str| program(&format!("asked: http_get\n  url <- \"http://{address}{path}\""));
    let granted = [format!("network={address}")];
    let found = text(&run(&get("/here"), &granted));
    assert!(found.contains("\"status\": 418") && found.contains("\"body\": \"/here\""), "{found}");
    assert!(found.contains("\"x-seen\": \"GET\""), "{found}");
    assert_eq!(code(&run(&get("/here"), &["network=example.com".to_owned()]).outcome), "not_granted");
    let away = run(&get("/to/localhost:9"), &granted);
    assert_eq!(code(&away.outcome), "network");
    let detail = away.outcome.result.unwrap_err().fault.detail;
    assert!(detail.contains("localhost, which is not granted"), "{detail}");
    let wrong = program("asked: http_get\n  url <- \"nowhere\"");
    assert_eq!(code(&run(&wrong, &granted).outcome), "invalid_argument");
}

/// Each request waits until the other one is there: one after the other, they would never be answered.
#[test]
fn requests_that_do_not_depend_on_each_other_overlap() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let both = Arc::new(tokio::sync::Barrier::new(2));
    let answer = move || {
        let both = Arc::clone(&both);
        async move {
            both.wait().await;
            "met"
        }
    };
    runtime.spawn(async move { axum::serve(listener, axum::Router::new().fallback(answer)).await });
    let source = format!(
        "program 1 \"Two\"\noutput out: text <- shown.value\n\na: http_get\n  url <- \"http://{address}/a\"\n\nb: http_get\n  \
         url <- \"http://{address}/b\"\n\nshown: formula\n  expression = \"x.body + y.body\"\n  x <- a.value\n  y <- b.value\n"
    );
    assert_eq!(text(&run(&source, &[format!("network={address}")])), "metmet");
}

#[test]
fn a_recorded_run_is_a_test_that_passes_without_the_world() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a"), "something").unwrap();
    let source = program("asked: read_file\n  path <- \"a\"");
    let Run { outcome, recording } = run(&source, &[format!("files={}", folder.path().display())]);
    let mut program = blocks::text::read(&source).unwrap();
    program.tests.push(recording.into_test("as it went", Default::default(), &outcome));
    let again = blocks::text::read(&blocks::text::write(&program)).unwrap();
    let results = run_tests(&again, &compile(&source), Limits::default());
    assert_eq!(results[0].problem, None);
    assert_eq!(again.tests[0].answers.len(), 1);
    assert_eq!(outcome.result.unwrap()["out"], Value::text("something"));
}

#[test]
fn a_grant_that_makes_no_sense_is_refused() {
    for wrong in ["disk", "clock=now", "files=", "network=", ""] {
        assert!(wrong.parse::<Grant>().is_err(), "{wrong}");
    }
}
