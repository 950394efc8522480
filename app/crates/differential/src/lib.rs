//! The differential proof: every target of the language does what the language says.
//!
//! [`generate`] makes random programs, `corpus/` holds written ones and `found/` those that once disagreed. A [`case`] is
//! run by the [`reference`], by the machine natively and as WebAssembly, and by the generated code of each target
//! ([`targets`]); [`compare`] says where they part, and [`shrink`] makes that program small.
//!
//! Nothing depends on this crate, and it starts other programs (`python3`, `node`, `tsc`, `rustc`); it is for tests only.

pub mod case;
pub mod compare;
pub mod files;
pub mod generate;
pub mod module;
pub mod outcome;
pub mod random;
pub mod reference;
pub mod shrink;
pub mod targets;
