//! Calls, members and their chains.

use blocks::BlockId;

use super::lists::{is_broken, is_number};
use super::{choice, enclosed, expression, parenthesized};
use crate::code::{ATOM, Code, Piece};
use crate::layout::{Doc, concat, flat, group, if_broken, indent, join, text};

/// Calls and members, one after the other.
pub(super) fn chain(code: &Code) -> Doc {
    let doc = calls_and_members(code);
    marks(code).into_iter().fold(doc, |doc, block| Doc::Mark(block.clone(), Box::new(doc)))
}

/// The blocks whose code a chain begins with.
fn marks(code: &Code) -> Vec<&BlockId> {
    match code {
        Code::Marked(block, inner) => std::iter::once(block).chain(marks(inner)).collect(),
        Code::Member(inner, _) | Code::Call(inner, _) => marks(inner),
        _ => Vec::new(),
    }
}

fn calls_and_members(code: &Code) -> Doc {
    match code.bare() {
        Code::Member(value, name) => concat([receiver(value), text(format!(".{name}"))]),
        Code::Call(function, arguments) => match function.bare() {
            Code::Member(value, name) if chain_calls(value) > 0 => method_chain(value, name, arguments),
            // What looks like a call of Node's is never broken.
            Code::Atom(name) if name == "require" && arguments.len() > 1 => {
                let items = join(arguments.iter().map(expression), &text(", "));
                concat([text("require("), items, text(")")])
            }
            _ => concat([receiver(function), call_arguments(arguments)]),
        },
        _ => expression(code),
    }
}

fn receiver(code: &Code) -> Doc {
    match code.bare() {
        Code::Atom(own) if own.starts_with(|c: char| c.is_ascii_digit() || c == '-') => parenthesized(code),
        _ if code.level() < ATOM => enclosed(code),
        _ => expression(code),
    }
}

/// How many calls of methods a chain has.
fn chain_calls(code: &Code) -> usize {
    match code.bare() {
        Code::Call(function, _) => match function.bare() {
            Code::Member(value, _) => 1 + chain_calls(value),
            _ => 1,
        },
        _ => 0,
    }
}

/// `a.b().c()`: on one line, else each call on its own.
fn method_chain(value: &Code, name: &str, arguments: &[Code]) -> Doc {
    let mut calls = vec![(name.to_owned(), arguments.to_vec())];
    let mut start = value;
    while let Code::Call(function, arguments) = start.bare() {
        let Code::Member(inner, name) = function.bare() else { break };
        calls.push((name.clone(), arguments.clone()));
        start = inner;
    }
    calls.reverse();
    let call = |(name, arguments): &(String, Vec<Code>)| concat([text(format!(".{name}")), call_arguments(arguments)]);
    let one_line = concat(std::iter::once(receiver(start)).chain(calls.iter().map(call)));
    let first_call = matches!(start.bare(), Code::Call(..));
    let nested = |arguments: &[Code]| !arguments.iter().all(|argument| is_simple(argument, 0));
    let started = matches!(start.bare(), Code::Call(_, arguments) if nested(arguments));
    let complex = started || calls.iter().any(|(_, arguments)| nested(arguments));
    if complex && calls.len() + usize::from(first_call) > 2 {
        let rest = calls.iter().flat_map(|own| [Doc::SoftLine, call(own)]);
        return concat([receiver(start), Doc::Broken(Box::new(indent(concat(rest))))]);
    }
    if calls.len() + usize::from(first_call) < 3
        && !calls.iter().any(|(_, arguments)| arguments.iter().any(is_function))
    {
        return one_line;
    }
    let rest = calls.iter().flat_map(|own| [Doc::SoftLine, call(own)]);
    let broken = concat([receiver(start), Doc::Broken(Box::new(indent(concat(rest))))]);
    Doc::FirstFit(vec![one_line, broken])
}

/// Whether an argument is of names, literals and small calls only, as prettier has it: two levels, and no call of more
/// than two arguments.
fn is_simple(code: &Code, depth: usize) -> bool {
    let below = |code: &Code| is_simple(code, depth + 1);
    depth < 2
        && match code.bare() {
            Code::Atom(_) => true,
            Code::Call(function, arguments) => {
                arguments.len() <= 2 && is_simple(function, depth) && arguments.iter().all(below)
            }
            Code::Member(value, _) => is_simple(value, depth),
            Code::Item(value, index) => is_simple(value, depth) && is_simple(index, depth),
            Code::List(items) => items.iter().all(below),
            Code::Entries(entries) => entries.iter().all(|(key, value)| key.is_some() && below(value)),
            Code::Template(pieces) => pieces.iter().all(|piece| match piece {
                Piece::Text(text) => !text.contains('\n'),
                Piece::Value(value) => below(value),
            }),
            Code::Unary("!" | "-", _, inner) => is_simple(inner, depth),
            _ => false,
        }
}

pub(super) fn is_function(code: &Code) -> bool {
    matches!(code.bare(), Code::Arrow(..))
}

