//! What can be said of a place before a block stands there: what is around it, what stands before it, and which values
//! wait to be read. What stands behind it is not looked at, since it may not be there yet.

use std::collections::HashSet;

use super::outputs::Outputs;
use crate::document::{Block, BlockId, Body, Source};
use crate::types::Type;

/// How many blocks before a place are looked at.
const WINDOW: usize = 8;

/// The body in which a place is.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    /// The container and the name of its body; `None` for the body of a routine.
    pub(super) container: Option<(&'a Block, &'a str)>,
    /// Whether it is in a function.
    pub(super) in_function: bool,
}

/// The traits of the place behind these blocks of a body.
pub(super) fn traits(around: Around<'_>, before: &[Block], outputs: &Outputs<'_>) -> Vec<String> {
    let window = &before[before.len().saturating_sub(WINDOW)..];
    let inside = match around.container {
        Some((block, body)) => format!("{}/{body}", block.kind),
        None if around.in_function => "function".to_owned(),
        None => "program".to_owned(),
    };
    let kind = |back: usize| before.len().checked_sub(back).map_or("", |index| before[index].kind.as_str());
    let mut traits = vec![
        format!("in {inside}"),
        format!("place {} in {inside}", before.len().min(3)),
        format!("behind {}", if before.is_empty() { &inside } else { kind(1) }),
        format!("behind {} {}", kind(2), if before.is_empty() { &inside } else { kind(1) }),
        format!("in {inside} behind {}", kind(1)),
    ];
    let unread = unread(window, outputs);
    if let Some((block, port, ty)) = unread.first() {
        traits.push(format!("reads {}.{port}", block.kind));
        traits.push(format!("reads {}", shape(ty)));
    }
    if let Some(last) = before.last() {
        let gives = outputs.get(&last.id).first().map_or("nothing", |(_, ty)| shape(ty));
        traits.push(format!("behind {gives}"));
        traits.push(format!("behind {} {gives}", last.kind));
    }
    let mut waiting: Vec<String> = unread.iter().map(|(_, _, ty)| format!("waiting {}", shape(ty))).collect();
    waiting.extend(
        around
            .container
            .iter()
            .flat_map(|(block, _)| &block.carries)
            .map(|carry| format!("carried {}", shape(&carry.ty))),
    );
    waiting.sort_unstable();
    waiting.dedup();
    traits.extend(waiting);
    traits
}

/// The values of these blocks that none of them reads, the nearest first.
fn unread<'a>(blocks: &'a [Block], outputs: &Outputs<'a>) -> Vec<(&'a Block, &'a str, &'a Type)> {
    let mut read = HashSet::new();
    blocks.iter().for_each(|block| reads(block, &mut read));
    let values =
        blocks.iter().rev().flat_map(|block| outputs.get(&block.id).iter().map(move |(port, ty)| (block, *port, *ty)));
    values.filter(|(block, port, _)| !read.contains(&(&block.id, *port))).collect()
}

/// The ports that a block and those inside it read.
pub(super) fn reads<'a>(block: &'a Block, read: &mut HashSet<(&'a BlockId, &'a str)>) {
    let sources = block.inputs.values().chain(block.carries.iter().map(|carry| &carry.from));
    read.extend(sources.filter_map(wire));
    block.bodies.values().for_each(|body| reads_of_body(body, read));
}

fn reads_of_body<'a>(body: &'a Body, read: &mut HashSet<(&'a BlockId, &'a str)>) {
    body.blocks.iter().for_each(|block| reads(block, read));
    read.extend(body.yields.values().filter_map(wire));
}

fn wire(source: &Source) -> Option<(&BlockId, &str)> {
    match source {
        Source::Wire { block, port } => Some((block, port)),
        Source::Literal(_) => None,
    }
}

/// A type without what is inside it.
pub(super) fn shape(ty: &Type) -> &'static str {
    match ty {
        Type::Int => "int",
        Type::Number => "number",
        Type::Text => "text",
        Type::Bool => "bool",
        Type::List(_) => "list",
        Type::Map(_) => "map",
        Type::Record(_) => "record",
        Type::Json => "json",
        Type::None | Type::Optional(_) => "optional",
        Type::Parameter(_) | Type::Unknown => "any",
    }
}
