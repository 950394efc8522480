//! How a run fails.

use blocks::BlockId;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why an operation failed, without its place.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[error("{message}")]
pub struct Fault {
    /// A stable code, for example `division_by_zero`; `LANGUAGE.md` lists them.
    pub code: String,
    /// A sentence that helps.
    pub message: String,
}

impl Fault {
    /// A fault.
    pub fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into() }
    }

    /// An argument that a function does not take.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new("invalid_argument", message)
    }

    /// A position that a list or text does not have.
    pub(crate) fn out_of_range(index: impl std::fmt::Display, length: usize) -> Self {
        Self::new("index_out_of_range", format!("there is no position {index} among {length}"))
    }

    /// A value of another type than the operation needs; only json can bring one.
    pub(crate) fn wrong_type(wanted: &str, found: &blocks::Value) -> Self {
        Self::new("wrong_type", format!("expected {wanted}, found {}", found.type_name()))
    }

    /// Whether a Try may catch it: running out of fuel, space or depth cannot be caught.
    pub fn is_catchable(&self) -> bool {
        !matches!(self.code.as_str(), "fuel" | "size" | "depth" | "cancelled")
    }
}

/// How a run failed, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[error("{fault}")]
pub struct Failure {
    /// Why.
    pub fault: Fault,
    /// The block, if it was one.
    pub block: Option<BlockId>,
}
