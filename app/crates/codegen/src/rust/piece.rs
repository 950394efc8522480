//! A piece of code with its type, and with what may be done to it.

use blocks::Type;

use super::syntax::Expr;
use super::types::is_copy;
use super::uses::Variable;

/// In what form an expression has its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A new value, or one that is copied.
    Owned,
    /// A place that holds the value: a variable or a field.
    Place,
    /// A view of it: `&str`, `&[T]`.
    Slice,
    /// A reference to it: `&T`.
    Reference,
}

/// An expression that still has to be taken or looked at.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub(crate) expr: Expr,
    pub(crate) ty: Type,
    pub(crate) form: Form,
    /// The variable in it.
    pub(crate) variable: Option<Variable>,
    /// Whether it is that variable as a whole.
    pub(crate) whole: bool,
    /// Whether it is an error that was caught.
    pub(crate) caught: bool,
}

impl Piece {
    pub(crate) fn new(expr: Expr, ty: Type, form: Form) -> Self {
        let form = if is_copy(&ty) && form == Form::Place { Form::Owned } else { form };
        Self { expr, ty, form, variable: None, whole: false, caught: false }
    }

    pub(crate) fn owned(expr: Expr, ty: Type) -> Self {
        Self::new(expr, ty, Form::Owned)
    }

    pub(crate) fn variable(name: String, variable: Variable, ty: Type, form: Form) -> Self {
        Self { variable: Some(variable), whole: true, ..Self::new(Expr::Raw(name), ty, form) }
    }

    /// The value that a reference refers to.
    pub(crate) fn into_owned(self) -> Expr {
        match (&self.expr, &self.ty) {
            (Expr::Raw(text), Type::Text) if text == "\"\"" => Expr::call("String::new", Vec::new()),
            (_, Type::Text) => self.expr.method("to_owned", Vec::new()),
            (_, Type::List(_)) => self.expr.method("to_vec", Vec::new()),
            (_, ty) if is_copy(ty) => Expr::unary("*", self.expr),
            _ => self.expr.method("clone", Vec::new()),
        }
    }
}
