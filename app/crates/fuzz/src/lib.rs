//! What must hold for any input whatsoever, for tests only.
//!
//! A target takes bytes and panics where something that must hold does not. `libfuzzer` beside this crate searches for
//! such bytes (`make fuzz-inputs`); `tests/corpus.rs` tries what was kept of that search. Inputs are texts wherever
//! possible, so that people can read them; several programs in one input stand between lines of `---`.

mod checker;
mod choices;
mod code;
mod document;
mod edits;
pub mod extremes;
mod formula;
mod machine;
mod merge;
mod mutate;

pub use checker::checker;
pub use code::code;
pub use document::document;
pub use edits::edits;
pub use formula::formula;
pub use machine::machine;
pub use merge::merge;

/// A target: it panics where something that must hold does not.
pub type Target = fn(&[u8]);

/// All targets, by the names of their folders in `corpus`.
pub const TARGETS: [(&str, Target); 7] = [
    ("document", document),
    ("formula", formula),
    ("checker", checker),
    ("code", code),
    ("machine", machine),
    ("edits", edits),
    ("merge", merge),
];

/// The parts of an input, between lines of `---`; whatever is no text is an input without parts.
fn parts(data: &[u8]) -> Vec<&str> {
    std::str::from_utf8(data).map(|text| text.split("\n---\n").collect()).unwrap_or_default()
}