/// The parts of a choice are indented where it is an argument or what a function returns.
pub(super) fn argument(code: &Code) -> Doc {
    match code {
        Code::Marked(block, inner) => Doc::Mark(block.clone(), Box::new(argument(inner))),
        Code::Choice(parts) => choice(parts, true),
        other => expression(other),
    }
}

/// Arguments: on one line, else with only the last one broken, else each on its own.
pub(in crate::script) fn call_arguments(arguments: &[Code]) -> Doc {
    let Some((last, before)) = arguments.split_last() else { return text("()") };
    // What is not needed is not laid out: each layout holds those of the arguments, and calls stand in calls.
    if !composes(arguments) && (!hugs(last, before) || layers(last) > MAX_LAYERS) {
        let items = join(arguments.iter().map(argument), &concat([text(","), Doc::Line]));
        let inner = indent(concat([Doc::SoftLine, items, if_broken(text(","), text(""))]));
        let plain = concat([text("("), inner, Doc::SoftLine, text(")")]);
        return if arguments.iter().any(is_broken) { Doc::Broken(Box::new(plain)) } else { group(plain) };
    }
    let items = join(arguments.iter().map(argument), &concat([text(","), Doc::Line]));
    let all = concat([text("("), indent(concat([Doc::SoftLine, items, text(",")])), Doc::SoftLine, text(")")]);
    if composes(arguments) {
        return Doc::Broken(Box::new(all));
    }
    let one_line = concat([text("("), join(arguments.iter().map(expression), &text(", ")), text(")")]);
    let hugged = concat(
        std::iter::once(text("("))
            .chain(before.iter().flat_map(|code| [text(flat(&expression(code))), text(", ")]))
            .chain([Doc::Broken(Box::new(opened(last))), text(")")]),
    );
    if before.iter().any(is_broken) {
        return Doc::Broken(Box::new(all));
    }
    if is_broken(last) {
        return Doc::FirstFit(vec![hugged.clone(), hugged, Doc::Broken(Box::new(all))]);
    }
    Doc::FirstFit(vec![one_line, hugged, Doc::Broken(Box::new(all))])
}

/// How many calls may stand in the last arguments of each other and still be laid out in every way.
const MAX_LAYERS: usize = 9;

/// How many calls stand in each other here.
fn layers(code: &Code) -> usize {
    match code.bare() {
        Code::Call(function, arguments) => 1 + arguments.iter().map(layers).max().unwrap_or(0).max(layers(function)),
        Code::List(items) => items.iter().map(layers).max().unwrap_or(0),
        Code::Arrow(_, body) => layers(body),
        Code::Entries(entries) => entries.iter().map(|(_, value)| layers(value)).max().unwrap_or(0),
        Code::Member(inner, _) => layers(inner),
        Code::Binary(_, _, a, b) => layers(a).max(layers(b)),
        Code::Choice(parts) => parts.iter().map(layers).max().unwrap_or(0),
        _ => 0,
    }
}

/// The last argument, broken.
fn opened(code: &Code) -> Doc {
    let open = |doc: Doc| match doc {
        Doc::Group(inner) => Doc::Broken(inner),
        other => other,
    };
    match code.bare() {
        Code::Arrow(parameters, body) => match body.bare() {
            Code::Entries(_) => concat([text(format!("{parameters} => (")), open(expression(body)), text(")")]),
            Code::List(_) => concat([text(format!("{parameters} => ")), open(expression(body))]),
            Code::Call(..) | Code::Choice(_) => concat([
                text(format!("{parameters} =>")),
                indent(concat([Doc::Line, expression(body)])),
                text(","),
                Doc::SoftLine,
            ]),
            _ => expression(code),
        },
        _ => open(expression(code)),
    }
}

/// Whether functions are composed: several among the arguments, or one in a call that is an argument.
fn composes(arguments: &[Code]) -> bool {
    let functions = arguments.iter().filter(|code| is_function(code)).count();
    let inside = |code: &Code| matches!(code.bare(), Code::Call(_, inner) if inner.iter().any(is_function));
    arguments.len() > 1 && (functions > 1 || arguments.iter().any(inside))
}

/// Whether the last argument may be broken alone: an object, a list or a function.
fn hugs(last: &Code, before: &[Code]) -> bool {
    let kind = |code: &Code| match code.bare() {
        Code::List(items) => (!items.is_empty()).then_some(1),
        Code::Entries(entries) => (!entries.is_empty()).then_some(2),
        Code::Arrow(_, body) => match body.bare() {
            Code::Entries(_) | Code::List(_) | Code::Call(..) | Code::Choice(_) => Some(3),
            _ => None,
        },
        _ => None,
    };
    let same_kind = |code: &Code| {
        matches!(
            (code.bare(), last.bare()),
            (Code::List(_), Code::List(_)) | (Code::Entries(_), Code::Entries(_)) | (Code::Arrow(..), Code::Arrow(..))
        )
    };
    let filled = matches!(last.bare(), Code::List(items) if items.len() > 1 && items.iter().all(is_number));
    kind(last).is_some() && !before.last().is_some_and(same_kind) && (before.is_empty() || !filled)
}
