//! What was found of the parts, put together.

use std::sync::Arc;

use super::kept::{Home, Kept, Owner};
use crate::check::{Checked, first_of_each_severity, unused};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Program;
use crate::plan::{Plan, Routine};

impl Kept {
    /// Brings what was found up to date.
    pub(super) fn tell(&mut self, program: &Program, checked: &mut Checked) {
        let counts = self.order.iter().map(|place| self.routines[*place].part.count.errors);
        let in_tests = self.about_tests.iter().any(|found| found.severity == Severity::Error);
        let sound = counts.sum::<usize>() == 0 && !in_tests;
        checked.diagnostics = self.diagnostics(sound);
        checked.plan = if sound { self.plan(program) } else { None };
        checked.types = std::mem::take(&mut self.types);
        let needed = self.capabilities.iter().filter(|(_, count)| **count > 0);
        checked.capabilities = needed.map(|(capability, _)| *capability).collect();
    }

    fn plan(&self, program: &Program) -> Option<Plan> {
        let mut routines = self.order.iter().filter_map(|place| self.routines[*place].planned.clone());
        let main = routines.next()?;
        let functions: Vec<Arc<Routine>> = routines.chain(self.adopted.iter().cloned()).collect();
        Some(Plan { name: program.name.clone(), about: program.about.clone(), main, functions })
    }

    fn diagnostics(&self, sound: bool) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for place in &self.order {
            self.collect(Owner::Routine(*place), &mut found);
        }
        found.extend(self.about_tests.iter().cloned());
        found.extend(self.unknown_statements.iter().cloned());
        if sound {
            let mut unread: Vec<usize> = self.unread.iter().copied().collect();
            unread.sort_by_cached_key(|place| self.path(*place));
            found.extend(unread.into_iter().map(|place| unused(self.blocks[place].id())));
        }
        first_of_each_severity(&mut found);
        found
    }

    /// What was said of a routine or block and what is inside, in the order in which it was said.
    fn collect(&self, owner: Owner, found: &mut Vec<Diagnostic>) {
        let part = self.part(owner);
        if part.count.found == 0 {
            return;
        }
        let mut said = 0;
        for visit in &part.visits {
            found.extend_from_slice(&part.diagnostics[said..visit.after]);
            said = visit.after;
            let body = &part.bodies[visit.body];
            if body.count.found > 0 {
                body.blocks.iter().for_each(|place| self.collect(Owner::Block(*place), found));
            }
        }
        found.extend_from_slice(&part.diagnostics[said..]);
    }

    /// Where a block stands in the document, from outside to inside.
    fn path(&self, place: usize) -> Vec<usize> {
        let mut path = Vec::new();
        let mut at = Owner::Block(place);
        while let Owner::Block(place) = at {
            let block = &self.blocks[place];
            path.extend([block.place, block.home.body]);
            at = block.home.owner;
        }
        let number = self.order.iter().position(|place| at == Owner::Routine(*place));
        path.extend(number);
        path.reverse();
        path
    }

    /// The programs of the library that blocks call, in the order in which they are checked.
    pub(super) fn library_calls(&self) -> Vec<usize> {
        let mut calls = Vec::new();
        for place in &self.order {
            self.collect_library(Owner::Routine(*place), &mut calls);
        }
        calls
    }

    fn collect_library(&self, owner: Owner, calls: &mut Vec<usize>) {
        if let Owner::Block(place) = owner {
            calls.extend(self.blocks[place].library);
        }
        for visit in &self.part(owner).visits {
            let home = Home { owner, body: visit.body };
            self.body(home).blocks.iter().for_each(|place| self.collect_library(Owner::Block(*place), calls));
        }
    }
}
