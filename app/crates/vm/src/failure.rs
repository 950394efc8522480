//! How a run fails.

use blocks::BlockId;
use blocks::conform::Unwidened;
use blocks::failures::sentence;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why an operation failed, without its place.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[error("{detail}")]
pub struct Fault {
    /// A stable code, for example `division_by_zero`; `LANGUAGE.md` lists them.
    pub code: String,
    /// A sentence that helps whoever reads a report.
    pub detail: String,
    /// Whether the program itself said the sentence, in a Fail or Assert.
    pub said: bool,
}

impl Fault {
    /// A fault of the language or of a host.
    pub fn new(code: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { code: code.into(), detail: detail.into(), said: false }
    }

    /// A fault that the program raised.
    pub(crate) fn said(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { said: true, ..Self::new(code, message) }
    }

    /// What a program that catches it reads: what the program said, or one sentence for each code, the same in the
    /// virtual machine and in generated code.
    pub fn message(&self) -> &str {
        if self.said { &self.detail } else { sentence(&self.code).unwrap_or(&self.detail) }
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

/// What may fail keeps the fault apart, so that its result is small where nothing fails.
impl From<Box<Fault>> for Fault {
    fn from(fault: Box<Self>) -> Self {
        *fault
    }
}

impl From<Unwidened> for Fault {
    fn from(error: Unwidened) -> Self {
        Self::new(error.code(), error.to_string())
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
