//! Rust, edition 2024, with nothing but the standard library.
//!
//! A routine becomes a function that gives a `Result` where it can fail; records become structs; integers are `i64`
//! and raise `overflow` where they end. The code is laid out as `rustfmt` leaves it.

mod choices;
mod containers;
mod convert;
mod effects;
mod emitter;
mod expressions;
mod folds;
mod functions;
mod helpers;
mod layout;
mod literals;
mod loops;
mod module;
mod names;
mod operators;
mod piece;
mod ranges;
mod reads;
mod statements;
mod syntax;
mod tests_module;
mod types;
mod uses;

#[cfg(test)]
mod tests;

use blocks::{BlockId, Plan, Program};

use crate::File;

/// The module of a program with its tests, and the blocks whose code stands on each line.
pub(crate) fn generate(program: &Program, plan: &Plan) -> (File, Vec<Vec<BlockId>>) {
    let (content, lines) = module::write(program, plan);
    (File { path: format!("{}.rs", names::snake(&program.name)), content }, lines)
}
