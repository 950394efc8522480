//! The checker's rules, run on what is stale.

use std::sync::Arc;

use super::kept::{Count, Kept, Owner, Visit};
use super::readers::Key;
use crate::check::Checker;
use crate::check::scope::Scopes;
use crate::document::Program;
use crate::plan::Step;

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
        let (operation, outer) = self.recheck_part(Owner::Block(place), |checker| {
            let (operation, mut ports) = checker.operation(&block);
            checker.types_are_small(&block, &mut ports);
            (operation, ports)
        });
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
