//! Expressions as `ruff format` lays them out.

use crate::code::{AND, ATOM, COMPARE, Code, Comprehension, Level, OR, Piece, UNARY};
use crate::layout::{Doc, Line, Style, concat, group, if_broken, indent, join, lay_out, text, width};

pub(super) const STYLE: Style = Style { width: 88, indent: 4 };

/// An expression that has no brackets around it: only brackets of its own can be broken.
pub(super) fn expression(code: &Code) -> Doc {
    layout(code, false)
}

/// A bound of a slice.
pub(super) fn bound(code: &Code) -> Doc {
    layout(code, false)
}

/// An expression inside brackets: it can be broken at its operators.
fn inside(code: &Code) -> Doc {
    layout(code, true)
}

fn layout(code: &Code, free: bool) -> Doc {
    match code {
        Code::Atom(own) => text(own.clone()),
        Code::Generic(name, _) => text(*name),
        Code::Call(function, arguments) => concat([tight(function, ATOM, free), call(arguments)]),
        Code::Member(value, name) => concat([tight(value, ATOM, free), text(format!(".{name}"))]),
        Code::Item(value, index) => concat([tight(value, ATOM, free), subscript(index)]),
        Code::List(items) => collection("[", items.iter().map(inside), "]"),
        Code::Entries(entries) => collection(
            "{",
            entries.iter().map(|(key, value)| match key {
                Some(key) => concat([inside(key), text(": "), inside(value)]),
                None => inside(value),
            }),
            "}",
        ),
        Code::Unary(operator, level, inner) => concat([text(*operator), tight(inner, *level, free)]),
        Code::Binary(_, level, ..) => {
            let parts = operands(code, *level, free);
            if free { group(concat(parts)) } else { concat(parts) }
        }
        Code::Choice(parts) => {
            let doc = choice(parts, free);
            if free { group(doc) } else { doc }
        }
        Code::Comprehension(comprehension) => self::comprehension(comprehension),
        Code::Prefix(mark, inner) => {
            concat([text(*mark), tight(inner, if mark.ends_with('=') { 0 } else { OR }, free)])
        }
        Code::Template(pieces) => template(pieces),
        Code::Grouped(inner) => parenthesized(inner),
        Code::Arrow(parameters, body) => concat([text(format!("lambda {parameters}: ")), layout(body, free)]),
        Code::Marked(block, inner) => Doc::Mark(block.clone(), Box::new(layout(inner, free))),
    }
}

/// A choice; one in its last part goes on in the same lines.
fn choice(parts: &[Code; 3], free: bool) -> Doc {
    let line = if free { Doc::Line } else { text(" ") };
    let [condition, then, otherwise] = parts;
    let rest = match otherwise.bare() {
        Code::Choice(parts) => choice(parts, free),
        _ => layout(otherwise, free),
    };
    let (then, condition) = (tight(then, OR - 1, free), tight(condition, OR - 1, free));
    concat([then, line.clone(), text("if "), condition, line, text("else "), rest])
}

/// In parentheses if it is looser than `level`.
fn tight(code: &Code, level: Level, free: bool) -> Doc {
    if code.level() < level { parenthesized(code) } else { layout(code, free) }
}

fn parenthesized(code: &Code) -> Doc {
    group(concat([text("("), indent(concat([Doc::SoftLine, inside(code)])), Doc::SoftLine, text(")")]))
}

/// The operands of a chain of operators that bind alike, with their operators.
fn operands(code: &Code, level: Level, free: bool) -> Vec<Doc> {
    let line = if free { Doc::Line } else { text(" ") };
    let Code::Binary(own, _, a, b) = code.bare() else { return vec![tight(code, level, free)] };
    let compares = level == COMPARE;
    // `and` and `or` are broken together.
    let logical =
        |code: &Code| matches!(code.bare(), Code::Binary("and" | "or", ..)) && !matches!(code, Code::Marked(..));
    let side = |code: &Code, level: Level| {
        if level <= AND + 1 && logical(code) && code.level() >= level {
            operands(code, code.level(), free)
        } else {
            vec![tight(code, level, free)]
        }
    };
    let mut parts = if a.level() == level && !compares && *own != "**" && !matches!(**a, Code::Marked(..)) {
        operands(a, level, free)
    } else {
        let left = if compares {
            level + 1
        } else if *own == "**" {
            ATOM
        } else {
            level
        };
        side(a, left)
    };
    let right = if *own == "**" { UNARY } else { level + 1 };
    if *own == "**" && is_plain(a) && is_plain(b) {
        parts.extend([text("**"), tight(b, right, free)]);
    } else {
        parts.extend([line, text(format!("{own} "))]);
        parts.extend(side(b, right));
    }
    parts
}

/// A power of names and numbers is written without spaces.
fn is_plain(code: &Code) -> bool {
    match code.bare() {
        Code::Atom(_) => true,
        Code::Member(value, _) => is_plain(value),
        Code::Unary("-", _, inner) => matches!(inner.bare(), Code::Atom(_)),
        _ => false,
    }
}

fn call(arguments: &[Code]) -> Doc {
    arguments_of(arguments.iter().map(inside).collect())
}

/// Arguments or parameters: on one line, else on one line of their own, else each on its own.
pub(super) fn arguments_of(arguments: Vec<Doc>) -> Doc {
    if arguments.is_empty() {
        return text("()");
    }
    let items = concat([join(arguments, &concat([text(","), Doc::Line])), if_broken(text(","), text(""))]);
    bracketed(items)
}

/// Parameters; a lone one has a comma behind it where it stands on a line of its own.
pub(super) fn parameters_of(mut parameters: Vec<Doc>) -> Doc {
    match parameters.len() {
        1 => {
            let inner = concat([Doc::SoftLine, parameters.remove(0), if_broken(text(","), text(""))]);
            group(concat([text("("), indent(inner), Doc::SoftLine, text(")")]))
        }
        _ => arguments_of(parameters),
    }
}

