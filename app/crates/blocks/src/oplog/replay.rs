//! Applying logged edits one after the other, and taking the last one back.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::renamed;
use crate::document::{BlockId, Program};
use crate::edit::{self, Address, EditError, EditOp, List};

/// The program, and where members stood that are gone.
#[derive(Clone, Debug)]
pub(super) struct Replay {
    program: Program,
    /// For a member that left a list: the member it stood behind when it left.
    traces: BTreeMap<(List, String), Option<String>>,
    /// For a block that was renamed, its next id.
    renamed: BTreeMap<BlockId, BlockId>,
}

/// What became of an edit.
#[derive(Clone, Debug)]
pub(super) enum Outcome {
    /// It was applied.
    Applied {
        /// What takes it back.
        inverse: Box<EditOp>,
        /// The marks that it left, each with the one that was there before.
        left: Vec<Left>,
    },
    /// It did not fit.
    Dropped(EditError),
}

/// Where a member stood that left its list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// The list.
    pub list: List,
    /// The member.
    pub name: String,
    /// What it stood behind when it left; it was first without one.
    pub behind: Option<String>,
}

/// A mark that an edit left, with what was there before it.
#[derive(Clone, Debug)]
pub(super) enum Left {
    Trace { list: List, name: String, before: Option<Option<String>> },
    Renamed { from: BlockId, before: Option<BlockId> },
}

impl Outcome {
    pub(super) fn error(&self) -> Option<&EditError> {
        match self {
            Self::Applied { .. } => None,
            Self::Dropped(error) => Some(error),
        }
    }

    pub(super) fn inverse(&self) -> Option<&EditOp> {
        match self {
            Self::Applied { inverse, .. } => Some(inverse),
            Self::Dropped(_) => None,
        }
    }
}

impl Replay {
    pub(super) fn new(program: Program, traces: Vec<Trace>, renamed: Vec<(BlockId, BlockId)>) -> Self {
        let traces = traces.into_iter().map(|Trace { list, name, behind }| ((list, name), behind)).collect();
        Self { program, traces, renamed: renamed.into_iter().collect() }
    }

    pub(super) fn renamed(&self) -> Vec<(BlockId, BlockId)> {
        self.renamed.clone().into_iter().collect()
    }

    pub(super) fn traces(&self) -> Vec<Trace> {
        let traces = self.traces.clone().into_iter();
        traces.map(|((list, name), behind)| Trace { list, name, behind }).collect()
    }

    pub(super) fn program(&self) -> &Program {
        &self.program
    }

    pub(super) fn apply(&mut self, op: &EditOp) -> Outcome {
        let (mut inverses, mut left) = (Vec::new(), Vec::new());
        match self.apply_into(op, &mut inverses, &mut left) {
            Ok(()) => {
                inverses.reverse();
                let inverse = if inverses.len() == 1 { inverses.remove(0) } else { EditOp::Group { ops: inverses } };
                Outcome::Applied { inverse: Box::new(inverse), left }
            }
            Err(error) => {
                inverses.reverse();
                self.restore(&EditOp::Group { ops: inverses }, &left);
                Outcome::Dropped(error)
            }
        }
    }

    pub(super) fn take_back(&mut self, outcome: &Outcome) {
        if let Outcome::Applied { inverse, left } = outcome {
            self.restore(inverse, left);
        }
    }

    fn restore(&mut self, inverse: &EditOp, left: &[Left]) {
        let taken_back = edit::apply(&mut self.program, inverse);
        debug_assert!(taken_back.is_ok(), "an exact inverse applies: {taken_back:?}");
        for mark in left.iter().rev().cloned() {
            match mark {
                Left::Trace { list, name, before } => put_back(&mut self.traces, (list, name), before),
                Left::Renamed { from, before } => put_back(&mut self.renamed, from, before),
            }
        }
    }

