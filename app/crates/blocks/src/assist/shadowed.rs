//! Names that mean two things where they are read.
//!
//! Wires say where they come from, so that no name hides another to the machine. To a reader it does, in formulas, where
//! only the last part of it is written.

use super::Finding;
use super::places::Places;
use crate::builtins;
use crate::document::{Block, BlockId, Program};
use crate::edit::{Address, EditOp, List};
use crate::plan::VARIABLE_NOW;

pub(super) fn find(program: &Program, places: &Places<'_>) -> Vec<(usize, Finding)> {
    let mut found = functions(program, places);
    for (index, place) in places.0.iter().enumerate() {
        let Some(block) = program.block(&place.step.block) else { continue };
        found.extend(variable(program, block).map(|finding| (index, finding)));
        let around = std::iter::successors(place.around, |around| places.0[*around].around);
        let outer: Vec<&Block> = around.filter_map(|around| program.block(&places.0[around].step.block)).collect();
        found.extend(carries(block, &outer).into_iter().map(|finding| (index, finding)));
    }
    found
}

/// Functions with the name of one of the language: formulas call that one. The finding is about the first call.
fn functions(program: &Program, places: &Places<'_>) -> Vec<(usize, Finding)> {
    let clashing =
        program.functions.iter().filter(|function| builtins::all().any(|builtin| builtin.name == function.name));
    let found = clashing.filter_map(|function| {
        let name = &function.name;
        let calls = |id: &BlockId| {
            program.block(id).is_some_and(|block| block.kind == "call" && block.setting("function") == name)
        };
        let call = places.0.iter().position(|place| calls(&place.step.block))?;
        let message =
            format!("formulas that say '{name}' mean the function of the language, not this program's; rename it");
        let taken =
            |wish: &str| program.function(wish).is_some() || builtins::all().any(|builtin| builtin.name == wish);
        let rename = renamed(Address::Function { name: name.clone() }, &format!("own_{name}"), taken);
        Some((call, finding(&places.0[call].step.block, message, rename)))
    });
    found.collect()
}

/// Variables with the name by which the formulas of Change variable read the variable that they change.
fn variable(program: &Program, block: &Block) -> Option<Finding> {
    if block.kind != "variable" || block.id.as_str() != VARIABLE_NOW {
        return None;
    }
    let message = format!("'{VARIABLE_NOW}' means another variable where one is changed; rename this one");
    let taken = |wish: &str| program.block(&wish.into()).is_some();
    Some(finding(&block.id, message, renamed(Address::block(block.id.as_str()), "moment", taken)))
}

/// Carried values with the name of one of a loop around.
fn carries(block: &Block, outer: &[&Block]) -> Vec<Finding> {
    let hidden = |name: &str| outer.iter().find(|outer| outer.carries.iter().any(|carry| carry.name == name));
    let found = block.carries.iter().filter_map(|carry| {
        let outer = hidden(&carry.name)?;
        let (name, loop_id) = (&carry.name, &block.id);
        let message = format!("'{name}' of '{loop_id}' hides '{name}' of '{}' around it; rename one", outer.id);
        let taken = |wish: &str| {
            let own = block.carries.iter().any(|carry| carry.name == wish);
            own || hidden(wish).is_some() || block.bodies.values().any(|body| body.yields.contains_key(wish))
        };
        let at = List::Carries { block: loop_id.clone() }.member(name);
        Some(finding(loop_id, message, renamed(at, &format!("{loop_id}_{name}"), taken)))
    });
    found.collect()
}

/// The edit that gives a thing a name that is free.
fn renamed(at: Address, wish: &str, taken: impl Fn(&str) -> bool) -> EditOp {
    let mut names = std::iter::once(wish.to_owned()).chain((2..).map(|count| format!("{wish}_{count}")));
    let to = names.find(|name| !taken(name)).unwrap_or_else(|| wish.to_owned());
    EditOp::Rename { at, to }
}

fn finding(block: &BlockId, message: String, rename: EditOp) -> Finding {
    Finding { code: "shadowed_name".to_owned(), block: block.clone(), message, fix: vec![rename] }
}
