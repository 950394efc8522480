//! What the writing of one routine knows: its names, its variables, and what its code has come to need.

use std::collections::HashMap;

use blocks::plan::{Feed, Origin, Plan, Step};
use blocks::{BlockId, Type};
use indexmap::IndexMap;

use super::helpers::Needs;
use super::literals;
use super::names::Scope;
use super::piece::{Form, Piece};
use super::ranges::Range;
use super::syntax::{Body, Expr, Kind, Statement};
use super::types::Types;
use super::uses::{Uses, Variable};

/// What a formula's names stand for.
pub(crate) type Names = IndexMap<String, Feed>;

/// A function that a routine becomes.
#[derive(Clone, Debug)]
pub(crate) struct Function {
    /// Its name.
    pub(crate) name: String,
    /// Whether it gives a `Result`.
    pub(crate) fails: bool,
}

/// What a port is in the code.
#[derive(Clone, Debug)]
pub(crate) enum Port<'a> {
    /// A variable.
    Variable { name: String, variable: Variable, ty: Type, form: Form, range: Option<Range> },
    /// What is written where it is read.
    Inline(&'a Step, Type),
    /// The error that a `catch` reads, as Rust has it.
    Caught(String, Variable, Type),
}

/// Writes one routine.
#[derive(Debug)]
pub(crate) struct Emitter<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) functions: &'a [Function],
    pub(crate) types: &'a mut Types,
    pub(crate) needs: &'a mut Needs,
    pub(crate) scope: Scope,
    pub(crate) uses: Uses,
    pub(crate) ports: HashMap<(BlockId, String), Port<'a>>,
    /// Whether something may fail, of the routine and of each attempt inside it.
    pub(crate) fails: Vec<bool>,
    /// The bodies that are being written, the innermost last.
    pub(crate) bodies: Vec<Body>,
    /// Blocks whose code went into the statement that is being written.
    pub(crate) touched: Vec<BlockId>,
}

impl<'a> Emitter<'a> {
    /// Adds a statement.
    pub(crate) fn push(&mut self, kind: Kind, block: Option<&BlockId>) {
        let mut blocks = std::mem::take(&mut self.touched);
        if let Some(block) = block
            && !blocks.contains(block)
        {
            blocks.push(block.clone());
        }
        self.uses.next_statement();
        if let Some(body) = self.bodies.last_mut() {
            body.statements.push(Statement { kind, blocks });
        }
    }

    /// What is written inside a body.
    pub(crate) fn collect(&mut self, write: impl FnOnce(&mut Self) -> Option<Expr>) -> Body {
        let outer = std::mem::take(&mut self.touched);
        self.bodies.push(Body::default());
        let value = write(self);
        let mut body = self.bodies.pop().unwrap_or_default();
        body.value = value.map(Box::new);
        body.blocks = std::mem::replace(&mut self.touched, outer);
        self.uses.next_statement();
        body
    }

    /// An expression that may fail.
    pub(crate) fn attempt(&mut self, expr: Expr) -> Expr {
        if let Some(fails) = self.fails.last_mut() {
            *fails = true;
        }
        self.needs.need("Error");
        expr.attempt()
    }

    /// A call of a helper.
    pub(crate) fn helper(&mut self, name: &'static str, arguments: Vec<Expr>) -> Expr {
        self.needs.need(name);
        Expr::call(name, arguments)
    }

    /// A call of a helper that may fail.
    pub(crate) fn fallible(&mut self, name: &'static str, arguments: Vec<Expr>) -> Expr {
        let call = self.helper(name, arguments);
        self.attempt(call)
    }

    /// Makes a variable of a port.
    pub(crate) fn declare(
        &mut self,
        block: &BlockId,
        port: &str,
        wishes: &[&str],
        ty: &Type,
        form: Form,
    ) -> (String, Variable) {
        let name = self.scope.declare(block, port, wishes);
        let variable = self.uses.declare();
        let own = Port::Variable { name: name.clone(), variable, ty: ty.clone(), form, range: None };
        self.ports.insert((block.clone(), port.to_owned()), own);
        (name, variable)
    }

    /// Says between which integers a port's value lies.
    pub(crate) fn limit(&mut self, block: &BlockId, port: &str, found: Option<Range>) {
        if let Some(Port::Variable { range, .. }) = self.ports.get_mut(&(block.clone(), port.to_owned())) {
            *range = found;
        }
    }

    /// The value of a feed, as its type.
    pub(crate) fn feed(&mut self, feed: &Feed) -> Piece {
        let piece = match &feed.origin {
            Origin::Literal(value) => return self.literal(value, &feed.ty),
            Origin::Port(block, port) => self.port(block, port),
        };
        if feed.widen { self.widen(piece, &feed.ty) } else { self.convert(piece, &feed.ty) }
    }

    /// The value of a port.
    pub(crate) fn port(&mut self, block: &BlockId, port: &str) -> Piece {
        match self.ports.get(&(block.clone(), port.to_owned())).cloned() {
            Some(Port::Variable { name, variable, ty, form, .. }) => Piece::variable(name, variable, ty, form),
            Some(Port::Inline(step, ty)) => {
                let mut piece = self.value(step);
                self.touched.push(step.block.clone());
                piece.ty = ty;
                piece
            }
            Some(Port::Caught(name, variable, ty)) => {
                Piece { caught: true, ..Piece::variable(name, variable, ty, Form::Place) }
            }
            None => Piece::new(Expr::raw("()"), Type::None, Form::Owned),
        }
    }

