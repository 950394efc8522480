//! Expressions as `prettier` lays them out.

mod assignment;
mod calls;
mod lists;

use crate::code::{ATOM, Code, Level, Piece};
use crate::layout::{Doc, Style, concat, flat, group, if_broken, indent, text};

use assignment::bare;
pub(super) use assignment::{assignment, condition, returned};
pub(super) use calls::call_arguments;
use calls::chain;
use lists::{list, object};

pub(super) const STYLE: Style = Style { width: 80, indent: 2 };

/// An expression.
pub(super) fn expression(code: &Code) -> Doc {
    match code {
        Code::Atom(own) => text(own.clone()),
        Code::Generic("", types) => concat(types.iter().map(super::types::doc)),
        Code::Generic(name, types) => concat([text(*name), super::types::arguments(types)]),
        Code::Call(..) | Code::Member(..) => chain(code),
        Code::Item(value, index) => concat([tight(value, ATOM), text("["), expression(index), text("]")]),
        Code::List(items) => list(items),
        Code::Entries(entries) => object(entries),
        Code::Unary(operator, level, inner) if inner.level() < *level => concat([text(*operator), enclosed(inner)]),
        Code::Unary("-", _, inner) if starts_with_minus(inner) => concat([text("-"), parenthesized(inner)]),
        Code::Unary(operator, _, inner) => concat([text(*operator), expression(inner)]),
        Code::Binary("as", level, value, ty) => concat([tight(value, *level), text(" as "), expression(ty)]),
        Code::Binary(..) => group(concat(operands(code, true))),
        Code::Choice(parts) => choice(parts, false),
        Code::Arrow(parameters, body) => arrow(parameters, body),
        Code::Prefix(mark, inner) => concat([text(*mark), tight(inner, ATOM)]),
        Code::Template(pieces) => text(template(pieces)),
        Code::Grouped(inner) => concat([text("("), expression(inner), text(")")]),
        Code::Comprehension(_) => text(""),
        Code::Marked(block, inner) => Doc::Mark(block.clone(), Box::new(expression(inner))),
    }
}

/// Two signs side by side would be a decrement.
fn starts_with_minus(code: &Code) -> bool {
    match code.bare() {
        Code::Atom(own) => own.starts_with('-'),
        Code::Unary(operator, ..) => *operator == "-",
        _ => false,
    }
}

/// In parentheses if it is looser than `level`.
pub(super) fn tight(code: &Code, level: Level) -> Doc {
    if code.level() < level { parenthesized(code) } else { expression(code) }
}

fn parenthesized(code: &Code) -> Doc {
    concat([text("("), expression(code), text(")")])
}

/// In parentheses that are broken with the operators inside: after `!`, and before a member.
pub(super) fn enclosed(code: &Code) -> Doc {
    match code {
        Code::Marked(block, inner) => Doc::Mark(block.clone(), Box::new(enclosed(inner))),
        Code::Binary(..) => {
            let inner = indent(concat([Doc::SoftLine, concat(operands(code, false))]));
            concat([text("("), group(concat([inner, Doc::SoftLine])), text(")")])
        }
        Code::Choice(_) => {
            let inner = indent(concat([Doc::SoftLine, expression(code)]));
            group(concat([text("("), inner, Doc::SoftLine, text(")")]))
        }
        _ => parenthesized(code),
    }
}

/// The operands of a chain of operators that bind alike, each operator at the end of its line.
pub(super) fn operands(code: &Code, indented: bool) -> Vec<Doc> {
    let mut parts = chain_of_operands(code);
    // The last operand alone moves to the next line where the first has brackets that can be broken.
    if let (Code::Binary(operator, _, a, b), 2) = (code.bare(), parts.len())
        && !is_alike(operator, a)
        && !is_alike(operator, b)
        && let Some(right) = parts.pop()
    {
        parts.push(group(right));
    }
    if indented && parts.len() > 1 {
        let first = parts.remove(0);
        return vec![first, indent(concat(parts))];
    }
    parts
}

fn chain_of_operands(code: &Code) -> Vec<Doc> {
    let Code::Binary(operator, level, a, b) = code.bare() else { return vec![expression(code)] };
    let mut parts = match a.bare() {
        Code::Binary(own, other, ..)
            if other == level && flattens(own, operator) && !matches!(**a, Code::Marked(..)) =>
        {
            chain_of_operands(a)
        }
        _ => vec![operand(a, *level, operator)],
    };
    parts.push(concat([text(format!(" {operator}")), Doc::Line, operand(b, level + 1, operator)]));
    parts
}

/// Whether an operand is an expression of the same kind: of logic, or not.
fn is_alike(operator: &str, operand: &Code) -> bool {
    let logical = |operator: &str| matches!(operator, "&&" | "||" | "??");
    matches!(operand.bare(), Code::Binary(own, ..) if logical(own) == logical(operator))
}

