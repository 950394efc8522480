//! Edits as data: what changes a program, is undone, sent to others and kept.
//!
//! [`apply`] is the only thing that changes a program. It is total: an edit that does not fit is refused with an
//! [`EditError`] that says why, and changes nothing, whatever the edit and the program are. It gives the exact
//! inverse: applying that gives the same bytes of text back. A broken program is edited like a sound one; whether the
//! result makes sense is the checker's matter.
//!
//! ```
//! use blocks::edit::{self, BodyAddress, EditOp};
//!
//! let mut program = blocks::text::read("program 1 \"p\"\n\na: note\n\nb: note\n").unwrap();
//! let before = blocks::text::write(&program);
//! let inverse = edit::apply(&mut program, &EditOp::move_block("b", BodyAddress::main(), None)).unwrap();
//! assert_eq!(blocks::text::write(&program), "program 1 \"p\"\n\nb: note\n\na: note\n");
//! edit::apply(&mut program, &inverse).unwrap();
//! assert_eq!(blocks::text::write(&program), before);
//! ```
//!
//! # What an edit says
//!
//! There are eight ([`EditOp`]): `add`, `remove`, `move` (a block, within its body or into another), `reorder`
//! (anything else within its list), `rename`, `set` (a [`Property`]), `group` (several, all or none) and `replace`
//! (the whole program, for a restored version). Things are addressed by name ([`Address`]), places by the neighbor
//! that they are behind, never by position: so an edit keeps its meaning when somebody else's comes before it.
//!
//! - A block is added and removed with everything inside it, and with the places where it is drawn.
//! - Removing a block leaves the wires that read it: they dangle, and the checker reports them.
//! - Renaming follows references: an id in wires, in the setting `variable` of variable blocks and in the layout; a
//!   function in its calls; an input in `input.name`, calls and tests; an output in tests or what reads the calls; a
//!   carried or yielded value in the bodies of its container and behind it. A name that is in use is refused, also if
//!   only a dangling wire uses it, because the two could not be told apart afterwards.
//! - In a program with one name twice in a list, which the checker refuses, the first is meant.
//!
//! # What is built on them
//!
//! [`History`] undoes and redoes without limit. [`crate::diff`] says what differs between two programs, as a list for
//! people and as edits that lead from one to the other. [`crate::merge`] merges what two people made of one program,
//! and [`crate::git`] does that on texts. [`crate::oplog`] keeps replicas equal while several people edit.
//! [`crate::fix`] offers edits for what the checker finds.

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
