//! From places in the drawing to what they mean in the program, and back.

use blocks::BlockId;
use blocks::document::{Program, Source};
use blocks::edit::{BodyAddress, Routine};

use super::Scene;
use super::tree::BodyKey;
use super::wires::{From, To};
use crate::ports::{Giver, Inlet};

impl Scene {
    /// What a place of a wire's beginning means.
    pub fn giver(&self, from: From) -> Giver {
        match from {
            From::Result(key, port) => {
                let node = self.node(key);
                Giver { block: node.id.clone(), port: node.card.results[port].clone(), inside: None }
            }
            From::Given(lane, port) => {
                let block = match self.container(lane) {
                    Some(key) => self.node(key).id.clone(),
                    None => BlockId::input(),
                };
                Giver { block, port: self.lane(lane).given[port].clone(), inside: Some(self.address(lane)) }
            }
        }
    }

    /// What a place of a wire's end means.
    pub fn sink(&self, to: To) -> Inlet {
        match to {
            To::Input(key, port) => {
                let node = self.node(key);
                let name = node.card.inputs[port].clone();
                match port >= node.card.inputs.len() - node.card.carries {
                    true => Inlet::Carry { block: node.id.clone(), name },
                    false => Inlet::Port { block: node.id.clone(), port: name },
                }
            }
            To::Taken(lane, port) => {
                let name = self.lane(lane).taken[port].clone();
                match self.address(lane) {
                    BodyAddress::Routine { routine } => Inlet::Output { routine, name },
                    body => Inlet::Yield { body, name },
                }
            }
        }
    }

    /// Where a giver is drawn.
    pub fn place_of_giver(&self, giver: &Giver) -> Option<From> {
        match &giver.inside {
            Some(body) => {
                let lane = self.lane_key(body)?;
                let port = self.lane(lane).given.iter().position(|name| *name == giver.port)?;
                Some(From::Given(lane, port))
            }
            None => {
                let key = self.key(&giver.block)?;
                let port = self.node(key).card.results.iter().position(|name| *name == giver.port)?;
                Some(From::Result(key, port))
            }
        }
    }

    /// Where a sink is drawn.
    pub fn place_of_sink(&self, sink: &Inlet) -> Option<To> {
        let (body, name) = match sink {
            Inlet::Port { block, port } => {
                let key = self.key(block)?;
                let card = &self.node(key).card;
                let own = card.inputs.len() - card.carries;
                return card.inputs[..own].iter().position(|name| name == port).map(|port| To::Input(key, port));
            }
            Inlet::Carry { block, name } => {
                let key = self.key(block)?;
                let card = &self.node(key).card;
                let own = card.inputs.len() - card.carries;
                let carried = card.inputs[own..].iter().position(|carried| carried == name)?;
                return Some(To::Input(key, own + carried));
            }
            Inlet::Yield { body, name } => (body.clone(), name),
            Inlet::Output { routine, name } => (BodyAddress::Routine { routine: routine.clone() }, name),
        };
        let lane = self.lane_key(&body)?;
        self.lane(lane).taken.iter().position(|taken| taken == name).map(|port| To::Taken(lane, port))
    }

    /// Where the value of a sink comes from in a program.
    pub fn source_of<'a>(&self, program: &'a Program, sink: &Inlet) -> Option<&'a Source> {
        match sink {
            Inlet::Port { block, port } => self.block_of(program, block)?.inputs.get(port),
            Inlet::Carry { block, name } => {
                let carries = &self.block_of(program, block)?.carries;
                carries.iter().find(|carry| carry.name == *name).map(|carry| &carry.from)
            }
            Inlet::Yield { body, name } => self.body(program, self.lane_key(body)?)?.yields.get(name),
            Inlet::Output { routine, name } => {
                let outputs = match routine {
                    Routine::Main => &program.outputs,
                    Routine::Function { name } => &program.function(name)?.outputs,
                };
                outputs.iter().find(|output| output.name == *name).map(|output| &output.from)
            }
        }
    }

    /// The body in which a sink reads: what is visible there it can read.
    pub fn lane_of_sink(&self, sink: &Inlet) -> Option<BodyKey> {
        match sink {
            Inlet::Port { block, .. } | Inlet::Carry { block, .. } => self.find(block).map(|node| node.body),
            Inlet::Yield { body, .. } => self.lane_key(body),
            Inlet::Output { routine, .. } => self.lane_key(&BodyAddress::Routine { routine: routine.clone() }),
        }
    }
}
