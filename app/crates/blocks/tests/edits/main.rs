//! Edits, diff, merge and convergence, on written and on random programs.

mod convergence;
mod difference;
mod editing;
mod merging;
mod random;

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
