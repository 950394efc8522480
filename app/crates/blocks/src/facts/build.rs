//! Facts to a program.

use super::Facts;
use crate::document::{
    Block, BlockId, Body, Carry, Expect, Extra, FORMAT, Function, Input, Output, Program, Source, TestCase,
};
use crate::edit::{Address, BodyAddress, Field, List, Property, Routine};
use crate::types::Type;
use crate::value::{Entries, Value};

macro_rules! say {
    ($facts:expr, $at:expr, $field:ident) => {
        match $facts.property($at, &Field::$field) {
            Some(Property::$field(value)) => Some(value.clone()),
            _ => None,
        }
    };
}

pub(super) fn program(facts: &Facts) -> Program {
    let at = &Address::Program;
    Program {
        format: say!(facts, at, Format).unwrap_or(FORMAT),
        name: say!(facts, at, Name).unwrap_or_default(),
        about: say!(facts, at, About).unwrap_or_default(),
        inputs: facts.inputs(Routine::Main),
        outputs: facts.outputs(Routine::Main),
        body: facts.body(BodyAddress::main()),
        functions: facts.members(&List::Functions).iter().map(|at| facts.function(at)).collect(),
        tests: facts.members(&List::Tests).iter().map(|at| facts.test(at)).collect(),
        layout: facts.layout.clone(),
        extra: facts.extra(at),
    }
}

impl Facts {
    fn name(&self, at: &Address) -> String {
        self.things.get(at).map(|thing| thing.name.clone()).unwrap_or_default()
    }

    fn extra(&self, at: &Address) -> Vec<Extra> {
        say!(self, at, Extra).unwrap_or_default()
    }

    fn ty(&self, at: &Address) -> Type {
        say!(self, at, Type).unwrap_or(Type::Unknown)
    }

    fn from(&self, at: &Address) -> Source {
        say!(self, at, From).unwrap_or(Source::Literal(Value::None))
    }

    fn inputs(&self, routine: Routine) -> Vec<Input> {
        let input = |at| Input {
            name: self.name(at),
            ty: self.ty(at),
            default: say!(self, at, Default).flatten(),
            about: say!(self, at, About).unwrap_or_default(),
        };
        self.members(&List::Inputs { routine }).iter().map(input).collect()
    }

    fn outputs(&self, routine: Routine) -> Vec<Output> {
        let output = |at| Output {
            name: self.name(at),
            ty: self.ty(at),
            from: self.from(at),
            about: say!(self, at, About).unwrap_or_default(),
        };
        self.members(&List::Outputs { routine }).iter().map(output).collect()
    }

    fn function(&self, at: &Address) -> Function {
        let routine = Routine::Function { name: at.name().to_owned() };
        Function {
            name: self.name(at),
            about: say!(self, at, About).unwrap_or_default(),
            inputs: self.inputs(routine.clone()),
            outputs: self.outputs(routine.clone()),
            body: self.body(BodyAddress::Routine { routine }),
            extra: self.extra(at),
        }
    }

    fn test(&self, at: &Address) -> TestCase {
        TestCase {
            name: self.name(at),
            inputs: say!(self, at, Given).unwrap_or_default(),
            answers: say!(self, at, Answers).unwrap_or_default(),
            expect: say!(self, at, Expect).unwrap_or_else(|| Expect::Outputs(Entries::default())),
            extra: self.extra(at),
        }
    }

    fn body(&self, address: BodyAddress) -> Body {
        let blocks = self.members(&List::Blocks { body: address.clone() }).iter().map(|at| self.block(at)).collect();
        let yields = self.members(&List::Yields { body: address.clone() }).iter();
        let yields = yields.map(|at| (self.name(at), self.from(at))).collect();
        Body { blocks, yields, extra: self.extra(&Address::Body { body: address }) }
    }

    /// A block with everything in it.
    pub(crate) fn block(&self, at: &Address) -> Block {
        let id = BlockId(at.name().to_owned());
        let mut block = Block::new(self.name(at), say!(self, at, Kind).unwrap_or_default());
        block.title = say!(self, at, Title).unwrap_or_default();
        block.extra = self.extra(at);
        for property in self.things.get(at).into_iter().flat_map(|thing| thing.properties.values()) {
            match property.clone() {
                Property::Setting { name, value: Some(value) } => {
                    block.config.insert(name, value);
                }
                Property::Wire { port, from: Some(from) } => {
                    block.inputs.insert(port, from);
                }
                _ => {}
            }
        }
        let carries = self.members(&List::Carries { block: id.clone() }).iter();
        block.carries = carries.map(|at| Carry { name: self.name(at), ty: self.ty(at), from: self.from(at) }).collect();
        for at in self.members(&List::Bodies { block: id }) {
            if let Address::Body { body } = at {
                block.bodies.insert(self.name(at), self.body(body.clone()));
            }
        }
        block
    }

    /// Anything else that can be put into a list.
    pub(crate) fn item(&self, at: &Address) -> Option<crate::edit::Item> {
        use crate::edit::Item;
        Some(match at {
            Address::Block { .. } => Item::Block { block: Box::new(self.block(at)) },
            Address::Function { .. } => Item::Function { function: Box::new(self.function(at)) },
            Address::Test { .. } => Item::Test { test: self.test(at) },
            Address::Body { body } => Item::Body { name: self.name(at), body: self.body(body.clone()) },
            Address::Yield { .. } => Item::Yield { name: self.name(at), from: self.from(at) },
            Address::Carry { .. } => {
                Item::Carry { carry: Carry { name: self.name(at), ty: self.ty(at), from: self.from(at) } }
            }
            Address::Input { routine, .. } => {
                let mut inputs = self.inputs(routine.clone());
                let index = inputs.iter().position(|input| input.name == at.name())?;
                Item::Input { input: inputs.swap_remove(index) }
            }
            Address::Output { routine, .. } => {
                let mut outputs = self.outputs(routine.clone());
                let index = outputs.iter().position(|output| output.name == at.name())?;
                Item::Output { output: outputs.swap_remove(index) }
            }
            Address::Program => return None,
        })
    }
}
