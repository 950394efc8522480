//! A program to facts.

use std::collections::BTreeMap;

use super::{Facts, Thing};
use crate::document::{Block, Body, Input, Output, Program};
use crate::edit::{Address, BodyAddress, List, Property, Routine};

pub(super) fn facts(program: &Program) -> Facts {
    let mut facts = Facts { layout: program.layout.clone(), ..Facts::default() };
    facts.note(
        None,
        Address::Program,
        "",
        vec![
            Property::Format(program.format),
            Property::Name(program.name.clone()),
            Property::About(program.about.clone()),
            Property::Extra(program.extra.clone()),
        ],
    );
    facts.note_routine(&Routine::Main, &program.inputs, &program.outputs, &program.body);
    for function in &program.functions {
        let properties = vec![Property::About(function.about.clone()), Property::Extra(function.extra.clone())];
        if let Address::Function { name } = facts.member(&List::Functions, &function.name, properties) {
            facts.note_routine(&Routine::Function { name }, &function.inputs, &function.outputs, &function.body);
        }
    }
    for test in &program.tests {
        let properties = vec![
            Property::Given(test.inputs.clone()),
            Property::Answers(test.answers.clone()),
            Property::Expect(test.expect.clone()),
            Property::Extra(test.extra.clone()),
        ];
        facts.member(&List::Tests, &test.name, properties);
    }
    facts
}

impl Facts {
    fn note(&mut self, list: Option<List>, at: Address, name: &str, properties: Vec<Property>) {
        let properties: BTreeMap<_, _> = properties
            .into_iter()
            .filter(|property| !property.is_clear())
            .map(|property| (property.field(), property))
            .collect();
        self.things.insert(at, Thing { list, name: name.to_owned(), properties });
    }

    /// Notes a member of a list, at the address of its name or, where that is taken, at another one.
    fn member(&mut self, list: &List, name: &str, properties: Vec<Property>) -> Address {
        let mut at = list.member(name);
        let mut count = 1;
        while self.things.contains_key(&at) {
            count += 1;
            at = list.member(format!("{name} ({count})"));
        }
        self.note(Some(list.clone()), at.clone(), name, properties);
        self.lists.entry(list.clone()).or_default().push(at.clone());
        at
    }

    fn note_routine(&mut self, routine: &Routine, inputs: &[Input], outputs: &[Output], body: &Body) {
        let list = List::Inputs { routine: routine.clone() };
        for input in inputs {
            let properties = vec![
                Property::Type(input.ty.clone()),
                Property::Default(input.default.clone()),
                Property::About(input.about.clone()),
            ];
            self.member(&list, &input.name, properties);
        }
        let list = List::Outputs { routine: routine.clone() };
        for output in outputs {
            let properties = vec![
                Property::Type(output.ty.clone()),
                Property::From(output.from.clone()),
                Property::About(output.about.clone()),
            ];
            self.member(&list, &output.name, properties);
        }
        let address = BodyAddress::Routine { routine: routine.clone() };
        self.note(None, Address::Body { body: address.clone() }, "", vec![Property::Extra(body.extra.clone())]);
        self.note_body(&address, body);
    }

    fn note_body(&mut self, address: &BodyAddress, body: &Body) {
        let list = List::Blocks { body: address.clone() };
        for block in &body.blocks {
            self.note_block(&list, block);
        }
        let list = List::Yields { body: address.clone() };
        for (name, from) in &body.yields {
            self.member(&list, name, vec![Property::From(from.clone())]);
        }
    }

    fn note_block(&mut self, list: &List, block: &Block) {
        let mut properties = vec![
            Property::Kind(block.kind.clone()),
            Property::Title(block.title.clone()),
            Property::Extra(block.extra.clone()),
        ];
        properties.extend(
            block
                .config
                .iter()
                .map(|(name, value)| Property::Setting { name: name.clone(), value: Some(value.clone()) }),
        );
        properties.extend(
            block.inputs.iter().map(|(port, from)| Property::Wire { port: port.clone(), from: Some(from.clone()) }),
        );
        let Address::Block { id } = self.member(list, block.id.as_str(), properties) else { return };
        let list = List::Carries { block: id.clone() };
        for carry in &block.carries {
            self.member(&list, &carry.name, vec![Property::Type(carry.ty.clone()), Property::From(carry.from.clone())]);
        }
        let list = List::Bodies { block: id };
        for (name, body) in &block.bodies {
            let at = self.member(&list, name, vec![Property::Extra(body.extra.clone())]);
            if let Address::Body { body: address } = at {
                self.note_body(&address, body);
            }
        }
    }
}
