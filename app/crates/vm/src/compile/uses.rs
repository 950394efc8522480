//! How often each port is still to be read, in the order of the program.
//!
//! The last read of a value may take it in place of a copy, so that lists and maps are changed where they stand.

use std::collections::HashMap;

use blocks::BlockId;
use blocks::formula::{Typed, TypedNode};
use blocks::plan::{Feed, Operation, Origin, Outlet, PlannedBody, Routine, Step};

/// Counts of reads, by port.
#[derive(Default)]
pub(super) struct Uses(HashMap<(BlockId, String), i64>);

impl Uses {
    pub(super) fn of(routine: &Routine) -> Self {
        let mut uses = Self::default();
        uses.body(&routine.body);
        uses.outlets(&routine.outputs);
        uses
    }

    pub(super) fn of_body(body: &PlannedBody) -> Self {
        let mut uses = Self::default();
        uses.body(body);
        uses
    }

    pub(super) fn of_step(step: &Step) -> Self {
        let mut uses = Self::default();
        uses.operation(&step.operation);
        uses
    }

    /// How often a formula reads a name.
    pub(super) fn of_formula(formula: &Typed, name: &str) -> i64 {
        occurrences(formula, name)
    }

    pub(super) fn count(&self, block: &BlockId, port: &str) -> i64 {
        self.0.get(&(block.clone(), port.to_owned())).copied().unwrap_or(0)
    }

    pub(super) fn set(&mut self, block: &BlockId, port: &str, count: i64) {
        self.0.insert((block.clone(), port.to_owned()), count);
    }

    /// Notes a read and says how many are left.
    pub(super) fn read(&mut self, block: &BlockId, port: &str) -> i64 {
        let left = self.count(block, port) - 1;
        self.set(block, port, left);
        left
    }

    /// Adds the reads of a body so many times; -1 takes them away.
    pub(super) fn add(&mut self, body: &Self, times: i64) {
        for (port, count) in &body.0 {
            *self.0.entry(port.clone()).or_default() += count * times;
        }
    }

    fn feed(&mut self, feed: &Feed, times: i64) {
        if let Origin::Port(block, port) = &feed.origin {
            *self.0.entry((block.clone(), port.clone())).or_default() += times;
        }
    }

    fn variable(&mut self, variable: &BlockId) {
        *self.0.entry((variable.clone(), super::variables::VARIABLE.to_owned())).or_default() += 1;
    }

    fn outlets(&mut self, outlets: &[Outlet]) {
        for outlet in outlets {
            self.feed(&outlet.from, 1);
        }
    }

    fn body(&mut self, body: &PlannedBody) {
        for step in &body.steps {
            self.operation(&step.operation);
        }
        self.outlets(&body.yields);
    }

    fn operation(&mut self, operation: &Operation) {
        let formulas = operation.formulas();
        for (feed, name) in operation.feeds() {
            // A name that a formula reads twice counts twice.
            let times = name.map_or(1, |name| formulas.iter().map(|formula| occurrences(formula, name)).sum());
            self.feed(feed, times);
        }
        if let Operation::GetVariable { variable, .. } | Operation::ChangeVariable { variable, .. } = operation {
            self.variable(variable);
        }
        for body in operation.bodies() {
            self.body(body);
        }
    }
}

/// How often a formula reads a name.
fn occurrences(formula: &Typed, name: &str) -> i64 {
    match &formula.node {
        TypedNode::Name(found) => i64::from(found == name),
        _ => formula.parts().into_iter().map(|part| occurrences(part, name)).sum(),
    }
}
