//! Reading and setting properties.

use super::address::{Address, Routine};
use super::error::EditError;
use super::locate::{self, RoutineParts};
use super::property::Property;
use crate::document::{Block, BlockId, Body, Carry, Input, Output, Place, Program, Source, TestCase};

/// Sets a property and gives what it was before.
pub(super) fn set(program: &mut Program, at: &Address, property: &Property) -> Result<Property, EditError> {
    let value = property.clone();
    let before = match at {
        Address::Program => set_program(program, value),
        Address::Function { name } => {
            set_function(locate::routine(program, &Routine::Function { name: name.clone() })?, value)
        }
        Address::Input { routine, .. } => {
            set_input(named(locate::routine(program, routine)?.inputs, at, |input| &input.name)?, value)
        }
        Address::Output { routine, .. } => {
            set_output(named(locate::routine(program, routine)?.outputs, at, |output| &output.name)?, value)
        }
        Address::Block { id } => match value {
            Property::Place(place) => Some(set_place(program, id, place)),
            value => set_block(locate::block(program, id)?, value),
        },
        Address::Carry { block, .. } => {
            set_carry(named(&mut locate::block(program, block)?.carries, at, |carry| &carry.name)?, value)
        }
        Address::Body { body } => set_body(locate::body(program, body)?, value),
        Address::Yield { body, name } => {
            let source = locate::body(program, body)?.yields.get_mut(name);
            set_yield(source.ok_or_else(|| locate::unknown(at.clone()))?, value)
        }
        Address::Test { .. } => set_test(named(&mut program.tests, at, |test| &test.name)?, value),
    };
    before.ok_or_else(|| EditError::NoSuchProperty { at: at.clone(), field: property.field() })
}

fn named<'a, T>(list: &'a mut [T], at: &Address, name: impl Fn(&T) -> &str) -> Result<&'a mut T, EditError> {
    list.iter_mut().find(|member| name(member) == at.name()).ok_or_else(|| locate::unknown(at.clone()))
}

fn set_place(program: &mut Program, id: &BlockId, place: Option<Place>) -> Property {
    let before = program.layout.remove(id);
    place.map(|place| program.layout.insert(id.clone(), place));
    Property::Place(before)
}

fn set_function(function: RoutineParts<'_>, property: Property) -> Option<Property> {
    Some(match property {
        Property::About(about) => Property::About(std::mem::replace(function.about, about)),
        Property::Extra(extra) => Property::Extra(std::mem::replace(function.extra, extra)),
        _ => return None,
    })
}

fn set_body(body: &mut Body, property: Property) -> Option<Property> {
    match property {
        Property::Extra(extra) => Some(Property::Extra(std::mem::replace(&mut body.extra, extra))),
        _ => None,
    }
}

fn set_yield(source: &mut Source, property: Property) -> Option<Property> {
    match property {
        Property::From(from) => Some(Property::From(std::mem::replace(source, from))),
        _ => None,
    }
}

fn set_program(program: &mut Program, property: Property) -> Option<Property> {
    Some(match property {
        Property::Format(format) => Property::Format(std::mem::replace(&mut program.format, format)),
        Property::Name(name) => Property::Name(std::mem::replace(&mut program.name, name)),
        Property::About(about) => Property::About(std::mem::replace(&mut program.about, about)),
        Property::Extra(extra) => Property::Extra(std::mem::replace(&mut program.extra, extra)),
        _ => return None,
    })
}

fn set_block(block: &mut Block, property: Property) -> Option<Property> {
    Some(match property {
        Property::Kind(kind) => Property::Kind(std::mem::replace(&mut block.kind, kind)),
        Property::Title(title) => Property::Title(std::mem::replace(&mut block.title, title)),
        Property::Extra(extra) => Property::Extra(std::mem::replace(&mut block.extra, extra)),
        Property::Setting { name, value } => {
            let before = block.config.remove(&name);
            value.map(|value| block.config.insert(name.clone(), value));
            Property::Setting { name, value: before }
        }
        Property::Wire { port, from } => {
            let before = block.inputs.remove(&port);
            from.map(|from| block.inputs.insert(port.clone(), from));
            Property::Wire { port, from: before }
        }
        _ => return None,
    })
}

fn set_input(input: &mut Input, property: Property) -> Option<Property> {
    Some(match property {
        Property::Type(ty) => Property::Type(std::mem::replace(&mut input.ty, ty)),
        Property::Default(default) => Property::Default(std::mem::replace(&mut input.default, default)),
        Property::About(about) => Property::About(std::mem::replace(&mut input.about, about)),
        _ => return None,
    })
}

fn set_output(output: &mut Output, property: Property) -> Option<Property> {
    Some(match property {
        Property::Type(ty) => Property::Type(std::mem::replace(&mut output.ty, ty)),
        Property::From(from) => Property::From(std::mem::replace(&mut output.from, from)),
        Property::About(about) => Property::About(std::mem::replace(&mut output.about, about)),
        _ => return None,
    })
}

fn set_carry(carry: &mut Carry, property: Property) -> Option<Property> {
    Some(match property {
        Property::Type(ty) => Property::Type(std::mem::replace(&mut carry.ty, ty)),
        Property::From(from) => Property::From(std::mem::replace(&mut carry.from, from)),
        _ => return None,
    })
}

fn set_test(test: &mut TestCase, property: Property) -> Option<Property> {
    Some(match property {
        Property::Given(given) => Property::Given(std::mem::replace(&mut test.inputs, given)),
        Property::Answers(answers) => Property::Answers(std::mem::replace(&mut test.answers, answers)),
        Property::Expect(expect) => Property::Expect(std::mem::replace(&mut test.expect, expect)),
        Property::Extra(extra) => Property::Extra(std::mem::replace(&mut test.extra, extra)),
        _ => return None,
    })
}
