//! The syntax tree of a formula.

use crate::value::Value;

/// An expression with its place in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// Where it starts, counted in characters from 0.
    pub at: usize,
    /// What it is.
    pub node: Node,
}

/// The forms of expressions.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A value written out.
    Literal(Value),
    /// A free name.
    Name(String),
    /// `[a, b]`
    List(Vec<Expression>),
    /// `{"key": value}`
    Map(Vec<(String, Expression)>),
    /// `-a`
    Negate(Box<Expression>),
    /// `not a`
    Not(Box<Expression>),
    /// `a + b` and the like.
    Binary(BinaryOperator, Box<Expression>, Box<Expression>),
    /// `a and b`; `b` is evaluated only when it counts.
    And(Box<Expression>, Box<Expression>),
    /// `a or b`; `b` is evaluated only when it counts.
    Or(Box<Expression>, Box<Expression>),
    /// `a if condition else b`; only one of the two is evaluated.
    If {
        /// What decides.
        condition: Box<Expression>,
        /// The value when it holds.
        then: Box<Expression>,
        /// The value when it does not.
        otherwise: Box<Expression>,
    },
    /// `name(a, b)`
    Call(String, Vec<Expression>),
    /// `a[b]`
    Index(Box<Expression>, Box<Expression>),
    /// `a[from:to]`
    Slice(Box<Expression>, Option<Box<Expression>>, Option<Box<Expression>>),
    /// `a.name`
    Field(Box<Expression>, String),
}

/// Operators of two values that are always both evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BinaryOperator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`, always a number
    Divide,
    /// `//`, floors
    FloorDivide,
    /// `%`, has the sign of the divisor
    Modulo,
    /// `**`
    Power,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `in`
    In,
}

impl BinaryOperator {
    /// How it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::FloorDivide => "//",
            Self::Modulo => "%",
            Self::Power => "**",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::In => "in",
        }
    }
}

/// The free names of an expression in the order of their first use.
pub fn free_names(expression: &Expression) -> Vec<String> {
    let mut names = Vec::new();
    collect(expression, &mut names);
    names
}

fn collect(expression: &Expression, names: &mut Vec<String>) {
    if let Node::Name(name) = &expression.node
        && !names.contains(name)
    {
        names.push(name.clone());
    }
    for part in parts(&expression.node) {
        collect(part, names);
    }
}

/// The expressions that a node is made of, in the order in which they are written.
pub fn parts(node: &Node) -> Vec<&Expression> {
    match node {
        Node::Literal(_) | Node::Name(_) => Vec::new(),
        Node::List(items) | Node::Call(_, items) => items.iter().collect(),
        Node::Map(entries) => entries.iter().map(|(_, value)| value).collect(),
        Node::Negate(inner) | Node::Not(inner) | Node::Field(inner, _) => vec![inner],
        Node::Binary(_, a, b) | Node::And(a, b) | Node::Or(a, b) | Node::Index(a, b) => vec![a, b],
        Node::If { condition, then, otherwise } => vec![then, condition, otherwise],
        Node::Slice(whole, from, to) => std::iter::once(&**whole).chain(from.as_deref()).chain(to.as_deref()).collect(),
    }
}
