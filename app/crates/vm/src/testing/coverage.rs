//! Which blocks and bodies a program's tests reach.

use std::sync::Arc;

use blocks::plan::{Operation, Plan, PlannedBody};
use blocks::value::Entries;
use blocks::{BlockId, Program};

use super::hosts::Fixtures;
use crate::compile::{Code, Mark, Watch, compile_watched};
use crate::failure::Failure;
use crate::host::{Host, drive};
use crate::limits::Limits;
use crate::machine::Machine;

/// What the tests of a program reach.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Every block, and every body of a container, in the order of the program, with how often it was reached.
    pub places: Vec<Place>,
}

/// A block or a body of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The block.
    pub block: BlockId,
    /// The body's name, for example `else`; `None` for the block itself.
    pub body: Option<String>,
    /// How often it was reached.
    pub count: u64,
}

impl Coverage {
    /// How many places were reached, of how many.
    pub fn reached(&self) -> (usize, usize) {
        (self.places.iter().filter(|place| place.count > 0).count(), self.places.len())
    }

    /// The places that no test reaches.
    pub fn missed(&self) -> impl Iterator<Item = &Place> {
        self.places.iter().filter(|place| place.count == 0)
    }
}

/// Runs a program's tests and counts what they reach.
pub fn coverage(program: &Program, plan: &Plan, limits: Limits) -> Coverage {
    let code = Arc::new(watched(plan));
    let mut counts = vec![0; code.marks().len()];
    for test in &program.tests {
        add(&mut counts, &tried(&code, test.inputs.clone(), &mut Fixtures::of(test), limits).1);
    }
    Coverage { places: places(plan, &code, &counts) }
}

/// Code that counts what it reaches.
pub(super) fn watched(plan: &Plan) -> Code {
    compile_watched(plan, Watch { counts: true, values: false })
}

/// What a run gives, and how often it reaches each mark, to its end or up to its failure.
pub(super) fn tried(
    code: &Arc<Code>,
    inputs: Entries,
    host: &mut dyn Host,
    limits: Limits,
) -> (Result<Entries, Failure>, Vec<u64>) {
    match Machine::new(Arc::clone(code), inputs, limits) {
        Ok(mut machine) => (drive(&mut machine, host), machine.counts().to_vec()),
        Err(fault) => (Err(Failure { fault, block: None }), vec![0; code.marks().len()]),
    }
}

pub(super) fn add(total: &mut [u64], counts: &[u64]) {
    for (total, count) in total.iter_mut().zip(counts) {
        *total += count;
    }
}

/// The marks of the code with their counts, in the order of the program, bodies by name.
fn places(plan: &Plan, code: &Code, counts: &[u64]) -> Vec<Place> {
    let count_of = |block: &BlockId, body: Option<usize>| {
        let mark = Mark { block: block.clone(), body };
        code.marks().iter().position(|have| *have == mark).map_or(0, |place| counts[place])
    };
    let mut places = Vec::new();
    let routines = std::iter::once(&plan.main).chain(&plan.functions).filter(|routine| !routine.library);
    for routine in routines {
        collect(&routine.body, &count_of, &mut places);
    }
    places
}

fn collect(body: &PlannedBody, count_of: &dyn Fn(&BlockId, Option<usize>) -> u64, places: &mut Vec<Place>) {
    for step in body.steps.iter().filter(|step| !matches!(step.operation, Operation::Note(_))) {
        places.push(Place { block: step.block.clone(), body: None, count: count_of(&step.block, None) });
        for (index, (inner, name)) in step.operation.bodies().into_iter().zip(step.operation.body_names()).enumerate() {
            let count = count_of(&step.block, Some(index));
            places.push(Place { block: step.block.clone(), body: Some(name), count });
            collect(inner, count_of, places);
        }
    }
}
