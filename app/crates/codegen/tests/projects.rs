//! Generated projects build, pass their tests and run by the commands that their README names, and do the same in every
//! language.

#[expect(dead_code, reason = "other tests use the rest")]
mod tools;

use std::path::Path;
use std::process::Command;

use codegen::{File, ProjectOptions, Target};
use tools::{Tool, run};

const RECORDS: &str = include_str!("programs/records_and_maps.blocks");
const INVOICE: &str = include_str!("../../blocks/examples/invoice.blocks");
const MAZE: &str = include_str!("../../blocks/examples/maze.blocks");
const TYPES: &str = include_str!("programs/types_of_inputs.blocks");
const NO_OUTPUTS: &str = include_str!("programs/without_outputs.blocks");
const NO_INPUTS: &str = "program 1 \"Main\"\noutput value: int <- one.value\n\none: formula\n  expression = \"1\"\n\n\
    test \"one\"\n  expect value = 1\n";
const INPUTS: &str = r#"{"people": [{"name": "Cy", "age": 7}, {"name": "Di"}], "prices": {"2": 1, "1": 0.5}}"#;

fn project(source: &str, target: Target, options: ProjectOptions) -> Vec<File> {
    let program = blocks::text::read(source).unwrap();
    let plan = blocks::check(&program).plan.unwrap();
    codegen::generate_project(&program, &plan, target, options)
}

fn write(folder: &Path, source: &str, target: Target) {
    for file in project(source, target, ProjectOptions::default()) {
        let path = folder.join(file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, file.content).unwrap();
    }
    if target == Target::TypeScript {
        // What `npm install` would bring.
        let modules = tools::modules().canonicalize().unwrap();
        std::os::unix::fs::symlink(modules, folder.join("node_modules")).unwrap();
    }
}

fn is_there(target: Target) -> bool {
    target != Target::TypeScript || Tool::Tsc.find().is_some()
}

/// The command of a project, without its inputs.
fn command(target: Target) -> &'static [&'static str] {
    match target {
        Target::Python => &["python3", "main.py"],
        Target::JavaScript | Target::TypeScript => &["npm", "start", "--silent", "--"],
        Target::Rust => &["cargo", "run", "--quiet", "--offline", "--"],
    }
}

/// What a project's command prints.
fn outputs(folder: &Path, target: Target, inputs: &str) -> blocks::Value {
    let [program, arguments @ ..] = command(target) else { unreachable!() };
    let shown = run_in(folder, program, &[arguments, &[inputs]].concat());
    blocks::json::read(&shown).unwrap()
}

/// What a project's command says when it refuses its inputs.
fn refusal(folder: &Path, target: Target, inputs: &str) -> String {
    let [program, arguments @ ..] = command(target) else { unreachable!() };
    let refused = prepared(folder, program).args(arguments).arg(inputs).output().unwrap();
    assert!(!refused.status.success());
    String::from_utf8_lossy(&refused.stderr).into_owned()
}

fn run_in(folder: &Path, program: &str, arguments: &[&str]) -> String {
    let output = prepared(folder, program).args(arguments).output().unwrap();
    let [shown, said] = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    assert!(output.status.success(), "{shown}\n{said}");
    shown
}

/// Cargo builds inside the project, and takes warnings for errors.
fn prepared(folder: &Path, program: &str) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder);
    if program == "cargo" {
        command.env("CARGO_TARGET_DIR", folder.join("target")).env("RUSTFLAGS", "-Dwarnings -Cdebuginfo=0");
    }
    command
}

fn test(folder: &Path, target: Target) {
    match target {
        Target::Python if has_pytest() => run_in(folder, "python3", &["-m", "pytest", "-q"]),
        Target::Python => run(folder.parent().unwrap(), "python3", &["-c", tools::PYTHON_RUNNER]),
        Target::JavaScript | Target::TypeScript => run_in(folder, "npm", &["test"]),
        Target::Rust => run_in(folder, "cargo", &["test", "--offline", "--quiet"]),
    };
}

fn has_pytest() -> bool {
    Command::new("python3").args(["-c", "import pytest"]).output().is_ok_and(|output| output.status.success())
}

fn assert_laid_out(folder: &Path, target: Target) {
    match target {
        Target::Python => tools::assert_ruff_agrees(folder),
        Target::JavaScript | Target::TypeScript => tools::assert_prettier_agrees(folder),
        Target::Rust => {
            run(folder, "rustfmt", &["--edition", "2024", "--check", "src/main.rs", "src/lib.rs"]);
        }
    }
}

/// Builds, tests and runs the projects of a program; their outputs are the same, and given back.
fn assert_agreement(source: &str, inputs: &str) -> String {
    let mut found: Vec<(Target, blocks::Value)> = Vec::new();
    for target in Target::ALL.into_iter().filter(|target| is_there(*target)) {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("project");
        write(&folder, source, target);
        assert_laid_out(&folder, target);
        test(&folder, target);
        found.push((target, outputs(&folder, target, inputs)));
    }
    let (_, first) = &found[0];
    found.iter().for_each(|(target, outputs)| assert_eq!(outputs, first, "{target:?}"));
    first.to_string()
}

