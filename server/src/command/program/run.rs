//! `run`.

use std::path::Path;
use std::sync::Arc;

use blocks::catalog::Capability;
use blocks::value::Entries;
use blocks::{Type, Value, json, literal, text};
use vm::host::Outcome;
use vm::testing::run_tests;
use vm::{Code, Limits};

use super::RunArguments;
use super::load::{self, Loaded};
use crate::command::Exit;
use crate::world::{Grants, Run, World};

/// Runs a program and prints its outputs; what it prints goes to the standard error.
pub(super) fn run(arguments: &RunArguments) -> Result<Exit, Exit> {
    let Loaded { mut program, checked } = load::load(&arguments.file)?;
    let plan = checked.plan.ok_or(Exit::FAILED)?;
    let grants = Grants::of(&arguments.allow);
    let missing = checked.capabilities.iter().filter(|capability| !grants.has(**capability));
    missing.for_each(|capability| warn(*capability));
    let code = Arc::new(vm::compile(&plan));
    let inputs = inputs(&arguments.inputs, &code)?;
    let Run { outcome, recording } = run_in_world(grants, &code, inputs.clone())?;
    if let Some(name) = &arguments.record {
        let test = recording.into_test(name, inputs, &outcome);
        program.tests.retain(|have| have.name != *name);
        program.tests.push(test);
        record(&arguments.file, &program, &code)?;
    }
    Ok(print(outcome, arguments.json))
}

fn warn(capability: Capability) {
    let name = serde_json::to_value(capability).unwrap_or_default();
    let name = name.as_str().unwrap_or_default();
    match crate::world::option(capability) {
        Some(option) => eprintln!("the program may want {name}, which is not granted: {option}"),
        None => eprintln!("the program may want {name}, which runs on the command line cannot give"),
    }
}

fn run_in_world(grants: Grants, code: &Arc<Code>, inputs: Entries) -> Result<Run, Exit> {
    let failed = |error: &dyn std::fmt::Display| {
        eprintln!("{error}");
        Exit::USAGE
    };
    let world = Arc::new(World::new(grants).map_err(|error| failed(&format!("{error:#}")))?);
    let runtime = tokio::runtime::Runtime::new().map_err(|error| failed(&error))?;
    let run = runtime.block_on(world.run(code, inputs, Limits::default(), |line| eprintln!("{line}")));
    // A question that nobody needs an answer to any more must not hold the process.
    runtime.shutdown_background();
    Ok(run)
}

fn inputs(given: &[String], code: &Code) -> Result<Entries, Exit> {
    let mut inputs = Entries::default();
    for input in given {
        let Some((name, value)) = input.split_once('=') else {
            eprintln!("'{input}' is not NAME=VALUE");
            return Err(Exit::USAGE);
        };
        let ty = code.inputs().iter().find(|parameter| parameter.name == name).map(|parameter| parameter.ty.clone());
        inputs.insert(name.to_owned(), value_of(value, ty.as_ref()));
    }
    Ok(inputs)
}

/// A literal, or the text itself where a text is wanted.
fn value_of(text: &str, ty: Option<&Type>) -> Value {
    match (literal::read(text), ty) {
        (Ok(value @ Value::Text(_)), _) => value,
        (_, Some(Type::Text)) | (Err(_), _) => Value::text(text),
        (Ok(value), _) => value,
    }
}

/// Writes the program with its new test, if that passes: what is too large to be written cannot be repeated.
fn record(file: &Path, program: &blocks::Program, code: &Arc<Code>) -> Result<(), Exit> {
    let name = program.tests.last().map(|test| test.name.clone()).unwrap_or_default();
    let problem = run_tests(program, code, Limits::default()).pop().and_then(|result| result.problem);
    if let Some(problem) = problem {
        eprintln!("the run is not recorded, as the test '{name}' would fail: {problem}");
        return Err(Exit::FAILED);
    }
    load::write(file, &text::write(program))?;
    eprintln!("recorded as the test '{name}' in {}", file.display());
    Ok(())
}

fn print(outcome: Outcome, as_json: bool) -> Exit {
    match outcome.result {
        Ok(outputs) if as_json => {
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
