//! Generated projects build, pass their tests and run by the commands that their README names.

#[expect(dead_code, reason = "other tests use the rest")]
mod tools;

use std::path::Path;

use codegen::Target;
use tools::{Tool, run};

fn write(folder: &Path, target: Target) {
    let program = blocks::text::read(include_str!("programs/records_and_maps.blocks")).unwrap();
    let plan = blocks::check(&program).plan.unwrap();
    for file in codegen::generate_project(&program, &plan, target).unwrap() {
        std::fs::write(folder.join(file.path), file.content).unwrap();
    }
}

const INPUTS: &str = r#"{"people": [{"name": "Cy", "age": 7}, {"name": "Di"}], "prices": {"2": 1, "1": 0.5}}"#;

fn assert_outputs(shown: &str) {
    let outputs = blocks::json::read(shown).unwrap().to_string();
    assert!(outputs.starts_with(r#"{"keys": ["2", "1"], "ages": [7, 0], "#), "{outputs}");
    assert!(outputs.contains(r#""shown": "{\"2\": 1.0, \"1\": 0.5}""#), "{outputs}");
}

#[test]
fn in_python() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), Target::Python);
    assert_outputs(&run(folder.path(), "python3", &["main.py", INPUTS]));
    tools::assert_ruff_agrees(folder.path());
}

#[test]
fn in_javascript() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), Target::JavaScript);
    run(folder.path(), "npm", &["test"]);
    assert_outputs(&run(folder.path(), "npm", &["start", "--silent", "--", INPUTS]));
    tools::assert_prettier_agrees(folder.path());
}

#[test]
fn in_typescript() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), Target::TypeScript);
    tools::assert_prettier_agrees(folder.path());
    if Tool::Tsc.find().is_none() {
        return;
    }
    // What `npm install` would bring.
    std::os::unix::fs::symlink(tools::modules().canonicalize().unwrap(), folder.path().join("node_modules")).unwrap();
    run(folder.path(), "npm", &["test"]);
    assert_outputs(&run(folder.path(), "npm", &["start", "--silent", "--", INPUTS]));
}

#[test]
fn a_wrong_input_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), Target::JavaScript);
    let refused = std::process::Command::new("node")
        .args(["main.js", r#"{"people": [{"name": 1}]}"#])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("the input name is missing or does not fit"));
}
