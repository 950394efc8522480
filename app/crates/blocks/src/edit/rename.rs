//! Renaming a thing together with everything that refers to it.

use std::collections::BTreeMap;

use super::address::{Address, BodyAddress, List, Routine};
use super::error::EditError;
use super::locate;
use super::members::{members, position};
use super::operation::{EditOp, Item};
use crate::document::{Block, BlockId, Body, Expect, INPUT, Program, Source};
use crate::value::Value;

/// Gives a thing another name. Refused if the new name is in use, also by a wire that reads what is not there: the
/// two could not be told apart afterwards.
pub(super) fn rename(program: &mut Program, at: &Address, to: &str) -> Result<EditOp, EditError> {
    // What has no name cannot be named again, so that nothing loses its name.
    if at.name().is_empty() || to.is_empty() || matches!(at, Address::Body { .. }) {
        return Err(EditError::NotRenamable { at: at.clone() });
    }
    let list = locate::list_of(program, at)?;
    if position(members(program, &list)?, at.name()).is_none() {
        return Err(locate::unknown(at.clone()));
    }
    if let Address::Yield { body: BodyAddress::Container { block, .. }, name } = at
        && locate::block(program, block)?.carries.iter().any(|carry| carry.name == *name)
    {
        return Err(EditError::NotRenamable { at: at.clone() });
    }
    let mut taken = false;
    visit(program, at, &mut |name| taken |= name == to);
    if taken {
        return Err(EditError::NameTaken { name: to.to_owned() });
    }
    visit(program, at, &mut |name| {
        if name == at.name() {
            to.clone_into(name);
        }
    });
    let renamed = match at {
        Address::Block { .. } => Address::block(to),
        _ => at.list().map_or(Address::Program, |list: List| list.member(to)),
    };
    Ok(EditOp::Rename { at: renamed, to: at.name().to_owned() })
}

type Visitor<'a> = &'a mut dyn FnMut(&mut String);

/// Shows every name that could mean a thing like this one: definitions and references.
fn visit(program: &mut Program, at: &Address, see: Visitor<'_>) {
    match at {
        Address::Block { .. } => visit_ids(program, see),
        Address::Function { .. } => {
            program.functions.iter_mut().for_each(|function| see(&mut function.name));
            each_block(program, &mut |block| visit_setting(block, "call", "function", see));
        }
        Address::Input { routine, .. } => visit_inputs(program, routine, see),
        Address::Output { routine, .. } => visit_outputs(program, routine, see),
        Address::Carry { block, .. } => visit_ports(program, block, see),
        Address::Yield { body: BodyAddress::Container { block, .. }, .. } => visit_ports(program, block, see),
        Address::Yield { body, .. } => {
            if let Ok(body) = locate::body(program, body) {
                index_keys(&mut body.yields, see);
            }
        }
        Address::Test { .. } => program.tests.iter_mut().for_each(|test| see(&mut test.name)),
        Address::Program | Address::Body { .. } => {}
    }
}

fn visit_ids(program: &mut Program, see: Visitor<'_>) {
    each_block(program, &mut |block| {
        see(&mut block.id.0);
        for kind in ["set_variable", "get_variable", "change_variable"] {
            visit_setting(block, kind, "variable", see);
        }
        visit_around(block, see);
    });
    each_source(program, None, &mut |source| {
        if let Source::Wire { block, .. } = source {
            see(&mut block.0);
        }
    });
    let answers = program.tests.iter_mut().flat_map(|test| &mut test.answers);
    answers.for_each(|answer| see(&mut answer.block.0));
    let layout = std::mem::take(&mut program.layout);
    program.layout = layout
        .into_iter()
        .map(|(BlockId(mut id), place)| {
            see(&mut id);
            (BlockId(id), place)
        })
        .collect();
}

fn visit_inputs(program: &mut Program, routine: &Routine, see: Visitor<'_>) {
    if let Ok(parts) = locate::routine(program, routine) {
        parts.inputs.iter_mut().for_each(|input| see(&mut input.name));
    }
    each_source(program, Some(routine), &mut |source| visit_port(source, |block| block == INPUT, see));
    match routine {
        Routine::Main => program.tests.iter_mut().for_each(|test| index_keys(&mut test.inputs, see)),
        Routine::Function { name } => each_block(program, &mut |block| {
            if calls(block, name) {
                tree_keys(&mut block.inputs, see);
            }
        }),
    }
}

fn visit_outputs(program: &mut Program, routine: &Routine, see: Visitor<'_>) {
    if let Ok(parts) = locate::routine(program, routine) {
        parts.outputs.iter_mut().for_each(|output| see(&mut output.name));
    }
    match routine {
        Routine::Main => {
            for test in &mut program.tests {
                if let Expect::Outputs(outputs) = &mut test.expect {
                    index_keys(outputs, see);
                }
            }
        }
        Routine::Function { name } => {
            let mut callers = Vec::new();
            each_block(program, &mut |block| {
                if calls(block, name) {
                    callers.push(block.id.0.clone());
                }
            });
            each_source(program, None, &mut |source| {
                visit_port(source, |block| callers.iter().any(|caller| caller == block), see);
            });
        }
    }
}