    /// A value of the program's text.
    pub(crate) fn literal(&mut self, value: &blocks::Value, ty: &Type) -> Piece {
        literals::write(self, value, ty)
    }

    /// The value for oneself.
    pub(crate) fn own(&mut self, piece: Piece) -> Expr {
        let piece = self.settled(piece);
        let piece = if piece.ty.has_unknown() { self.annotated(piece) } else { piece };
        match (piece.form, piece.variable) {
            (Form::Place, Some(variable)) if piece.whole => {
                if self.uses.take(variable) {
                    piece.expr
                } else {
                    piece.expr.method("clone", Vec::new())
                }
            }
            (Form::Place, _) => {
                self.look(&piece);
                if super::types::is_copy(&piece.ty) { piece.expr } else { piece.expr.method("clone", Vec::new()) }
            }
            (Form::Owned, _) => {
                self.look(&piece);
                piece.expr
            }
            (Form::Slice | Form::Reference, _) => {
                self.look(&piece);
                piece.into_owned()
            }
        }
    }

    /// A reference to the value.
    pub(crate) fn borrow(&mut self, piece: Piece) -> Expr {
        let piece = self.settled(piece);
        let piece = self.annotated(piece);
        self.look(&piece);
        match piece.form {
            Form::Slice | Form::Reference => piece.expr,
            Form::Place | Form::Owned => match piece.expr {
                Expr::Array("vec!", items) if !items.is_empty() => Expr::unary("&", Expr::Array("", items)),
                expr => Expr::unary("&", expr),
            },
        }
    }

    /// The value as the receiver of a method that only looks.
    pub(crate) fn receiver(&mut self, piece: Piece) -> Expr {
        let piece = self.settled(piece);
        let piece = self.annotated(piece);
        self.look(&piece);
        match piece.expr {
            Expr::Raw(text)
                if piece.ty == Type::Int
                    && text.ends_with(|c: char| c.is_ascii_digit())
                    && text.parse::<i64>().is_ok() =>
            {
                Expr::Raw(format!("{text}_i64"))
            }
            Expr::Array("vec!", items) if !items.is_empty() => Expr::Array("", items),
            expr => expr,
        }
    }

    /// The value as an operand of a comparison: a place, or a slice.
    pub(crate) fn operand(&mut self, piece: Piece) -> (Expr, Form) {
        let piece = self.settled(piece);
        let piece = self.annotated(piece);
        self.look(&piece);
        match piece.form {
            Form::Reference => (Expr::unary("*", piece.expr), Form::Place),
            form => (piece.expr, form),
        }
    }

    /// What is empty says of what, where nothing else does.
    pub(crate) fn annotated(&mut self, mut piece: Piece) -> Piece {
        annotate(&mut piece.expr, &piece.ty, self.types);
        piece
    }

    fn look(&mut self, piece: &Piece) {
        if let Some(variable) = piece.variable {
            self.uses.look(variable);
        }
    }

    /// An error that was caught becomes the record that the language has for it, where it is not only looked into.
    fn settled(&mut self, piece: Piece) -> Piece {
        if !piece.caught {
            return piece;
        }
        self.look(&piece);
        let Type::Record(fields) = &piece.ty else { return piece };
        let name = self.types.structure(fields, "caught");
        let values = fields
            .iter()
            .map(|(field, _)| {
                let value = match field.as_str() {
                    "code" => piece.expr.clone().field("code").method("to_owned", Vec::new()),
                    "message" => piece.expr.clone().field("message").method("clone", Vec::new()),
                    _ => Expr::call("String::new", Vec::new()),
                };
                (field.clone(), value)
            })
            .collect();
        Piece::new(Expr::Struct(name, values), piece.ty.clone(), Form::Owned)
    }
}

/// Says of what is empty what it could hold, in all arms and items.
fn annotate(expr: &mut Expr, ty: &Type, types: &mut Types) {
    match (expr, ty) {
        (Expr::Call(name, arguments), Type::List(item) | Type::Map(item))
            if arguments.is_empty() && (name == "Vec::new" || name == "Map::new") =>
        {
            *name = name.replace("::new", &format!("::<{}>::new", types.owned(item)));
        }
        (Expr::Call(name, arguments), Type::Map(item))
            if name == "Map::from" && !matches!(arguments.as_slice(), [Expr::Array(..)]) =>
        {
            *name = format!("Map::<{}>::from", types.owned(item));
        }
        (Expr::If(_, then, otherwise), ty) => {
            let values = then.value.iter_mut().chain(&mut otherwise.value);
            values.for_each(|value| annotate(value, ty, types));
        }
        (Expr::Array(_, items), Type::List(item))
            if matches!(**item, Type::List(_) | Type::Map(_)) && items.iter().all(super::statements::is_ambiguous) =>
        {
            items.iter_mut().take(1).for_each(|value| annotate(value, item, types));
        }
        _ => {}
    }
}
