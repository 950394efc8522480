//! Trying a wire: what would follow from it.

use std::collections::HashMap;

use blocks::catalog::{self, Meaning};
use blocks::{Source, Type};

use super::{DEPTH, Typing};
use crate::ports::Inlet;
use crate::scene::{From, Key, To};

/// Types that would be others if a wire were drawn.
#[derive(Clone, Debug, Default)]
pub(super) struct Trial {
    sink: Option<(Inlet, Type)>,
    givers: HashMap<From, Type>,
}

impl Trial {
    pub(super) fn given(&self, from: From) -> Option<&Type> {
        self.givers.get(&from)
    }

    pub(super) fn comes_in(&self, sink: &Inlet) -> Option<&Type> {
        self.sink.as_ref().filter(|(tried, _)| tried == sink).map(|(_, ty)| ty)
    }
}

/// How many blocks behind a wire are tried; beyond that it is refused rather than guessed.
const MOST: usize = 2_000;

impl Typing<'_> {
    /// The type that a port would turn a value into, if nothing behind it breaks.
    pub(crate) fn try_type(&self, ty: &Type, sink: &Inlet) -> Result<Type, String> {
        let to = self.scene.place_of_sink(sink).ok_or_else(|| format!("there is no {sink}"))?;
        let mut trial = Trial { sink: Some((sink.clone(), ty.clone())), givers: HashMap::new() };
        let wanted = self.wanted(sink, ty, &trial)?;
        if !ty.fits(&wanted) {
            return Err(format!("{wanted} is wanted here, and this is {ty}"));
        }
        let mut waiting: Vec<Key> = self.reader(to).into_iter().collect();
        let mut tried = 0;
        while let Some(key) = waiting.pop() {
            tried += 1;
            if tried > MOST {
                return Err("too much depends on this port to try it".to_owned());
            }
            self.spread(key, &mut trial, &mut waiting)?;
        }
        Ok(wanted)
    }

    /// The block whose results depend on what comes in at a port.
    fn reader(&self, to: To) -> Option<Key> {
        match to {
            To::Input(key, _) => Some(key),
            To::Taken(lane, _) => self.scene.container(lane),
        }
    }

    /// Works out what a block would give, and notes who reads what is different.
    fn spread(&self, key: Key, trial: &mut Trial, waiting: &mut Vec<Key>) -> Result<(), String> {
        let Some(block) = self.scene.block(self.program, key) else { return Ok(()) };
        let results = self.results(key, block, trial, DEPTH)?;
        self.variable_keeps(block, trial)?;
        for (name, ty) in results {
            let node = self.scene.node(key);
            let Some(port) = node.card.results.iter().position(|have| *have == name) else { continue };
            self.differs(From::Result(key, port), ty, trial, waiting)?;
        }
        for lane in &self.scene.node(key).lanes {
            for (port, name) in self.scene.lane(*lane).given.iter().enumerate() {
                // Only these follow from what comes in.
                if matches!(name.as_str(), "item" | "total") {
                    trial.givers.remove(&From::Given(*lane, port));
                    let ty = self.of_given(*lane, name, trial, DEPTH);
                    self.differs(From::Given(*lane, port), ty, trial, waiting)?;
                }
            }
        }
        Ok(())
    }

    fn differs(&self, from: From, ty: Type, trial: &mut Trial, waiting: &mut Vec<Key>) -> Result<(), String> {
        let before = self.of_from(from, trial, DEPTH);
        let known = self.of_from(from, &Trial::default(), DEPTH);
        if before == ty && (known == ty || trial.givers.contains_key(&from)) {
            return Ok(());
        }
        trial.givers.insert(from, ty.clone());
        for wire in self.scene.readers(from) {
            let sink = self.scene.sink(wire.to);
            if trial.comes_in(&sink).is_some() {
                continue;
            }
            let wanted = self.wanted(&sink, &ty, trial)?;
            if !ty.fits(&wanted) {
                return Err(format!("{sink} would get {ty}, and wants {wanted}"));
            }
            waiting.extend(self.reader(wire.to));
        }
        Ok(())
    }

    /// The type that a port wants, given what would come in there. Where a block decides from all its inputs together,
    /// it is what comes in, and [`Typing::results`] finds out whether that works.
    fn wanted(&self, sink: &Inlet, ty: &Type, trial: &Trial) -> Result<Type, String> {
        match sink {
            Inlet::Port { block, port } => {
                let key = self.scene.key(block).ok_or_else(|| format!("there is no {sink}"))?;
                self.wanted_at_port(key, port, ty, trial)
            }
            Inlet::Carry { block, name } => {
                let block = self.scene.block_of(self.program, block);
                let carry = block.and_then(|block| block.carries.iter().find(|carry| carry.name == *name));
                Ok(carry.map_or(Type::Unknown, |carry| carry.ty.clone()))
            }
            Inlet::Output { routine, name } => {
                let outputs = match routine {
                    blocks::edit::Routine::Main => &self.program.outputs[..],
                    blocks::edit::Routine::Function { name } => {
                        self.program.function(name).map_or(&[][..], |function| &function.outputs)
                    }
                };
                let output = outputs.iter().find(|output| output.name == *name);
                Ok(output.map_or(Type::Unknown, |output| output.ty.clone()))
            }
            Inlet::Yield { body, name } => Ok(self.wanted_yield(body, name, ty, trial)),
        }
    }

    fn wanted_yield(&self, body: &blocks::edit::BodyAddress, name: &str, ty: &Type, trial: &Trial) -> Type {
        let blocks::edit::BodyAddress::Container { block: id, name: body } = body else { return ty.clone() };
        let Some(key) = self.scene.key(id) else { return Type::Unknown };
        let Some(block) = self.scene.block(self.program, key) else { return Type::Unknown };
        if let Some(carry) = block.carries.iter().find(|carry| carry.name == name) {
            return carry.ty.clone();
        }
        match catalog::find(&block.kind).map(|kind| kind.meaning) {
            Some(Meaning::Filter) => Type::Bool,
            Some(Meaning::While) if body == "condition" => Type::Bool,
            Some(Meaning::Reduce) => self.of_setting(key, block, "initial", trial, DEPTH),
            _ => ty.clone(),
        }
    }

    /// What comes in where a body yields.
    pub(super) fn of_yield(&self, key: Key, body: &str, name: &str, trial: &Trial, depth: usize) -> Option<Type> {
        let id = &self.scene.node(key).id;
        let address = blocks::edit::BodyAddress::of(id.as_str(), body);
        let sink = Inlet::Yield { body: address, name: name.to_owned() };
        if let Some(ty) = trial.comes_in(&sink) {
            return Some(ty.clone());
        }
        let lane = *self.scene.node(key).lanes.iter().find(|lane| self.scene.lane(**lane).name == body)?;
        let source: &Source = self.scene.body(self.program, lane)?.yields.get(name)?;
        Some(self.of_source(Some(source), lane, trial, depth))
    }
}
