//! Edits that are near to what people do, by choices.

use std::collections::BTreeMap;

use blocks::document::{Carry, Input, Output, Place};
use blocks::edit::{self, Address, BodyAddress, EditOp, Item, List, Property, Routine};
use blocks::{Block, BlockId, Program, Source, Type, Value, catalog, literal, types};

use crate::choices::Choices;

const VALUES: [&str; 24] = [
    "0",
    "1",
    "-1",
    "9223372036854775807",
    "-9223372036854775808",
    "9007199254740993",
    "123456789012345678901234567890",
    "0.5",
    "-0.0",
    "1e308",
    "nan",
    "infinity",
    "none",
    "true",
    "\"\"",
    "\"😀ñ\"",
    "\"a + b\"",
    "\"{{ a }}\"",
    "[]",
    "[1, none]",
    "[[1], []]",
    "{}",
    "{\"a\": 1, \"b\": 2.0}",
    "{\"a\": [\"x\"]}",
];

const TYPES: [&str; 12] = [
    "int",
    "number",
    "text",
    "bool",
    "json",
    "none",
    "list<int>",
    "list<json>",
    "map<text>",
    "int?",
    "record{a: int, b: number?}",
    "list<map<list<int>>>",
];

const SETTINGS: [&str; 8] = ["expression", "text", "value", "function", "variable", "cases", "type", "code"];

const EXPRESSIONS: [&str; 12] = [
    "a + b",
    "value",
    "len(items)",
    "[item]",
    "x * 2",
    "{\"a\": a}",
    "a if b else c",
    "items[0]",
    "text(value)",
    "not a and b",
    "a ** b",
    "json(a)",
];

/// An edit; `None` where the choices name nothing of the program.
pub(crate) fn edit(program: &Program, choices: &mut Choices<'_>) -> Option<EditOp> {
    let things = edit::things(program);
    let at = choices.pick(&things)?.clone();
    let blocks: Vec<&Address> = things.iter().filter(|at| matches!(at, Address::Block { .. })).collect();
    let bodies: Vec<&BodyAddress> = things.iter().filter_map(body_of).collect();
    Some(match choices.below(14) {
        0 => EditOp::Remove { at },
        1 => EditOp::Rename { at, to: name(program, choices) },
        2 => EditOp::Move { block: id(choices.pick(&blocks)?)?, to: (*choices.pick(&bodies)?).clone(), after: None },
        3 => EditOp::Move {
            block: id(choices.pick(&blocks)?)?,
            to: (*choices.pick(&bodies)?).clone(),
            after: id(choices.pick(&blocks)?),
        },
        4 => EditOp::Reorder { at, after: Some(name(program, choices)) },
        5 => set(choices.pick(&blocks)?, Property::Kind(choices.pick(catalog::all())?.name.to_owned())),
        6 => setting(choices.pick(&blocks)?, choices),
        7 | 8 => {
            let (at, port) = (choices.pick(&blocks)?, name(program, choices));
            set(at, Property::Wire { port, from: Some(source(program, choices)) })
        }
        9 => add_block(program, &blocks, &bodies, choices)?,
        10 => add_other(program, &at, choices)?,
        11 => EditOp::Set { at, property: property(program, choices) },
        12 => EditOp::Group { ops: vec![EditOp::Remove { at: at.clone() }, EditOp::Remove { at }] },
        _ => {
            let (at, from) = (choices.pick(&bodies)?, source(program, choices));
            let item = Item::Yield { name: name(program, choices), from };
            EditOp::add(List::Yields { body: (*at).clone() }, None, item)
        }
    })
}

fn set(at: &Address, property: Property) -> EditOp {
    EditOp::Set { at: at.clone(), property }
}

fn body_of(at: &Address) -> Option<&BodyAddress> {
    match at {
        Address::Body { body } => Some(body),
        _ => None,
    }
}

fn id(at: &Address) -> Option<BlockId> {
    match at {
        Address::Block { id } => Some(id.clone()),
        _ => None,
    }
}

