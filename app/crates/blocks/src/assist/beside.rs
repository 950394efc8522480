//! Steps that ask the world outside one after the other, and need not.

use std::collections::{BTreeMap, BTreeSet};

use super::Finding;
use super::body::reads;
use super::guards::Guards;
use super::inlet::Inlet;
use super::places::{Place, Places};
use super::readers::redirect_outside;
use super::skeleton::free_id;
use super::total::is_answer;
use super::world::{are_in_line, only_reads};
use crate::catalog::Effect;
use crate::document::{Block, BlockId, Body, Program, Source};
use crate::edit::{BodyAddress, EditOp};
use crate::plan::{Operation, Plan, PlannedBody, Step};

/// Calls and containers next to each other that both ask, only read, and do not read each other: bodies of Parallel.
/// If the first fails the run ends as before, so that all that differs is when the second asks.
pub(super) fn find(program: &Program, plan: &Plan, places: &Places<'_>, guards: &Guards) -> Vec<(usize, Finding)> {
    let found = places.0.iter().enumerate().filter_map(|(index, place)| {
        let next = place.body.steps.get(place.index + 1)?;
        let both = [place.step, next];
        let asks = both.map(|step| requests(plan, step));
        let apart = is_apart(&asks) && !reads(next).contains(&place.step.block);
        let awaits = || both.iter().zip(&asks).any(|(step, own)| awaits(places, step, own.as_ref()));
        let fits = apart && !awaits() && guards.ends_the_run(places, place);
        fits.then(|| finding(program, place, next))?.map(|finding| (index, finding))
    });
    found.collect()
}

/// Whether a step waits for an answer that a block before it asked for.
fn awaits(places: &Places<'_>, step: &Step, own: Option<&BTreeMap<&BlockId, Effect>>) -> bool {
    let is_own = |id: &BlockId| own.is_some_and(|own| own.contains_key(id));
    reads(step).into_iter().any(|id| !is_own(id) && is_answer(places, id))
}

/// What a step asks, by block; `None` if it may not run beside another one, or asks nothing.
fn requests<'a>(plan: &'a Plan, step: &'a Step) -> Option<BTreeMap<&'a BlockId, Effect>> {
    if matches!(step.operation, Operation::Effect { .. } | Operation::Parallel { .. }) {
        return None;
    }
    let mut asks = BTreeMap::new();
    let fits = in_step(plan, step, true, &mut BTreeSet::new(), &mut asks);
    (fits && !asks.is_empty()).then_some(asks)
}

/// Collects what a step asks; `false` if it does more than read, or uses variables from outside.
fn in_step<'a>(
    plan: &'a Plan,
    step: &'a Step,
    shares_variables: bool,
    called: &mut BTreeSet<usize>,
    asks: &mut BTreeMap<&'a BlockId, Effect>,
) -> bool {
    match &step.operation {
        Operation::Effect { effect, .. } => {
            asks.insert(&step.block, *effect);
            only_reads(*effect)
        }
        Operation::SetVariable { .. } | Operation::GetVariable { .. } | Operation::ChangeVariable { .. } => {
            !shares_variables
        }
        Operation::Call { function, .. } if called.insert(*function) => {
            plan.functions.get(*function).is_none_or(|routine| in_body(plan, &routine.body, false, called, asks))
        }
        operation => operation.bodies().into_iter().all(|body| in_body(plan, body, shares_variables, called, asks)),
    }
}

fn in_body<'a>(
    plan: &'a Plan,
    body: &'a PlannedBody,
    shares_variables: bool,
    called: &mut BTreeSet<usize>,
    asks: &mut BTreeMap<&'a BlockId, Effect>,
) -> bool {
    body.steps.iter().all(|step| in_step(plan, step, shares_variables, called, asks))
}

/// Whether two steps share neither a block that asks nor a resource.
fn is_apart(asks: &[Option<BTreeMap<&BlockId, Effect>>; 2]) -> bool {
    let [Some(first), Some(second)] = asks else { return false };
    let in_line = |one: &Effect| second.values().any(|other| are_in_line(*one, *other));
    !first.keys().any(|block| second.contains_key(block)) && !first.values().any(in_line)
}

fn finding(program: &Program, place: &Place<'_>, next: &Step) -> Option<Finding> {
    let both = [&place.step.block, &next.block];
    let side = free_id(program, &format!("{}_and_{}", both[0], both[1]));
    let mut block = Block::new(side.as_str(), "parallel");
    block.bodies.extend(both.map(|id| (id.to_string(), Body::default())));
    let mut fix = vec![EditOp::add_block(block, place.address.clone(), place.before().map(BlockId::as_str))];
    let body = |id: &BlockId| BodyAddress::of(side.as_str(), id.as_str());
    fix.extend(both.map(|id| EditOp::move_block(id.as_str(), body(id), None)));
    let mut readers = Vec::new();
    for id in both {
        let mut ports = BTreeSet::new();
        redirect_outside(program, id, &mut |port| {
            ports.insert(port.to_owned());
            None
        });
        for port in &ports {
            let inlet = Inlet::Yield { body: body(id), name: name(id, port) };
            fix.push(inlet.connect(program, Source::wire(id.as_str(), port)));
        }
        readers.extend(redirect_outside(program, id, &mut |port| Some(Source::wire(side.as_str(), name(id, port)))));
    }
    fix.append(&mut readers);
    let [first, second] = both;
    let message = format!("'{second}' waits for '{first}', which it does not need; put both into a Parallel");
    Some(Finding { code: "could_overlap".to_owned(), block: second.clone(), message, fix })
}

/// What a port is called outside of the Parallel.
fn name(id: &BlockId, port: &str) -> String {
    if port == crate::catalog::VALUE { id.to_string() } else { format!("{id}_{port}") }
}
