//! Where wires end.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::visible::body_at;
use crate::catalog::{self, Meaning};
use crate::document::{BlockId, Body, Output, Program, Source};
use crate::edit::{self, Address, BodyAddress, EditOp, Item, List, Property, Routine};
use crate::formula;
use crate::plan::VARIABLE_NOW;
use crate::template::{self, Piece};
use crate::types::Type;

/// A place that takes a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Inlet {
    /// An input port of a block.
    Port {
        /// The block.
        block: BlockId,
        /// The port.
        port: String,
    },
    /// The first value of a carried value.
    Carry {
        /// The loop.
        block: BlockId,
        /// Its name.
        name: String,
    },
    /// What a body yields under a name.
    Yield {
        /// The body.
        body: BodyAddress,
        /// The name.
        name: String,
    },
    /// An output of the program or of a function.
    Output {
        /// Whose.
        routine: Routine,
        /// Its name.
        name: String,
    },
}

impl Inlet {
    /// An input port of a block.
    pub fn port(block: impl Into<String>, port: impl Into<String>) -> Self {
        Self::Port { block: BlockId(block.into()), port: port.into() }
    }

    /// An output of the program.
    pub fn output(name: impl Into<String>) -> Self {
        Self::Output { routine: Routine::Main, name: name.into() }
    }

    /// The block that reads, if it is one.
    pub fn block(&self) -> Option<&BlockId> {
        match self {
            Self::Port { block, .. } | Self::Carry { block, .. } => Some(block),
            Self::Yield { .. } | Self::Output { .. } => None,
        }
    }

    /// The name of the port, carried value, yield or output.
    pub fn name(&self) -> &str {
        match self {
            Self::Port { port: name, .. }
            | Self::Carry { name, .. }
            | Self::Yield { name, .. }
            | Self::Output { name, .. } => name,
        }
    }

    /// The thing that it is a part of or is, as edits address it.
    pub fn address(&self) -> Address {
        match self.clone() {
            Self::Port { block: id, .. } => Address::Block { id },
            Self::Carry { block, name } => Address::Carry { block, name },
            Self::Yield { body, name } => Address::Yield { body, name },
            Self::Output { routine, name } => Address::Output { routine, name },
        }
    }

    /// What comes in there now.
    pub fn source<'a>(&self, program: &'a Program) -> Option<&'a Source> {
        match self {
            Self::Port { block, port } => program.block(block)?.inputs.get(port),
            Self::Carry { block, name } => {
                let carry = program.block(block)?.carries.iter().find(|carry| carry.name == *name);
                carry.map(|carry| &carry.from)
            }
            Self::Yield { body, name } => body_at(program, body)?.yields.get(name),
            Self::Output { routine, name } => {
                let outputs = outputs_of(program, routine)?;
                outputs.iter().find(|output| output.name == *name).map(|output| &output.from)
            }
        }
    }

    /// The edit that lets this come in.
    pub fn connect(&self, program: &Program, from: Source) -> EditOp {
        match self {
            Self::Port { block, port } => EditOp::connect(block.as_str(), port, Some(from)),
            Self::Yield { body, name } if self.source(program).is_none() => {
                let last = body_at(program, body).and_then(|body| body.yields.keys().last());
                let to = List::Yields { body: body.clone() };
                EditOp::add(to, last.map(String::as_str), Item::Yield { name: name.clone(), from })
            }
            _ => EditOp::Set { at: self.address(), property: Property::From(from) },
        }
    }

    /// The body whose values it reads, and the last block of it that stands before.
    pub(super) fn place(&self, program: &Program) -> Option<(BodyAddress, Option<BlockId>)> {
        let end = |body: BodyAddress| {
            let last = body_at(program, &body)?.blocks.last().map(|block| block.id.clone());
            Some((body, last))
        };
        match self {
            Self::Port { block, .. } | Self::Carry { block, .. } => {
                let body = edit::parent(program, block)?;
                let before = super::visible::before(program, &body, block);
                Some((body, before))
            }
            Self::Yield { body, .. } => end(body.clone()),
            Self::Output { routine, .. } => end(BodyAddress::Routine { routine: routine.clone() }),
        }
    }

    /// The types of which one is wanted; none where any may be.
    pub(super) fn wanted(&self, program: &Program) -> Vec<Type> {
        match self {
            Self::Port { block, port } => port_types(program, block, port),
            Self::Carry { block, name } => carried(program, block, name).into_iter().collect(),
            Self::Yield { body: BodyAddress::Container { block, .. }, name } => match name.as_str() {
                "holds" | "keep" => vec![Type::Bool],
                _ => carried(program, block, name).into_iter().collect(),
            },
            Self::Yield { .. } => Vec::new(),
            Self::Output { routine, name } => {
                let output =
                    outputs_of(program, routine).and_then(|all| all.iter().find(|output| output.name == *name));
                output.map(|output| output.ty.clone()).into_iter().collect()
            }
        }
    }
}

impl fmt::Display for Inlet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Port { block, port: name } | Self::Carry { block, name } => write!(formatter, "{block}.{name}"),
            Self::Yield { body, name } => write!(formatter, "{name} of {body}"),
            Self::Output { routine: Routine::Main, name } => write!(formatter, "output {name}"),
            Self::Output { routine, name } => write!(formatter, "output {name} of {routine}"),
        }
    }
}

