//! The code of a routine as a tree, before it is laid out: expressions and statements that the targets share.

use blocks::{BlockId, Type};

/// How tightly an operator binds; parentheses stand only where they must.
pub(crate) type Level = u8;

pub(crate) const CHOICE: Level = 1;
pub(crate) const OR: Level = 3;
pub(crate) const AND: Level = 4;
pub(crate) const NOT: Level = 5;
pub(crate) const COMPARE: Level = 7;
pub(crate) const SUM: Level = 11;
pub(crate) const PRODUCT: Level = 12;
pub(crate) const UNARY: Level = 14;
pub(crate) const POWER: Level = 15;
pub(crate) const ATOM: Level = 20;

/// An expression of a target language.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Code {
    /// A name, a literal, or anything that is never broken.
    Atom(String),
    /// `function(a, b)`
    Call(Box<Code>, Vec<Code>),
    /// `name<A, B>`: a function with the types that its arguments do not tell. Without a name, a type.
    Generic(&'static str, Vec<Type>),
    /// `value.name`
    Member(Box<Code>, String),
    /// `value[index]`
    Item(Box<Code>, Box<Code>),
    /// `[a, b]`
    List(Vec<Code>),
    /// `{"key": value}`; an entry without a key is a spread.
    Entries(Vec<(Option<Code>, Code)>),
    /// `not a`
    Unary(&'static str, Level, Box<Code>),
    /// `a + b`
    Binary(&'static str, Level, Box<Code>, Box<Code>),
    /// Condition, then, otherwise.
    Choice(Box<[Code; 3]>),
    /// `(a, b) => body`
    Arrow(String, Box<Code>),
    /// `[element for a in items if condition]`
    Comprehension(Box<Comprehension>),
    /// `*a`, `**a`, `...a`, `name=a`, `new a`
    Prefix(&'static str, Box<Code>),
    /// A text with values in it: `f"{a} b"`, `${a} b`.
    Template(Vec<Piece>),
    /// Parentheses that stay.
    Grouped(Box<Code>),
    /// The code of a block that stands where its value is read.
    Marked(BlockId, Box<Code>),
}

/// A Python comprehension.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Comprehension {
    /// `[` and `]`, or `{` and `}`.
    pub(crate) brackets: [char; 2],
    pub(crate) key: Option<Code>,
    pub(crate) element: Code,
    /// `for item in items`, each.
    pub(crate) loops: Vec<(String, Code)>,
    pub(crate) condition: Option<Code>,
}

/// A piece of a text with values in it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Piece {
    Text(String),
    Value(Code),
}

impl Code {
    pub(crate) fn atom(text: impl Into<String>) -> Self {
        Self::Atom(text.into())
    }

    pub(crate) fn call(function: impl Into<String>, arguments: Vec<Self>) -> Self {
        Self::Call(Box::new(Self::atom(function)), arguments)
    }

    /// A call of a function with the types that its arguments do not tell.
    pub(crate) fn generic(function: &'static str, types: Vec<Type>, arguments: Vec<Self>) -> Self {
        Self::Call(Box::new(Self::Generic(function, types)), arguments)
    }

    pub(crate) fn method(self, name: &str, arguments: Vec<Self>) -> Self {
        Self::Call(Box::new(self.member(name)), arguments)
    }

    pub(crate) fn member(self, name: &str) -> Self {
        Self::Member(Box::new(self), name.to_owned())
    }

    pub(crate) fn item(self, index: Self) -> Self {
        Self::Item(Box::new(self), Box::new(index))
    }

    pub(crate) fn binary(operator: &'static str, level: Level, a: Self, b: Self) -> Self {
        Self::Binary(operator, level, Box::new(a), Box::new(b))
    }

    pub(crate) fn prefix(mark: &'static str, code: Self) -> Self {
        Self::Prefix(mark, Box::new(code))
    }

    pub(crate) fn choice(condition: Self, then: Self, otherwise: Self) -> Self {
        Self::Choice(Box::new([condition, then, otherwise]))
    }

    pub(crate) fn arrow(parameters: impl Into<String>, body: Self) -> Self {
        Self::Arrow(parameters.into(), Box::new(body))
    }

    /// Without the marks around it.
    pub(crate) fn bare(&self) -> &Self {
        match self {
            Self::Marked(_, inner) => inner.bare(),
            other => other,
        }
    }

    /// How tightly its loosest operator binds.
    pub(crate) fn level(&self) -> Level {
        match self.bare() {
            Self::Atom(text) if text.starts_with('-') => UNARY,
            Self::Unary(_, level, _) | Self::Binary(_, level, ..) => *level,
            Self::Choice(_) | Self::Arrow(..) | Self::Prefix(..) => CHOICE,
            _ => ATOM,
        }
    }

    /// Whether it is a name or literal: it cannot fail, and it may be written twice.
    pub(crate) fn is_simple(&self) -> bool {
        matches!(self.bare(), Self::Atom(text) if !text.contains('('))
    }

    /// Whether it is a literal.
    pub(crate) fn is_literal(&self) -> bool {
        match self.bare() {
            Self::Atom(text) => {
                text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '"' | '\'' | '-'))
                    || matches!(text.as_str(), "true" | "false" | "null" | "True" | "False" | "None")
            }
            _ => false,
        }
    }

    pub(crate) fn is(&self, text: &str) -> bool {
        matches!(self.bare(), Self::Atom(own) if own == text)
    }
}

/// A statement, and the block that it is the code of.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) block: Option<BlockId>,
    pub(crate) statement: Statement,
}

/// Statements that the targets share.
#[derive(Clone, Debug)]
pub(crate) enum Statement {
    Comment(String),
    /// A new variable that keeps its value, or several for the results of one call.
    Let(Vec<(String, Type)>, Code),
    /// A new variable that keeps its value, whose type must be said.
    Typed(String, Type, Code),
    /// A new variable that changes.
    Start(String, Type, Code),
    /// A new variable that keeps its list or map, which changes.
    Own(String, Type, Code),
    /// A new variable whose value comes later.
    Declare(String, Type),
    /// New values of variables, all at once.
    Assign(Vec<String>, Vec<Code>),
    /// A new value for a place in a variable: `a[b] = c`.
    Store(Code, Code),
    Do(Code),
    /// Conditions with their bodies, and what happens otherwise.
    If(Vec<(Code, Vec<Node>)>, Vec<Node>),
    Each {
        index: Option<String>,
        item: String,
        items: Code,
        body: Vec<Node>,
    },
    Times {
        turn: Option<String>,
        times: Code,
        body: Vec<Node>,
    },
    While(Code, Vec<Node>),
    Break,
    /// What may fail, the name of the error, and what happens then.
    Try(Vec<Node>, Option<String>, Vec<Node>),
    /// The code and message of an error.
    Raise(String, Code),
    Return(Vec<Code>),
}