#[test]
fn invoices_are_the_same() {
    let inputs = r#"{"days": 14, "lines": [{"article": "Pen", "quantity": 10, "cents": 199, "rate": 19}]}"#;
    let outputs = assert_agreement(INVOICE, inputs);
    assert!(outputs.starts_with(r#"{"total": 2250, "taxes": [{"rate": 19, "net": 1891, "tax": 359}], "#), "{outputs}");
}

#[test]
fn ways_through_a_maze_are_the_same() {
    let outputs = assert_agreement(MAZE, r##"{"maze": "S.#\n#.#\n#.G"}"##);
    assert!(outputs.contains(r#""moves": "ESSE""#), "{outputs}");
}

/// An empty map was made by `Default`, which maps of generated Rust do not have.
#[test]
fn inputs_of_every_type_are_read_and_said_the_same() {
    let outputs = assert_agreement(TYPES, r#"{"flag": true}"#);
    let defaults =
        r#"{"flag": true, "anything": {}, "listed": [1, none, "a"], "labels": {}, "points": {}, "rows": [], "#;
    assert!(outputs.starts_with(defaults), "{outputs}");
    let inputs = r#"{"flag": false, "anything": {"a": [1, 2.5, {"b": null}], "c": "\ud83d\ude00\n"}, "listed": 0.5,
        "labels": {"z": "1", "y": "2"}, "points": {"p": {"x": 3, "tags": ["t"]}, "q": {"x": 1e300, "tags": [], "next": 7}},
        "rows": [{"b": 1, "a": 2}], "nothing": null, "maybe": "yes", "ratio": 1e-7, "word": "a\"b"}"#;
    let outputs = assert_agreement(TYPES, inputs);
    assert!(outputs.contains(r#""points": {"p": {"x": 3, "tags": ["t"], "next": none}, "q": "#), "{outputs}");
}

#[test]
fn nothing_to_read_or_to_say_is_the_same() {
    assert_eq!(assert_agreement(NO_OUTPUTS, r#"{"count": 1}"#), "{}");
    assert_eq!(assert_agreement(NO_INPUTS, "{}"), r#"{"value": 1}"#);
}

#[test]
fn records_and_maps_are_the_same_and_wrong_inputs_refused() {
    for target in Target::ALL.into_iter().filter(|target| is_there(*target)) {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        write(folder, RECORDS, target);
        assert_laid_out(folder, target);
        let outputs = outputs(folder, target, INPUTS).to_string();
        assert!(outputs.starts_with(r#"{"keys": ["2", "1"], "ages": [7, 0], "#), "{target:?}: {outputs}");
        assert!(outputs.contains(r#""shown": "{\"2\": 1.0, \"1\": 0.5}""#), "{target:?}: {outputs}");
        for (inputs, said) in [
            (r#"{"people": [{"name": 1}]}"#, "the input people is missing or does not fit"),
            (r#"{"people": null}"#, "the input people is missing or does not fit"),
            (r#"{"persons": []}"#, "there is no input persons"),
        ] {
            let refusal = refusal(folder, target, inputs);
            assert!(refusal.contains(said), "{target:?}: {refusal}");
        }
    }
}

#[test]
fn containers_come_where_asked() {
    let paths = |options| {
        let files = project(INVOICE, Target::Rust, options);
        files.into_iter().map(|file| file.path).filter(|path| !path.starts_with("src/")).collect::<Vec<_>>()
    };
    let plain = [".gitignore", "Cargo.toml", "README.md"].map(str::to_owned);
    let sorted = |mut paths: Vec<String>| {
        paths.sort();
        paths
    };
    assert_eq!(sorted(paths(ProjectOptions::default())), plain);
    let docker = sorted(paths(ProjectOptions { docker: true, kubernetes: false }));
    assert_eq!(docker, [".dockerignore", ".gitignore", "Cargo.toml", "Dockerfile", "README.md"]);
    let kubernetes = sorted(paths(ProjectOptions { docker: false, kubernetes: true }));
    assert_eq!(kubernetes, [".dockerignore", ".gitignore", "Cargo.toml", "Dockerfile", "README.md", "kubernetes.yaml"]);
}

/// What a Dockerfile copies is in the project, and what it runs has been copied or built.
#[test]
fn dockerfiles_copy_what_is_there() {
    for source in [INVOICE, MAZE, NO_INPUTS, NO_OUTPUTS] {
        for target in Target::ALL {
            let files = project(source, target, ProjectOptions { docker: true, kubernetes: true });
            let content = |path: &str| &files.iter().find(|file| file.path == path).unwrap().content;
            let docker = content("Dockerfile");
            for line in docker.lines().filter(|line| line.starts_with("COPY ") && !line.contains("--from")) {
                let mut copied: Vec<&str> = line.split_whitespace().skip(1).collect();
                copied.pop();
                for path in copied {
                    let there = |file: &&File| match path.strip_prefix('*') {
                        Some(ending) => file.path.ends_with(ending),
                        None => file.path == path || file.path.starts_with(&format!("{path}/")),
                    };
                    assert!(files.iter().any(|file| there(&file)), "{target:?}: {path} in\n{docker}");
                }
            }
            assert!(docker.contains("\nUSER 10001\nENTRYPOINT ["), "{docker}");
        }
    }
}
