//! The canonical text form of a program.
//!
//! One statement a line, nesting by two spaces, one block per group of lines, so that programs diff and merge well.
//! [`read`] reports everything that is wrong at once; [`write`] gives the one canonical text, and reading that back
//! gives the same program. `LANGUAGE.md` shows the form by example.

pub(crate) mod as_text;
mod lines;
mod reader;
mod statement;
mod writer;

pub use reader::read;
pub(crate) use statement::is_name;
pub use writer::{write, write_item, write_source};