fn outputs_of<'a>(program: &'a Program, routine: &Routine) -> Option<&'a [Output]> {
    match routine {
        Routine::Main => Some(&program.outputs),
        Routine::Function { name } => program.function(name).map(|function| &function.outputs[..]),
    }
}

fn carried(program: &Program, block: &BlockId, name: &str) -> Option<Type> {
    program.block(block)?.carries.iter().find(|carry| carry.name == name).map(|carry| carry.ty.clone())
}

/// The types that the signatures of a block's kind name for a port.
fn port_types(program: &Program, block: &BlockId, port: &str) -> Vec<Type> {
    let Some(block) = program.block(block) else { return Vec::new() };
    if block.kind == "call" {
        let function = program.function(block.setting("function"));
        let input = function.and_then(|function| function.inputs.iter().find(|input| input.name == port));
        return input.map(|input| input.ty.clone()).into_iter().collect();
    }
    catalog::find(&block.kind).map(|kind| types_of(kind, port)).unwrap_or_default()
}

/// The types that the signatures of a kind name for a port.
pub(super) fn types_of(kind: &catalog::Kind, port: &str) -> Vec<Type> {
    match kind.meaning {
        Meaning::Builtin(builtin) => {
            let parameters = builtin.read_signatures().iter().flat_map(|signature| &signature.parameters);
            parameters.filter(|(name, _)| name == port).map(|(_, ty)| ty.clone()).collect()
        }
        _ => kind.inputs.iter().filter(|input| input.name == port).map(|input| input.ty.clone()).collect(),
    }
}

/// The ports that a block has by its kind and settings, wired or not.
pub(super) fn ports_of(program: &Program, block: &BlockId) -> Vec<String> {
    let Some(block) = program.block(block) else { return Vec::new() };
    let Some(kind) = catalog::find(&block.kind) else { return Vec::new() };
    let names =
        |expression: &str| formula::parse(expression).map(|tree| formula::free_names(&tree)).unwrap_or_default();
    match kind.meaning {
        Meaning::Formula => names(block.setting("expression")),
        Meaning::ChangeVariable => {
            let mut names = names(block.setting("expression"));
            names.retain(|name| name != VARIABLE_NOW);
            names
        }
        Meaning::Template => names_in_template(block.setting("text")),
        Meaning::Call => {
            let function = program.function(block.setting("function"));
            function.into_iter().flat_map(|function| &function.inputs).map(|input| input.name.clone()).collect()
        }
        _ => kind.inputs.iter().map(|port| port.name.clone()).collect(),
    }
}

fn names_in_template(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for piece in template::parse(text).unwrap_or_default() {
        if let Piece::Formula(expression) = piece {
            names.extend(formula::free_names(&expression));
        }
    }
    names.sort_unstable();
    names.dedup();
    names
}

/// What the statistics call a place that takes a value, by the kinds of blocks. Names that a person chose are left out.
pub(super) fn reader_name<'a>(kind: impl Fn(&BlockId) -> &'a str, inlet: &Inlet) -> String {
    match inlet {
        Inlet::Port { block, port } => match kind(block) {
            named @ ("formula" | "template" | "call" | "change_variable") => named.to_owned(),
            other => format!("{other}.{port}"),
        },
        Inlet::Carry { block, .. } => format!("{} carry", kind(block)),
        Inlet::Yield { body: BodyAddress::Container { block, name }, .. } => format!("{}/{name}", kind(block)),
        Inlet::Yield { .. } => "yield".to_owned(),
        Inlet::Output { .. } => "output".to_owned(),
    }
}

/// Shows every place of a program that takes a value, with what comes in.
pub(super) fn each_inlet(program: &Program, see: &mut dyn FnMut(Inlet, &Source)) {
    in_routine(&Routine::Main, &program.body, &program.outputs, see);
    for function in &program.functions {
        in_routine(&Routine::Function { name: function.name.clone() }, &function.body, &function.outputs, see);
    }
}

fn in_routine(routine: &Routine, body: &Body, outputs: &[Output], see: &mut dyn FnMut(Inlet, &Source)) {
    each_inlet_of(body, &BodyAddress::Routine { routine: routine.clone() }, see);
    for Output { name, from, .. } in outputs {
        see(Inlet::Output { routine: routine.clone(), name: name.clone() }, from);
    }
}

/// The same for a body and those inside it.
pub(super) fn each_inlet_of(body: &Body, address: &BodyAddress, see: &mut dyn FnMut(Inlet, &Source)) {
    for block in &body.blocks {
        for (port, source) in &block.inputs {
            see(Inlet::Port { block: block.id.clone(), port: port.clone() }, source);
        }
        for carry in &block.carries {
            see(Inlet::Carry { block: block.id.clone(), name: carry.name.clone() }, &carry.from);
        }
        for (name, inner) in &block.bodies {
            each_inlet_of(inner, &BodyAddress::of(block.id.as_str(), name), see);
        }
    }
    for (name, source) in &body.yields {
        see(Inlet::Yield { body: address.clone(), name: name.clone() }, source);
    }
}
