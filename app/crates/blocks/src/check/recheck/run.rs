//! The checker's rules, run on what is stale.

use std::collections::HashSet;
use std::sync::Arc;

use super::kept::{Count, Home, Kept, Owner, Part, Visit};
use super::readers::Key;
use crate::check::Checker;
use crate::check::scope::{Ports, Scopes};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{BlockId, Program};
use crate::plan::Step;
use crate::value::Hashing;

/// Runs the rules of all that is stale, in the order of the document.
pub(super) fn run(program: &Program, mut kept: Kept) -> Kept {
    let adopted = std::mem::take(&mut kept.adopted);
    let mut checker = Checker::within(program, Scopes::again(kept));
    checker.adopted = adopted;
    checker.recheck_routines();
    if checker.library_differs() {
        checker.kept().mark_readers(&Key::Library);
        checker.recheck_routines();
    }
    checker.recheck_tests();
    let mut kept = checker.scopes.kept;
    kept.adopted = checker.adopted;
    kept
}

impl Checker<'_> {
    fn kept(&mut self) -> &mut Kept {
        &mut self.scopes.kept
    }

    fn recheck_routines(&mut self) {
        let program = self.program;
        for number in 0..self.kept().order.len() {
            let place = self.kept().order[number];
            if !self.kept().routines[place].part.stale {
                continue;
            }
            let function = number.checked_sub(1).map(|number| &program.functions[number]);
            let planned = self.recheck_part(Owner::Routine(place), |checker| match function {
                None => checker.main_routine(),
                Some(function) => checker.function(function),
            });
            self.kept().routines[place].planned = Some(Arc::new(planned));
        }
    }

    /// Checks the blocks of a body that are stale, and gives the steps of all. The body stays open.
    pub(in crate::check) fn recheck_body(&mut self, name: &str) -> Vec<Arc<Step>> {
        let after = self.diagnostics.len();
        let inner = self.scopes.innermost();
        let home = self.kept().home_at(name);
        let Some(home) = home else {
            self.scopes.enter_nothing();
            return Vec::new();
        };
        self.kept().part_mut(home.owner).visits.push(Visit { after, body: home.body });
        self.kept().give(home, inner);
        self.scopes.enter_kept(home);
        let mut steps = Vec::with_capacity(self.kept().body(home).blocks.len());
        let mut count = Count::default();
        for number in 0..self.kept().body(home).blocks.len() {
            let place = self.kept().body(home).blocks[number];
            if self.kept().blocks[place].part.stale {
                self.scopes.go_to(number);
                self.recheck_block(place);
            }
            let block = &self.kept().blocks[place];
            count.add(block.part.count);
            steps.extend(block.step.clone());
        }
        self.scopes.go_to(usize::MAX);
        self.kept().body_mut(home).count = count;
        steps
    }

    fn recheck_block(&mut self, place: usize) {
        let variable = self.kept().blocks[place].variable.take();
        let block = Arc::clone(&self.kept().blocks[place].block);
        let (operation, outer) = self.recheck_part(Owner::Block(place), |checker| checker.operation(&block));
        let step = operation.map(|operation| Step { block: block.id.clone(), title: block.title.clone(), operation });
        let kept = self.kept();
        kept.blocks[place].step = step.map(Arc::new);
        kept.note_checked(place);
        if kept.set_outer(place, outer) || kept.blocks[place].variable != variable {
            kept.mark_later_readers(place);
        }
    }

    /// Runs a rule apart from what is around, and keeps what it says.
    fn recheck_part<T>(&mut self, owner: Owner, rule: impl FnOnce(&mut Self) -> T) -> T {
        let diagnostics = std::mem::take(&mut self.diagnostics);
        let used = std::mem::take(&mut self.used);
        let at = self.kept().at.replace(owner);
        self.kept().part_mut(owner).visits.clear();
        let found = rule(self);
        let diagnostics = std::mem::replace(&mut self.diagnostics, diagnostics);
        let used = std::mem::replace(&mut self.used, used);
        let kept = self.kept();
        kept.at = at;
        kept.finish(owner, diagnostics, &used);
        found
    }

    /// Whether the library's routines stand in another order than the blocks that call them; they are put in order then.
    fn library_differs(&mut self) -> bool {
        let calls = self.kept().readers.contains_key(&Key::Library) || !self.adopted.is_empty();
        if !std::mem::take(&mut self.kept().changed.library) || !calls {
            return false;
        }
        let before = std::mem::take(&mut self.adopted);
        for place in self.kept().library_calls() {
            self.adopt(place);
        }
        !before.iter().map(|routine| &routine.name).eq(self.adopted.iter().map(|routine| &routine.name))
    }

    fn recheck_tests(&mut self) {
        let changed = std::mem::take(&mut self.kept().changed);
        if changed.tests || changed.ids {
            self.tests();
            self.scopes.kept.about_tests = std::mem::take(&mut self.diagnostics);
        }
    }
}

impl Kept {
    /// The body of that name of the routine or block whose rule runs.
    fn home_at(&self, name: &str) -> Option<Home> {
        let owner = self.at?;
        let body = self.part(owner).bodies.iter().position(|body| body.name == name)?;
        Some(Home { owner, body })
    }

