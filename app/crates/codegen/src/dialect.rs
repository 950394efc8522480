//! What a target language does in its own way, where the structure of a program becomes code.

use blocks::catalog::Effect;
use blocks::formula::Typed;
use blocks::{Type, Value};

use crate::code::{Code, Piece, Statement};

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

    /// The code of a function that tables say: a method of its first argument, or a function. A test holds that none is
    /// missing from them.
    pub(crate) fn by_tables(self, methods: &[(&str, &'static str)], functions: &[(&str, &'static str)]) -> Code {
        let of = |table: &[(&str, &'static str)]| table.iter().find(|(own, _)| *own == self.name).map(|(_, to)| *to);
        if let Some(method) = of(methods) {
            let mut arguments = self.arguments.into_iter();
            let first = arguments.next().unwrap_or_else(|| Code::atom("\"\""));
            return first.method(method, arguments.collect());
        }
        Code::call(of(functions).unwrap_or("_missing"), self.arguments)
    }
}

/// A loop that makes a list, as an expression.
#[derive(Debug)]
pub(crate) struct Collected {
    pub(crate) items: Code,
    /// The type of an item.
    pub(crate) ty: Type,
    pub(crate) item: String,
    pub(crate) index: Option<String>,
    /// What is made of each item, or whether it is kept.
    pub(crate) element: Code,
    pub(crate) keeps: bool,
}

/// How a list or map is changed where it stands.
#[derive(Debug)]
pub(crate) enum Change {
    /// Items at the end.
    Push(Vec<Code>),
    /// The items of a list at the end; the name is free for one of them.
    Extend(Code, String),
    /// An entry.
    Put(Code, Code),
    /// Another item at a position.
    Replace(Code, Code),
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
    /// A list or map that nothing else holds, with the same in it.
    fn copy(&self, code: Code, ty: &Type) -> Code;
    /// Changes the list or map of a variable.
    fn change(&self, name: &str, change: Change) -> Statement;
    /// Adds an item to a list that is being made.
    fn push(&self, list: &str, item: Code) -> Code;
    fn effect(&self, effect: Effect, arguments: Vec<Code>) -> Code;
    /// What a call gives that waits for answers from outside.
    fn awaited(&self, call: Code) -> Code;
}
