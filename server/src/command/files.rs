//! Commands on program files; they need no data folder.

use std::path::Path;
use std::sync::Arc;

use blocks::value::Entries;
use blocks::{Checked, Diagnostic, Program, Severity, Type, Value, json, literal};
use vm::Limits;
use vm::host::Console;

use super::{Exit, GenerateArguments, RunArguments};

/// Prints what is wrong with a program.
pub(super) fn check(file: &Path) -> Exit {
    match load(file) {
        Ok((_, checked)) if checked.plan.is_some() => {
            eprintln!("{}: no errors, {} warnings", file.display(), checked.diagnostics.len());
            Exit::DONE
        }
        Ok(_) => Exit::FAILED,
        Err(exit) => exit,
    }
}

/// Runs a program's tests.
pub(super) fn test(file: &Path) -> Exit {
    let (program, code) = match compile(file) {
        Ok(compiled) => compiled,
        Err(exit) => return exit,
    };
    let results = vm::testing::run_tests(&program, &code, Limits::default());
    for result in &results {
        match &result.problem {
            None => println!("ok      {}", result.name),
            Some(problem) => println!("FAILED  {}\n        {problem}", result.name),
        }
    }
    let failed = results.iter().filter(|result| !result.passed()).count();
    println!("{} passed, {failed} failed", results.len() - failed);
    if failed == 0 { Exit::DONE } else { Exit::FAILED }
}

/// Runs a program and prints its outputs.
pub(super) fn run(arguments: &RunArguments) -> Exit {
    let (_, code) = match compile(&arguments.file) {
        Ok(compiled) => compiled,
        Err(exit) => return exit,
    };
    let mut inputs = Entries::default();
    for input in &arguments.inputs {
        let Some((name, value)) = input.split_once('=') else {
            eprintln!("'{input}' is not NAME=VALUE");
            return Exit::USAGE;
        };
        let ty = code.inputs().iter().find(|parameter| parameter.name == name).map(|parameter| parameter.ty.clone());
        inputs.insert(name.to_owned(), value_of(value, ty.as_ref()));
    }
    let mut console = Console::default();
    let outcome = vm::run(&code, inputs, Limits::default(), &mut console);
    for line in &console.lines {
        eprintln!("{line}");
    }
    match outcome.result {
        Ok(outputs) if arguments.json => {
            println!("{}", json::write_lossy(&Value::map(outputs)));
            Exit::DONE
        }
        Ok(outputs) => {
            for (name, value) in &outputs {
                println!("{name} = {}", literal::write(value));
            }
            Exit::DONE
        }
        Err(failure) => {
            let place = failure.block.map(|block| format!(" at {block}")).unwrap_or_default();
            eprintln!("failed with {}{place}: {}", failure.fault.code, failure.fault.detail);
            if failure.fault.code == "input" { Exit::USAGE } else { Exit::FAILED }
        }
    }
}

/// A literal, or the text itself where a text is wanted.
fn value_of(text: &str, ty: Option<&Type>) -> Value {
    match (literal::read(text), ty) {
        (Ok(value @ Value::Text(_)), _) => value,
        (_, Some(Type::Text)) | (Err(_), _) => Value::text(text),
        (Ok(value), _) => value,
    }
}

/// Prints a program's code.
pub(super) fn generate(arguments: &GenerateArguments) -> Exit {
    let Some(target) = codegen::Target::find(&arguments.language) else {
        eprintln!("code comes in python, javascript, typescript and rust, not in '{}'", arguments.language);
        return Exit::USAGE;
    };
    match load(&arguments.file) {
        Ok((program, Checked { plan: Some(plan), .. })) => {
            for file in codegen::generate(&program, &plan, target) {
                eprintln!("--- {}", file.path);
                println!("{}", file.content);
            }
            Exit::DONE
        }
        Ok(_) => Exit::FAILED,
        Err(exit) => exit,
    }
}

fn compile(file: &Path) -> Result<(Program, Arc<vm::Code>), Exit> {
    let (program, checked) = load(file)?;
    let plan = checked.plan.ok_or(Exit::FAILED)?;
    Ok((program, Arc::new(vm::compile(&plan))))
}

/// Reads and checks a program, and prints what is wrong.
fn load(file: &Path) -> Result<(Program, Checked), Exit> {
    let source = std::fs::read_to_string(file).map_err(|error| {
        eprintln!("cannot read {}: {error}", file.display());
        Exit::USAGE
    })?;
    let program = blocks::text::read(&source).map_err(|problems| {
        problems.iter().for_each(|problem| print(file, problem));
        Exit::FAILED
    })?;
    let checked = blocks::check(&program);
    checked.diagnostics.iter().for_each(|found| print(file, found));
    Ok((program, checked))
}

fn print(file: &Path, found: &Diagnostic) {
    let severity = if found.severity == Severity::Error { "error" } else { "warning" };
    let line = found.line.map(|line| format!(":{line}")).unwrap_or_default();
    let place = [found.block.as_ref().map(ToString::to_string), found.port.clone()];
    let place = place.into_iter().flatten().collect::<Vec<_>>().join(".");
    eprintln!("{}{line}: {severity} {} {place}: {}", file.display(), found.code, found.message);
}
