//! Values that a place in a program can read.

use crate::check::{Checked, MAX_NESTING};
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
}

/// What can be read behind `after` in a body, or at its beginning, the nearest first.
pub(super) fn visible(program: &Program, checked: &Checked, body: &BodyAddress, after: Option<&BlockId>) -> Vec<Giver> {
    let inputs = inputs_of(program, body);
    let mut givers = Vec::new();
    let (mut address, mut last) = (body.clone(), after.cloned());
    loop {
        let blocks = body_at(program, &address).map_or(&[][..], |body| &body.blocks);
        let until = last.as_ref().and_then(|id| blocks.iter().position(|block| block.id == *id));
        let earlier = blocks[..until.map_or(0, |until| until + 1)].iter().rev();
        givers.extend(earlier.flat_map(|block| results(checked, block)));
        let BodyAddress::Container { block: id, .. } = &address else { break };
        let (Some(container), Some(outside)) = (program.block(id), edit::parent(program, id)) else { break };
        givers.extend(inner(program, inputs, checked, container));
        last = before(program, &outside, id);
        address = outside;
    }
    givers.extend(inputs.iter().map(|Input { name, ty, .. }| giver(INPUT, INPUT, name, ty.clone())));
    // What is of unknown type fits everywhere, and says nothing.
    givers.retain(|giver| giver.ty != Type::Unknown);
    givers
}

/// The inputs of the routine around a body.
fn inputs_of<'a>(program: &'a Program, body: &BodyAddress) -> &'a [Input] {
    let mut address = body.clone();
    while let BodyAddress::Container { block, .. } = &address {
        let Some(outside) = edit::parent(program, block) else { return &[] };
        address = outside;
    }
    match &address {
        BodyAddress::Routine { routine: Routine::Function { name } } => {
            program.function(name).map_or(&[], |function| &function.inputs)
        }
        _ => &program.inputs,
    }
}

fn giver(block: &str, kind: &str, port: &str, ty: Type) -> Giver {
    Giver { block: block.into(), port: port.to_owned(), ty, counted: format!("{kind}.{port}") }
}

fn results(checked: &Checked, block: &Block) -> Vec<Giver> {
    let own = checked.types.iter().filter(|((id, _), _)| *id == block.id);
    let mut givers: Vec<Giver> =
        own.map(|((_, port), ty)| giver(block.id.as_str(), &block.kind, port, ty.clone())).collect();
    givers.sort_by(|one, other| one.port.cmp(&other.port));
    givers
}

/// What a loop gives its body.
fn inner(program: &Program, inputs: &[Input], checked: &Checked, block: &Block) -> Vec<Giver> {
    let give = |port: &str, ty| giver(block.id.as_str(), &block.kind, port, ty);
    let items = block.inputs.get("items").map(|source| type_of(program, inputs, checked, source, MAX_NESTING).item());
    let carried = block.carries.iter().map(|carry| give(&carry.name, carry.ty.clone()));
    let item = items.into_iter().flat_map(|item| [give("item", item), give("index", Type::Int)]);
    let turn = (block.kind == "repeat").then(|| give("turn", Type::Int));
    carried.chain(item).chain(turn).collect()
}

/// The type of a source; unknown where it cannot be told. A broken program may lead in a circle, hence `depth`.
fn type_of(program: &Program, inputs: &[Input], checked: &Checked, source: &Source, depth: usize) -> Type {
    let (block, port) = match source {
        Source::Literal(value) => return Type::of(value),
        Source::Wire { block, port } => (block, port),
    };
    if block.as_str() == INPUT {
        return inputs.iter().find(|input| input.name == *port).map_or(Type::Unknown, |input| input.ty.clone());
    }
    if let Some(ty) = checked.types.get(&(block.clone(), port.clone())) {
        return ty.clone();
    }
    match program.block(block).and_then(|around| around.inputs.get("items")) {
        Some(items) if port == "item" && depth > 0 => type_of(program, inputs, checked, items, depth - 1).item(),
        _ => Type::Unknown,
    }
}

fn before(program: &Program, body: &BodyAddress, id: &BlockId) -> Option<BlockId> {
    let blocks = &body_at(program, body)?.blocks;
    let place = blocks.iter().position(|block| block.id == *id)?;
    Some(blocks[place.checked_sub(1)?].id.clone())
}

fn body_at<'a>(program: &'a Program, address: &BodyAddress) -> Option<&'a Body> {
    match address {
        BodyAddress::Routine { routine: Routine::Main } => Some(&program.body),
        BodyAddress::Routine { routine: Routine::Function { name } } => program.function(name).map(|found| &found.body),
        BodyAddress::Container { block, name } => program.block(block)?.bodies.get(name),
    }
}
