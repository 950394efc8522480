//! Which values fit which ports.
//!
//! A wire may be drawn if the value fits the port, and if what follows from it fits everywhere behind: a formula that
//! reads another type gives another type, and what reads the formula must take that. So what lights up never gives a
//! type error when it is dropped.
//!
//! What the checker said holds for blocks that were not edited since; for others, types are worked out here, as far as
//! needed.

mod results;
mod trial;
mod variables;

use blocks::edit::Routine;
use blocks::{Block, Program, Source, Type, types};

use crate::editor::Types;
pub(crate) use results::wanted_by_kind;

use crate::ports::{Giver, Inlet};
use crate::scene::{BodyKey, From, Key, Scene};

/// How a value fits a port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fit {
    /// As it is.
    Exact,
    /// After it has become what the port wants: an `int` becomes a `number`.
    Widens {
        /// What it is.
        from: Type,
        /// What it becomes.
        to: Type,
    },
    /// Not at all, and why.
    No(String),
}

impl Fit {
    /// Whether it may be connected.
    pub fn fits(&self) -> bool {
        !matches!(self, Self::No(_))
    }
}

/// How far sources are followed to work out a type.
const DEPTH: usize = 64;

/// What is known of the types of a program.
#[derive(Clone, Copy, Debug)]
pub struct Typing<'a> {
    pub(crate) program: &'a Program,
    pub(crate) scene: &'a Scene,
    types: &'a Types,
}

impl<'a> Typing<'a> {
    pub(crate) fn new(program: &'a Program, scene: &'a Scene, types: &'a Types) -> Self {
        Self { program, scene, types }
    }

    /// The type of a giver; unknown where it cannot be told.
    pub fn of_giver(&self, giver: &Giver) -> Type {
        self.scene
            .place_of_giver(giver)
            .map_or(Type::Unknown, |from| self.of_from(from, &trial::Trial::default(), DEPTH))
    }

    fn of_from(&self, from: From, trial: &trial::Trial, depth: usize) -> Type {
        if let Some(ty) = trial.given(from) {
            return ty.clone();
        }
        match from {
            From::Result(key, port) => self.of_result(key, port, trial, depth),
            From::Given(lane, port) => self.of_given(lane, &self.scene.lane(lane).given[port], trial, depth),
        }
    }

    fn of_result(&self, key: Key, port: usize, trial: &trial::Trial, depth: usize) -> Type {
        let node = self.scene.node(key);
        let name = &node.card.results[port];
        if let Some(ty) = self.types.get(&(node.id.clone(), name.clone())) {
            return ty.clone();
        }
        if depth == 0 {
            return Type::Unknown;
        }
        let Some(block) = self.scene.block(self.program, key) else { return Type::Unknown };
        let results = self.results(key, block, trial, depth - 1);
        let results = results.unwrap_or_default();
        results.into_iter().find(|(have, _)| have == name).map_or(Type::Unknown, |(_, ty)| ty)
    }

    /// The type of what a body gives its blocks.
    fn of_given(&self, lane: BodyKey, port: &str, trial: &trial::Trial, depth: usize) -> Type {
        let Some(container) = self.scene.container(lane) else { return self.of_parameter(lane, port) };
        let Some(block) = self.scene.block(self.program, container) else { return Type::Unknown };
        if let Some(carry) = block.carries.iter().find(|carry| carry.name == port) {
            return carry.ty.clone();
        }
        match port {
            "index" | "turn" => Type::Int,
            "item" if depth > 0 => self.of_input(container, block, "items", trial, depth - 1).item(),
            "total" if depth > 0 => self.of_setting(container, block, "initial", trial, depth - 1),
            "error" => Type::Record(["code", "message"].map(|name| (name.to_owned(), Type::Text)).to_vec()),
            _ => Type::Unknown,
        }
    }

    fn of_parameter(&self, lane: BodyKey, port: &str) -> Type {
        let inputs = match self.scene.address(lane) {
            blocks::edit::BodyAddress::Routine { routine: Routine::Function { name } } => {
                self.program.function(&name).map_or(&[][..], |function| &function.inputs)
            }
            _ => &self.program.inputs,
        };
        inputs.iter().find(|input| input.name == port).map_or(Type::Unknown, |input| input.ty.clone())
    }

    /// The type that the setting `type` says, or that of an input.
    fn of_setting(&self, key: Key, block: &Block, port: &str, trial: &trial::Trial, depth: usize) -> Type {
        match block.config.contains_key("type") {
            true => types::read(block.setting("type")).unwrap_or(Type::Unknown),
            false => self.of_input(key, block, port, trial, depth),
        }
    }

    /// The type of what comes in at a port of a block.
    fn of_input(&self, key: Key, block: &Block, port: &str, trial: &trial::Trial, depth: usize) -> Type {
        let sink = Inlet::Port { block: block.id.clone(), port: port.to_owned() };
        if let Some(ty) = trial.comes_in(&sink) {
            return ty.clone();
        }
        self.of_source(block.inputs.get(port), self.scene.node(key).body, trial, depth)
    }

    fn of_source(&self, source: Option<&Source>, lane: BodyKey, trial: &trial::Trial, depth: usize) -> Type {
        match source {
            Some(Source::Literal(value)) => Type::of(value),
            Some(wire) => self.scene.resolve(wire, lane).map_or(Type::Unknown, |from| self.of_from(from, trial, depth)),
            None => Type::Unknown,
        }
    }

    /// How a value fits a port.
    pub fn fit(&self, giver: &Giver, sink: &Inlet) -> Fit {
        let ty = self.of_giver(giver);
        match self.try_type(&ty, sink) {
            Ok(wanted) if ty.widens_to(&wanted) => Fit::Widens { from: ty, to: wanted },
            Ok(_) => Fit::Exact,
            Err(why) => Fit::No(why),
        }
    }
}
