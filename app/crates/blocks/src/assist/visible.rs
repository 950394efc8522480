//! Values that a place in a program can read.

use std::collections::HashSet;

use super::outputs::Outputs;
use super::traits::reads;
use crate::check::MAX_NESTING;
use crate::document::{Block, BlockId, Body, INPUT, Input, Program, Source};
use crate::edit::{self, BodyAddress, Routine};
use crate::types::Type;

/// A port that can be read.
#[derive(Clone, Debug)]
pub(super) struct Giver {
    pub(super) block: BlockId,
    pub(super) port: String,
    pub(super) ty: Type,
    /// `kind.port`, as the statistics call it.
    pub(super) counted: String,
    /// Whether a block that stands before the place reads it.
    pub(super) read: bool,
}

impl Giver {
    pub(super) fn source(&self) -> Source {
        Source::wire(self.block.as_str(), self.port.as_str())
    }

    /// What a formula would call it.
    pub(super) fn name(&self) -> &str {
        if self.port == crate::catalog::VALUE { self.block.as_str() } else { &self.port }
    }
}

/// What can be read behind `after` in a body, or at its beginning, the nearest first.
pub(super) fn visible(
    program: &Program,
    outputs: &Outputs<'_>,
    body: &BodyAddress,
    after: Option<&BlockId>,
) -> Vec<Giver> {
    let inputs = inputs_of(program, body);
    let types = Types { program, inputs, outputs };
    let mut givers = Vec::new();
    let mut read = HashSet::new();
    let (mut address, mut last) = (body.clone(), after.cloned());
    loop {
        let earlier = blocks_until(program, &address, last.as_ref());
        earlier.iter().for_each(|block| reads(block, &mut read));
        givers.extend(earlier.iter().rev().flat_map(|block| results(outputs, block)));
        let BodyAddress::Container { block: id, name } = &address else { break };
        let (Some(container), Some(outside)) = (program.block(id), edit::parent(program, id)) else { break };
        givers.extend(types.inner(container, name));
        last = before(program, &outside, id);
        address = outside;
    }
    givers.extend(inputs.iter().map(|Input { name, ty, .. }| giver(INPUT, INPUT, name, ty.clone())));
    // What is of unknown type fits everywhere, and says nothing.
    givers.retain(|giver| giver.ty != Type::Unknown);
    for giver in &mut givers {
        giver.read = read.contains(&(&giver.block, giver.port.as_str()));
    }
    givers
}

/// The blocks of a body until one of them, that one included; none without one.
pub(super) fn blocks_until<'a>(program: &'a Program, body: &BodyAddress, last: Option<&BlockId>) -> &'a [Block] {
    let blocks = body_at(program, body).map_or(&[][..], |body| &body.blocks);
    let until = last.and_then(|id| blocks.iter().position(|block| block.id == *id));
    &blocks[..until.map_or(0, |until| until + 1)]
}

/// The routine around a body.
pub(super) fn routine_of(program: &Program, body: &BodyAddress) -> Option<Routine> {
    let mut address = body.clone();
    for _ in 0..=2 * MAX_NESTING {
        match address {
            BodyAddress::Routine { routine } => return Some(routine),
            BodyAddress::Container { block, .. } => address = edit::parent(program, &block)?,
        }
    }
    None
}

/// The inputs of the routine around a body.
fn inputs_of<'a>(program: &'a Program, body: &BodyAddress) -> &'a [Input] {
    match routine_of(program, body) {
        Some(Routine::Function { name }) => program.function(&name).map_or(&[], |function| &function.inputs),
        Some(Routine::Main) => &program.inputs,
        None => &[],
    }
}

fn giver(block: &str, kind: &str, port: &str, ty: Type) -> Giver {
    Giver { block: block.into(), port: port.to_owned(), ty, counted: format!("{kind}.{port}"), read: false }
}

fn results(outputs: &Outputs<'_>, block: &Block) -> Vec<Giver> {
    let ports = outputs.get(&block.id).iter();
    ports.map(|(port, ty)| giver(block.id.as_str(), &block.kind, port, (*ty).clone())).collect()
}

/// The types of what a routine can read.
struct Types<'a> {
    program: &'a Program,
    inputs: &'a [Input],
    outputs: &'a Outputs<'a>,
}

impl Types<'_> {
    /// What a container gives one of its bodies.
    fn inner(&self, block: &Block, body: &str) -> Vec<Giver> {
        let give = |port: &str, ty| giver(block.id.as_str(), &block.kind, port, ty);
        let mut given: Vec<Giver> = block.carries.iter().map(|carry| give(&carry.name, carry.ty.clone())).collect();
        if let Some(items) = block.inputs.get("items") {
            given.extend([give("item", self.of(items, MAX_NESTING).item()), give("index", Type::Int)]);
        }
        match (block.kind.as_str(), body) {
            ("repeat", _) => given.push(give("turn", Type::Int)),
            ("reduce", _) => given.extend(self.outputs.find(&block.id, "value").map(|ty| give("total", ty.clone()))),
            ("try", "catch") => {
                let text = |name: &str| (name.to_owned(), Type::Text);
                given.push(give("error", Type::Record(vec![text("code"), text("message")])));
            }
            _ => {}
        }
        given
    }

    /// The type of a source; unknown where it cannot be told. A broken program may lead in a circle, hence `depth`.
    fn of(&self, source: &Source, depth: usize) -> Type {
        let (block, port) = match source {
            Source::Literal(value) => return Type::of(value),
            Source::Wire { block, port } => (block, port),
        };
        if block.as_str() == INPUT {
            return self
                .inputs
                .iter()
                .find(|input| input.name == *port)
                .map_or(Type::Unknown, |input| input.ty.clone());
        }
        if let Some(ty) = self.outputs.find(block, port) {
            return ty.clone();
        }
        match self.program.block(block).and_then(|around| around.inputs.get("items")) {
            Some(items) if port == "item" && depth > 0 => self.of(items, depth - 1).item(),
            _ => Type::Unknown,
        }
    }
}

/// The block before one of a body.
pub(super) fn before(program: &Program, body: &BodyAddress, id: &BlockId) -> Option<BlockId> {
    let blocks = &body_at(program, body)?.blocks;
    let place = blocks.iter().position(|block| block.id == *id)?;
    Some(blocks[place.checked_sub(1)?].id.clone())
}

/// The body at an address.
pub(super) fn body_at<'a>(program: &'a Program, address: &BodyAddress) -> Option<&'a Body> {
    match address {
        BodyAddress::Routine { routine: Routine::Main } => Some(&program.body),
        BodyAddress::Routine { routine: Routine::Function { name } } => program.function(name).map(|found| &found.body),
        BodyAddress::Container { block, name } => program.block(block)?.bodies.get(name),
    }
}
