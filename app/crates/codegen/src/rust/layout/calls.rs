//! Lists between brackets: arguments, items and fields.

use super::{ARRAY_WIDTH, CALL_WIDTH, SHORT_ITEM, STRUCT_WIDTH, Shape, TAB, blocks, columns, expression, new_line};
use crate::rust::syntax::Expr;

/// A call, macro or tuple with its arguments.
pub(super) fn call(name: &str, arguments: &[Expr], shape: Shape) -> Option<String> {
    list(name, ("(", ")"), arguments, CALL_WIDTH, shape)
}

/// An array or `vec!`.
pub(super) fn array(name: &str, items: &[Expr], shape: Shape) -> Option<String> {
    list(name, ("[", "]"), items, ARRAY_WIDTH, shape)
}

fn list(name: &str, brackets: (&str, &str), items: &[Expr], limit: usize, shape: Shape) -> Option<String> {
    let (open, close) = brackets;
    let lone_tuple = name.is_empty() && open == "(" && items.len() == 1;
    let comma = if lone_tuple { "," } else { "" };
    let Some((last, rest)) = items.split_last() else { return Some(format!("{name}{open}{close}")) };
    let room = shape.right(columns(name) + 1).keep(1 + comma.len());
    let Some(head) = heads(rest, room) else { return vertical(name, brackets, items, shape) };
    if let Some(text) = spilled(name, open, last, &head, limit, room)
        && columns(&head) + columns(text.lines().next()?) <= limit.min(room.width().unwrap_or(0) + room.after)
    {
        let alone = rest.is_empty() && text.matches('\n').count() == 1;
        let below = if alone { expression(last, shape.nested().keep(1)) } else { None };
        match below {
            Some(below) if !below.contains('\n') => {
                let (from, until) = (new_line(shape.indent + TAB), new_line(shape.indent));
                return Some(format!("{name}{open}{from}{below},{until}{close}"));
            }
            _ => return Some(format!("{name}{open}{head}{text}{comma}{close}")),
        }
    }
    let text = expression(last, Shape { after: 0, ..room.right(columns(&head)) }).filter(|text| !text.contains('\n'));
    if let Some(text) = text {
        let width = columns(&head) + columns(&text);
        let most = room.width().unwrap_or(0);
        let below = || expression(last, shape.nested().keep(1)).is_some_and(|text| !text.contains('\n'));
        if width <= most.min(limit) || rest.is_empty() && width <= most && below() {
            return Some(format!("{name}{open}{head}{text}{comma}{close}"));
        }
    }
    vertical(name, brackets, items, shape)
}

/// All items but the last, on one line.
fn heads(items: &[Expr], room: Shape) -> Option<String> {
    let mut head = String::new();
    for item in items {
        let text = expression(item, Shape { after: 0, ..room }).filter(|text| !text.contains('\n'))?;
        head.push_str(&format!("{text}, "));
    }
    Some(head)
}

/// The last item, if it may begin on the line of the call and go on below.
fn spilled(name: &str, open: &str, last: &Expr, head: &str, limit: usize, room: Shape) -> Option<String> {
    let alone = head.is_empty();
    let lone = alone && columns(name.trim_end_matches('!')) < TAB && open == "(";
    if !(lone || may_spill(last, alone)) {
        return None;
    }
    let at = room.right(columns(head));
    let width = at.width()?;
    // A call inside another gets no more room than a call's arguments.
    let narrow =
        if alone && !is_nested_call(last) { 0 } else { width.saturating_sub(limit.saturating_sub(columns(head))) };
    if !blocks::has_short_head(last, at) {
        return None;
    }
    let flat_chains = at.flat_chains || !lone && is_method(last);
    expression(last, Shape { flat_chains, ..at.keep(narrow) })
}

fn is_nested_call(expr: &Expr) -> bool {
    match expr {
        Expr::Call(..) | Expr::Macro(..) | Expr::Array("vec!", _) => true,
        Expr::Unary(_, inner) | Expr::Try(inner) | Expr::Cast(inner, _) => is_nested_call(inner),
        _ => false,
    }
}

fn is_method(expr: &Expr) -> bool {
    match expr {
        Expr::Method(..) => true,
        Expr::Unary(_, inner) | Expr::Try(inner) | Expr::Cast(inner, _) => is_method(inner),
        _ => false,
    }
}

