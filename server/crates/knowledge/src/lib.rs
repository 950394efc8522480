//! Knowledge: what an item must be, and reading items from files of others.
//!
//! Pure: the store keeps items, the services put them there.

mod draft;
mod import;

pub use draft::{MAX_CONTENT, check_draft};
pub use import::{Imported, read_array};

/// Items that belong to all agents.
pub const SHARED: &str = "shared";
