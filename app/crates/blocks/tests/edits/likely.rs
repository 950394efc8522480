//! Edits such as people make, from a seed: most leave a sound program sound, or break one thing.

use blocks::document::{Carry, Function, Input, Output};
use blocks::edit::{self, Address, BodyAddress, EditOp, Item, List, Property, Routine};
use blocks::{Block, BlockId, Body, Checked, Program, Source, Type, Value, literal};

use crate::random::Random;

const KINDS: &[&str] = &[
    "formula",
    "formula",
    "formula",
    "constant",
    "constant",
    "template",
    "len",
    "append",
    "sum",
    "note",
    "if",
    "match",
    "for_each",
    "repeat",
    "while",
    "map",
    "filter",
    "reduce",
    "sort_by",
    "parallel",
    "try",
    "fail",
    "assert",
    "call",
    "variable",
    "set_variable",
    "get_variable",
    "change_variable",
    "print",
    "now",
    "read_file",
    "require",
    "drop_empty",
    "kubernetes_name",
    "kubernetes_metadata",
    "kubernetes_quantity",
    "formla",
];

const VALUES: &[&str] =
    &["1", "2", "2.0", "\"a\"", "true", "[]", "[1, 2]", "[\"a\"]", "none", "{\"a\": 1}", "[1, 2.5]"];

const FORMULAS: &[&str] =
    &["1", "1.5", "\"a\"", "x", "x + y", "[x]", "x > 1", "len(x)", "now + 1", "x +", "item", "lenn(x)"];

const NAMES: &[&str] =
    &["value", "x", "y", "items", "item", "index", "total", "keep", "key", "holds", "message", "initial"];

/// A likely edit of a program; the types of its ports say what can be wired.
pub(crate) fn op(random: &mut Random, program: &Program, checked: &Checked) -> EditOp {
    let blocks = all(program);
    if blocks.is_empty() || random.chance(15) {
        return add(random, program, &blocks);
    }
    let block = *random.pick(&blocks);
    let id = block.id.as_str();
    match random.below(20) {
        0..=4 => EditOp::connect(id, port(random, block), Some(source(random, checked))),
        5 => EditOp::connect(id, port(random, block), None),
        6 | 7 => setting(random, program, block),
        8 => EditOp::Remove { at: Address::block(id) },
        9 | 10 => EditOp::move_block(id, body(random, program), after(random, program).as_deref()),
        11 => EditOp::Set { at: Address::block(id), property: Property::Kind((*random.pick(KINDS)).to_owned()) },
        12 => EditOp::set_title(id, *random.pick(&["", "A title"])),
        13 => yielded(random, program, checked),
        14 => carry(random, block, checked),
        15 => inner_body(random, block),
        16 => input(random, program),
        17 => output(random, program, checked),
        18 => function(random, program),
        _ => EditOp::Rename { at: Address::block(id), to: format!("n{}", random.below(40)) },
    }
}

fn all(program: &Program) -> Vec<&Block> {
    fn collect<'a>(body: &'a Body, found: &mut Vec<&'a Block>) {
        for block in &body.blocks {
            found.push(block);
            block.bodies.values().for_each(|inner| collect(inner, found));
        }
    }
    let mut found = Vec::new();
    program.roots().for_each(|body| collect(body, &mut found));
    found
}

fn add(random: &mut Random, program: &Program, blocks: &[&Block]) -> EditOp {
    let mut block = Block::new(format!("n{}", random.below(40)), *random.pick(KINDS));
    if random.chance(30) && !blocks.is_empty() {
        let like = (*random.pick(blocks)).clone();
        block = Block { id: block.id, bodies: Default::default(), ..like };
    }
    EditOp::add_block(block, body(random, program), after(random, program).as_deref())
}

fn port(random: &mut Random, block: &Block) -> String {
    match block.inputs.len() {
        0 => (*random.pick(NAMES)).to_owned(),
        _ if random.chance(20) => (*random.pick(NAMES)).to_owned(),
        count => block.inputs.keys().nth(random.below(count)).cloned().unwrap_or_default(),
    }
}

fn source(random: &mut Random, checked: &Checked) -> Source {
    let mut ports: Vec<&(BlockId, String)> = checked.types.keys().collect();
    ports.sort();
    match random.below(8) {
        0 => Source::Literal(value(random)),
        1 => Source::wire("input", *random.pick(NAMES)),
        2 => Source::wire(format!("n{}", random.below(40)), *random.pick(NAMES)),
        _ if ports.is_empty() => Source::Literal(Value::None),
        3 if random.chance(50) => Source::wire(mistyped(random.pick(&ports).0.as_str()), *random.pick(NAMES)),
        3 => Source::wire(random.pick(&ports).0.as_str(), *random.pick(NAMES)),
        _ => {
            let (block, port) = random.pick(&ports);
            Source::wire(block.as_str(), port.as_str())
        }
    }
}

/// A name for which the checker knows a nearer one.
fn mistyped(name: &str) -> String {
    format!("{name}s")
}

fn value(random: &mut Random) -> Value {
    literal::read(random.pick::<&str>(VALUES)).expect("a literal")
}

