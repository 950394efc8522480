//! What programs ask of the world outside: a small object in the generated code, whose methods the owner may replace.

use blocks::catalog::Effect;
use blocks::plan::{Operation, Plan, PlannedBody};

/// Whether JavaScript must wait for the answer.
pub(crate) fn waits(effect: Effect) -> bool {
    !matches!(
        effect,
        Effect::Print
            | Effect::Now
            | Effect::Today
            | Effect::RandomInt
            | Effect::ReadFile
            | Effect::WriteFile
            | Effect::AppendFile
            | Effect::ListFiles
            | Effect::DeleteFile
            | Effect::EnvironmentVariable
    )
}

/// Which routines wait for an answer, the program's own first: they and what calls them are `async` in JavaScript.
pub(crate) fn waiting(plan: &Plan) -> Vec<bool> {
    let bodies: Vec<&PlannedBody> =
        std::iter::once(&plan.main).chain(&plan.functions).map(|routine| &routine.body).collect();
    let mut waiting = vec![false; bodies.len()];
    loop {
        let before = waiting.clone();
        for (place, body) in bodies.iter().enumerate() {
            waiting[place] |= body_waits(body, &before);
        }
        if waiting == before {
            return waiting;
        }
    }
}

fn body_waits(body: &PlannedBody, waiting: &[bool]) -> bool {
    body.steps.iter().any(|step| match &step.operation {
        Operation::Effect { effect, .. } => waits(*effect),
        Operation::Call { function, .. } => waiting.get(function + 1).copied().unwrap_or(false),
        operation => operation.bodies().into_iter().any(|body| body_waits(body, waiting)),
    })
}

/// The object with the methods that some code calls; `None` if it calls none. A method is what stands between lines that
/// are indented by one step.
pub(crate) fn object(source: &str, code: &str, step: &str) -> Option<String> {
    let mut out = String::new();
    let mut any = false;
    for (name, lines) in members(source, step) {
        let used = name.is_none_or(|name| code.contains(&format!("effects.{name}(")));
        any |= used && name.is_some();
        if used {
            out.push_str(&lines);
        }
    }
    any.then_some(out)
}

/// The members of an object, each with its name; what stands before and after them has none.
fn members<'a>(source: &'a str, step: &str) -> Vec<(Option<&'a str>, String)> {
    let mut members: Vec<(Option<&str>, String)> = vec![(None, String::new())];
    for line in source.split_inclusive('\n') {
        let inner = line.strip_prefix(step).filter(|rest| rest.starts_with(|c: char| c.is_alphabetic()));
        let start = inner.and_then(|inner| inner.split_once('(')).map(|(head, _)| head);
        if let Some(head) = start {
            members.push((head.split_whitespace().last(), String::new()));
        } else if line.starts_with('}') {
            members.push((None, String::new()));
        }
        if let Some((_, lines)) = members.last_mut() {
            lines.push_str(line);
        }
    }
    members
}
