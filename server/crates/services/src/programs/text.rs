//! Texts of programs: what is taken in, and what the checker says of them.

use blocks::{Diagnostic, Plan, Program, Severity, check, text};
use model::{DiagnosticView, ProgramRecord};

use crate::ServiceError;

/// The largest program that is kept, in bytes.
pub(super) const MAX_TEXT: usize = 1 << 20;

/// Reads a text that was sent in, and checks the program.
pub(super) fn read(source: &str) -> Result<(Program, Vec<DiagnosticView>), ServiceError> {
    if source.len() > MAX_TEXT {
        return Err(ServiceError::Invalid(format!("a program has at most {MAX_TEXT} bytes")));
    }
    let program = text::read(source).map_err(|problems| {
        let lines: Vec<String> = problems
            .iter()
            .take(10)
            .map(|found| format!("line {}: {}", found.line.unwrap_or(0), found.message))
            .collect();
        ServiceError::Invalid(format!("the program cannot be read: {}", lines.join("; ")))
    })?;
    let diagnostics = diagnostics(&program)?;
    Ok((program, diagnostics))
}

/// What the checker says of a program that is to be kept.
///
/// # Errors
/// `Invalid` for a name that is too long.
pub(super) fn diagnostics(program: &Program) -> Result<Vec<DiagnosticView>, ServiceError> {
    if program.name.chars().count() > 200 {
        return Err(ServiceError::Invalid("a program's name has at most 200 characters".to_owned()));
    }
    Ok(check(program).diagnostics.iter().map(view).collect())
}

/// Reads a text that is kept.
pub(super) fn stored(text: &str) -> Result<Program, ServiceError> {
    text::read(text).map_err(|_| ServiceError::Internal("a stored program cannot be read".to_owned()))
}

/// What runs.
pub(super) fn plan_of(record: &ProgramRecord) -> Result<Plan, ServiceError> {
    let program = stored(&record.text)?;
    let checked = check(&program);
    let first = checked.errors().next().map(|found| found.message.clone());
    checked.plan.ok_or_else(|| {
        ServiceError::Invalid(format!("the program has errors and cannot run: {}", first.unwrap_or_default()))
    })
}

fn view(found: &Diagnostic) -> DiagnosticView {
    DiagnosticView {
        code: found.code.clone(),
        severity: if found.severity == Severity::Error { "error" } else { "warning" }.to_owned(),
        message: found.message.clone(),
        block: found.block.as_ref().map(|block| block.0.clone()),
        port: found.port.clone(),
        line: found.line.map(|line| line as u64),
    }
}
