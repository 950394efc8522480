//! `check` and `format`.

use std::path::Path;

use blocks::{Diagnostic, Program, edit, fix, text};
use serde_json::json;

use super::load::{self, Loaded};
use super::{CheckArguments, FormatArguments};
use crate::command::Exit;
use crate::world;

/// Prints what is wrong with programs, and applies fixes if asked.
pub(super) fn check(arguments: &CheckArguments) -> Result<Exit, Exit> {
    let mut exit = Exit::DONE;
    let mut report = Vec::new();
    for file in load::files(&arguments.files)? {
        match one(&file, arguments) {
            Ok((is_sound, found)) => {
                if !is_sound {
                    exit = Exit::FAILED;
                }
                report.push(json!({ "file": file.display().to_string(), "sound": is_sound, "diagnostics": found }));
            }
            Err(failed) => exit = failed,
        }
    }
    if arguments.json {
        println!("{:#}", serde_json::Value::Array(report));
    }
    Ok(exit)
}

/// Checks one file: whether it is sound, and what was found.
fn one(file: &Path, arguments: &CheckArguments) -> Result<(bool, Vec<Diagnostic>), Exit> {
    if arguments.json {
        let source = load::read(file)?;
        return Ok(match text::read(&source) {
            Ok(program) => {
                let checked = blocks::check(&program);
                (checked.plan.is_some(), checked.diagnostics)
            }
            Err(problems) => (false, problems),
        });
    }
    if arguments.fix {
        apply_fixes(file)?;
    }
    let Loaded { checked, .. } = load::load(file)?;
    let is_sound = checked.plan.is_some();
    if is_sound {
        eprintln!("{}: no errors, {} warnings", file.display(), checked.diagnostics.len());
    } else {
        let all = checked.diagnostics.len();
        eprintln!("{}: {} errors, {all} findings in all", file.display(), checked.errors().count());
    }
    let options = checked.capabilities.iter().filter_map(|capability| world::option(*capability));
    let options: Vec<&str> = options.collect();
    if !options.is_empty() {
        eprintln!("{}: runs with {}", file.display(), options.join(" "));
    }
    Ok((is_sound, checked.diagnostics))
}

/// Applies the fix of one finding after the other, until none is left.
fn apply_fixes(file: &Path) -> Result<(), Exit> {
    let (_, mut program) = load::parse(file)?;
    let mut applied = 0;
    // A fix never makes more findings; the bound is for what should not happen.
    while applied < 1000 && apply_one(file, &mut program) {
        applied += 1;
    }
    if applied > 0 { load::write(file, &text::write(&program)) } else { Ok(()) }
}

fn apply_one(file: &Path, program: &mut Program) -> bool {
    let found = blocks::check(program).diagnostics;
    let offered = found.iter().find_map(|diagnostic| Some((diagnostic, fix::fix(program, diagnostic)?)));
    let Some((diagnostic, fix)) = offered else {
        return false;
    };
    eprintln!("{}: fixed {}: {}", file.display(), diagnostic.code, fix.title);
    edit::apply_all(program, &fix.ops).is_ok()
}

/// Writes programs in the canonical form.
pub(super) fn format(arguments: &FormatArguments) -> Result<Exit, Exit> {
    let mut exit = Exit::DONE;
    for file in load::files(&arguments.files)? {
        let (source, program) = match load::parse(&file) {
            Ok(parsed) => parsed,
            Err(failed) => {
                exit = failed;
                continue;
            }
        };
        let formatted = text::write(&program);
        if formatted == source {
            continue;
        }
        if arguments.check {
            eprintln!("{} is not in the canonical form", file.display());
            exit = Exit::FAILED;
        } else {
            load::write(&file, &formatted)?;
            eprintln!("{} formatted", file.display());
        }
    }
    Ok(exit)
}