fn setting(random: &mut Random, program: &Program, block: &Block) -> EditOp {
    let id = block.id.as_str();
    let (name, value) = match block.kind.as_str() {
        "constant" => ("value", value(random)),
        "template" => ("text", Value::text(format!("{{{{ {} }}}}", random.pick(FORMULAS)))),
        "match" => ("cases", value(random)),
        "call" => {
            let names: Vec<&str> = program.functions.iter().map(|function| function.name.as_str()).collect();
            ("function", Value::text(if names.is_empty() { "none" } else { random.pick(&names) }))
        }
        kind if kind.ends_with("_variable") && random.chance(60) => {
            let ids: Vec<&Block> = all(program).into_iter().filter(|block| block.kind == "variable").collect();
            let id = if ids.is_empty() { "count" } else { random.pick(&ids).id.as_str() };
            ("variable", Value::text(if random.chance(30) { mistyped(id) } else { id.to_owned() }))
        }
        _ => ("expression", Value::text(*random.pick(FORMULAS))),
    };
    EditOp::set_setting(id, name, random.chance(90).then_some(value))
}

fn bodies(program: &Program) -> Vec<BodyAddress> {
    let things = edit::things(program).into_iter();
    let bodies = things.filter_map(|at| match at {
        Address::Body { body } => Some(body),
        _ => None,
    });
    bodies.collect()
}

fn body(random: &mut Random, program: &Program) -> BodyAddress {
    random.pick(&bodies(program)).clone()
}

/// Any block; where it does not stand in the body the edit does not fit, and another is tried.
fn after(random: &mut Random, program: &Program) -> Option<String> {
    let blocks = all(program);
    (!blocks.is_empty() && random.chance(70)).then(|| random.pick(&blocks).id.to_string())
}

fn yielded(random: &mut Random, program: &Program, checked: &Checked) -> EditOp {
    let body = body(random, program);
    let name = (*random.pick(NAMES)).to_owned();
    if random.chance(50) {
        let item = Item::Yield { name, from: source(random, checked) };
        return EditOp::add(List::Yields { body }, None, item);
    }
    EditOp::Remove { at: Address::Yield { body, name } }
}

fn carry(random: &mut Random, block: &Block, checked: &Checked) -> EditOp {
    let list = List::Carries { block: block.id.clone() };
    let name = (*random.pick(NAMES)).to_owned();
    match block.carries.first() {
        Some(first) if random.chance(50) => {
            let at = list.member(first.name.as_str());
            EditOp::Set { at, property: Property::Type(ty(random)) }
        }
        _ => EditOp::add(
            list,
            None,
            Item::Carry { carry: Carry { name, ty: ty(random), from: source(random, checked) } },
        ),
    }
}

fn inner_body(random: &mut Random, block: &Block) -> EditOp {
    let name = *random.pick(&["body", "then", "else", "case_1", "case_2", "otherwise", "try", "catch", "condition"]);
    let list = List::Bodies { block: block.id.clone() };
    match block.bodies.keys().next() {
        Some(first) if random.chance(30) => EditOp::Remove { at: list.member(first.as_str()) },
        Some(first) if random.chance(50) => {
            EditOp::Reorder { at: list.member(first.as_str()), after: block.bodies.keys().last().cloned() }
        }
        _ => EditOp::add(list, None, Item::Body { name: name.to_owned(), body: Body::default() }),
    }
}

fn ty(random: &mut Random) -> Type {
    let types = ["int", "number", "text", "bool", "list<int>", "list<text>", "json", "int?", "map<number>"];
    blocks::types::read(random.pick::<&str>(&types)).expect("a type")
}

fn routine(random: &mut Random, program: &Program) -> Routine {
    match program.functions.len() {
        0 => Routine::Main,
        count => match random.below(count + 1) {
            0 => Routine::Main,
            place => Routine::Function { name: program.functions[place - 1].name.clone() },
        },
    }
}

fn input(random: &mut Random, program: &Program) -> EditOp {
    let routine = routine(random, program);
    let inputs = match &routine {
        Routine::Main => &program.inputs,
        Routine::Function { name } => &program.function(name).expect("it is there").inputs,
    };
    let list = List::Inputs { routine };
    if inputs.is_empty() || random.chance(25) {
        let name = (*random.pick(NAMES)).to_owned();
        let default = random.chance(50).then(|| value(random));
        return EditOp::add(
            list,
            None,
            Item::Input { input: Input { name, ty: ty(random), default, about: String::new() } },
        );
    }
    let at = list.member(random.pick(inputs).name.as_str());
    match random.below(4) {
        0 => EditOp::Remove { at },
        1 => EditOp::Set { at, property: Property::Default(random.chance(50).then(|| value(random))) },
        2 => EditOp::Rename { at, to: (*random.pick(NAMES)).to_owned() },
        _ => EditOp::Set { at, property: Property::Type(ty(random)) },
    }
}

fn output(random: &mut Random, program: &Program, checked: &Checked) -> EditOp {
    let list = List::Outputs { routine: routine(random, program) };
    let name = (*random.pick(NAMES)).to_owned();
    let output = Output { name, ty: ty(random), from: source(random, checked), about: String::new() };
    EditOp::add(list, None, Item::Output { output })
}

fn function(random: &mut Random, program: &Program) -> EditOp {
    let name = format!("f{}", random.below(4));
    let function = Function {
        name: name.clone(),
        about: String::new(),
        inputs: vec![Input { name: "x".to_owned(), ty: ty(random), default: None, about: String::new() }],
        outputs: vec![Output {
            name: "value".to_owned(),
            ty: ty(random),
            from: Source::wire("input", "x"),
            about: String::new(),
        }],
        body: Body::default(),
        extra: Vec::new(),
    };
    match program.functions.first() {
        Some(first) if random.chance(70) => {
            let at = Address::Function { name: first.name.clone() };
            match random.below(3) {
                0 => EditOp::Remove { at },
                1 => EditOp::Rename { at, to: name },
                _ => EditOp::Reorder { at, after: program.functions.last().map(|last| last.name.clone()) },
            }
        }
        _ => EditOp::add(List::Functions, None, Item::Function { function: Box::new(function) }),
    }
}
