//! Expressions as `prettier` lays them out.

use crate::code::{ATOM, Code, Level, Piece};
use crate::layout::{Doc, Style, concat, flat, group, if_broken, indent, join, text};

pub(super) const STYLE: Style = Style { width: 80, indent: 2 };

/// An expression.
pub(super) fn expression(code: &Code) -> Doc {
    match code {
        Code::Atom(own) => text(own.clone()),
        Code::Call(..) | Code::Member(..) => chain(code),
        Code::Item(value, index) => concat([tight(value, ATOM), text("["), expression(index), text("]")]),
        Code::List(items) => list(items),
        Code::Entries(entries) => object(entries),
        Code::Unary(operator, level, inner) if inner.level() < *level => concat([text(*operator), enclosed(inner)]),
        Code::Unary(operator, _, inner) => concat([text(*operator), expression(inner)]),
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

/// In parentheses if it is looser than `level`.
fn tight(code: &Code, level: Level) -> Doc {
    if code.level() < level { parenthesized(code) } else { expression(code) }
}

fn parenthesized(code: &Code) -> Doc {
    concat([text("("), expression(code), text(")")])
}

/// In parentheses that are broken with the operators inside: after `!`, and before a member.
fn enclosed(code: &Code) -> Doc {
    match code.bare() {
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
    own == other || matches!((own, other), ("+" | "-", "+" | "-"))
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

fn list(items: &[Code]) -> Doc {
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
fn is_broken(code: &Code) -> bool {
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

fn object(entries: &[(Option<Code>, Code)]) -> Doc {
    if entries.is_empty() {
        return text("{}");
    }
    let entry = |(key, value): &(Option<Code>, Code)| match key {
        None => expression(value),
        Some(key) if key == value => expression(key),
        Some(key) => assignment(concat([expression(key), text(":")]), value),
    };
    let inner = join(entries.iter().map(entry), &concat([text(","), Doc::Line]));
    let doc =
        concat([text("{"), indent(concat([Doc::Line, inner, if_broken(text(","), text(""))])), Doc::Line, text("}")]);
    if entries.iter().any(|(_, value)| is_broken(value)) { Doc::Broken(Box::new(doc)) } else { group(doc) }
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
        Code::Choice(_) => group(concat([
            head,
            group(concat([indent(concat([
                Doc::Line,
                if_broken(text(""), text("(")),
                expression(body),
                if_broken(text(""), text(")")),
            ]))])),
        ])),
        _ => group(concat([head, group(indent(concat([Doc::Line, bare(body)])))])),
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

/// Calls and members, one after the other.
fn chain(code: &Code) -> Doc {
    match code.bare() {
        Code::Member(value, name) => concat([receiver(value), text(format!(".{name}"))]),
        Code::Call(function, arguments) => match function.bare() {
            Code::Member(value, name) if chain_calls(value) > 0 => method_chain(value, name, arguments),
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
    let nested =
        |arguments: &[Code]| arguments.iter().any(|code| matches!(code.bare(), Code::Call(..) | Code::Arrow(..)));
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

fn is_function(code: &Code) -> bool {
    matches!(code.bare(), Code::Arrow(..))
}

/// The parts of a choice are indented where it is an argument or what a function returns.
fn argument(code: &Code) -> Doc {
    match code {
        Code::Marked(block, inner) => Doc::Mark(block.clone(), Box::new(argument(inner))),
        Code::Choice(parts) => choice(parts, true),
        other => expression(other),
    }
}

/// Arguments: on one line, else with only the last one broken, else each on its own.
pub(super) fn call_arguments(arguments: &[Code]) -> Doc {
    let Some((last, before)) = arguments.split_last() else { return text("()") };
    let items = join(arguments.iter().map(argument), &concat([text(","), Doc::Line]));
    let all = concat([text("("), indent(concat([Doc::SoftLine, items, text(",")])), Doc::SoftLine, text(")")]);
    let plain_items = join(arguments.iter().map(argument), &concat([text(","), Doc::Line]));
    let plain = concat([
        text("("),
        indent(concat([Doc::SoftLine, plain_items, if_broken(text(","), text(""))])),
        Doc::SoftLine,
        text(")"),
    ]);
    if composes(arguments) {
        return Doc::Broken(Box::new(all));
    }
    if !hugs(last, before) {
        return if arguments.iter().any(is_broken) { Doc::Broken(Box::new(plain)) } else { group(plain) };
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

/// Whether it is the literal of a number.
fn is_number(code: &Code) -> bool {
    match code.bare() {
        Code::Atom(text) => text.strip_prefix('-').unwrap_or(text).starts_with(|c: char| c.is_ascii_digit()),
        _ => false,
    }
}

/// `left value`, where `left` ends with `=` or `:`.
pub(super) fn assignment(left: Doc, value: &Code) -> Doc {
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
        Code::Call(..) if is_poorly_breakable(value) => {
            group(concat([left, group(indent(concat([Doc::Line, expression(value)])))]))
        }
        Code::Member(..) => group(concat([left, group(indent(concat([Doc::Line, expression(value)])))])),
        _ => concat([left, Doc::After(Box::new(expression(value)))]),
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
pub(super) fn bare(code: &Code) -> Doc {
    match code {
        Code::Marked(block, inner) => Doc::Mark(block.clone(), Box::new(bare(inner))),
        Code::Binary(..) => concat(operands(code, false)),
        other => expression(other),
    }
}

/// `return` and `throw`: operators that do not fit stand in parentheses.
pub(super) fn returned(keyword: &str, value: &Code) -> Doc {
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
pub(super) fn condition(code: &Code) -> Doc {
    if let Code::Unary(operator, level, inner) = code.bare()
        && inner.level() < *level
        && matches!(inner.bare(), Code::Binary(..))
    {
        return concat([text(format!("({operator}")), enclosed(inner), text(")")]);
    }
    group(concat([text("("), indent(concat([Doc::SoftLine, bare(code)])), Doc::SoftLine, text(")")]))
}
