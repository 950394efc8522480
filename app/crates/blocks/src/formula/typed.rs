//! The typed tree: what runs and what is translated.

use super::tree::BinaryOperator;
use crate::builtins::Builtin;
use crate::conform::as_json;
use crate::types::Type;
use crate::value::Value;

/// An expression with its type. Widening of `int` to `number`, and of what holds a `number` to `json`, stands in the
/// tree as [`TypedNode::Widen`].
#[derive(Clone, Debug)]
pub struct Typed {
    /// The type of its value.
    pub ty: Type,
    /// What it is.
    pub node: TypedNode,
    /// Whether its value, which holds json, becomes json itself where it goes.
    pub nests: bool,
}

/// The forms of typed expressions; they mirror [`super::Node`].
#[derive(Clone, Debug)]
pub enum TypedNode {
    /// A value written out.
    Literal(Value),
    /// A free name.
    Name(String),
    /// A list of these items.
    List(Vec<Typed>),
    /// A record of these fields.
    Map(Vec<(String, Typed)>),
    /// The negative of an `int` or `number`.
    Negate(Box<Typed>),
    /// The opposite of a `bool`.
    Not(Box<Typed>),
    /// An operator. Arithmetic has operands of one type (`int` or `number`), `+` also of `text` or `list`.
    Binary(BinaryOperator, Box<Typed>, Box<Typed>),
    /// Both, the second only if the first holds.
    And(Box<Typed>, Box<Typed>),
    /// Either, the second only if the first does not hold.
    Or(Box<Typed>, Box<Typed>),
    /// A choice.
    If(Box<Typed>, Box<Typed>, Box<Typed>),
    /// A function of the language: which one, which of its signatures, and what it is given.
    Call(&'static Builtin, usize, Vec<Typed>),
    /// An item of a list, text, map or json.
    Index(Box<Typed>, Box<Typed>),
    /// A part of a list or text.
    Slice(Box<Typed>, Option<Box<Typed>>, Option<Box<Typed>>),
    /// A field of a record, map or json.
    Field(Box<Typed>, String),
    /// The same value with its integers as numbers and its numbers as json, as far as the type says so.
    Widen(Box<Typed>),
}

impl Typed {
    /// The parts that an expression is made of, in the order in which they are written.
    pub fn parts(&self) -> Vec<&Self> {
        match &self.node {
            TypedNode::Literal(_) | TypedNode::Name(_) => Vec::new(),
            TypedNode::List(parts) | TypedNode::Call(_, _, parts) => parts.iter().collect(),
            TypedNode::Map(fields) => fields.iter().map(|(_, part)| part).collect(),
            TypedNode::Negate(part) | TypedNode::Not(part) | TypedNode::Field(part, _) | TypedNode::Widen(part) => {
                vec![part]
            }
            TypedNode::Binary(_, a, b) | TypedNode::And(a, b) | TypedNode::Or(a, b) | TypedNode::Index(a, b) => {
                vec![a, b]
            }
            TypedNode::If(condition, then, otherwise) => vec![then, condition, otherwise],
            TypedNode::Slice(whole, from, until) => {
                std::iter::once(&**whole).chain(from.as_deref()).chain(until.as_deref()).collect()
            }
        }
    }

    /// The same expression as a value of `target`, widened where the representation differs.
    #[must_use]
    pub fn widened(self, target: &Type) -> Self {
        let nests = self.ty.nests_in(target);
        if !self.ty.widens_to(target) {
            return Self { nests: self.nests || nests, ..self };
        }
        if let (TypedNode::Literal(value), Type::Json) = (&self.node, target)
            && let Ok(value) = as_json(value)
        {
            return Self { ty: Type::Json, node: TypedNode::Literal(value), nests };
        }
        Self { ty: target.clone(), node: TypedNode::Widen(Box::new(self)), nests }
    }
}
