//! Recall: solving tasks by retrieving, filling, running and verifying recipes; and routing tasks to agents.
//!
//! A [`Recipe`] is a block program with the phrasings it answers. A [`Request`] is a task's text taken apart. A recipe
//! fits only if it accounts for the whole request: every content word is known to it, taken as a parameter, or
//! harmless. A wrong confident answer is the worst outcome, so what does not fit is left to a model or a person.
//!
//! Pure: no clock, no randomness, no files beside those compiled in.

pub mod agents;
pub mod fit;
pub mod language;
pub mod library;
pub mod recipe;
pub mod request;
pub mod router;
pub mod slots;
pub mod solve;
pub mod vocabulary;

pub use fit::{Fit, Miss};
pub use language::Language;
pub use library::Library;
pub use recipe::Recipe;
pub use request::Request;
pub use solve::{Solution, Unsolved};
