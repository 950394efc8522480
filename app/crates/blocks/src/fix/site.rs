//! Where a source stands, as diagnostics name it: a block and a port, or an output.

use crate::diagnostic::Diagnostic;
use crate::document::{Block, BlockId, Program, Source};
use crate::edit::{Address, BodyAddress, EditOp, Property, Routine};

/// A place that takes a source.
#[derive(Clone, Debug)]
pub(super) struct Site {
    at: Address,
    /// The port, for the wires of a block.
    port: Option<String>,
    /// What stands there now.
    pub(super) source: Source,
    /// The block that reads it; none for the outputs of a routine.
    pub(super) reader: Option<BlockId>,
}

impl Site {
    /// The edit that puts another source there.
    pub(super) fn set(&self, from: Source) -> EditOp {
        let property = match &self.port {
            Some(port) => Property::Wire { port: port.clone(), from: Some(from) },
            None => Property::From(from),
        };
        EditOp::Set { at: self.at.clone(), property }
    }

    /// The block and port that it reads.
    pub(super) fn wire(&self) -> Option<(&BlockId, &str)> {
        match &self.source {
            Source::Wire { block, port } => Some((block, port)),
            Source::Literal(_) => None,
        }
    }
}

/// The sources that a diagnostic can be about.
pub(super) fn sites(program: &Program, diagnostic: &Diagnostic) -> Vec<Site> {
    let block = diagnostic.block.as_ref().and_then(|id| program.block(id));
    match (block, &diagnostic.port) {
        (Some(block), Some(port)) => of_block(block, port),
        (Some(block), None) => block.inputs.keys().flat_map(|port| of_block(block, port)).collect(),
        (None, Some(port)) if diagnostic.block.is_none() => of_outputs(program, port),
        (None, _) => Vec::new(),
    }
}

fn of_block(block: &Block, port: &str) -> Vec<Site> {
    let id = &block.id;
    let site = |at, port, source: &Source| Site { at, port, source: source.clone(), reader: Some(id.clone()) };
    let wire = block.inputs.get(port);
    let wire = wire.map(|source| site(Address::Block { id: id.clone() }, Some(port.to_owned()), source));
    let carries = block.carries.iter().filter(|carry| carry.name == port);
    let carries =
        carries.map(|carry| site(Address::Carry { block: id.clone(), name: port.to_owned() }, None, &carry.from));
    let yields = block.bodies.iter().filter_map(|(name, body)| {
        let body_address = BodyAddress::Container { block: id.clone(), name: name.clone() };
        let at = Address::Yield { body: body_address, name: port.to_owned() };
        body.yields.get(port).map(|source| site(at, None, source))
    });
    wire.into_iter().chain(carries).chain(yields).collect()
}

fn of_outputs(program: &Program, name: &str) -> Vec<Site> {
    let functions =
        program.functions.iter().map(|function| (Routine::Function { name: function.name.clone() }, &function.outputs));
    std::iter::once((Routine::Main, &program.outputs))
        .chain(functions)
        .filter_map(|(routine, outputs)| {
            let output = outputs.iter().find(|output| output.name == name)?;
            let at = Address::Output { routine, name: name.to_owned() };
            Some(Site { at, port: None, source: output.from.clone(), reader: None })
        })
        .collect()
}
