//! Formulas: expressions such as `price * (1 + rate)` or `len(items) > 3 and not done`.
//!
//! [`parse`] gives the syntax tree, [`free_names`] the names that become input ports, and [`infer`] the typed tree that
//! the VM runs and the code generators translate.

mod infer;
mod lexer;
mod parser;
mod tree;
mod typed;

pub use infer::{infer, infer_as};
pub use parser::{MAX_DEPTH, parse};
pub use tree::{BinaryOperator, Expression, Node, free_names, parts};
pub use typed::{Typed, TypedNode};

use thiserror::Error;

/// What is wrong with a formula, and where.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{message} (at character {at})")]
pub struct FormulaError {
    /// A sentence that helps.
    pub message: String,
    /// The place, counted in characters from 0.
    pub at: usize,
}

impl FormulaError {
    pub(crate) fn new(at: usize, message: impl Into<String>) -> Self {
        Self { message: message.into(), at }
    }
}

#[cfg(test)]
mod tests;
