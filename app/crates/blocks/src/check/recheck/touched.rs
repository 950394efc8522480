//! What edits touch.

use super::kept::{Kept, Owner};
use crate::document::BlockId;
use crate::edit::{Address, BodyAddress, EditOp, List, Property, Routine};

/// A part of a program that edits touched. Inputs, outputs and test cases are compared in any case.
pub(super) enum Touched {
    /// The list of blocks of a routine's body; the program's own has no name.
    Routine(String),
    /// A block, the yields of its bodies, and which blocks stand in them.
    Block(BlockId),
}

impl Kept {
    /// What edits touch; `None` for those that may touch anything.
    pub(super) fn touched(&self, edits: &[EditOp]) -> Option<Vec<Touched>> {
        let mut touched = Vec::new();
        edits.iter().all(|edit| self.touch(edit, &mut touched)).then_some(touched)
    }

    fn touch(&self, edit: &EditOp, touched: &mut Vec<Touched>) -> bool {
        match edit {
            EditOp::Set { property: Property::Place(_), .. } => {}
            EditOp::Add { to: List::Functions, .. }
            | EditOp::Remove { at: Address::Function { .. } }
            | EditOp::Reorder { at: Address::Function { .. }, .. }
            | EditOp::Rename { .. }
            | EditOp::Replace { .. } => return false,
            EditOp::Add { to, .. } => touched.extend(owner_of(to)),
            EditOp::Remove { at: Address::Block { id } } => touched.extend(self.around_block(id)),
            EditOp::Move { block, to, .. } => {
                touched.extend(self.around_block(block));
                touched.push(of_body(to));
            }
            EditOp::Remove { at } | EditOp::Reorder { at, .. } | EditOp::Set { at, .. } => {
                touched.extend(at.of_block().cloned().map(Touched::Block));
            }
            EditOp::Group { ops } => return ops.iter().all(|edit| self.touch(edit, touched)),
        }
        true
    }

    /// What a block stood in; nothing for a block that was not there.
    fn around_block(&self, id: &BlockId) -> Option<Touched> {
        Some(match self.block(id)?.home.owner {
            Owner::Routine(place) => Touched::Routine(self.routines[place].name.clone()),
            Owner::Block(place) => Touched::Block(self.blocks[place].id().clone()),
        })
    }
}

fn owner_of(list: &List) -> Option<Touched> {
    match list {
        List::Blocks { body } | List::Yields { body } => Some(of_body(body)),
        List::Carries { block } | List::Bodies { block } => Some(Touched::Block(block.clone())),
        List::Functions | List::Inputs { .. } | List::Outputs { .. } | List::Tests => None,
    }
}

fn of_body(body: &BodyAddress) -> Touched {
    match body {
        BodyAddress::Routine { routine: Routine::Main } => Touched::Routine(String::new()),
        BodyAddress::Routine { routine: Routine::Function { name } } => Touched::Routine(name.clone()),
        BodyAddress::Container { block, .. } => Touched::Block(block.clone()),
    }
}
