//! Work inside a loop that gives the same value every turn.

use super::Finding;
use super::body::reads;
use super::places::{Place, Places};
use super::total::{awaits, is_pure, is_total};
use crate::document::BlockId;
use crate::edit::EditOp;
use crate::plan::{Driver, Feed, Operation, Origin};
use crate::value::Value;

pub(super) fn find(places: &Places<'_>) -> Vec<(usize, Finding)> {
    let found = places.0.iter().enumerate().filter_map(|(index, place)| {
        let around = &places.0[place.around?];
        let hoisted = is_loop(&around.step.operation)
            && is_pure(place.step)
            && is_invariant(place, around)
            && !awaits(places, place.step)
            && (is_total(place.step) || is_first_of_a_certain_turn(place, around));
        hoisted.then(|| (index, finding(place, around)))
    });
    found.collect()
}

fn finding(place: &Place<'_>, around: &Place<'_>) -> Finding {
    let (block, container) = (&place.step.block, &around.step.block);
    Finding {
        code: "loop_invariant".to_owned(),
        block: block.clone(),
        message: format!("'{block}' gives the same value every turn; move it before '{container}'"),
        fix: vec![EditOp::move_block(block.as_str(), around.address.clone(), around.before().map(BlockId::as_str))],
    }
}

fn is_loop(operation: &Operation) -> bool {
    matches!(
        operation,
        Operation::Loop { .. }
            | Operation::Map { .. }
            | Operation::Filter { .. }
            | Operation::Reduce { .. }
            | Operation::SortBy { .. }
    )
}

/// Whether it reads neither the loop nor anything in the same body.
fn is_invariant(place: &Place<'_>, around: &Place<'_>) -> bool {
    let read = reads(place.step);
    !read.contains(&around.step.block) && !place.body.steps.iter().any(|other| read.contains(&other.block))
}

/// Whether it runs for certain, and nothing that fails or that anybody sees happens in the loop before it.
fn is_first_of_a_certain_turn(place: &Place<'_>, around: &Place<'_>) -> bool {
    let certain = match &around.step.operation {
        Operation::Loop { driver: Driver::Each(feed) | Driver::Times(feed), .. }
        | Operation::Map { items: feed, .. }
        | Operation::Filter { items: feed, .. }
        | Operation::Reduce { items: feed, .. }
        | Operation::SortBy { items: feed, .. } => has_a_turn(feed),
        _ => false,
    };
    // A value that is widened on its way in may fail before the first turn.
    let feeds_are_plain = around.step.operation.feeds().iter().all(|(feed, _)| !feed.widen);
    certain && feeds_are_plain && place.body.steps[..place.index].iter().all(|step| is_total(step))
}

fn has_a_turn(feed: &Feed) -> bool {
    match &feed.origin {
        Origin::Literal(Value::Int(times)) => *times > 0,
        Origin::Literal(value) => value.as_list().is_some_and(|items| !items.is_empty()),
        Origin::Port(..) => false,
    }
}
