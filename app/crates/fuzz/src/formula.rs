//! Formulas and templates, from their text to their value.

use blocks::document::{Input, Output};
use blocks::{Block, Program, Source, Type, Value, check, formula as language, template, types};

/// Parsing, typing, running and translating a formula never panics, whatever it says.
///
/// # Panics
/// Where that does not hold.
pub fn formula(data: &[u8]) {
    let Ok(source) = std::str::from_utf8(data) else { return };
    let _ = template::parse(source).map(|pieces| pieces.len());
    for kind in [("formula", "expression"), ("template", "text"), ("change_variable", "expression")] {
        try_block(source, kind);
    }
}

/// The type of a free name says its first letter, so that any types meet.
fn type_of(name: &str) -> Type {
    let written = match name.chars().next().unwrap_or('x') {
        'a' => "list<list<int>>",
        'b' => "bool",
        'j' => "json",
        'l' => "list<int>",
        'm' => "map<number>",
        'n' => "number",
        'o' => "int?",
        'r' => "record{a: int, b: text}",
        's' => "list<text>",
        't' => "text",
        'z' => "none",
        _ => "int",
    };
    types::read(written).expect("a type")
}

fn try_block(source: &str, (kind, setting): (&str, &str)) {
    let names = match language::parse(source) {
        Ok(expression) => language::free_names(&expression),
        Err(_) if kind == "template" => Vec::new(),
        Err(_) => return,
    };
    let mut program = Program::new("formula");
    let mut block = Block::new("f", kind);
    block.config.insert(setting.to_owned(), Value::text(source));
    for name in &names {
        let input = Input { name: name.clone(), ty: type_of(name), default: None, about: String::new() };
        program.inputs.push(input);
        block.inputs.insert(name.clone(), Source::wire("input", name.as_str()));
    }
    if kind == "change_variable" {
        let mut made = Block::new("v", "variable");
        made.inputs.insert("initial".to_owned(), Source::Literal(Value::Int(1)));
        program.body.blocks.push(made);
        block.config.insert("variable".to_owned(), Value::text("v"));
        block.inputs.remove("now");
    }
    program.body.blocks.push(block);
    let found = check(&program).types.get(&("f".into(), "value".to_owned())).cloned();
    if let Some(ty) = found.filter(|ty| !ty.has_unknown()) {
        let output = Output { name: "v".to_owned(), ty, from: Source::wire("f", "value"), about: String::new() };
        program.outputs.push(output);
    }
    if check(&program).plan.is_some() {
        crate::machine::runs_alike(&program);
        crate::code::generates(&program);
    }
}
