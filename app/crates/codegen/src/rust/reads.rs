//! Who reads a value.

use blocks::BlockId;
use blocks::plan::{Feed, Operation, Origin, PlannedBody};

/// Whether a feed reads a port.
pub(crate) fn is_port(feed: &Feed, block: &BlockId, port: &str) -> bool {
    matches!(&feed.origin, Origin::Port(from, name) if from == block && name == port)
}

/// How often a body, and the bodies in it, read a port.
pub(crate) fn count(body: &PlannedBody, block: &BlockId, port: &str) -> usize {
    let mut found = 0;
    each_feed(body, &mut |feed, _| found += usize::from(is_port(feed, block, port)));
    found
}

/// What formulas call a port.
pub(crate) fn alias(body: &PlannedBody, block: &BlockId, port: &str) -> Option<String> {
    let mut found = None;
    each_feed(body, &mut |feed, name| {
        if found.is_none() && is_port(feed, block, port) {
            found = name.map(str::to_owned);
        }
    });
    found
}

/// Every feed of a body and of the bodies in it, with its name in a formula.
pub(crate) fn each_feed(body: &PlannedBody, visit: &mut dyn FnMut(&Feed, Option<&str>)) {
    for step in &body.steps {
        of_operation(&step.operation, visit);
    }
    body.yields.iter().for_each(|outlet| visit(&outlet.from, None));
}

fn of_operation(operation: &Operation, visit: &mut dyn FnMut(&Feed, Option<&str>)) {
    operation.feeds().into_iter().for_each(|(feed, name)| visit(feed, name));
    for body in operation.bodies() {
        each_feed(body, visit);
    }
}

/// Whether a body gives a variable another value.
pub(crate) fn changes(body: &PlannedBody, variable: &BlockId) -> bool {
    body.steps.iter().any(|step| match &step.operation {
        Operation::SetVariable { variable: own, .. } | Operation::ChangeVariable { variable: own, .. } => {
            own == variable
        }
        operation => operation.bodies().into_iter().any(|body| changes(body, variable)),
    })
}

/// Whether a body sets a variable whose value nothing has read since it was set or made.
pub(crate) fn overwrites(body: &PlannedBody) -> bool {
    let mut fresh: Vec<&BlockId> = Vec::new();
    for step in &body.steps {
        match &step.operation {
            Operation::Variable { .. } => fresh.push(&step.block),
            Operation::SetVariable { variable, .. } if fresh.contains(&variable) => return true,
            Operation::SetVariable { variable, .. } => fresh.push(variable),
            Operation::GetVariable { variable, .. } | Operation::ChangeVariable { variable, .. } => {
                fresh.retain(|own| *own != variable);
            }
            operation if operation.bodies().into_iter().any(overwrites) => return true,
            operation if operation.bodies().is_empty() => {}
            _ => fresh.clear(),
        }
    }
    !fresh.is_empty() && body.steps.iter().any(|step| matches!(step.operation, Operation::SetVariable { .. }))
}
