//! Trees of Rust code as `rustfmt` leaves them (style edition 2024, 100 columns, its default heuristics).
//!
//! As in `rustfmt`, an expression is first tried on the line where it starts, and the forms that span lines are tried
//! where that fails; `None` says that a form does not fit. Where nothing fits, which takes a text longer than a line,
//! `rustfmt` keeps what stands there, and so does this.

mod blocks;
mod calls;
mod chains;
mod operators;

use super::syntax::Expr;

/// Columns of a line.
pub(crate) const MAX_WIDTH: usize = 100;
/// Columns of one level.
pub(crate) const TAB: usize = 4;
const CALL_WIDTH: usize = 60;
const CHAIN_WIDTH: usize = 60;
const ARRAY_WIDTH: usize = 60;
const STRUCT_WIDTH: usize = 18;
const IF_ELSE_WIDTH: usize = 50;
const SHORT_ITEM: usize = 10;

pub(crate) use blocks::{CLOSE, OPEN, statements};
pub(crate) use calls::filled;

/// Where an expression is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    /// The indentation of the line's block.
    pub(crate) indent: usize,
    /// Columns between the indentation and the expression.
    pub(crate) offset: usize,
    /// Columns that must stay free behind it.
    pub(crate) after: usize,
    /// Whether chains must stay on one line.
    pub(crate) flat_chains: bool,
}

impl Shape {
    pub(crate) fn block(indent: usize) -> Self {
        Self { indent, offset: 0, after: 0, flat_chains: false }
    }

    /// How many columns the first line may take.
    pub(super) fn width(self) -> Option<usize> {
        MAX_WIDTH.checked_sub(self.indent + self.offset + self.after)
    }

    pub(super) fn right(self, columns: usize) -> Self {
        Self { offset: self.offset + columns, ..self }
    }

    pub(super) fn keep(self, columns: usize) -> Self {
        Self { after: self.after + columns, ..self }
    }

    /// The next level, on a line of its own.
    pub(super) fn nested(self) -> Self {
        Self { indent: self.indent + TAB, offset: 0, after: 0, ..self }
    }

    /// Whether text fits: its first line behind the start, its last before what follows.
    fn fits(self, text: &str) -> bool {
        let width = self.width().unwrap_or(0);
        match text.split_once('\n') {
            None => columns(text) <= width,
            Some((first, rest)) => {
                columns(first) <= width + self.after
                    && rest.rsplit('\n').next().is_none_or(|last| columns(last) + self.after <= MAX_WIDTH)
                    && rest.lines().all(|line| columns(line) <= MAX_WIDTH || is_lone_text(line))
            }
        }
    }
}

/// Whether a line holds one text, which nothing breaks.
fn is_lone_text(line: &str) -> bool {
    line.trim_start().starts_with('"')
}

/// How wide a text is.
pub(crate) fn columns(text: &str) -> usize {
    text.chars().filter(|c| !is_mark(*c)).map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

/// East Asian letters and most emoji take two columns.
fn is_wide(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe6f
        | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x1f300..=0x1f64f | 0x1f900..=0x1f9ff | 0x20000..=0x3fffd)
}

/// Lines that tell which block's code follows; they are taken out again.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{e000}' | '\u{e001}')
}

pub(super) fn new_line(indent: usize) -> String {
    format!("\n{}", " ".repeat(indent))
}

/// An expression, or nothing if it fits in no form.
pub(crate) fn expression(expr: &Expr, shape: Shape) -> Option<String> {
    let text = match expr {
        Expr::Raw(text) => text.clone(),
        Expr::Call(name, arguments) => calls::call(name, arguments, shape)?,
        Expr::Macro(name, arguments) => calls::call(&format!("{name}!"), arguments, shape)?,
        Expr::Array(name, items) => calls::array(name, items, shape)?,
        Expr::Tuple(items) => calls::call("", items, shape)?,
        Expr::Paren(inner) => format!("({})", expression(inner, shape.right(1).keep(1))?),
        Expr::Method(..) | Expr::Field(..) | Expr::Try(_) => chains::chain(expr, shape)?,
        Expr::Unary(operator, inner) => operators::unary(operator, inner, shape)?,
        Expr::Cast(inner, ty) => operators::cast(inner, ty, shape)?,
        Expr::Binary(..) => operators::binary(expr, shape)?,
        Expr::If(condition, then, otherwise) => blocks::choice(condition, then, otherwise, shape, true)?,
        Expr::Match(value, arms) => blocks::matched(value, arms, shape)?,
        Expr::Block(body) => blocks::braces(body, shape.indent),
        Expr::Closure(parameters, result, body) => blocks::closure(parameters, result.as_deref(), body, shape)?,
        Expr::Struct(name, fields) => calls::structure(name, fields, shape)?,
    };
    let checked = match expr {
        Expr::Raw(text) => !text.starts_with('"'),
        Expr::Method(..) | Expr::Field(..) | Expr::Try(_) | Expr::Binary(..) => true,
        _ => false,
    };
    (!checked || shape.fits(&text)).then_some(text)
}

/// An expression on one line, however wide.
pub(crate) fn one_line(expr: &Expr) -> String {
    let parts = |parts: &[Expr]| parts.iter().map(one_line).collect::<Vec<_>>().join(", ");
    match expr {
        Expr::Raw(text) => text.clone(),
        Expr::Call(name, arguments) => format!("{name}({})", parts(arguments)),
        Expr::Macro(name, arguments) => format!("{name}!({})", parts(arguments)),
        Expr::Array(name, items) => format!("{name}[{}]", parts(items)),
        Expr::Tuple(items) if items.len() == 1 => format!("({},)", parts(items)),
        Expr::Tuple(items) => format!("({})", parts(items)),
        Expr::Paren(inner) => format!("({})", one_line(inner)),
        Expr::Method(receiver, name, arguments) => {
            format!("{}.{name}({})", operators::tight(receiver, one_line(receiver)), parts(arguments))
        }
        Expr::Field(inner, name) => format!("{}.{name}", operators::tight(inner, one_line(inner))),
        Expr::Try(inner) => format!("{}?", operators::tight(inner, one_line(inner))),
        Expr::Unary(operator, inner) => format!("{operator}{}", operators::prefixed(operator, inner, one_line(inner))),
        Expr::Cast(inner, ty) => format!("{} as {ty}", operators::casted(inner, one_line(inner))),
        Expr::Binary("..", a, b) => format!("{}..{}", one_line(a), one_line(b)),
        Expr::Binary(operator, a, b) => {
            let (a, b) = operators::operands(operator, a, b);
            format!("{a} {operator} {b}")
        }
        Expr::Struct(name, fields) => {
            let field = |(field, value): &(String, Expr)| {
                if value.is(field) { field.clone() } else { format!("{field}: {}", one_line(value)) }
            };
            format!("{name} {{ {} }}", fields.iter().map(field).collect::<Vec<_>>().join(", "))
        }
        Expr::If(..) | Expr::Match(..) | Expr::Block(_) | Expr::Closure(..) => {
            expression(expr, Shape::block(0)).unwrap_or_default()
        }
    }
}