/// Whether an argument may begin on the line of the call and go on below.
fn may_spill(expr: &Expr, alone: bool) -> bool {
    match expr {
        Expr::Block(_) | Expr::Closure(..) => true,
        Expr::Match(..)
        | Expr::If(..)
        | Expr::Array(..)
        | Expr::Struct(..)
        | Expr::Macro(..)
        | Expr::Call(..)
        | Expr::Method(..)
        | Expr::Tuple(_) => alone,
        Expr::Unary(_, inner) | Expr::Try(inner) | Expr::Cast(inner, _) => may_spill(inner, alone),
        _ => false,
    }
}

fn vertical(name: &str, (open, close): (&str, &str), items: &[Expr], shape: Shape) -> Option<String> {
    let nested = shape.nested();
    let texts: Vec<String> = items.iter().map(|item| expression(item, nested.keep(1))).collect::<Option<_>>()?;
    let (from, until) = (new_line(nested.indent), new_line(shape.indent));
    if let Some(fixed) = format_arguments(name)
        && items.len() > fixed + 1
        && items.iter().all(is_simple)
    {
        return Some(special(name, &texts, fixed, &from, &until));
    }
    if items.iter().all(is_simple) && texts.iter().all(|text| columns(text) <= SHORT_ITEM) {
        return Some(format!("{name}{open}{}{until}{close}", mixed(&texts, nested)));
    }
    let trailing = if name.ends_with('!') && open == "(" { "" } else { "," };
    Some(format!("{name}{open}{from}{}{trailing}{until}{close}", texts.join(&format!(",{from}"))))
}

/// Items that fill lines, as those of a long import do.
pub(crate) fn filled(items: &[String], indent: usize) -> String {
    mixed(items, Shape::block(indent))
}

/// Short items fill lines.
fn mixed(texts: &[String], nested: Shape) -> String {
    let mut lines = vec![String::new()];
    for text in texts {
        let line = lines.last().map_or(0, |line| columns(line));
        if line > 0 && nested.indent + line + 1 + columns(text) + 1 > super::MAX_WIDTH {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(text);
            line.push(',');
        }
    }
    lines.iter().map(|line| format!("{}{line}", new_line(nested.indent))).collect()
}

/// How many arguments stand before the pattern of a macro that formats.
fn format_arguments(name: &str) -> Option<usize> {
    match name {
        "format!" | "println!" | "panic!" => Some(0),
        "assert!" | "write!" => Some(1),
        "assert_eq!" => Some(2),
        _ => None,
    }
}

/// The pattern of a macro on a line of its own, its arguments on the next.
fn special(name: &str, texts: &[String], fixed: usize, from: &str, until: &str) -> String {
    let mut lines = Vec::new();
    if fixed > 0 {
        lines.push(texts[..fixed].join(", "));
    }
    lines.push(texts[fixed].clone());
    lines.push(texts[fixed + 1..].join(", "));
    format!("{name}({from}{}{until})", lines.join(&format!(",{from}")))
}

/// What may share a line with others.
fn is_simple(expr: &Expr) -> bool {
    match expr {
        Expr::Raw(text) => !text.contains("::"),
        Expr::Unary(_, inner) | Expr::Cast(inner, _) | Expr::Field(inner, _) | Expr::Try(inner) => is_simple(inner),
        _ => false,
    }
}

/// A struct with its fields; a field that is named as its value is written once.
pub(super) fn structure(name: &str, fields: &[(String, Expr)], shape: Shape) -> Option<String> {
    let head = |field: &str, value: &Expr| if value.is(field) { String::new() } else { format!("{field}: ") };
    let inner = shape.right(columns(name) + 3).keep(2);
    let flat: Option<Vec<String>> = fields
        .iter()
        .map(|(field, value)| {
            let text = expression(value, Shape { after: 0, ..inner }).filter(|text| !text.contains('\n'))?;
            Some(format!("{}{text}", head(field, value)))
        })
        .collect();
    if fields.is_empty() {
        return Some(format!("{name} {{}}"));
    }
    if let Some(texts) = flat {
        let joined = texts.join(", ");
        if columns(&joined) <= STRUCT_WIDTH.min(inner.width().unwrap_or(0)) {
            return Some(format!("{name} {{ {joined} }}"));
        }
    }
    let nested = shape.nested();
    let mut text = format!("{name} {{");
    for (field, value) in fields {
        let head = head(field, value);
        text.push_str(&new_line(nested.indent));
        let value = super::blocks::right_side(value, &head, nested.keep(1))?;
        text.push_str(&format!("{value},"));
    }
    Some(text + &new_line(shape.indent) + "}")
}
