//! Wires that point backward.

use super::Fix;
use super::site::sites;
use crate::diagnostic::Diagnostic;
use crate::document::{BlockId, Body, Program};
use crate::edit::{self, BodyAddress, EditOp, Routine};

/// Moves the block that is read before the one that reads it, or the one that reads it behind the other.
pub(super) fn forward(program: &Program, diagnostic: &Diagnostic) -> Vec<Fix> {
    let mut fixes = Vec::new();
    for site in sites(program, diagnostic) {
        let (Some((read, _)), Some(reader)) = (site.wire(), &site.reader) else { continue };
        let Some(body) = edit::parent(program, read) else { continue };
        let Some(around) = ancestor_in(program, reader, &body) else { continue };
        let before = predecessor(program, &body, &around);
        let up = EditOp::move_block(read.as_str(), body.clone(), before.as_ref().map(BlockId::as_str));
        let down = EditOp::move_block(around.as_str(), body, Some(read.as_str()));
        fixes.push(Fix::new(format!("move {read} up"), [up]));
        fixes.push(Fix::new(format!("move {around} down"), [down]));
    }
    fixes
}

/// The block of a body that is the given one, or has it inside.
fn ancestor_in(program: &Program, id: &BlockId, body: &BodyAddress) -> Option<BlockId> {
    let mut here = id.clone();
    loop {
        let parent = edit::parent(program, &here)?;
        if parent == *body {
            return Some(here);
        }
        match parent {
            BodyAddress::Container { block, .. } => here = block,
            BodyAddress::Routine { .. } => return None,
        }
    }
}

/// The place before a block; for an output, the end of the program.
pub(super) fn before_reader(program: &Program, reader: Option<&BlockId>) -> Option<(BodyAddress, Option<BlockId>)> {
    match reader {
        Some(reader) => {
            let body = edit::parent(program, reader)?;
            let before = predecessor(program, &body, reader);
            Some((body, before))
        }
        None => Some((BodyAddress::main(), program.body.blocks.last().map(|block| block.id.clone()))),
    }
}

fn predecessor(program: &Program, body: &BodyAddress, id: &BlockId) -> Option<BlockId> {
    let blocks = &body_at(program, body)?.blocks;
    let place = blocks.iter().position(|block| block.id == *id)?;
    place.checked_sub(1).map(|place| blocks[place].id.clone())
}

fn body_at<'a>(program: &'a Program, body: &BodyAddress) -> Option<&'a Body> {
    match body {
        BodyAddress::Routine { routine: Routine::Main } => Some(&program.body),
        BodyAddress::Routine { routine: Routine::Function { name } } => program.function(name).map(|found| &found.body),
        BodyAddress::Container { block, name } => program.block(block)?.bodies.get(name),
    }
}
