//! Blocks that nobody reads and that nobody would miss.

use super::Finding;
use super::places::Places;
use super::readers::is_read;
use super::total::{awaits, is_total};
use crate::document::Program;
use crate::edit::EditOp;
use crate::plan::Operation;

pub(super) fn find(program: &Program, places: &Places<'_>) -> Vec<(usize, Finding)> {
    let dead = places.0.iter().enumerate().filter(|(_, place)| {
        let is_note = matches!(place.step.operation, Operation::Note(_));
        !is_note && is_total(place.step) && !awaits(places, place.step) && !is_read(program, &place.step.block)
    });
    dead.map(|(index, place)| {
        let block = &place.step.block;
        let finding = Finding {
            code: "dead_block".to_owned(),
            block: block.clone(),
            message: format!("nobody reads '{block}', and it does nothing else; remove it"),
            fix: vec![EditOp::remove_block(block.as_str())],
        };
        (index, finding)
    })
    .collect()
}
