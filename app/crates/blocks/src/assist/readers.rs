//! Edits that let everybody who reads a port read something else.

use std::collections::HashSet;

use super::inlet::{Inlet, each_inlet};
use crate::document::{Block, BlockId, Program, Source};
use crate::edit::EditOp;

/// The edits that put `instead(port)` wherever a port of `block` is read; `None` where it has no answer for a port.
pub(super) fn redirect(
    program: &Program,
    block: &BlockId,
    instead: &dyn Fn(&str) -> Option<Source>,
) -> Option<Vec<EditOp>> {
    let mut ops = Vec::new();
    each_inlet(program, &mut |inlet, source| {
        if let Source::Wire { block: read, port: from } = source
            && read == block
        {
            ops.push(instead(from).map(|from| inlet.connect(program, from)));
        }
    });
    ops.into_iter().collect()
}

/// Whether somebody reads a port of a block.
pub(super) fn is_read(program: &Program, block: &BlockId) -> bool {
    let mut found = false;
    each_inlet(program, &mut |_, source| {
        found |= matches!(source, Source::Wire { block: read, .. } if read == block);
    });
    found
}

/// The edits that put `instead(port)` wherever a port of `block` is read outside of the block itself, as far as there is
/// an answer.
pub(super) fn redirect_outside(
    program: &Program,
    block: &BlockId,
    instead: &mut dyn FnMut(&str) -> Option<Source>,
) -> Vec<EditOp> {
    let mut inside = HashSet::new();
    program.block(block).into_iter().for_each(|block| ids_in(block, &mut inside));
    let mut ops = Vec::new();
    each_inlet(program, &mut |inlet, source| {
        let own = matches!(&inlet, Inlet::Port { block: id, .. } | Inlet::Carry { block: id, .. } if id == block);
        let is_inside = !own && inlet.address().of_block().is_some_and(|id| inside.contains(id));
        if let Source::Wire { block: read, port: from } = source
            && read == block
            && !is_inside
        {
            ops.extend(instead(from).map(|from| inlet.connect(program, from)));
        }
    });
    ops
}

fn ids_in<'a>(block: &'a Block, ids: &mut HashSet<&'a BlockId>) {
    ids.insert(&block.id);
    block.bodies.values().flat_map(|body| &body.blocks).for_each(|block| ids_in(block, ids));
}
