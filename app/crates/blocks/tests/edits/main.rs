//! Edits, diff, merge and convergence, on written and on random programs.

mod convergence;
mod difference;
mod editing;
mod likely;
mod merging;
mod random;
mod rechecking;

use blocks::Program;

/// The canonical text, which says everything about a program.
fn text(program: &Program) -> String {
    blocks::text::write(program)
}

/// Reads a program, with its faults.
fn read(text: &str) -> Program {
    blocks::text::read(text).unwrap_or_else(|problems| panic!("{problems:?}\n{text}"))
}

/// A program with everything that a program can have.
fn sample() -> Program {
    read(include_str!("sample.blocks"))
}

/// A program that no text gives: ids twice and ids that are none, yields outside a container, places of no block.
fn odd() -> Program {
    let mut program = sample();
    let mut copy = program.body.blocks[3].clone();
    program.functions[1].body.blocks.push(copy.clone());
    copy.id = blocks::BlockId::from("not an id");
    program.body.blocks.insert(0, copy);
    program.body.yields.insert("x".to_owned(), blocks::Source::wire("mean", "value"));
    program.functions[0].body.yields.insert("y".to_owned(), blocks::Source::wire("mean", "value"));
    let place = blocks::document::Place { x: 1, y: 2, folded: true };
    program.layout.insert(blocks::BlockId::from("a"), place);
    program.layout.insert(blocks::BlockId::from("b"), place);
    program.tests.push(program.tests[0].clone());
    program.inputs.push(program.inputs[0].clone());
    program.functions.push(program.functions[0].clone());
    program
}
