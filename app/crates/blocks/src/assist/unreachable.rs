//! Branches that never run, and blocks behind a certain end.

use std::collections::HashSet;

use super::Finding;
use super::body::reads;
use super::places::{Place, Places};
use super::readers::redirect;
use crate::document::{BlockId, Program, Source};
use crate::edit::{BodyAddress, EditOp, Routine};
use crate::plan::{Feed, Operation, Origin, PlannedBody, Step};
use crate::value::Value;

/// Choices that always fall on the same body: its blocks take the place of the whole.
pub(super) fn branches(program: &Program, places: &Places<'_>) -> Vec<(usize, Finding)> {
    let found = places.0.iter().enumerate().filter_map(|(index, place)| {
        let body = chosen(places, &place.step.operation)?;
        Some((index, inlined(program, place, body)?))
    });
    found.collect()
}

/// The body that runs whatever comes in, if there is one.
fn chosen<'a>(places: &Places<'a>, operation: &'a Operation) -> Option<&'a PlannedBody> {
    match operation {
        Operation::If { condition, then, otherwise } => match known(places, condition)? {
            Value::Bool(true) => Some(then),
            Value::Bool(false) => Some(otherwise),
            _ => None,
        },
        Operation::Match { value, cases, otherwise } => {
            let value = known(places, value)?;
            Some(cases.iter().find(|(case, _)| case == value).map_or(otherwise, |(_, body)| body))
        }
        _ => None,
    }
}

/// The value of a feed that is written in the program.
fn known<'a>(places: &Places<'a>, feed: &'a Feed) -> Option<&'a Value> {
    match &feed.origin {
        Origin::Literal(value) => Some(value),
        Origin::Port(block, _) if !feed.widen => match &places.0[places.find(block)?].step.operation {
            Operation::Constant(value, _) => Some(value),
            _ => None,
        },
        Origin::Port(..) => None,
    }
}

fn inlined(program: &Program, place: &Place<'_>, body: &PlannedBody) -> Option<Finding> {
    // A body waits for what its blocks asked before it ends; outside of it they would be waited for later.
    let asks = body.steps.iter().any(|step| matches!(step.operation, Operation::Effect { .. }));
    if asks || body.yields.iter().any(|outlet| outlet.from.widen) {
        return None;
    }
    let block = &place.step.block;
    let mut before = place.before();
    let mut fix = Vec::new();
    for step in &body.steps {
        fix.push(EditOp::move_block(step.block.as_str(), place.address.clone(), before.map(BlockId::as_str)));
        before = Some(&step.block);
    }
    fix.extend(redirect(program, block, &|port| {
        let outlet = body.yields.iter().find(|outlet| outlet.name == port)?;
        Some(source(&outlet.from.origin))
    })?);
    fix.push(EditOp::remove_block(block.as_str()));
    let message = format!("'{block}' always takes the same branch; keep the blocks of that one only");
    Some(Finding { code: "unreachable_branch".to_owned(), block: block.clone(), message, fix })
}

fn source(origin: &Origin) -> Source {
    match origin {
        Origin::Port(block, port) => Source::wire(block.as_str(), port),
        Origin::Literal(value) => Source::Literal(value.clone()),
    }
}

/// Blocks behind a `fail` of the same body, but for those whose values the body's yields or outputs name.
pub(super) fn behind_fail(program: &Program, places: &Places<'_>) -> Vec<(usize, Finding)> {
    let fails = places.0.iter().enumerate().filter(|(_, place)| {
        let before = &place.body.steps[..place.index];
        is_fail(place.step) && !before.iter().any(|step| is_fail(step))
    });
    let found = fails.filter_map(|(index, place)| {
        let mut needed = results(program, place);
        let mut fix = Vec::new();
        for step in place.body.steps[place.index + 1..].iter().rev() {
            if needed.contains(&step.block) {
                needed.extend(reads(step).into_iter().cloned());
            } else if !matches!(step.operation, Operation::Note(_)) {
                fix.push(EditOp::remove_block(step.block.as_str()));
            }
        }
        let block = &place.step.block;
        let message = format!("what stands behind '{block}' never runs, since '{block}' always fails; remove it");
        let finding = Finding { code: "unreachable_code".to_owned(), block: block.clone(), message, fix };
        (!finding.fix.is_empty()).then_some((index, finding))
    });
    found.collect()
}

fn is_fail(step: &Step) -> bool {
    matches!(step.operation, Operation::Fail { .. })
}

/// The blocks that what leaves a body names.
fn results(program: &Program, place: &Place<'_>) -> HashSet<BlockId> {
    let outputs = match &place.address {
        BodyAddress::Routine { routine: Routine::Main } => Some(&program.outputs),
        BodyAddress::Routine { routine: Routine::Function { name } } => {
            program.function(name).map(|function| &function.outputs)
        }
        BodyAddress::Container { .. } => None,
    };
    let of_routine = outputs.into_iter().flatten().filter_map(|output| match &output.from {
        Source::Wire { block, .. } => Some(block.clone()),
        Source::Literal(_) => None,
    });
    let of_body = place.body.yields.iter().filter_map(|outlet| super::body::origin(&outlet.from).cloned());
    of_routine.chain(of_body).collect()
}
