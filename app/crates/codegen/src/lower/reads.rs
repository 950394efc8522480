//! Who reads a value.

use blocks::BlockId;
use blocks::plan::{Feed, Operation, Origin, PlannedBody};

use super::growth::{Growths, growth};

/// The blocks at the end of a body whose values only its yields read, once and in the same order: nothing that may fail
/// or be seen from outside happens between, so each may be written where it is yielded.
pub(super) fn yielded_in_place(body: &PlannedBody, growths: &Growths) -> Vec<BlockId> {
    let mut found = Vec::new();
    let mut before = body.yields.len();
    for step in body.steps.iter().rev() {
        let pure = match &step.operation {
            Operation::Note(_) => continue,
            // It does not matter when this happens.
            operation
                if growths.steps.contains(&step.block) && growth(operation).is_some_and(|own| own.is_simple()) =>
            {
                continue;
            }
            // What looks at a list that grows looks before it does.
            operation if operation.feeds().into_iter().any(|(feed, _)| growths.involves(feed)) => break,
            operation => has_one_value(operation),
        };
        let own = |feed: &Feed| matches!(&feed.origin, Origin::Port(from, _) if *from == step.block);
        let place = body.yields.iter().position(|outlet| own(&outlet.from));
        match place {
            Some(place) if pure && place < before && reads_in(body, &own) == 1 && is_first(body, place) => {
                before = place;
            }
            _ => break,
        }
        found.push(step.block.clone());
    }
    found
}

/// Whether nothing that a body yields before a place can fail where it is yielded.
fn is_first(body: &PlannedBody, place: usize) -> bool {
    body.yields.iter().take(place).all(|outlet| match &outlet.from.origin {
        Origin::Literal(value) => !crate::cases::is_large(value),
        Origin::Port(..) => !outlet.from.widen,
    })
}

fn has_one_value(operation: &Operation) -> bool {
    matches!(
        operation,
        Operation::Formula { .. } | Operation::Template { .. } | Operation::Constant(..) | Operation::Builtin { .. }
    )
}

/// Whether nothing but the values that a body yields happens in it.
pub(super) fn is_only_values(body: &PlannedBody, growths: &Growths) -> bool {
    yielded_in_place(body, growths).len() == body.steps.len() && body.steps.iter().all(|step| step.title.is_empty())
}

/// Whether a body reads a port of a block.
pub(super) fn reads(body: &PlannedBody, block: &BlockId, port: &str) -> bool {
    reads_in(body, &|feed: &Feed| matches!(&feed.origin, Origin::Port(from, name) if from == block && name == port)) > 0
}

/// How many feeds of a body, and of the bodies in it, are of a kind.
pub(super) fn reads_in(body: &PlannedBody, is: &dyn Fn(&Feed) -> bool) -> usize {
    let own: usize = body.steps.iter().map(|step| reads_of(&step.operation, is)).sum();
    own + body.yields.iter().filter(|outlet| is(&outlet.from)).count()
}

pub(super) fn reads_of(operation: &Operation, is: &dyn Fn(&Feed) -> bool) -> usize {
    let inside: usize = operation.bodies().into_iter().map(|body| reads_in(body, is)).sum();
    inside + operation.feeds().into_iter().filter(|(feed, _)| is(feed)).count()
}