/// The ports of a container that its bodies and the blocks around it share: carried values and yields.
fn visit_ports(program: &mut Program, id: &BlockId, see: Visitor<'_>) {
    if let Ok(block) = locate::block(program, id) {
        block.carries.iter_mut().for_each(|carry| see(&mut carry.name));
        block.bodies.values_mut().for_each(|body| index_keys(&mut body.yields, see));
    }
    each_source(program, None, &mut |source| visit_port(source, |block| block == id.as_str(), see));
}

fn visit_port(source: &mut Source, of: impl Fn(&str) -> bool, see: Visitor<'_>) {
    if let Source::Wire { block, port } = source
        && of(block.as_str())
    {
        see(port);
    }
}

fn visit_setting(block: &mut Block, kind: &str, setting: &str, see: Visitor<'_>) {
    if block.kind != kind {
        return;
    }
    if let Some(Value::Text(text)) = block.config.get_mut(setting) {
        see(std::sync::Arc::make_mut(text));
    }
}

/// The blocks that a note is about.
fn visit_around(block: &mut Block, see: Visitor<'_>) {
    if block.kind != "note" {
        return;
    }
    if let Some(Value::List(members)) = block.config.get_mut("around") {
        for member in std::sync::Arc::make_mut(members) {
            if let Value::Text(id) = member {
                see(std::sync::Arc::make_mut(id));
            }
        }
    }
}

fn calls(block: &Block, function: &str) -> bool {
    block.kind == "call" && block.setting("function") == function
}

fn each_block(program: &mut Program, see: &mut dyn FnMut(&mut Block)) {
    blocks_of(&mut program.body, see);
    program.functions.iter_mut().for_each(|function| blocks_of(&mut function.body, see));
}

fn blocks_of(body: &mut Body, see: &mut dyn FnMut(&mut Block)) {
    for block in &mut body.blocks {
        see(block);
        block.bodies.values_mut().for_each(|body| blocks_of(body, see));
    }
}

/// Shows every source of the program, or of one routine.
fn each_source(program: &mut Program, only: Option<&Routine>, see: &mut dyn FnMut(&mut Source)) {
    if only.is_none_or(|routine| *routine == Routine::Main) {
        program.outputs.iter_mut().for_each(|output| see(&mut output.from));
        sources_of(&mut program.body, see);
    }
    for function in &mut program.functions {
        let here = matches!(only, Some(Routine::Function { name }) if *name == function.name);
        if only.is_none() || here {
            function.outputs.iter_mut().for_each(|output| see(&mut output.from));
            sources_of(&mut function.body, see);
        }
    }
}

/// Shows every source in an item.
pub(crate) fn each_source_of(item: &mut Item, see: &mut dyn FnMut(&mut Source)) {
    match item {
        Item::Block { block } => sources_of_block(block, see),
        Item::Body { body, .. } => sources_of(body, see),
        Item::Function { function } => {
            function.outputs.iter_mut().for_each(|output| see(&mut output.from));
            sources_of(&mut function.body, see);
        }
        Item::Output { output } => see(&mut output.from),
        Item::Carry { carry } => see(&mut carry.from),
        Item::Yield { from, .. } => see(from),
        Item::Input { .. } | Item::Test { .. } => {}
    }
}

fn sources_of(body: &mut Body, see: &mut dyn FnMut(&mut Source)) {
    body.yields.values_mut().for_each(&mut *see);
    body.blocks.iter_mut().for_each(|block| sources_of_block(block, see));
}

fn sources_of_block(block: &mut Block, see: &mut dyn FnMut(&mut Source)) {
    block.inputs.values_mut().for_each(&mut *see);
    block.carries.iter_mut().for_each(|carry| see(&mut carry.from));
    block.bodies.values_mut().for_each(|body| sources_of(body, see));
}

fn index_keys<V, E>(entries: &mut E, see: Visitor<'_>)
where
    E: Default + IntoIterator<Item = (String, V)> + FromIterator<(String, V)>,
{
    *entries = std::mem::take(entries)
        .into_iter()
        .map(|(mut key, value)| {
            see(&mut key);
            (key, value)
        })
        .collect();
}

fn tree_keys<V>(entries: &mut BTreeMap<String, V>, see: Visitor<'_>) {
    *entries = std::mem::take(entries)
        .into_iter()
        .map(|(mut key, value)| {
            see(&mut key);
            (key, value)
        })
        .collect();
}
