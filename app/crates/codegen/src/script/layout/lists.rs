//! Lists and objects.

use super::assignment::assignment;
use super::expression;
use crate::code::Code;
use crate::layout::{Doc, concat, group, if_broken, indent, join, text};

pub(super) fn list(items: &[Code]) -> Doc {
    if items.is_empty() {
        return text("[]");
    }
    let separator = concat([text(","), Doc::Line]);
    let inner = if items.len() > 1 && items.iter().all(is_number) {
        let mut parts = Vec::new();
        for (place, item) in items.iter().enumerate() {
            let last = place + 1 == items.len();
            let item = expression(item);
            parts.push(if last { item } else { concat([item, text(",")]) });
            if !last {
                parts.push(Doc::Line);
            }
        }
        Doc::Fill(parts)
    } else {
        join(items.iter().map(expression), &separator)
    };
    let broken = breaks_by_itself(items);
    let doc = concat([
        text("["),
        indent(concat([Doc::SoftLine, inner, if_broken(text(","), text(""))])),
        Doc::SoftLine,
        text("]"),
    ]);
    if broken { Doc::Broken(Box::new(doc)) } else { group(doc) }
}

/// Lists of more than one list or object, each with more than one element, are always broken.
fn breaks_by_itself(items: &[Code]) -> bool {
    let many = |item: &Code| match item.bare() {
        Code::List(inner) => inner.len() > 1,
        Code::Entries(inner) => inner.len() > 1,
        _ => false,
    };
    let lists = items.iter().all(|item| matches!(item.bare(), Code::List(_)));
    let objects = items.iter().all(|item| matches!(item.bare(), Code::Entries(_)));
    items.len() > 1 && (lists || objects) && items.iter().all(many)
}

/// Whether a document is broken in any case.
pub(super) fn is_broken(code: &Code) -> bool {
    match code.bare() {
        Code::List(items) => breaks_by_itself(items) || items.iter().any(is_broken),
        Code::Entries(entries) => entries.iter().any(|(_, value)| is_broken(value)),
        Code::Call(function, arguments) => is_broken(function) || arguments.iter().any(is_broken),
        Code::Member(value, _) | Code::Item(value, _) | Code::Prefix(_, value) | Code::Unary(_, _, value) => {
            is_broken(value)
        }
        Code::Binary(_, _, a, b) => is_broken(a) || is_broken(b),
        Code::Choice(parts) => parts.iter().any(is_broken),
        Code::Arrow(_, body) => is_broken(body),
        _ => false,
    }
}

pub(super) fn object(entries: &[(Option<Code>, Code)]) -> Doc {
    if entries.is_empty() {
        return text("{}");
    }
    let entry = |(key, value): &(Option<Code>, Code)| match key {
        None => expression(value),
        // A text that is its own key is none of its names.
        Some(key) if key == value && !key.is_literal() => expression(key),
        // Behind a short name, the next line would win nothing.
        Some(key) if is_short(key) && is_text(value) => concat([expression(key), text(": "), expression(value)]),
        Some(key) => assignment(concat([expression(key), text(":")]), value),
    };
    let inner = join(entries.iter().map(entry), &concat([text(","), Doc::Line]));
    let doc =
        concat([text("{"), indent(concat([Doc::Line, inner, if_broken(text(","), text(""))])), Doc::Line, text("}")]);
    if entries.iter().any(|(_, value)| is_broken(value)) { Doc::Broken(Box::new(doc)) } else { group(doc) }
}

fn is_short(key: &Code) -> bool {
    matches!(key.bare(), Code::Atom(name) if crate::layout::width(name) < 5)
}

fn is_text(value: &Code) -> bool {
    matches!(value.bare(), Code::Atom(text) if text.starts_with(['"', '\'']))
}

/// Whether it is the literal of a number.
pub(super) fn is_number(code: &Code) -> bool {
    match code.bare() {
        Code::Atom(text) => text.strip_prefix('-').unwrap_or(text).starts_with(|c: char| c.is_ascii_digit()),
        _ => false,
    }
}
