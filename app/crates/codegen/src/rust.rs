//! Rust, edition 2024, with nothing but the standard library.
//!
//! A routine becomes a function that gives a `Result` where it can fail; records become structs; integers are `i64`
//! and raise `overflow` where they end. The code is laid out as `rustfmt` leaves it.

mod choices;
mod command;
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
mod widen;

#[cfg(test)]
mod tests;

pub(crate) use command::{json_file, main_file};
pub(crate) use module::write;
pub(crate) use names::{package, snake};
