//! Addresses to the parts of a document.

use super::address::{Address, BodyAddress, List, Routine};
use super::error::EditError;
use crate::document::{Block, BlockId, Body, Extra, Input, Output, Program};
use crate::facts::Facts;

/// The parts that a program and a function have in common.
pub(super) struct RoutineParts<'a> {
    pub(super) about: &'a mut String,
    pub(super) inputs: &'a mut Vec<Input>,
    pub(super) outputs: &'a mut Vec<Output>,
    pub(super) body: &'a mut Body,
    pub(super) extra: &'a mut Vec<Extra>,
}

pub(super) fn routine<'a>(program: &'a mut Program, routine: &Routine) -> Result<RoutineParts<'a>, EditError> {
    match routine {
        Routine::Main => Ok(RoutineParts {
            about: &mut program.about,
            inputs: &mut program.inputs,
            outputs: &mut program.outputs,
            body: &mut program.body,
            extra: &mut program.extra,
        }),
        Routine::Function { name } => {
            let function = program.functions.iter_mut().find(|function| function.name == *name);
            let function = function.ok_or_else(|| unknown(Address::of_routine(routine)))?;
            Ok(RoutineParts {
                about: &mut function.about,
                inputs: &mut function.inputs,
                outputs: &mut function.outputs,
                body: &mut function.body,
                extra: &mut function.extra,
            })
        }
    }
}

pub(super) fn body<'a>(program: &'a mut Program, body: &BodyAddress) -> Result<&'a mut Body, EditError> {
    match body {
        BodyAddress::Routine { routine: of } => Ok(routine(program, of)?.body),
        BodyAddress::Container { block: of, name } => {
            block(program, of)?.bodies.get_mut(name).ok_or_else(|| unknown(Address::Body { body: body.clone() }))
        }
    }
}

pub(super) fn block<'a>(program: &'a mut Program, id: &BlockId) -> Result<&'a mut Block, EditError> {
    let functions = program.functions.iter_mut().map(|function| &mut function.body);
    std::iter::once(&mut program.body)
        .chain(functions)
        .find_map(|body| find(body, id))
        .ok_or_else(|| unknown(Address::Block { id: id.clone() }))
}

fn find<'a>(body: &'a mut Body, id: &BlockId) -> Option<&'a mut Block> {
    body.blocks.iter_mut().find_map(|block| {
        if block.id == *id { Some(block) } else { block.bodies.values_mut().find_map(|body| find(body, id)) }
    })
}

/// The list in which a thing stands.
pub(super) fn list_of(program: &Program, at: &Address) -> Result<List, EditError> {
    match at {
        Address::Block { id } => {
            parent(program, id).map(|body| List::Blocks { body }).ok_or_else(|| unknown(at.clone()))
        }
        _ => at.list().ok_or_else(|| EditError::NotMovable { at: at.clone() }),
    }
}

/// The address of everything in a program: the program itself, and what stands in its lists.
pub fn things(program: &Program) -> Vec<Address> {
    Facts::of(program).things.into_keys().collect()
}

/// The body in which a block stands.
pub fn parent(program: &Program, id: &BlockId) -> Option<BodyAddress> {
    let main = parent_in(&program.body, &BodyAddress::main(), id);
    main.or_else(|| {
        program.functions.iter().find_map(|function| {
            let routine = Routine::Function { name: function.name.clone() };
            parent_in(&function.body, &BodyAddress::Routine { routine }, id)
        })
    })
}

fn parent_in(body: &Body, address: &BodyAddress, id: &BlockId) -> Option<BodyAddress> {
    if body.blocks.iter().any(|block| block.id == *id) {
        return Some(address.clone());
    }
    body.blocks.iter().find_map(|block| {
        block.bodies.iter().find_map(|(name, inner)| {
            parent_in(inner, &BodyAddress::Container { block: block.id.clone(), name: name.clone() }, id)
        })
    })
}

/// How many containers stand around a body.
pub(super) fn depth(program: &Program, body: &BodyAddress) -> usize {
    let mut depth = 0;
    let mut at = Some(body.clone());
    while let Some(BodyAddress::Container { block, .. }) = at {
        depth += 1;
        at = parent(program, &block);
    }
    depth
}

pub(super) fn unknown(at: Address) -> EditError {
    EditError::Unknown { at }
}
