//! Rust code as a tree, as far as generated code needs it; [`super::layout`] writes it down.

use blocks::BlockId;

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expr {
    /// A name, path or literal.
    Raw(String),
    /// `name(a, b)`
    Call(String, Vec<Self>),
    /// `name!(a, b)`
    Macro(&'static str, Vec<Self>),
    /// `vec![a, b]`, or `[a, b]` without a name.
    Array(&'static str, Vec<Self>),
    /// `a.name(b)`; the name may carry a turbofish.
    Method(Box<Self>, String, Vec<Self>),
    /// `a.name`
    Field(Box<Self>, String),
    /// `a?`
    Try(Box<Self>),
    /// A prefix: `-`, `!`, `&`, `*`.
    Unary(&'static str, Box<Self>),
    /// `a as ty`
    Cast(Box<Self>, &'static str),
    /// `a + b` and the like.
    Binary(&'static str, Box<Self>, Box<Self>),
    /// `if a { … } else { … }`
    If(Box<Self>, Body, Body),
    /// `match a { pattern => …, }`
    Match(Box<Self>, Vec<(String, Body)>),
    /// `{ … }`
    Block(Body),
    /// `|parameters| -> result { … }`
    Closure(String, Option<String>, Body),
    /// `Name { field: a }`
    Struct(String, Vec<(String, Self)>),
    /// `(a, b)`
    Tuple(Vec<Self>),
    /// `(a)`
    Paren(Box<Self>),
}

/// What stands between braces.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Body {
    /// Statements, in order.
    pub(crate) statements: Vec<Statement>,
    /// The value at the end.
    pub(crate) value: Option<Box<Expr>>,
    /// The blocks whose code the value is.
    pub(crate) blocks: Vec<BlockId>,
}

/// A statement and the blocks whose code it is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Statement {
    /// What it does.
    pub(crate) kind: Kind,
    /// The blocks, innermost first.
    pub(crate) blocks: Vec<BlockId>,
}

/// The forms of statements.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    /// `let pattern: ty = value;`
    Let(String, Option<String>, Expr),
    /// `a;`, or a block-like expression without the semicolon.
    Expr(Expr),
    /// `target = value;` or with `+=` and the like.
    Assign(String, &'static str, Expr),
    /// `return value;`
    Return(Expr),
    /// `// text`
    Comment(String),
    /// `for pattern in items { … }`
    For(String, Expr, Body),
    /// `while condition { … }`
    While(Expr, Body),
    /// `loop { … }`
    Loop(Body),
    /// `break;`
    Break,
}

impl Expr {
    pub(crate) fn raw(text: impl Into<String>) -> Self {
        Self::Raw(text.into())
    }

    pub(crate) fn call(name: impl Into<String>, arguments: Vec<Self>) -> Self {
        Self::Call(name.into(), arguments)
    }

    pub(crate) fn method(self, name: impl Into<String>, arguments: Vec<Self>) -> Self {
        Self::Method(Box::new(self), name.into(), arguments)
    }

    pub(crate) fn field(self, name: impl Into<String>) -> Self {
        Self::Field(Box::new(self), name.into())
    }

    pub(crate) fn attempt(self) -> Self {
        Self::Try(Box::new(self))
    }

    pub(crate) fn unary(operator: &'static str, inner: Self) -> Self {
        Self::Unary(operator, Box::new(inner))
    }

    pub(crate) fn cast(self, ty: &'static str) -> Self {
        Self::Cast(Box::new(self), ty)
    }

    pub(crate) fn binary(operator: &'static str, a: Self, b: Self) -> Self {
        Self::Binary(operator, Box::new(a), Box::new(b))
    }

    pub(crate) fn closure(parameters: impl Into<String>, value: Self) -> Self {
        Self::Closure(parameters.into(), None, Body::of(value))
    }

    /// Whether it is this name.
    pub(crate) fn is(&self, name: &str) -> bool {
        matches!(self, Self::Raw(text) if text == name)
    }

    /// The direct parts, in the order of evaluation; bodies are not parts.
    pub(crate) fn parts(&self) -> Vec<&Self> {
        match self {
            Self::Raw(_) | Self::Block(_) | Self::Closure(..) => Vec::new(),
            Self::Call(_, parts) | Self::Macro(_, parts) | Self::Array(_, parts) | Self::Tuple(parts) => {
                parts.iter().collect()
            }
            Self::Method(receiver, _, parts) => std::iter::once(&**receiver).chain(parts).collect(),
            Self::Paren(inner)
            | Self::Field(inner, _)
            | Self::Try(inner)
            | Self::Unary(_, inner)
            | Self::Cast(inner, _) => vec![inner],
            Self::If(inner, ..) | Self::Match(inner, _) => vec![inner],
            Self::Binary(_, a, b) => vec![a, b],
            Self::Struct(_, fields) => fields.iter().map(|(_, value)| value).collect(),
        }
    }

    fn bodies(&self) -> Vec<&Body> {
        match self {
            Self::If(_, then, otherwise) => vec![then, otherwise],
            Self::Match(_, arms) => arms.iter().map(|(_, body)| body).collect(),
            Self::Block(body) => vec![body],
            _ => Vec::new(),
        }
    }

    /// Whether evaluating it may leave the function, by `?` or `return`.
    pub(crate) fn may_leave(&self) -> bool {
        matches!(self, Self::Try(_))
            || self.parts().into_iter().any(Self::may_leave)
            || self.bodies().into_iter().any(Body::may_leave)
    }

    /// Whether each of its ways leaves the function.
    fn leaves(&self) -> bool {
        match self {
            Self::If(_, then, otherwise) => then.leaves() && otherwise.leaves(),
            Self::Match(_, arms) => !arms.is_empty() && arms.iter().all(|(_, body)| body.leaves()),
            Self::Block(body) => body.leaves(),
            Self::Macro(name, _) => *name == "unreachable",
            _ => false,
        }
    }

    /// The same, to stand before a brace: there a struct must be in parentheses.
    pub(crate) fn before_brace(self) -> Self {
        let boxed = |inner: Box<Self>| Box::new(inner.before_brace());
        match self {
            Self::Struct(..) => Self::Paren(Box::new(self)),
            Self::Method(receiver, name, arguments) => Self::Method(boxed(receiver), name, arguments),
            Self::Field(inner, name) => Self::Field(boxed(inner), name),
            Self::Try(inner) => Self::Try(boxed(inner)),
            Self::Unary(operator, inner) => Self::Unary(operator, boxed(inner)),
            Self::Cast(inner, ty) => Self::Cast(boxed(inner), ty),
            Self::Binary(operator, a, b) => Self::Binary(operator, boxed(a), boxed(b)),
            other => other,
        }
    }

    /// Whether a statement of it needs no semicolon.
    pub(crate) fn is_block_like(&self) -> bool {
        matches!(self, Self::If(..) | Self::Match(..) | Self::Block(_))
    }
}

impl Body {
    pub(crate) fn of(value: Expr) -> Self {
        Self { value: Some(Box::new(value)), ..Self::default() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.statements.is_empty() && self.value.is_none()
    }

    /// The value, if there is nothing else.
    pub(crate) fn only_value(&self) -> Option<&Expr> {
        if self.statements.is_empty() { self.value.as_deref() } else { None }
    }

    /// Whether its end is not reached.
    pub(crate) fn leaves(&self) -> bool {
        match (&self.value, self.statements.last().map(|last| &last.kind)) {
            (Some(value), _) => value.leaves(),
            (None, Some(Kind::Return(_))) => true,
            (None, Some(Kind::Expr(value))) => value.leaves(),
            _ => false,
        }
    }

    fn may_leave(&self) -> bool {
        self.statements.iter().any(Statement::may_leave) || self.value.as_ref().is_some_and(|value| value.may_leave())
    }
}

impl Statement {
    fn may_leave(&self) -> bool {
        match &self.kind {
            Kind::Let(_, _, value) | Kind::Expr(value) | Kind::Assign(_, _, value) => value.may_leave(),
            Kind::Return(_) => true,
            Kind::Comment(_) | Kind::Break => false,
            Kind::For(_, head, body) | Kind::While(head, body) => head.may_leave() || body.may_leave(),
            Kind::Loop(body) => body.may_leave(),
        }
    }
}
