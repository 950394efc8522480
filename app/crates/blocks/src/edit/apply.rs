//! Applying an edit.

use std::collections::{BTreeMap, HashSet};

use super::address::{Address, BodyAddress, List};
use super::error::EditError;
use super::members::{before, behind, members, position};
use super::operation::{EditOp, Item};
use super::property::Property;
use super::{locate, names, properties, rename};
use crate::document::{Block, BlockId, Body, Place, Program};
use crate::value::Hashing;

/// How many bodies may nest; the text form has no room for more.
const MAX_NESTING: usize = 127;

/// Applies an edit and gives its inverse.
///
/// Applying the inverse gives the program back as it was, byte for byte of its text.
///
/// # Errors
/// Why it does not fit; the program is unchanged then.
pub fn apply(program: &mut Program, op: &EditOp) -> Result<EditOp, EditError> {
    names::check(op)?;
    let unclear = names::is_unclear(program, op).then(|| program.clone());
    let inverse = apply_unchecked(program, op)?;
    if let Some(before) = unclear {
        return Ok(EditOp::Replace { program: Box::new(before) });
    }
    if names::check(&inverse).is_err() {
        // The program had names that no edit may bring in; only the whole of it brings them back.
        let mut before = program.clone();
        apply_unchecked(&mut before, &inverse)?;
        return Ok(EditOp::Replace { program: Box::new(before) });
    }
    Ok(inverse)
}

/// Applies several edits, all or none, and gives their inverses in the order in which they undo.
///
/// # Errors
/// Why one of them does not fit; the program is unchanged then.
pub fn apply_all(program: &mut Program, ops: &[EditOp]) -> Result<Vec<EditOp>, EditError> {
    let mut inverses = Vec::new();
    for op in ops {
        match apply(program, op) {
            Ok(inverse) => inverses.push(inverse),
            Err(error) => {
                for inverse in inverses.iter().rev() {
                    apply(program, inverse)?;
                }
                return Err(error);
            }
        }
    }
    inverses.reverse();
    Ok(inverses)
}

fn apply_unchecked(program: &mut Program, op: &EditOp) -> Result<EditOp, EditError> {
    match op {
        EditOp::Add { to, after, item, places } => add(program, to, after.as_deref(), item, places),
        EditOp::Remove { at } => remove(program, at),
        EditOp::Move { block, to, after } => move_block(program, block, to, after.as_ref()),
        EditOp::Reorder { at, after } => reorder(program, at, after.as_deref()),
        EditOp::Rename { at, to } => rename::rename(program, at, to),
        EditOp::Set { at, property } => {
            let before = properties::set(program, at, property)?;
            Ok(EditOp::Set { at: at.clone(), property: before })
        }
        EditOp::Group { ops } => Ok(EditOp::Group { ops: apply_all(program, ops)? }),
        EditOp::Replace { program: other } => {
            let before = std::mem::replace(program, (**other).clone());
            Ok(EditOp::Replace { program: Box::new(before) })
        }
    }
}

fn add(
    program: &mut Program,
    to: &List,
    after: Option<&str>,
    item: &Item,
    places: &BTreeMap<BlockId, Place>,
) -> Result<EditOp, EditError> {
    let ids = new_ids(program, item)?;
    match to {
        List::Blocks { body } => fits_depth(program, body, nesting(item))?,
        List::Bodies { block } => {
            let body = locate::parent(program, block).unwrap_or_else(BodyAddress::main);
            fits_depth(program, &body, 1 + nesting(item))?;
        }
        _ => fits_depth(program, &BodyAddress::main(), nesting(item))?,
    }
    let list = members(program, to)?;
    if position(list, item.name()).is_some() {
        return Err(EditError::NameTaken { name: item.name().to_owned() });
    }
    let index = behind(list, to, after)?;
    if !list.put(index, item.clone()) {
        return Err(EditError::DoesNotFit { list: to.clone() });
    }
    let mut ops = vec![EditOp::Remove { at: to.member(item.name()) }];
    for id in ids {
        // A place that was left of an earlier block of this id comes back when the new block goes.
        let left = program.layout.get(&id).copied();
        if let Some(place) = left {
            ops.push(EditOp::Set { at: Address::Block { id: id.clone() }, property: Property::Place(Some(place)) });
        }
        if let Some(place) = places.get(&id).copied() {
            program.layout.insert(id, place);
        }
    }
    Ok(if ops.len() == 1 { ops.remove(0) } else { EditOp::Group { ops } })
}

