//! The block language: documents, types, catalog, formulas and the checker.
//!
//! A [`Program`] is a document made of blocks. It can be read from and written to the canonical text form
//! ([`text::read`], [`text::write`]), and checked ([`check::check`]). `LANGUAGE.md` beside this crate defines what a
//! program means; the crates `vm` and `codegen` follow it.
//!
//! What always holds: reading a document and writing it again gives the same bytes; checking never fails and never
//! panics, a broken program gives diagnostics; nothing here sees a clock, randomness, a file or a network.

pub mod assist;
pub mod builtins;
pub mod catalog;
pub mod check;
pub mod conform;
pub mod diagnostic;
pub mod diff;
pub mod document;
pub mod edit;
pub mod entries;
mod facts;
pub mod failures;
pub mod fix;
pub mod formula;
pub mod git;
pub mod json;
pub mod literal;
pub mod merge;
pub mod oplog;
pub mod plan;
mod row;
pub mod template;
pub mod templates;
pub mod text;
pub mod types;
pub mod value;

pub use check::{Checked, check};
pub use diagnostic::{Diagnostic, Severity};
pub use document::{Block, BlockId, Body, Program, Source};
pub use plan::Plan;
pub use types::Type;
pub use value::Value;