fn setting(at: &Address, choices: &mut Choices<'_>) -> EditOp {
    let name = choices.pick(&SETTINGS).map_or("value", |name| name).to_owned();
    let value = match choices.below(3) {
        0 => Some(Value::text(*choices.pick(&EXPRESSIONS).unwrap_or(&"a"))),
        1 => Some(value(choices)),
        _ => None,
    };
    set(at, Property::Setting { name, value })
}

fn property(program: &Program, choices: &mut Choices<'_>) -> Property {
    match choices.below(6) {
        0 => Property::Type(ty(choices)),
        1 => Property::Default(Some(value(choices))),
        2 => Property::From(source(program, choices)),
        3 => Property::Title("A \"title\"\nof two lines".to_owned()),
        4 => Property::Place(Some(Place { x: choices.below(256) as i32 - 128, y: 0, folded: choices.below(2) == 1 })),
        _ => Property::About(name(program, choices)),
    }
}

/// A copy of a block under another id, or a new one of any kind.
fn add_block(
    program: &Program,
    blocks: &[&Address],
    bodies: &[&BodyAddress],
    choices: &mut Choices<'_>,
) -> Option<EditOp> {
    let mut block = match choices.below(2) {
        0 => program.block(&id(choices.pick(blocks)?)?)?.clone(),
        _ => Block::new("new", choices.pick(catalog::all())?.name),
    };
    block.id = BlockId(format!("new_{}", choices.below(4)));
    let to = List::Blocks { body: (*choices.pick(bodies)?).clone() };
    let after = choices.pick(blocks).map(|at| at.name().to_owned());
    Some(EditOp::Add { to, after, item: Item::Block { block: Box::new(block) }, places: BTreeMap::new() })
}

fn add_other(program: &Program, at: &Address, choices: &mut Choices<'_>) -> Option<EditOp> {
    let (name, about, routine) = (name(program, choices), String::new(), Routine::Main);
    Some(match choices.below(4) {
        0 => {
            let input = Input { name, ty: ty(choices), default: Some(value(choices)), about };
            EditOp::add(List::Inputs { routine }, None, Item::Input { input })
        }
        1 => {
            let output = Output { name, ty: ty(choices), from: source(program, choices), about };
            EditOp::add(List::Outputs { routine }, None, Item::Output { output })
        }
        2 => {
            let carry = Carry { name, ty: ty(choices), from: source(program, choices) };
            EditOp::add(List::Carries { block: id(at)? }, None, Item::Carry { carry })
        }
        _ => {
            let body = blocks::Body::default();
            EditOp::add(List::Bodies { block: id(at)? }, None, Item::Body { name, body })
        }
    })
}

fn value(choices: &mut Choices<'_>) -> Value {
    choices.pick(&VALUES).and_then(|text| literal::read(text).ok()).unwrap_or(Value::None)
}

fn ty(choices: &mut Choices<'_>) -> Type {
    choices.pick(&TYPES).and_then(|text| types::read(text).ok()).unwrap_or(Type::Int)
}

fn source(program: &Program, choices: &mut Choices<'_>) -> Source {
    match choices.below(3) {
        0 => Source::Literal(value(choices)),
        1 => Source::wire("input", name(program, choices)),
        _ => {
            let things = edit::things(program);
            let block = choices.pick(&things).map_or("a", Address::name).to_owned();
            Source::wire(block, name(program, choices))
        }
    }
}

/// A name that something has already, or that ports often have.
fn name(program: &Program, choices: &mut Choices<'_>) -> String {
    const PORTS: [&str; 12] =
        ["value", "items", "item", "index", "condition", "times", "turn", "total", "keep", "key", "a", "b"];
    match choices.below(3) {
        0 => choices.pick(&edit::things(program)).map_or("a", Address::name).to_owned(),
        1 => {
            let kind = choices.pick(catalog::all());
            kind.and_then(|kind| choices.pick(&kind.inputs)).map_or("value", |port| &port.name).to_owned()
        }
        _ => choices.pick(&PORTS).map_or("value", |port| port).to_owned(),
    }
}
