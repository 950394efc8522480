//! New blocks that are whole: wired to what is at hand, and with settings and bodies that a person goes on from.

use super::fitting::{Bound, fit};
use super::visible::{Giver, routine_of};
use crate::catalog::{Kind, Meaning};
use crate::document::{Block, BlockId, Body, Function, Program, Source};
use crate::edit::{BodyAddress, Routine};
use crate::types::{self, Type};
use crate::value::Value;

/// A place for a new block, and what it can read there.
pub(super) struct Site<'a> {
    pub(super) program: &'a Program,
    pub(super) body: &'a BodyAddress,
    /// What can be read, the best first.
    pub(super) givers: &'a [Giver],
}

/// What is wired to which port.
pub(super) type Wires<'a> = Vec<(&'a str, &'a Giver)>;

impl<'a> Site<'a> {
    /// A block of a kind, and what its ports read; `None` where nothing at hand fits a port that it needs.
    pub(super) fn block(&self, kind: &'a Kind) -> Option<(Block, Wires<'a>)> {
        let mut block = Block::new(free_id(self.program, kind.name), kind.name);
        let wires = match kind.meaning {
            Meaning::Formula => self.named(&mut block, "expression", |name| name.to_owned(), "0"),
            Meaning::Template => self.named(&mut block, "text", |name| format!("{{{{ {name} }}}}"), ""),
            Meaning::Call => self.call(&mut block)?,
            Meaning::SetVariable => {
                let ty = self.type_of_variable()?;
                wiring(kind.inputs.iter().map(|port| (&*port.name, &ty)), self.givers)?
            }
            _ => wiring(
                kind.inputs.iter().filter(|port| !port.optional).map(|port| (&*port.name, &port.ty)),
                self.givers,
            )?,
        };
        for (port, giver) in &wires {
            block.inputs.insert((*port).to_owned(), giver.source());
        }
        self.settings(&mut block, kind)?;
        for (name, yields) in bodies(kind, &block.id, &wires) {
            block.bodies.insert(name.to_owned(), Body { yields: yields.into_iter().collect(), ..Body::default() });
        }
        Some((block, wires))
    }

    /// A formula or template of the first value at hand.
    fn named(&self, block: &mut Block, setting: &str, of: impl Fn(&str) -> String, otherwise: &str) -> Wires<'a> {
        let wires: Wires<'a> = self.givers.first().map(|giver| (giver.name(), giver)).into_iter().collect();
        let text = wires.first().map_or(otherwise.to_owned(), |(name, _)| of(name));
        block.config.insert(setting.to_owned(), Value::text(text));
        wires
    }

    /// A call of the first function whose inputs something at hand fits, but for the one that it would stand in.
    fn call(&self, block: &mut Block) -> Option<Wires<'a>> {
        let own = routine_of(self.program, self.body);
        let others = self
            .program
            .functions
            .iter()
            .filter(|function| !matches!(&own, Some(Routine::Function { name }) if *name == function.name));
        let (function, wires) = others
            .map(|function| (function, self.arguments(function)))
            .find_map(|(function, wires)| Some((function, wires?)))?;
        block.config.insert("function".to_owned(), Value::text(function.name.as_str()));
        Some(wires)
    }

    fn arguments(&self, function: &'a Function) -> Option<Wires<'a>> {
        wiring(function.inputs.iter().map(|input| (&*input.name, &input.ty)), self.givers)
    }

    fn settings(&self, block: &mut Block, kind: &Kind) -> Option<()> {
        let mut set = |name: &str, value: Value| block.config.insert(name.to_owned(), value);
        match kind.meaning {
            Meaning::Constant => drop(set("value", Value::Int(0))),
            Meaning::Note => drop(set("text", Value::text(""))),
            Meaning::Match => drop(set("cases", Value::list(Vec::new()))),
            Meaning::SetVariable | Meaning::GetVariable => {
                drop(set("variable", Value::text(self.variable()?.id.as_str())))
            }
            Meaning::ChangeVariable => {
                set("variable", Value::text(self.variable()?.id.as_str()));
                set("expression", Value::text(crate::plan::VARIABLE_NOW));
            }
            _ => {}
        }
        Some(())
    }

    /// The latest variable of the routine's own body; whether it was made before this place the checker says.
    fn variable(&self) -> Option<&'a Block> {
        let body = match routine_of(self.program, self.body)? {
            Routine::Main => &self.program.body,
            Routine::Function { name } => &self.program.function(&name)?.body,
        };
        body.blocks.iter().rev().find(|block| block.kind == "variable")
    }

    /// The type of its values, as far as it can be told from here.
    fn type_of_variable(&self) -> Option<Type> {
        let variable = self.variable()?;
        if variable.config.contains_key("type") {
            return types::read(variable.setting("type")).ok();
        }
        match variable.inputs.get("initial")? {
            Source::Literal(value) => Some(Type::of(value)),
            wire => self.givers.iter().find(|giver| giver.source() == *wire).map(|giver| giver.ty.clone()),
        }
    }
}

/// The best value for every port, or `None` where nothing fits one. What a type parameter is bound to by the first port
/// that names it holds for the others; a value of the port's own name comes first.
fn wiring<'a, 't>(ports: impl Iterator<Item = (&'a str, &'t Type)>, givers: &'a [Giver]) -> Option<Wires<'a>> {
    let mut bound = Bound::new();
    ports
        .map(|(port, ty)| {
            let named = givers.iter().filter(|giver| giver.name() == port);
            let giver = named.chain(givers).find(|giver| fit(&giver.ty, ty, &mut bound).is_some());
            Some((port, giver?))
        })
        .collect()
}

/// The bodies of a container, each with what it must yield: the item as it is, everything, or nothing more.
fn bodies<'k>(kind: &'k Kind, id: &BlockId, wires: &[(&str, &Giver)]) -> Vec<(&'k str, Option<(String, Source)>)> {
    if kind.meaning == Meaning::Parallel {
        return vec![("first", None), ("second", None)];
    }
    let own = |port: &str| Source::wire(id.as_str(), port);
    let item = wires.first().map(|(_, giver)| giver.ty.item());
    let sortable = matches!(item, Some(Type::Int | Type::Number | Type::Text | Type::Bool));
    let yields = |body: &str| match (kind.meaning, body) {
        (Meaning::Map, _) => Some(("value", own("item"))),
        (Meaning::Filter, _) => Some(("keep", Source::Literal(Value::Bool(true)))),
        (Meaning::SortBy, _) => Some(("key", own(if sortable { "item" } else { "index" }))),
        (Meaning::Reduce, _) => Some(("total", own("total"))),
        (Meaning::While, "condition") => Some(("holds", Source::Literal(Value::Bool(false)))),
        _ => None,
    };
    kind.bodies.iter().map(|body| (body.name, yields(body.name).map(|(name, from)| (name.to_owned(), from)))).collect()
}

/// An id for a new block: the kind's name, with a number where it is taken.
pub(super) fn free_id(program: &Program, wish: &str) -> String {
    let mut names = std::iter::once(wish.to_owned()).chain((2..).map(|count| format!("{wish}_{count}")));
    names.find(|name| program.block(&BlockId(name.clone())).is_none()).unwrap_or_default()
}
