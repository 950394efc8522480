//! Which names an edit brings in, and whether it is clear what it means.

use std::collections::HashSet;

use super::address::{Address, BodyAddress, List};
use super::error::EditError;
use super::members::members;
use super::operation::{EditOp, Item};
use super::property::Property;
use crate::document::{Block, Body, INPUT, Program};
use crate::text::is_name;
use crate::value::Hashing;

/// Refuses what a document cannot be written with: names that are none, yields outside a container.
pub(super) fn check(op: &EditOp) -> Result<(), EditError> {
    match op {
        EditOp::Add { to: to @ List::Yields { body: BodyAddress::Routine { .. } }, .. } => {
            Err(EditError::DoesNotFit { list: to.clone() })
        }
        EditOp::Add { item, .. } => check_item(item),
        EditOp::Rename { at: Address::Test { .. }, .. } => Ok(()),
        EditOp::Rename { at, to } => {
            let block = matches!(at, Address::Block { .. });
            if block && to == INPUT { Err(EditError::ReservedId) } else { name(to) }
        }
        EditOp::Set { at, property } => match (at, property) {
            (_, Property::Setting { name: setting, value: Some(_) }) => name(setting),
            (_, Property::Wire { port, from: Some(_) }) => name(port),
            (_, Property::Kind(kind)) => name(kind),
            (Address::Block { id }, Property::Place(Some(_))) => name(id.as_str()),
            (Address::Body { body: BodyAddress::Routine { .. } }, Property::Extra(extra)) if !extra.is_empty() => {
                Err(EditError::NoSuchProperty { at: at.clone(), field: property.field() })
            }
            (_, Property::Given(values)) => values.keys().try_for_each(|key| name(key)),
            _ => Ok(()),
        },
        EditOp::Group { ops } => ops.iter().try_for_each(check),
        EditOp::Remove { .. } | EditOp::Move { .. } | EditOp::Reorder { .. } | EditOp::Replace { .. } => Ok(()),
    }
}

fn check_item(item: &Item) -> Result<(), EditError> {
    if !matches!(item, Item::Test { .. }) {
        name(item.name())?;
    }
    item.blocks().into_iter().try_for_each(check_block)
}

fn check_block(block: &Block) -> Result<(), EditError> {
    if block.id.as_str() == INPUT {
        return Err(EditError::ReservedId);
    }
    let own = [block.id.as_str(), &block.kind];
    let parts = block.config.keys().chain(block.inputs.keys()).chain(block.bodies.keys());
    own.into_iter().chain(parts.map(String::as_str)).try_for_each(name)
}

fn name(text: &str) -> Result<(), EditError> {
    if is_name(text) { Ok(()) } else { Err(EditError::NotAName { name: text.to_owned() }) }
}

/// Whether the program has several things that the edit could mean: the name stands twice in its list, as in a
/// program that the checker refuses. The first is meant, and the edit has no inverse but the program before it.
pub(super) fn is_unclear(program: &mut Program, op: &EditOp) -> bool {
    let mut twice_in = |list: &List| members(program, list).is_ok_and(|members| has_twice(members.names()));
    match op {
        EditOp::Add { to, .. } => twice_in(to),
        EditOp::Remove { at: Address::Block { .. } }
        | EditOp::Rename { at: Address::Block { .. }, .. }
        | EditOp::Move { .. } => has_twice(ids(program)),
        EditOp::Remove { at } => at.list().is_some_and(|list| twice_in(&list)) || has_twice(ids(program)),
        EditOp::Rename { at, .. } | EditOp::Reorder { at, .. } => at.list().is_some_and(|list| twice_in(&list)),
        EditOp::Set { .. } | EditOp::Group { .. } | EditOp::Replace { .. } => false,
    }
}

fn has_twice<'a>(names: impl IntoIterator<Item = &'a str>) -> bool {
    let mut seen: HashSet<&str, Hashing> = HashSet::default();
    names.into_iter().any(|name| !seen.insert(name))
}

fn ids(program: &Program) -> Vec<&str> {
    let mut ids = Vec::new();
    program.roots().for_each(|body| collect(body, &mut ids));
    ids
}

fn collect<'a>(body: &'a Body, ids: &mut Vec<&'a str>) {
    for block in &body.blocks {
        ids.push(block.id.as_str());
        block.bodies.values().for_each(|body| collect(body, ids));
    }
}
