//! `check` and `format`.

use std::path::Path;

use blocks::assist::{self, Finding};
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
            Ok(Found { is_sound, diagnostics, findings }) => {
                if !is_sound {
                    exit = Exit::FAILED;
                }
                let mut found =
                    json!({ "file": file.display().to_string(), "sound": is_sound, "diagnostics": diagnostics });
                if arguments.findings {
                    found["findings"] = json!(findings);
                }
                report.push(found);
            }
            Err(failed) => exit = failed,
        }
    }
    if arguments.json {
        println!("{:#}", serde_json::Value::Array(report));
    }
    Ok(exit)
}

/// What was found in a file.
struct Found {
    is_sound: bool,
    diagnostics: Vec<Diagnostic>,
    findings: Vec<Finding>,
}

/// Checks one file.
fn one(file: &Path, arguments: &CheckArguments) -> Result<Found, Exit> {
    if arguments.fix {
        apply_fixes(file, arguments.findings)?;
    }
    let findings = |program: &Program| if arguments.findings { assist::findings(program) } else { Vec::new() };
    if arguments.json {
        let source = load::read(file)?;
        return Ok(match text::read(&source) {
            Ok(program) => {
                let checked = blocks::check(&program);
                let is_sound = checked.plan.is_some();
                Found { is_sound, diagnostics: checked.diagnostics, findings: findings(&program) }
            }
            Err(diagnostics) => Found { is_sound: false, diagnostics, findings: Vec::new() },
        });
    }
    let Loaded { program, checked } = load::load(file)?;
    let findings = findings(&program);
    for Finding { code, block, message, .. } in &findings {
        eprintln!("{}: note {code} {block}: {message}", file.display());
    }
    let is_sound = checked.plan.is_some();
    if is_sound {
        eprintln!("{}: no errors, {}", file.display(), counted(checked.diagnostics.len(), "warning"));
    } else {
        let errors = checked.errors().count();
        let warnings = counted(checked.diagnostics.len() - errors, "warning");
        eprintln!("{}: {}, {warnings}", file.display(), counted(errors, "error"));
    }
    let options = checked.capabilities.iter().filter_map(|capability| world::option(*capability));
    let options: Vec<&str> = options.collect();
    if !options.is_empty() {
        eprintln!("{}: runs with {}", file.display(), options.join(" "));
    }
    Ok(Found { is_sound, diagnostics: checked.diagnostics, findings })
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// Applies one fix after the other, until none is left.
fn apply_fixes(file: &Path, also_findings: bool) -> Result<(), Exit> {
    let (_, mut program) = load::parse(file)?;
    let mut applied = 0;
    // A fix never leaves more to fix; the bound is for what should not happen.
    while applied < 1000 && (apply_one(file, &mut program) || also_findings && improve(file, &mut program)) {
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

/// Applies the edits of one finding, if there is one that leaves every error as it is.
fn improve(file: &Path, program: &mut Program) -> bool {
    let mut found = assist::findings(program).into_iter();
    let Some(found) = found.find(|found| !found.fix.is_empty() && found.code != "unguarded_effect") else {
        return false;
    };
    eprintln!("{}: fixed {} {}", file.display(), found.code, found.block);
    edit::apply_all(program, &found.fix).is_ok()
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
