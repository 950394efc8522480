//! What a rule found, taken over, and what was found before, forgotten.

use std::collections::HashSet;

use super::kept::{Count, Home, Kept, Owner, Part};
use crate::check::scope::Ports;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::BlockId;
use crate::value::Hashing;

impl Kept {
    /// The body of that name of the routine or block whose rule runs.
    pub(super) fn home_at(&self, name: &str) -> Option<Home> {
        let owner = self.at?;
        let body = self.part(owner).bodies.iter().position(|body| body.name == name)?;
        Some(Home { owner, body })
    }

    /// Gives a body its ports.
    pub(super) fn give(&mut self, home: Home, inner: Ports) {
        let body = self.body_mut(home);
        body.visited = true;
        if !are_same(&body.inner, &inner) {
            body.inner = inner;
            self.mark_inner_readers(home);
        }
    }

    /// Keeps what a rule said, and forgets what it left out.
    pub(super) fn finish(&mut self, owner: Owner, diagnostics: Vec<Diagnostic>, used: &HashSet<BlockId, Hashing>) {
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
        body.inner = Ports::default();
        body.count = Count::default();
        for place in body.blocks.clone() {
            self.forget(place);
        }
    }

    /// Forgets what was found of a block and what is inside, as if no rule had run.
    pub(super) fn forget(&mut self, place: usize) {
        let owner = Owner::Block(place);
        self.set_outer(place, Ports::default());
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
    pub(super) fn note_checked(&mut self, place: usize) {
        let block = &mut self.blocks[place];
        let first = !std::mem::replace(&mut block.checked, true);
        self.changed.library |= first && block.library.is_some();
        if let (Some(capability), true) = (block.capability, first) {
            *self.capabilities.entry(capability).or_default() += 1;
        }
    }

    /// Says which ports a block has now, and whether there were others.
    pub(super) fn set_outer(&mut self, place: usize, outer: Ports) -> bool {
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
    pub(super) fn add(&mut self, other: Self) {
        self.found += other.found;
        self.errors += other.errors;
    }
}

/// Whether there are the same ports in the same order.
fn are_same(one: &Ports, two: &Ports) -> bool {
    one.iter().eq(two.iter())
}
