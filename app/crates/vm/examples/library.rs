//! Runs the tests of the library's programs and prints what they gave, one JSON object a line: the kind, the test and
//! the outputs. With names as arguments, only theirs; with `--write`, programs are written in their canonical form
//! first. It ends with an error if a test fails or a program is not canonical.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use blocks::document::Expect;
use blocks::{Value, check, json, literal, text};
use vm::Limits;

fn main() -> ExitCode {
    let (options, wanted): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
    let rewrites = options.iter().any(|option| option == "--write");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../blocks/library");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let mut failed = false;
    for path in files {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if wanted.is_empty() || wanted.contains(&name) {
            failed |= !run(&name, &path, rewrites);
        }
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn run(name: &str, path: &Path, rewrites: bool) -> bool {
    let source = std::fs::read_to_string(path).unwrap();
    let program = match text::read(&source) {
        Ok(program) => program,
        Err(problems) => {
            eprintln!("{name}: {problems:#?}");
            return false;
        }
    };
    let canonical = text::write(&program);
    let mut passed = canonical == source || rewrites;
    if rewrites {
        std::fs::write(path, canonical).unwrap();
    } else if !passed {
        eprintln!("{name}: not canonical; --write makes it so");
    }
    let checked = check(&program);
    for diagnostic in &checked.diagnostics {
        eprintln!("{name}: {diagnostic:?}");
        passed = false;
    }
    let Some(plan) = checked.plan else { return false };
    let code = Arc::new(vm::compile(&plan));
    for report in vm::testing::run_tests(&program, &code, Limits::default()) {
        if let Some(problem) = report.problem {
            eprintln!("{name}: {}: {problem}", report.name);
            passed = false;
        }
    }
    for test in program.tests.iter().filter(|test| matches!(test.expect, Expect::Outputs(_))) {
        let outcome = vm::run(&code, test.inputs.clone(), Limits::default(), &mut vm::host::Console::default());
        match outcome.result {
            Ok(outputs) => {
                let line = [("kind", Value::text(name)), ("test", Value::text(test.name.as_str()))];
                let line = line.into_iter().map(|(key, value)| (key.to_owned(), value));
                let line = Value::map(line.chain([("outputs".to_owned(), Value::map(outputs.clone()))]));
                println!("{}", json::write(&line, None).unwrap_or_else(|_| literal::write(&line)));
            }
            Err(failure) => {
                eprintln!("{name}: {}: {} {}", test.name, failure.fault.code, failure.fault.detail);
                passed = false;
            }
        }
    }
    passed
}
