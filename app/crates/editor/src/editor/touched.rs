//! Which blocks look different after an edit.

use blocks::edit::{Address, BodyAddress, EditOp, List, Property, Routine};

use crate::scene::Touched;

/// What edits touch: blocks whose title, settings, ports or bodies they change.
pub(super) fn touched<'a>(ops: impl IntoIterator<Item = &'a EditOp>) -> Touched {
    let mut ids = Vec::new();
    let mut looks = true;
    for op in ops {
        match of(op) {
            Touched::All => return Touched::All,
            Touched::Looks(more) => ids.extend(more),
            Touched::Blocks(more) => {
                looks = false;
                ids.extend(more);
            }
        }
    }
    if looks { Touched::Looks(ids) } else { Touched::Blocks(ids) }
}

fn of(op: &EditOp) -> Touched {
    match op {
        EditOp::Add { to, item, .. } => {
            if is_signature(&to.member(item.name())) {
                return Touched::All;
            }
            let mut ids: Vec<_> = item.blocks().iter().map(|block| block.id.clone()).collect();
            ids.extend(match to {
                // A block more in a body leaves the ports of its container.
                List::Blocks { .. } => None,
                _ => to.owner().of_block().cloned(),
            });
            Touched::Blocks(ids)
        }
        EditOp::Set {
            at: Address::Block { id },
            property: Property::Title(_) | Property::Setting { .. } | Property::Place(_),
        } => Touched::Looks(vec![id.clone()]),
        EditOp::Remove { at } | EditOp::Set { at, .. } | EditOp::Reorder { at, .. } => {
            if is_signature(at) {
                Touched::All
            } else {
                Touched::Blocks(at.of_block().cloned().into_iter().collect())
            }
        }
        EditOp::Move { .. } => Touched::Blocks(Vec::new()),
        EditOp::Group { ops } => touched(ops),
        EditOp::Rename { .. } | EditOp::Replace { .. } => Touched::All,
    }
}

/// Whether it is a function or one of its inputs or outputs, which are ports wherever it is called.
fn is_signature(at: &Address) -> bool {
    match at {
        Address::Function { .. } => true,
        Address::Input { routine, .. } | Address::Output { routine, .. } => *routine != Routine::Main,
        Address::Body { body: BodyAddress::Routine { routine } } => *routine != Routine::Main,
        _ => false,
    }
}
