//! Edits that let everybody who reads a port read something else.

use crate::document::{BlockId, Body, Output, Program, Source};
use crate::edit::{Address, BodyAddress, EditOp, Property, Routine};

/// The edits that put `instead(port)` wherever a port of `block` is read; `None` where it has no answer for a port.
pub(super) fn redirect(
    program: &Program,
    block: &BlockId,
    instead: &dyn Fn(&str) -> Option<Source>,
) -> Option<Vec<EditOp>> {
    let mut ops = Vec::new();
    each_source(program, &mut |at, port, source| {
        if let Source::Wire { block: read, port: from } = source
            && read == block
        {
            ops.push(instead(from).map(|from| set(at, port, from)));
        }
    });
    ops.into_iter().collect()
}

/// Whether somebody reads a port of a block.
pub(super) fn is_read(program: &Program, block: &BlockId) -> bool {
    let mut found = false;
    each_source(program, &mut |_, _, source| {
        found |= matches!(source, Source::Wire { block: read, .. } if read == block);
    });
    found
}

fn set(at: Address, port: Option<&str>, from: Source) -> EditOp {
    let property = match port {
        Some(port) => Property::Wire { port: port.to_owned(), from: Some(from) },
        None => Property::From(from),
    };
    EditOp::Set { at, property }
}

type See<'s> = &'s mut dyn FnMut(Address, Option<&str>, &Source);

fn each_source(program: &Program, see: See<'_>) {
    in_body(&program.body, &BodyAddress::main(), see);
    in_outputs(&program.outputs, &Routine::Main, see);
    for function in &program.functions {
        let routine = Routine::Function { name: function.name.clone() };
        in_body(&function.body, &BodyAddress::Routine { routine: routine.clone() }, see);
        in_outputs(&function.outputs, &routine, see);
    }
}

fn in_outputs(outputs: &[Output], routine: &Routine, see: See<'_>) {
    for Output { name, from, .. } in outputs {
        see(Address::Output { routine: routine.clone(), name: name.clone() }, None, from);
    }
}

fn in_body(body: &Body, address: &BodyAddress, see: See<'_>) {
    for block in &body.blocks {
        for (port, source) in &block.inputs {
            see(Address::Block { id: block.id.clone() }, Some(port), source);
        }
        for carry in &block.carries {
            see(Address::Carry { block: block.id.clone(), name: carry.name.clone() }, None, &carry.from);
        }
        for (name, inner) in &block.bodies {
            in_body(inner, &BodyAddress::of(block.id.as_str(), name), see);
        }
    }
    for (name, source) in &body.yields {
        see(Address::Yield { body: address.clone(), name: name.clone() }, None, source);
    }
}
