//! Generated code, run by its language.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value as Json, json};

use super::Target;
use super::generated::Generated;
use crate::case::Case;
use crate::outcome::{Outcome, describe};

/// Where the drivers stand.
pub(super) const DRIVERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/drivers");

/// Runs a batch in one process of the language.
pub(super) fn run(target: Target, cases: &[&Case]) -> Vec<Outcome> {
    let folder = tempfile::tempdir().expect("a folder");
    let modules: Vec<Generated> = cases.iter().map(|case| Generated::new(target, case)).collect();
    let extension = if target == Target::Python { "py" } else { "mjs" };
    for (index, generated) in modules.iter().enumerate() {
        let path = folder.path().join(format!("case_{index}.{extension}"));
        std::fs::write(path, &generated.source).expect("a written file");
    }
    run_files(target, cases, &modules, folder.path(), extension)
}

/// Runs the files `case_0`, `case_1` … of a folder in one process of the language.
pub(super) fn run_files(
    target: Target,
    cases: &[&Case],
    modules: &[Generated],
    folder: &Path,
    extension: &str,
) -> Vec<Outcome> {
    let mut list: Vec<Json> = Vec::new();
    for (index, (case, generated)) in cases.iter().zip(modules).enumerate() {
        let module = format!("case_{index}");
        let types: Vec<Json> = case.outputs().iter().map(describe).collect();
        list.push(json!({
            "path": folder.join(format!("{module}.{extension}")), "module": module, "count": types.len(),
            "function": generated.function(target).0, "types": types,
        }));
    }
    let lines = answers(command(target), &Json::Array(list).to_string(), cases.len());
    lines.iter().zip(modules).map(|(line, generated)| Outcome::read_mapped(line, &generated.blocks)).collect()
}

fn command(target: Target) -> Command {
    if target == Target::Python {
        let mut command = Command::new("python3");
        command.arg(Path::new(DRIVERS).join("python.py"));
        return command;
    }
    let mut command = Command::new("node");
    // Lines of TypeScript, not of what it was compiled to.
    command.arg("--enable-source-maps").arg(Path::new(DRIVERS).join("javascript.mjs"));
    command
}

/// The lines that a driver answers; one that died or hangs gives fewer, and the rest says so.
pub(super) fn answers(mut command: Command, input: &str, count: usize) -> Vec<String> {
    // Programs are bounded on the machine, so that a minute is without end.
    let mut limited = Command::new("timeout");
    limited.arg("60").arg(command.get_program()).args(command.get_args());
    command = limited;
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("timeout, python3 and node are installed");
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().expect("an output");
    // A driver that died does not read on; its missing lines say so.
    let _ = writer.join();
    let mut lines: Vec<String> = String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect();
    let errors: String = String::from_utf8_lossy(&output.stderr).chars().take(2000).collect();
    let missing = json!({ "code": "!died", "says": format!("{} {errors}", output.status) }).to_string();
    lines.resize(count, missing);
    lines
}
