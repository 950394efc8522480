//! Reading and setting properties.

use super::address::{Address, Routine};
use super::error::EditError;
use super::locate;
use super::property::Property;
use crate::document::{Block, Carry, Input, Output, Program, TestCase};

/// Sets a property and gives what it was before.
pub(super) fn set(program: &mut Program, at: &Address, property: &Property) -> Result<Property, EditError> {
    let no_such = || EditError::NoSuchProperty { at: at.clone(), field: property.field() };
    let property = property.clone();
    match at {
        Address::Program => set_program(program, property),
        Address::Block { id } => {
            if let Property::Place(place) = property {
                let before = program.layout.remove(id);
                place.map(|place| program.layout.insert(id.clone(), place));
                return Ok(Property::Place(before));
            }
            set_block(locate::block(program, id)?, property)
        }
        Address::Function { name } => {
            let parts = locate::routine(program, &Routine::Function { name: name.clone() })?;
            match property {
                Property::About(about) => Some(Property::About(std::mem::replace(parts.about, about))),
                Property::Extra(extra) => Some(Property::Extra(std::mem::replace(parts.extra, extra))),
                _ => None,
            }
        }
        Address::Input { routine, name } => {
            let inputs = locate::routine(program, routine)?.inputs;
            let input = inputs.iter_mut().find(|input| input.name == *name);
            set_input(input.ok_or_else(|| locate::unknown(at.clone()))?, property)
        }
        Address::Output { routine, name } => {
            let outputs = locate::routine(program, routine)?.outputs;
            let output = outputs.iter_mut().find(|output| output.name == *name);
            set_output(output.ok_or_else(|| locate::unknown(at.clone()))?, property)
        }
        Address::Carry { block, name } => {
            let carries = &mut locate::block(program, block)?.carries;
            let carry = carries.iter_mut().find(|carry| carry.name == *name);
            set_carry(carry.ok_or_else(|| locate::unknown(at.clone()))?, property)
        }
        Address::Body { body } => match property {
            Property::Extra(extra) => {
                Some(Property::Extra(std::mem::replace(&mut locate::body(program, body)?.extra, extra)))
            }
            _ => None,
        },
        Address::Yield { body, name } => {
            let source = locate::body(program, body)?.yields.get_mut(name);
            let source = source.ok_or_else(|| locate::unknown(at.clone()))?;
            match property {
                Property::From(from) => Some(Property::From(std::mem::replace(source, from))),
                _ => None,
            }
        }
        Address::Test { name } => {
            let test = program.tests.iter_mut().find(|test| test.name == *name);
            set_test(test.ok_or_else(|| locate::unknown(at.clone()))?, property)
        }
    }
    .ok_or_else(no_such)
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
        Property::Expect(expect) => Property::Expect(std::mem::replace(&mut test.expect, expect)),
        Property::Extra(extra) => Property::Extra(std::mem::replace(&mut test.extra, extra)),
        _ => return None,
    })
}
