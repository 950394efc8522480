//! Other sources for the blocks of a program that is not being edited: a fragment, a function's copy.

use std::collections::HashMap;

use blocks::document::Program;
use blocks::{Block, BlockId, Body, Source, Value};

/// What becomes of a source.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Rewired {
    /// It stays.
    Kept,
    /// Another one.
    To(Source),
    /// Nothing comes in any more.
    Gone,
}

/// Decides about every source of a block and of the blocks inside it.
pub(crate) fn block(block: &mut Block, decide: &mut dyn FnMut(&Source) -> Rewired) {
    block.inputs.retain(|_, source| keep(source, decide));
    for carry in &mut block.carries {
        if !keep(&mut carry.from, decide) {
            carry.from = Source::Literal(super::members::empty(&carry.ty));
        }
    }
    for inner in block.bodies.values_mut() {
        body(inner, decide);
    }
}

fn body(inner: &mut Body, decide: &mut dyn FnMut(&Source) -> Rewired) {
    for each in &mut inner.blocks {
        block(each, decide);
    }
    inner.yields.retain(|_, source| keep(source, decide));
}

fn keep(source: &mut Source, decide: &mut dyn FnMut(&Source) -> Rewired) -> bool {
    match decide(source) {
        Rewired::Kept => true,
        Rewired::To(other) => {
            *source = other;
            true
        }
        Rewired::Gone => false,
    }
}

/// Gives blocks other ids, and everything that refers to them, in one pass over the program.
pub(crate) fn rename_ids(program: &mut Program, names: &HashMap<BlockId, BlockId>) {
    if names.is_empty() {
        return;
    }
    let functions = program.functions.iter_mut();
    let mut outputs = program.outputs.iter_mut().collect::<Vec<_>>();
    let mut bodies = vec![&mut program.body];
    for function in functions {
        outputs.extend(&mut function.outputs);
        bodies.push(&mut function.body);
    }
    let mut decide = |source: &Source| match source {
        Source::Wire { block, port } => {
            names.get(block).map_or(Rewired::Kept, |name| Rewired::To(Source::wire(name.as_str(), port.as_str())))
        }
        Source::Literal(_) => Rewired::Kept,
    };
    for output in outputs {
        keep(&mut output.from, &mut decide);
    }
    for block in bodies.into_iter().flat_map(|body| &mut body.blocks) {
        self::block(block, &mut decide);
        rename_block(block, names);
    }
    let layout = std::mem::take(&mut program.layout);
    program.layout = layout.into_iter().map(|(id, place)| (names.get(&id).cloned().unwrap_or(id), place)).collect();
}

fn rename_block(block: &mut Block, names: &HashMap<BlockId, BlockId>) {
    if let Some(name) = names.get(&block.id) {
        block.id.clone_from(name);
    }
    let renamed = |value: &Value| {
        let name = value.as_text().and_then(|id| names.get(&BlockId::from(id)));
        name.map_or_else(|| value.clone(), |name| Value::text(name.as_str()))
    };
    let setting = match block.kind.as_str() {
        "set_variable" | "get_variable" | "change_variable" => block.config.get_mut("variable"),
        "note" => block.config.get_mut("around"),
        _ => None,
    };
    if let Some(value) = setting {
        *value = match value.as_list() {
            Some(members) => Value::list(members.iter().map(renamed).collect()),
            None => renamed(value),
        };
    }
    for inner in block.bodies.values_mut().flat_map(|body| &mut body.blocks) {
        rename_block(inner, names);
    }
}
