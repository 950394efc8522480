//! The store: SurrealDB, embedded or remote, behind one repository per noun.
//!
//! Only this crate names SurrealDB. What always holds: a write that was acknowledged survives a crash, or the next
//! start refuses to serve and says what is missing; every write carries an event, and events are numbered without
//! gaps; a storage error ends the process (the next start heals), so that nothing is acknowledged after one.
//!
//! [`Store::open`] opens, heals and migrates; [`Store::write`] commits; the repositories are `impl` blocks of [`Store`].

mod commit;
mod connection;
mod error;
pub mod guard;
mod open;
mod remote;
mod repository;
mod schema;
mod settings;
mod trim;
mod write;

pub use error::StoreError;
pub use open::Store;
pub use repository::{AccessKind, AccessRow, LogBase, LogChange, ProviderRow, TaskFilter};
pub use settings::{Location, Settings};
pub use write::Write;
