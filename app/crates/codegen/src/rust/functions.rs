//! The functions of the language: the standard library's own where it means the very same, else a helper.

mod lists;
mod maths;
mod others;
mod texts;

use blocks::formula::{Typed, TypedNode};
use blocks::plan::{Feed, Origin};
use blocks::{Type, Value};

use super::emitter::{Emitter, Names};
use super::piece::{Form, Piece};
use super::ranges::Range;
use super::syntax::Expr;

/// What a function is given.
#[derive(Clone, Debug)]
pub(crate) enum Argument<'a> {
    /// A part of a formula, and the type that is wanted.
    Typed(&'a Typed, &'a Names, Type),
    /// What is wired to a port.
    Feed(&'a Feed),
}

impl Argument<'_> {
    pub(super) fn ty(&self) -> &Type {
        match self {
            Self::Typed(_, _, wanted) => wanted,
            Self::Feed(feed) => &feed.ty,
        }
    }

    /// The text, if it is written out.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Typed(typed, names, _) => match &typed.node {
                TypedNode::Literal(Value::Text(text)) => Some(text.as_str()),
                TypedNode::Name(name) => names.get(name).and_then(literal_of),
                _ => None,
            },
            Self::Feed(feed) => literal_of(feed),
        }
    }
}

fn literal_of(feed: &Feed) -> Option<&str> {
    match &feed.origin {
        Origin::Literal(Value::Text(text)) => Some(text.as_str()),
        _ => None,
    }
}

/// The arguments of one call; each is written once, in order.
pub(super) struct Call<'c, 'e, 'a> {
    emitter: &'c mut Emitter<'e>,
    signature: usize,
    arguments: &'c [Argument<'a>],
    result: &'c Type,
}

impl<'e> Emitter<'e> {
    /// A call of a function of the language.
    pub(crate) fn function(
        &mut self,
        name: &str,
        signature: usize,
        arguments: &[Argument<'_>],
        result: &Type,
    ) -> Piece {
        let mut call = Call { emitter: self, signature, arguments, result };
        maths::function(&mut call, name)
            .or_else(|| texts::function(&mut call, name))
            .or_else(|| lists::function(&mut call, name))
            .or_else(|| others::function(&mut call, name))
            .unwrap_or_else(|| Piece::owned(Expr::raw("()"), Type::None))
    }
}

impl Call<'_, '_, '_> {
    fn piece(&mut self, index: usize) -> Piece {
        match &self.arguments[index] {
            Argument::Typed(typed, names, wanted) => self.emitter.formula_as(typed, names, wanted),
            Argument::Feed(feed) => self.emitter.feed(feed),
        }
    }

    fn own(&mut self, index: usize) -> Expr {
        let piece = self.piece(index);
        self.emitter.own(piece)
    }

    /// The value for oneself, as the receiver of a method.
    fn own_receiver(&mut self, index: usize) -> Expr {
        let piece = self.piece(index);
        let piece = self.emitter.annotated(piece);
        self.emitter.own(piece)
    }

    fn borrow(&mut self, index: usize) -> Expr {
        let piece = self.piece(index);
        self.emitter.borrow(piece)
    }

    fn receiver(&mut self, index: usize) -> Expr {
        let piece = self.piece(index);
        self.emitter.receiver(piece)
    }

    fn range(&self, index: usize) -> Option<Range> {
        match &self.arguments[index] {
            Argument::Typed(typed, names, _) => self.emitter.range_of(typed, names),
            Argument::Feed(feed) => self.emitter.range_of_feed(feed),
        }
    }

    fn ty(&self, index: usize) -> &Type {
        self.arguments[index].ty()
    }

    /// The value of the result's type.
    fn gives(&self, expr: Expr) -> Piece {
        Piece::owned(expr, self.result.clone())
    }

    /// A view into an argument.
    fn views(&self, expr: Expr, form: Form) -> Piece {
        Piece::new(expr, self.result.clone(), form)
    }

    /// A helper that cannot fail; `r` borrows an argument, `o` takes it.
    fn helper(&mut self, name: &'static str, how: &str) -> Piece {
        let arguments = self.all(how);
        let expr = self.emitter.helper(name, arguments);
        self.gives(expr)
    }

    /// A helper that may fail.
    fn fallible(&mut self, name: &'static str, how: &str) -> Piece {
        let arguments = self.all(how);
        let expr = self.emitter.fallible(name, arguments);
        self.gives(expr)
    }

    fn all(&mut self, how: &str) -> Vec<Expr> {
        how.chars()
            .enumerate()
            .map(|(index, way)| if way == 'r' { self.borrow(index) } else { self.own(index) })
            .collect()
    }

    /// A method of the first argument, given the others.
    fn method(&mut self, name: &str, how: &str) -> Piece {
        let receiver = self.receiver(0);
        let arguments = how
            .chars()
            .enumerate()
            .map(|(index, way)| if way == 'r' { self.borrow(index + 1) } else { self.own(index + 1) })
            .collect();
        self.gives(receiver.method(name, arguments))
    }
}
