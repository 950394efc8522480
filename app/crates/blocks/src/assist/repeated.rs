//! One expression computed twice where the first value can still be read.

use std::collections::HashMap;
use std::fmt::Write;

use super::Finding;
use super::places::Places;
use super::readers::redirect;
use super::total::is_pure;
use crate::document::{Block, Program, Source};
use crate::edit::EditOp;
use crate::literal;

pub(super) fn find(program: &Program, places: &Places<'_>) -> Vec<(usize, Finding)> {
    let mut known: HashMap<String, Vec<usize>> = HashMap::new();
    let mut found = Vec::new();
    for (place, here) in places.0.iter().enumerate().filter(|(_, here)| is_pure(here.step)) {
        let Some(key) = program.block(&here.step.block).and_then(key) else { continue };
        let earlier = known.entry(key).or_default();
        // Whoever stands earlier in a body around this place has run, and its sources mean the same here.
        let first =
            earlier.iter().find(|first| places.bodies_around(place).any(|body| *body == places.0[**first].address));
        match first {
            Some(first) => found.extend(finding(program, places, *first, place).map(|finding| (place, finding))),
            None => earlier.push(place),
        }
    }
    found
}

fn finding(program: &Program, places: &Places<'_>, first: usize, second: usize) -> Option<Finding> {
    let (first, second) = (&places.0[first].step.block, &places.0[second].step.block);
    let mut fix = redirect(program, second, &|port| Some(Source::wire(first.as_str(), port)))?;
    fix.push(EditOp::remove_block(second.as_str()));
    let message = format!("'{second}' computes what '{first}' has computed already; read that value instead");
    Some(Finding { code: "repeated_expression".to_owned(), block: second.clone(), message, fix })
}

/// What a block computes, as a text; `None` if it reads nothing, or says something of a newer version.
fn key(block: &Block) -> Option<String> {
    let reads = block.inputs.values().any(|source| matches!(source, Source::Wire { .. }));
    if !reads || !block.extra.is_empty() {
        return None;
    }
    let mut key = block.kind.clone();
    for (name, value) in &block.config {
        let _ = write!(key, "\n{name} = {}", literal::write(value));
    }
    for (port, source) in &block.inputs {
        let _ = match source {
            Source::Wire { block, port: from } => write!(key, "\n{port} <- {block}.{from}"),
            Source::Literal(value) => write!(key, "\n{port} <- {}", literal::write(value)),
        };
    }
    Some(key)
}