    fn apply_into(&mut self, op: &EditOp, inverses: &mut Vec<EditOp>, left: &mut Vec<Left>) -> Result<(), EditError> {
        if let EditOp::Group { ops } = op {
            return ops.iter().try_for_each(|op| self.apply_into(op, inverses, left));
        }
        let op = if self.renamed.is_empty() { op.clone() } else { renamed::follow(op.clone(), &|id| self.id_now(id)) };
        let op = self.with_present_neighbor(op);
        let trace = self.trace_of(&op);
        inverses.push(edit::apply(&mut self.program, &op)?);
        if let Some(Trace { list, name, behind }) = trace {
            let before = self.traces.insert((list.clone(), name.clone()), behind);
            left.push(Left::Trace { list, name, before });
        }
        if let EditOp::Rename { at: Address::Block { id }, to } = op {
            let before = self.renamed.insert(id.clone(), BlockId(to));
            left.push(Left::Renamed { from: id, before });
        }
        Ok(())
    }

    /// The present id of a block that may have been renamed since.
    fn id_now(&self, id: &BlockId) -> BlockId {
        let mut here = id;
        for _ in 0..=self.renamed.len() {
            if self.program.block(here).is_some() {
                return here.clone();
            }
            match self.renamed.get(here) {
                Some(next) => here = next,
                None => break,
            }
        }
        id.clone()
    }

    /// The edit, with a neighbor that is gone replaced by what stands where it was.
    fn with_present_neighbor(&mut self, op: EditOp) -> EditOp {
        match op {
            EditOp::Add { to, after, item, places } => {
                let after = self.present(&to, after);
                EditOp::Add { to, after, item, places }
            }
            EditOp::Move { block, to, after } => {
                let list = List::Blocks { body: to.clone() };
                let after = self.present(&list, after.map(|after| after.0)).filter(|after| *after != block.0);
                EditOp::Move { block, to, after: after.map(BlockId) }
            }
            EditOp::Reorder { at, after } => {
                let after = match at.list() {
                    Some(list) => self.present(&list, after).filter(|after| after != at.name()),
                    None => after,
                };
                EditOp::Reorder { at, after }
            }
            other => other,
        }
    }

    fn present(&mut self, list: &List, after: Option<String>) -> Option<String> {
        let Ok(names) = edit::names_in(&mut self.program, list) else { return after };
        let mut here = after?;
        // A trace leads to what left later; so the way ends, at the latest after all traces.
        for _ in 0..=self.traces.len() {
            if names.contains(&here) {
                return Some(here);
            }
            match self.traces.get(&(list.clone(), here.clone())) {
                Some(Some(behind)) => here = behind.clone(),
                Some(None) => return None,
                None => break,
            }
        }
        Some(here)
    }

    /// Which member the edit makes leave its list, and what it stands behind; for a renamed one, its new name.
    fn trace_of(&mut self, op: &EditOp) -> Option<Trace> {
        let at = match op {
            EditOp::Remove { at } | EditOp::Rename { at, .. } => at.clone(),
            EditOp::Move { block, .. } => Address::Block { id: block.clone() },
            _ => return None,
        };
        let list = match &at {
            Address::Block { id } => List::Blocks { body: edit::parent(&self.program, id)? },
            other => other.list()?,
        };
        if let EditOp::Rename { to, .. } = op {
            return Some(Trace { list, name: at.name().to_owned(), behind: Some(to.clone()) });
        }
        let names = edit::names_in(&mut self.program, &list).ok()?;
        let place = names.iter().position(|name| name == at.name())?;
        let behind = place.checked_sub(1).map(|before| names[before].clone());
        Some(Trace { list, name: at.name().to_owned(), behind })
    }
}

fn put_back<K: Ord, V>(map: &mut BTreeMap<K, V>, key: K, before: Option<V>) {
    match before {
        Some(before) => map.insert(key, before),
        None => map.remove(&key),
    };
}
