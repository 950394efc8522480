//! The functions of the language: pure, total but for the errors they document, and the same in every backend.
//!
//! Each can be called in a formula and is a kind of the catalog, with its parameters as ports. A function's meaning
//! stands in `vm::builtins`, its translations in `codegen`; its example is a test there.

mod dates;
mod encoding;
mod formats;
mod lists;
mod maps;
mod math;
mod resolve;
mod texts;

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::types::Type;
use crate::value::Hashing;

pub use resolve::Matched;

/// A function of the language.
#[derive(Debug)]
pub struct Builtin {
    /// Its name in formulas, and as a kind.
    pub name: &'static str,
    /// The catalog's category.
    pub category: &'static str,
    /// Its signatures as text, `name(parameter: type, …) -> type`; the first that fits holds.
    pub signatures: &'static [&'static str],
    /// What it gives, and its errors, in a sentence or two.
    pub about: &'static str,
    /// Further words to find it by.
    pub words: &'static str,
    /// A formula that holds.
    pub example: &'static str,
}

/// A signature, read.
#[derive(Clone, Debug)]
pub struct Signature {
    /// Names and types of the parameters.
    pub parameters: Vec<(String, Type)>,
    /// The type of the result.
    pub result: Type,
}

impl PartialEq for Builtin {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// All functions, by category.
pub fn all() -> impl Iterator<Item = &'static Builtin> {
    [math::ALL, texts::ALL, lists::ALL, maps::ALL, formats::ALL, encoding::ALL, dates::ALL].into_iter().flatten()
}

/// The function of that name.
pub fn find(name: &str) -> Option<&'static Builtin> {
    static INDEX: OnceLock<HashMap<&'static str, &'static Builtin, Hashing>> = OnceLock::new();
    INDEX.get_or_init(|| all().map(|builtin| (builtin.name, builtin)).collect()).get(name).copied()
}

/// The function whose name is nearest to a mistyped one, if any is near.
pub fn nearest(name: &str) -> Option<&'static str> {
    crate::catalog::nearest_of(name, all().map(|builtin| builtin.name))
}