fn remove(program: &mut Program, at: &Address) -> Result<EditOp, EditError> {
    let to = locate::list_of(program, at)?;
    let list = members(program, &to)?;
    let index = position(list, at.name()).ok_or_else(|| locate::unknown(at.clone()))?;
    let after = before(list, index);
    let item = list.take(index);
    let mut places = BTreeMap::new();
    for block in item.blocks() {
        if let Some(place) = program.layout.remove(&block.id) {
            places.insert(block.id.clone(), place);
        }
    }
    Ok(EditOp::Add { to, after, item, places })
}

fn move_block(
    program: &mut Program,
    id: &BlockId,
    to: &BodyAddress,
    after: Option<&BlockId>,
) -> Result<EditOp, EditError> {
    let from = locate::parent(program, id).ok_or_else(|| locate::unknown(Address::Block { id: id.clone() }))?;
    if after == Some(id) || stands_inside(program, to, id) {
        return Err(EditError::IntoItself { id: id.clone() });
    }
    let levels = program.block(id).map_or(0, block_nesting);
    fits_depth(program, to, levels)?;
    let target = List::Blocks { body: to.clone() };
    behind(members(program, &target)?, &target, after.map(BlockId::as_str))?;
    let source = members(program, &List::Blocks { body: from.clone() })?;
    let Some(index) = position(source, id.as_str()) else {
        return Err(locate::unknown(Address::Block { id: id.clone() }));
    };
    let neighbor = before(source, index);
    let item = source.take(index);
    let list = members(program, &target)?;
    let index = behind(list, &target, after.map(BlockId::as_str))?;
    list.put(index, item);
    Ok(EditOp::Move { block: id.clone(), to: from, after: neighbor.map(BlockId) })
}

fn reorder(program: &mut Program, at: &Address, after: Option<&str>) -> Result<EditOp, EditError> {
    let of = at.list().ok_or_else(|| EditError::NotMovable { at: at.clone() })?;
    let list = members(program, &of)?;
    let index = position(list, at.name()).ok_or_else(|| locate::unknown(at.clone()))?;
    if after == Some(at.name()) {
        return Err(EditError::NotMovable { at: at.clone() });
    }
    behind(list, &of, after)?;
    let neighbor = before(list, index);
    let item = list.take(index);
    let index = behind(list, &of, after)?;
    list.put(index, item);
    Ok(EditOp::Reorder { at: at.clone(), after: neighbor })
}

/// The ids of the blocks in an item, if all are new.
fn new_ids(program: &Program, item: &Item) -> Result<Vec<BlockId>, EditError> {
    let blocks = item.blocks();
    let mut have = HashSet::default();
    if !blocks.is_empty() {
        program.roots().for_each(|body| collect_ids(body, &mut have));
    }
    let mut ids = Vec::new();
    for block in blocks {
        if !have.insert(block.id.as_str()) {
            return Err(EditError::DuplicateId { id: block.id.clone() });
        }
        ids.push(block.id.clone());
    }
    Ok(ids)
}

fn collect_ids<'a>(body: &'a Body, ids: &mut HashSet<&'a str, Hashing>) {
    for block in &body.blocks {
        ids.insert(block.id.as_str());
        block.bodies.values().for_each(|body| collect_ids(body, ids));
    }
}

fn stands_inside(program: &Program, body: &BodyAddress, id: &BlockId) -> bool {
    let mut at = Some(body.clone());
    while let Some(BodyAddress::Container { block, .. }) = at {
        if block == *id {
            return true;
        }
        at = locate::parent(program, &block);
    }
    false
}

fn fits_depth(program: &Program, body: &BodyAddress, levels: usize) -> Result<(), EditError> {
    let fits = locate::depth(program, body) + levels <= MAX_NESTING;
    if fits { Ok(()) } else { Err(EditError::TooDeep { limit: MAX_NESTING }) }
}

/// How many bodies nest in an item, below the list it goes into.
fn nesting(item: &Item) -> usize {
    match item {
        Item::Block { block } => block_nesting(block),
        Item::Body { body, .. } => body_nesting(body),
        Item::Function { function } => body_nesting(&function.body),
        _ => 0,
    }
}

fn block_nesting(block: &Block) -> usize {
    block.bodies.values().map(|body| 1 + body_nesting(body)).max().unwrap_or(0)
}

fn body_nesting(body: &Body) -> usize {
    body.blocks.iter().map(block_nesting).max().unwrap_or(0)
}