fn bracketed(items: Doc) -> Doc {
    group(concat([text("("), indent(concat([Doc::SoftLine, group(items)])), Doc::SoftLine, text(")")]))
}

pub(super) fn collection(open: &str, items: impl Iterator<Item = Doc>, close: &str) -> Doc {
    let items: Vec<Doc> = items.collect();
    if items.is_empty() {
        return text(format!("{open}{close}"));
    }
    let inner = concat([Doc::SoftLine, join(items, &concat([text(","), Doc::Line])), if_broken(text(","), text(""))]);
    group(concat([text(open), indent(inner), Doc::SoftLine, text(close)]))
}

fn subscript(index: &Code) -> Doc {
    group(concat([text("["), indent(concat([Doc::SoftLine, inside(index)])), Doc::SoftLine, text("]")]))
}

fn comprehension(made: &Comprehension) -> Doc {
    let mut parts = Vec::new();
    if let Some(key) = &made.key {
        parts.extend([inside(key), text(": ")]);
    }
    parts.push(inside(&made.element));
    for (target, items) in &made.loops {
        parts.extend([Doc::Line, text(format!("for {target} in ")), tight(items, OR, true)]);
    }
    if let Some(condition) = &made.condition {
        parts.extend([Doc::Line, text("if "), tight(condition, OR, true)]);
    }
    let [open, close] = made.brackets;
    let parts = group(concat(parts));
    group(concat([text(open), indent(concat([Doc::SoftLine, parts])), Doc::SoftLine, text(close)]))
}

fn template(pieces: &[Piece]) -> Doc {
    text(super::f_string(pieces))
}

/// A statement of one expression: `prefix` and `suffix` stand around it.
pub(super) fn statement(prefix: &str, code: &Code, suffix: &str, depth: usize) -> Vec<Line> {
    let bare = lay_out(&concat([text(prefix), expression(code), text(suffix)]), depth, STYLE);
    let fits = |lines: &[Line]| lines.iter().all(|line| width(&line.text) <= STYLE.width);
    if bare.len() == 1 && fits(&bare) || bare.len() > 1 && fits(&bare) && (is_bracketed(code) || can_omit(code)) {
        return bare;
    }
    let inner = concat([text(prefix), text("("), indent(concat([Doc::SoftLine, inside(code)])), Doc::SoftLine]);
    let wrapped = lay_out(&Doc::Broken(Box::new(concat([inner, text(format!("){suffix}"))]))), depth, STYLE);
    let whole = matches!(code.bare(), Code::Atom(_) | Code::Template(_) | Code::Member(..));
    // Where a line is too long either way, the brackets of the expression will do.
    let own_brackets = is_bracketed(code) || can_omit(code) && bare.len() > 1 && fits(&bare[..1]);
    if (whole || own_brackets) && !fits(&wrapped) { bare } else { wrapped }
}

/// Several values at once: in parentheses where they do not fit on a line.
pub(super) fn tuple(prefix: &str, codes: &[Code], depth: usize) -> Vec<Line> {
    let items = join(codes.iter().map(inside), &concat([text(","), Doc::Line]));
    let open = if_broken(text("("), text(""));
    let inner = indent(concat([Doc::SoftLine, items, if_broken(text(","), text(""))]));
    let doc = group(concat([open, inner, Doc::SoftLine, if_broken(text(")"), text(""))]));
    lay_out(&concat([text(prefix), doc]), depth, STYLE)
}

/// Whether an expression ends with brackets of its own, so that it needs none around it.
fn is_bracketed(code: &Code) -> bool {
    match code.bare() {
        Code::Call(function, _) => !matches!(function.bare(), Code::Member(value, _) if is_call(value)),
        Code::Item(value, _) => !is_call(value),
        Code::List(_) | Code::Entries(_) | Code::Comprehension(_) | Code::Grouped(_) => true,
        _ => false,
    }
}

fn is_call(code: &Code) -> bool {
    matches!(code.bare(), Code::Call(..))
}

/// Whether breaking brackets at an end of the expression will do: there is one operator of the loosest kind.
fn can_omit(code: &Code) -> bool {
    let once = match code.bare() {
        Code::Binary(_, level, a, b) => a.level() != *level && b.level() != *level,
        Code::Unary(..) | Code::Call(..) | Code::Item(..) => true,
        _ => false,
    };
    once && (ends_with_brackets(code, 0) || starts_with_brackets(code, 0))
}

fn ends_with_brackets(code: &Code, level: Level) -> bool {
    if code.level() < level {
        return true;
    }
    match code.bare() {
        Code::Binary(_, own, _, b) => ends_with_brackets(b, own + 1),
        Code::Unary(_, own, inner) => ends_with_brackets(inner, *own),
        Code::Call(_, arguments) => !arguments.is_empty(),
        Code::List(items) => !items.is_empty(),
        Code::Entries(entries) => !entries.is_empty(),
        Code::Comprehension(_) | Code::Grouped(_) => true,
        _ => false,
    }
}

fn starts_with_brackets(code: &Code, level: Level) -> bool {
    if code.level() < level {
        return true;
    }
    match code.bare() {
        Code::Binary(_, own, a, _) => starts_with_brackets(a, *own),
        Code::List(items) => !items.is_empty(),
        Code::Entries(entries) => !entries.is_empty(),
        Code::Comprehension(_) | Code::Grouped(_) => true,
        Code::Call(value, _) | Code::Item(value, _) | Code::Member(value, _) => starts_with_brackets(value, ATOM),
        _ => false,
    }
}