    /// Gives a body its ports.
    fn give(&mut self, home: Home, inner: Ports) {
        let body = self.body_mut(home);
        body.visited = true;
        if !are_same(&body.inner, &inner) {
            body.inner = inner;
            self.mark_inner_readers(home);
        }
    }

    /// Keeps what a rule said, and forgets what it left out.
    fn finish(&mut self, owner: Owner, diagnostics: Vec<Diagnostic>, used: &HashSet<BlockId, Hashing>) {
        let misled =
            diagnostics.iter().any(|found| matches!(found.code.as_str(), "unknown_block" | "unknown_variable"));
        if misled {
            self.misled.insert(owner);
        } else {
            self.misled.remove(&owner);
        }
        let part = self.part_mut(owner);
        part.stale = false;
        part.diagnostics = diagnostics;
        part.count = part.counted();
        let same = part.used.len() == used.len() && part.used.iter().all(|id| used.contains(id));
        if !same {
            self.set_used(owner, used.iter().cloned().collect());
        }
        self.forget_unvisited(owner);
    }

    fn forget_unvisited(&mut self, owner: Owner) {
        for body in 0..self.part(owner).bodies.len() {
            let part = self.part(owner);
            if part.bodies[body].visited && !part.visits.iter().any(|visit| visit.body == body) {
                self.forget_body(Home { owner, body });
            }
        }
    }

    fn forget_body(&mut self, home: Home) {
        let body = self.body_mut(home);
        body.visited = false;
        body.inner = Ports::new();
        body.count = Count::default();
        for place in body.blocks.clone() {
            self.forget(place);
        }
    }

    /// Forgets what was found of a block and what is inside, as if no rule had run.
    pub(super) fn forget(&mut self, place: usize) {
        let owner = Owner::Block(place);
        self.set_outer(place, Ports::new());
        self.set_used(owner, Vec::new());
        self.misled.remove(&owner);
        let block = &mut self.blocks[place];
        block.step = None;
        block.variable = None;
        let checked = std::mem::replace(&mut block.checked, false);
        block.part.stale = true;
        block.part.diagnostics.clear();
        block.part.visits.clear();
        block.part.count = Count::default();
        if let (Some(capability), true) = (block.capability, checked) {
            let count = self.capabilities.entry(capability).or_default();
            *count = count.saturating_sub(1);
        }
        self.changed.library |= checked && self.blocks[place].library.is_some();
        for body in 0..self.blocks[place].part.bodies.len() {
            self.forget_body(Home { owner, body });
        }
    }

    /// Counts a block whose rule has run.
    fn note_checked(&mut self, place: usize) {
        let block = &mut self.blocks[place];
        let first = !std::mem::replace(&mut block.checked, true);
        self.changed.library |= first && block.library.is_some();
        if let (Some(capability), true) = (block.capability, first) {
            *self.capabilities.entry(capability).or_default() += 1;
        }
    }

    /// Says which ports a block has now, and whether there were others.
    fn set_outer(&mut self, place: usize, outer: Ports) -> bool {
        let block = &mut self.blocks[place];
        if are_same(&block.outer, &outer) {
            return false;
        }
        let id = block.block.id.clone();
        let before = std::mem::replace(&mut block.outer, outer);
        for name in before.into_keys() {
            self.types.remove(&(id.clone(), name));
        }
        for (name, ty) in &self.blocks[place].outer {
            self.types.insert((id.clone(), name.clone()), ty.clone());
        }
        true
    }

    /// Says which blocks a routine or block uses.
    pub(super) fn set_used(&mut self, owner: Owner, used: Vec<BlockId>) {
        for id in &used {
            *self.uses.entry(id.clone()).or_default() += 1;
        }
        let before = std::mem::replace(&mut self.part_mut(owner).used, used.clone());
        for id in &before {
            if let Some(count) = self.uses.get_mut(id) {
                *count -= 1;
                if *count == 0 {
                    self.uses.remove(id);
                }
            }
        }
        for id in before.iter().chain(&used) {
            if let Some(place) = self.index.get(id).copied() {
                self.count_unread(place);
            }
        }
    }

    /// Sees whether a block's value is used.
    pub(super) fn count_unread(&mut self, place: usize) {
        let block = &self.blocks[place];
        if block.is_value && !self.uses.contains_key(block.id()) {
            self.unread.insert(place);
        } else {
            self.unread.remove(&place);
        }
    }
}

impl Part {
    fn counted(&self) -> Count {
        let errors = self.diagnostics.iter().filter(|found| found.severity == Severity::Error).count();
        let mut count = Count { found: self.diagnostics.len(), errors };
        for visit in &self.visits {
            count.add(self.bodies[visit.body].count);
        }
        count
    }
}

impl Count {
    fn add(&mut self, other: Self) {
        self.found += other.found;
        self.errors += other.errors;
    }
}

/// Whether there are the same ports in the same order.
fn are_same(one: &Ports, two: &Ports) -> bool {
    one.iter().eq(two.iter())
}
