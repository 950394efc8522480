//! Connecting and disconnecting.

use blocks::document::{Body, Output};
use blocks::edit::{Address, BodyAddress, EditOp, Item, List, Property, Routine};
use blocks::{Source, Type};

use super::names;
use crate::editor::{Editor, Proposal};
use crate::fits::Fit;
use crate::ports::{Giver, Inlet};
use crate::scene::{BodyKey, From};

impl Editor {
    /// A wire from a giver to a sink, with the moves that it needs.
    pub(crate) fn connect(&self, giver: &Giver, sink: &Inlet) -> Result<Proposal, String> {
        let fit = self.fit(giver, sink);
        let said = match &fit {
            Fit::No(why) => return Err(why.clone()),
            Fit::Exact => format!("connected {giver} to {sink}"),
            Fit::Widens { from, to } => format!("connected {giver} to {sink}; {from} becomes {to}"),
        };
        let mut ops = self.moves_for(giver, sink)?;
        let said = match ops.len() {
            0 => said,
            1 => format!("{said}; a block moved so that the wire points forward"),
            count => format!("{said}; {count} blocks moved so that the wire points forward"),
        };
        ops.extend(self.set_source(sink, giver.source()));
        Ok(Proposal::new(format!("connect {sink}"), ops).saying(said))
    }

    /// The edits that let a sink read a source. A body that should be there is made on the way.
    pub(crate) fn set_source(&self, sink: &Inlet, source: Source) -> Vec<EditOp> {
        match sink {
            Inlet::Port { block, port } => vec![EditOp::connect(block.as_str(), port.as_str(), Some(source))],
            Inlet::Carry { block, name } => {
                let at = Address::Carry { block: block.clone(), name: name.clone() };
                vec![EditOp::Set { at, property: Property::From(source) }]
            }
            Inlet::Output { routine, name } => {
                let at = Address::Output { routine: routine.clone(), name: name.clone() };
                vec![EditOp::Set { at, property: Property::From(source) }]
            }
            Inlet::Yield { body, name } => self.set_yield(body, name, source),
        }
    }

    fn set_yield(&self, body: &BodyAddress, name: &str, source: Source) -> Vec<EditOp> {
        let mut ops = self.missing_body(body);
        let present = self.scene.lane_key(body).and_then(|lane| self.scene.body(&self.program, lane));
        match present.is_some_and(|body| body.yields.contains_key(name)) {
            true => {
                let at = Address::Yield { body: body.clone(), name: name.to_owned() };
                ops.push(EditOp::Set { at, property: Property::From(source) });
            }
            false => {
                let after = present.and_then(|body| body.yields.keys().last().cloned());
                let item = Item::Yield { name: name.to_owned(), from: source };
                ops.push(EditOp::add(List::Yields { body: body.clone() }, after.as_deref(), item));
            }
        }
        ops
    }

    /// The edit that makes a body which is drawn, but not in the program yet.
    pub(crate) fn missing_body(&self, body: &BodyAddress) -> Vec<EditOp> {
        let Some(key) = self.scene.lane_key(body) else { return Vec::new() };
        let (BodyAddress::Container { block, name }, false) = (body, self.scene.lane(key).exists) else {
            return Vec::new();
        };
        let lanes = self.scene.find(block).map_or(&[][..], |node| &node.lanes);
        let before = lanes.iter().map(|lane| self.scene.lane(*lane)).take_while(|lane| lane.name != *name);
        let after = before.filter(|lane| lane.exists).last().map(|lane| lane.name.as_str());
        let item = Item::Body { name: name.clone(), body: Body::default() };
        vec![EditOp::add(List::Bodies { block: block.clone() }, after, item)]
    }

    /// Takes the wire of a sink away. Carried values and outputs always read something: they get an empty value.
    pub(crate) fn disconnect(&self, sink: &Inlet) -> Result<Proposal, String> {
        if self.scene.source_of(&self.program, sink).is_none() {
            return Err(format!("{sink} is not connected"));
        }
        let ops = match sink {
            Inlet::Port { block, port } => vec![EditOp::connect(block.as_str(), port.as_str(), None)],
            Inlet::Yield { body, name } => {
                vec![EditOp::Remove { at: Address::Yield { body: body.clone(), name: name.clone() } }]
            }
            Inlet::Carry { .. } | Inlet::Output { .. } => {
                self.set_source(sink, Source::Literal(super::members::empty(&self.type_of_sink(sink))))
            }
        };
        Ok(Proposal::new(format!("disconnect {sink}"), ops).saying(format!("disconnected {sink}")))
    }

    /// The type that a carried value or an output has.
    pub(crate) fn type_of_sink(&self, sink: &Inlet) -> Type {
        match sink {
            Inlet::Carry { block, name } => {
                let block = self.scene.block_of(&self.program, block);
                let carry = block.and_then(|block| block.carries.iter().find(|carry| carry.name == *name));
                carry.map_or(Type::Unknown, |carry| carry.ty.clone())
            }
            Inlet::Output { routine, name } => {
                let outputs = self.outputs(routine);
                outputs.iter().find(|output| output.name == *name).map_or(Type::Unknown, |output| output.ty.clone())
            }
            Inlet::Port { .. } | Inlet::Yield { .. } => Type::Unknown,
        }
    }

    /// Lets a body give a value away under a new name: a yield of a container, an output of a routine.
    pub(crate) fn connect_new(&self, giver: &Giver, body: &BodyAddress) -> Result<Proposal, String> {
        let lane = self.scene.lane_key(body).ok_or_else(|| format!("there is no {body}"))?;
        let state = self.scene.lane(lane);
        let base = if giver.port == "value" { giver.block.as_str() } else { giver.port.as_str() };
        let name = names::free(base, |name| state.taken.iter().any(|taken| taken == name));
        let ops = match body {
            BodyAddress::Routine { routine } => {
                let ty = self.type_of(giver);
                if ty.has_unknown() {
                    return Err(format!("the type of {giver} is not known yet, and an output needs one"));
                }
                let output = Output { name: name.clone(), ty, from: giver.source(), about: String::new() };
                let after = state.taken.last().map(String::as_str);
                vec![EditOp::add(List::Outputs { routine: routine.clone() }, after, Item::Output { output })]
            }
            BodyAddress::Container { block, .. } => {
                let kind = self.scene.find(block).map(|node| node.card.kind.as_str());
                if !matches!(kind, Some("if" | "match" | "try" | "parallel")) {
                    return Err(format!("{body} yields only what its container asks for"));
                }
                self.set_yield(body, &name, giver.source())
            }
        };
        self.may_leave(giver, lane)?;
        Ok(Proposal::new(format!("yield {name} from {body}"), ops))
    }

    fn may_leave(&self, giver: &Giver, lane: BodyKey) -> Result<(), String> {
        match self.scene.place_of_giver(giver) {
            Some(From::Result(key, _)) if self.scene.is_around(self.scene.node(key).body, lane) => {
                match self.scene.lane_inside(lane, key) {
                    None => Ok(()),
                    Some(_) => Err(format!("{giver} is not there yet inside {}", self.title(key))),
                }
            }
            Some(From::Given(inside, _)) if self.scene.is_around(inside, lane) => Ok(()),
            _ => Err(format!("{giver} is not to be read there")),
        }
    }

    /// The outputs of a routine.
    pub(crate) fn outputs(&self, routine: &Routine) -> &[Output] {
        match routine {
            Routine::Main => &self.program.outputs,
            Routine::Function { name } => self.program.function(name).map_or(&[][..], |function| &function.outputs),
        }
    }
}
