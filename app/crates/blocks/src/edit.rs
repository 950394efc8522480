//! Edits as data: what changes a program, undoes, is sent to others and is kept.
//!
//! [`apply`] is the only thing that changes a program. It is total: an edit that does not fit any program whatsoever is
//! refused with an [`EditError`] and changes nothing. It gives the exact inverse: applying that gives the same bytes of
//! text back. A broken program is edited like a sound one; whether the result makes sense is the checker's matter.
//!
//! Things are addressed by name ([`Address`]) and places by the neighbor ([`EditOp::Move`]), never by position, so an
//! edit keeps its meaning when somebody else's comes before it ([`crate::oplog`]).

mod address;
mod apply;
mod error;
mod history;
mod locate;
mod members;
mod names;
mod operation;
mod properties;
mod property;
mod rename;

pub use address::{Address, BodyAddress, List, Routine};
pub use apply::{apply, apply_all};
pub use error::EditError;
pub use history::{History, Step};
pub use locate::{parent, things};
pub(crate) use members::names_in;
pub use operation::{EDIT_FORMAT, EditOp, Item};
pub use property::{Field, Property};
pub(crate) use rename::each_source_of;
