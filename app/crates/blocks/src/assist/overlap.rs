//! Requests that wait for each other without need.

use std::collections::HashSet;

use super::Finding;
use super::body::reads;
use super::guards::Guards;
use super::places::{Place, Places};
use super::total::is_total;
use super::world::{are_in_line, only_reads};
use crate::catalog::Effect;
use crate::document::BlockId;
use crate::edit::EditOp;
use crate::plan::{Operation, Step};

/// Requests between which something reads the first answer, that may as well be read behind the second request. Both
/// only read, and if the first fails the run ends as before, so that all that differs is when the second is asked.
pub(super) fn find(places: &Places<'_>, guards: &Guards) -> Vec<(usize, Finding)> {
    let found = places.0.iter().enumerate().filter_map(|(index, place)| {
        let first = asked(place.step).filter(|effect| only_reads(*effect))?;
        let (second, moved) = waiting(place, first)?;
        guards.ends_the_run(places, place).then(|| (index, finding(place, second, &moved)))
    });
    found.collect()
}

fn asked(step: &Step) -> Option<Effect> {
    match &step.operation {
        Operation::Effect { effect, .. } => Some(*effect),
        _ => None,
    }
}

/// The next request of the body that waits for the first one without reading its answer, and the steps between for which
/// it waits.
fn waiting<'a>(place: &Place<'a>, first: Effect) -> Option<(&'a Step, Vec<&'a Step>)> {
    let mut answered: HashSet<&BlockId> = HashSet::from([&place.step.block]);
    let mut moved = Vec::new();
    for step in &place.body.steps[place.index + 1..] {
        let depends = reads(step).iter().any(|id| answered.contains(id));
        match asked(step) {
            Some(_) if depends => return None,
            Some(effect) if moved.is_empty() && only_reads(effect) => {}
            Some(effect) => return (only_reads(effect) && !are_in_line(first, effect)).then_some((step, moved)),
            None if depends && can_wait(step) => {
                answered.insert(&step.block);
                moved.push(step);
            }
            None if depends || may_ask(step) => return None,
            None => {}
        }
    }
    None
}

/// Whether nobody can tell when a step is done: it cannot fail, asks nobody and reads no variable.
fn can_wait(step: &Step) -> bool {
    is_total(step) && !reads_a_variable(step)
}

fn reads_a_variable(step: &Step) -> bool {
    let inside = || step.operation.bodies().into_iter().flat_map(|body| &body.steps).any(|step| reads_a_variable(step));
    matches!(step.operation, Operation::GetVariable { .. }) || inside()
}

/// Whether a step, or one inside it, may ask something.
fn may_ask(step: &Step) -> bool {
    let inside = || step.operation.bodies().into_iter().flat_map(|body| &body.steps).any(|step| may_ask(step));
    matches!(step.operation, Operation::Effect { .. } | Operation::Call { .. }) || inside()
}

fn finding(place: &Place<'_>, second: &Step, moved: &[&Step]) -> Finding {
    let (first, second) = (&place.step.block, &second.block);
    let mut after = second;
    let mut fix = Vec::new();
    for step in moved {
        fix.push(EditOp::move_block(step.block.as_str(), place.address.clone(), Some(after.as_str())));
        after = &step.block;
    }
    let reader = &moved[0].block;
    let message = format!(
        "'{second}' waits for '{first}', which it does not need; read the answer ('{reader}') behind '{second}', so that \
         both are asked at once"
    );
    Finding { code: "could_overlap".to_owned(), block: second.clone(), message, fix }
}
