//! Who reads a value.

use blocks::BlockId;
use blocks::plan::{Driver, Feed, Operation, Origin, PlannedBody};

/// Whether a value is read once, by a yield of the same body, and nothing happens between.
pub(super) fn is_only_yielded(block: &BlockId, body: &PlannedBody) -> bool {
    let own = |feed: &Feed| matches!(&feed.origin, Origin::Port(from, _) if from == block);
    let yielded = body.yields.iter().filter(|outlet| own(&outlet.from)).count();
    yielded == 1 && reads_in(body, &own) == 1
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

fn reads_of(operation: &Operation, is: &dyn Fn(&Feed) -> bool) -> usize {
    let count = |feeds: &mut dyn Iterator<Item = &Feed>| feeds.filter(|feed| is(feed)).count();
    match operation {
        Operation::Formula { names, .. } | Operation::Template { names, .. } => count(&mut names.values()),
        Operation::Constant(..) | Operation::Note(_) => 0,
        Operation::Builtin { arguments, .. }
        | Operation::Call { arguments, .. }
        | Operation::Effect { arguments, .. } => count(&mut arguments.iter()),
        Operation::If { condition, then, otherwise } => {
            usize::from(is(condition)) + reads_in(then, is) + reads_in(otherwise, is)
        }
        Operation::Loop { driver, carries, body } => {
            let driven = match driver {
                Driver::Each(feed) | Driver::Times(feed) => usize::from(is(feed)),
                Driver::While(condition) => reads_in(condition, is),
            };
            driven + count(&mut carries.iter().map(|carry| &carry.from)) + reads_in(body, is)
        }
        Operation::Map { items, body } | Operation::Filter { items, body } => {
            usize::from(is(items)) + reads_in(body, is)
        }
        Operation::Try { attempt, rescue } => reads_in(attempt, is) + reads_in(rescue, is),
        Operation::Fail { message, .. } => usize::from(is(message)),
        Operation::Assert { condition, message } => usize::from(is(condition)) + count(&mut message.iter()),
    }
}
