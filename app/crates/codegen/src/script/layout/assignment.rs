//! Assignments, conditions and what functions return.

use super::calls::argument;
use super::{STYLE, enclosed, expression, operands};
use crate::code::Code;
use crate::layout::{Doc, concat, group, if_broken, indent, text};

/// `left value`, where `left` ends with `=` or `:`.
pub(in crate::script) fn assignment(left: Doc, value: &Code) -> Doc {
    match value.bare() {
        Code::Binary(operator, ..) => {
            let breaks_after = !matches!(*operator, "&&" | "||" | "??") || !ends_open(value);
            let inner = expression_without_indent(value);
            if breaks_after {
                group(concat([group(left), group(indent(concat([Doc::Line, inner])))]))
            } else {
                concat([left, text(" "), expression(value)])
            }
        }
        Code::Atom(own)
            if own.starts_with(['"', '\'']) || own.contains('.') && !own.starts_with(|c: char| c.is_ascii_digit()) =>
        {
            group(concat([left, group(indent(concat([Doc::Line, expression(value)])))]))
        }
        Code::Atom(_) | Code::Template(_) => concat([left, text(" "), expression(value)]),
        Code::Arrow(..) => concat([left, text(" "), expression(value)]),
        Code::Choice(parts) if matches!(parts[0].bare(), Code::Binary(..)) => {
            group(concat([left, group(indent(concat([Doc::Line, expression(value)])))]))
        }
        // The types of a map are broken before its place.
        Code::Call(function, _) if matches!(function.bare(), Code::Generic(_, types) if types.len() > 1) => {
            concat([group(left), text(" "), expression(value)])
        }
        Code::Call(..) if is_poorly_breakable(value) => {
            group(concat([left, group(indent(concat([Doc::Line, expression(value)])))]))
        }
        Code::Member(..) if is_path(value) => {
            group(concat([left, group(indent(concat([Doc::Line, expression(value)])))]))
        }
        _ => concat([left, Doc::After(Box::new(expression(value)))]),
    }
}

/// Whether it is a name and members of it.
fn is_path(code: &Code) -> bool {
    match code.bare() {
        Code::Member(value, _) => is_path(value),
        Code::Atom(_) => true,
        _ => false,
    }
}

/// Whether a call has nothing inside that could be broken: no argument, or one short one.
fn is_poorly_breakable(code: &Code) -> bool {
    match code.bare() {
        Code::Call(function, arguments) => {
            let short = match arguments.as_slice() {
                [] => true,
                [one] => matches!(one.bare(), Code::Atom(text) if text.chars().count() <= STYLE.width / 4),
                _ => false,
            };
            short
                && (is_poorly_breakable(function) || matches!(function.bare(), Code::Atom(name) if !name.contains(' ')))
        }
        Code::Member(value, _) => is_poorly_breakable(value) || matches!(value.bare(), Code::Atom(_)),
        _ => false,
    }
}

/// Whether a logical expression ends with a list or object that stays on its line.
fn ends_open(code: &Code) -> bool {
    match code.bare() {
        Code::Binary(.., b) => match b.bare() {
            Code::Entries(entries) => !entries.is_empty(),
            Code::List(items) => !items.is_empty(),
            _ => false,
        },
        _ => false,
    }
}

fn expression_without_indent(code: &Code) -> Doc {
    match code {
        Code::Marked(block, inner) => Doc::Mark(block.clone(), Box::new(expression_without_indent(inner))),
        other => group(concat(operands(other, false))),
    }
}

/// A condition in parentheses, and the value of a `return`: operators are not indented further.
pub(in crate::script) fn bare(code: &Code) -> Doc {
    match code {
        Code::Marked(block, inner) => Doc::Mark(block.clone(), Box::new(bare(inner))),
        Code::Binary(..) => concat(operands(code, false)),
        other => expression(other),
    }
}

/// `return` and `throw`: operators that do not fit stand in parentheses.
pub(in crate::script) fn returned(keyword: &str, value: &Code) -> Doc {
    if matches!(value.bare(), Code::Binary(..)) {
        return concat([
            text(format!("{keyword} ")),
            group(concat([
                if_broken(text("("), text("")),
                indent(concat([Doc::SoftLine, bare(value)])),
                Doc::SoftLine,
                if_broken(text(")"), text("")),
            ])),
            text(";"),
        ]);
    }
    concat([text(format!("{keyword} ")), argument(value), text(";")])
}

/// The condition of a statement, in its parentheses.
pub(in crate::script) fn condition(code: &Code) -> Doc {
    if let Code::Marked(block, inner) = code {
        return Doc::Mark(block.clone(), Box::new(condition(inner)));
    }
    if let Code::Unary(operator, level, inner) = code
        && inner.level() < *level
        && matches!(inner.bare(), Code::Binary(..))
    {
        return concat([text(format!("({operator}")), enclosed(inner), text(")")]);
    }
    group(concat([text("("), indent(concat([Doc::SoftLine, bare(code)])), Doc::SoftLine, text(")")]))
}
