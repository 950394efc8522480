//! What a target language does in its own way, where the structure of a program becomes code.

use blocks::catalog::Effect;
use blocks::formula::Typed;
use blocks::{Type, Value};

use crate::code::{Code, Piece};

/// A call of a function of the language; the arguments have the types of the parameters already.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    pub(crate) name: &'a str,
    pub(crate) signature: usize,
    pub(crate) arguments: Vec<Code>,
    pub(crate) types: Vec<Type>,
}

impl Call<'_> {
    /// The type of the first argument.
    pub(crate) fn first(&self) -> &Type {
        self.types.first().unwrap_or(&Type::Unknown)
    }
}

/// A loop that makes a list, as an expression.
#[derive(Debug)]
pub(crate) struct Collected {
    pub(crate) items: Code,
    pub(crate) item: String,
    pub(crate) index: Option<String>,
    /// What is made of each item, or whether it is kept.
    pub(crate) element: Code,
    pub(crate) keeps: bool,
}

/// A target language.
pub(crate) trait Dialect {
    fn literal(&self, value: &Value, ty: &Type) -> Code;
    fn formula(&self, formula: &Typed, names: &dyn Fn(&str) -> Code) -> Code;
    fn builtin(&self, call: Call<'_>) -> Code;
    /// A value of one type where another is wanted.
    fn coerce(&self, code: Code, from: &Type, to: &Type) -> Code;
    /// Texts joined; values are texts already.
    fn template(&self, pieces: Vec<Piece>) -> Code;
    fn not(&self, code: Code) -> Code;
    /// The record that a caught error becomes.
    fn caught(&self, error: &str) -> Code;
    fn collect(&self, collected: Collected) -> Code;
    /// Whether a value equals a case.
    fn equal(&self, code: Code, ty: &Type, case: &Value) -> Code;
    /// The items in the order of the keys that are made of them.
    fn sorted_by(&self, keyed: Collected, key: &Type, descending: bool) -> Code;
    /// The items in the order of a list of keys.
    fn sorted_by_keys(&self, items: Code, keys: Code, descending: bool) -> Code;
    /// Adds an item to a list that is being made.
    fn push(&self, list: &str, item: Code) -> Code;
    fn effect(&self, effect: Effect, arguments: Vec<Code>) -> Code;
    /// What a call gives that waits for answers from outside.
    fn awaited(&self, call: Code) -> Code;
}