fn flattens(own: &str, other: &str) -> bool {
    own == other && !matches!(own, "===" | "!==") || matches!((own, other), ("+" | "-", "+" | "-"))
}

/// Parentheses also stand where the operators bind differently, but a reader might wonder.
fn operand(code: &Code, level: Level, operator: &str) -> Doc {
    let mixed = match code.bare() {
        Code::Binary("&&", ..) => matches!(operator, "||" | "??"),
        Code::Binary("||" | "??", ..) => operator != "||" || matches!(code.bare(), Code::Binary("??", ..)),
        Code::Binary("===" | "!==", ..) => matches!(operator, "===" | "!=="),
        Code::Binary("/", ..) => operator == "*",
        _ => false,
    };
    if mixed { parenthesized(code) } else { tight(code, level) }
}

fn choice(parts: &[Code; 3], indented: bool) -> Doc {
    let [condition, then, otherwise] = parts;
    let rest = match otherwise.bare() {
        Code::Choice(inner) => ungrouped(choice(inner, false)),
        _ => indent(part_of_choice(otherwise, indented)),
    };
    let condition = match condition.bare() {
        Code::Choice(_) => parenthesized(condition),
        _ => part_of_choice(condition, indented),
    };
    let branches = [Doc::Line, text("? "), indent(part_of_choice(then, indented)), Doc::Line, text(": "), rest];
    group(concat([condition, indent(concat(branches))]))
}

fn part_of_choice(code: &Code, indented: bool) -> Doc {
    match code {
        Code::Marked(block, inner) => Doc::Mark(block.clone(), Box::new(part_of_choice(inner, indented))),
        Code::Binary("??", ..) => parenthesized(code),
        Code::Binary(..) => group(concat(operands(code, indented))),
        other => expression(other),
    }
}

/// A choice within a choice is broken with it.
fn ungrouped(doc: Doc) -> Doc {
    match doc {
        Doc::Group(inner) => *inner,
        other => other,
    }
}

fn arrow(parameters: &str, body: &Code) -> Doc {
    let head = text(format!("{parameters} =>"));
    match body.bare() {
        Code::Entries(_) => group(concat([head, text(" ("), expression(body), text(")")])),
        Code::List(_) => group(concat([head, text(" "), expression(body)])),
        _ if starts_with_brace(body) => arrow(parameters, &guarded(body)),
        Code::Choice(_) => group(concat([
            head,
            group(concat([indent(concat([
                Doc::Line,
                if_broken(text(""), text("(")),
                expression(body),
                if_broken(text(""), text(")")),
            ]))])),
        ])),
        _ => group(concat([head, group(indent(concat([Doc::Line, group(bare(body))])))])),
    }
}

/// Whether code begins as a block of statements would.
fn starts_with_brace(code: &Code) -> bool {
    match code.bare() {
        Code::Entries(_) => true,
        Code::Member(value, _) | Code::Item(value, _) | Code::Call(value, _) | Code::Binary(_, _, value, _) => {
            starts_with_brace(value)
        }
        Code::Choice(parts) => starts_with_brace(&parts[0]),
        _ => false,
    }
}

/// The same code with the object that it begins with in parentheses.
fn guarded(code: &Code) -> Code {
    let inside = |inner: &Code| Box::new(guarded(inner));
    match code {
        Code::Entries(_) => Code::Grouped(Box::new(code.clone())),
        Code::Marked(block, inner) => Code::Marked(block.clone(), inside(inner)),
        Code::Member(value, name) => Code::Member(inside(value), name.clone()),
        Code::Item(value, index) => Code::Item(inside(value), index.clone()),
        Code::Call(value, arguments) => Code::Call(inside(value), arguments.clone()),
        Code::Binary(operator, level, a, b) => Code::Binary(operator, *level, inside(a), b.clone()),
        Code::Choice(parts) => {
            let [condition, then, otherwise] = &**parts;
            Code::choice(guarded(condition), then.clone(), otherwise.clone())
        }
        other => other.clone(),
    }
}

/// A template; what stands in it is never broken.
fn template(pieces: &[Piece]) -> String {
    let mut out = String::from("`");
    for piece in pieces {
        match piece {
            Piece::Text(text) => {
                let escaped = crate::quote::escape(text, '`').replace("${", "\\${");
                out.push_str(&escaped);
            }
            Piece::Value(code) => {
                let shown = match code.bare() {
                    Code::Call(function, arguments) if function.is("String") && arguments.len() == 1 => &arguments[0],
                    other => other,
                };
                out.push_str(&format!("${{{}}}", flat(&expression(shown))));
            }
        }
    }
    out.push('`');
    out
}
