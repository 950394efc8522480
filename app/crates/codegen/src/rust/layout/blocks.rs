//! What stands between braces: bodies, branches, closures, matches, loops.

use super::chains::last_line_closes;
use super::{IF_ELSE_WIDTH, Shape, TAB, columns, expression, new_line, one_line};
use crate::rust::syntax::{Body, Expr, Kind, Statement};

/// Begins the lines of a block, on a line of its own, followed by the block's id.
pub(crate) const OPEN: char = '\u{e000}';
/// Ends them.
pub(crate) const CLOSE: char = '\u{e001}';

/// The statements of a body, each line with its indentation and its end.
pub(crate) fn statements(body: &Body, indent: usize) -> String {
    let mut out = String::new();
    let last = body.statements.len().checked_sub(1);
    for (index, own) in body.statements.iter().enumerate() {
        let is_last = Some(index) == last && body.value.is_none();
        push(&mut out, &statement(own, indent, is_last), &own.blocks, indent);
    }
    if let Some(value) = &body.value {
        push(&mut out, &tail(value, indent), &body.blocks, indent);
    }
    out
}

fn push(out: &mut String, text: &str, blocks: &[blocks::BlockId], indent: usize) {
    for block in blocks.iter().rev() {
        out.push_str(&format!("{OPEN}{block}\n"));
    }
    for line in std::iter::once(text) {
        out.push_str(&format!("{}{line}\n", " ".repeat(indent)));
    }
    for _ in blocks {
        out.push_str(&format!("{CLOSE}\n"));
    }
}

/// The value at the end of a body.
fn tail(value: &Expr, indent: usize) -> String {
    expression(value, Shape::block(indent)).unwrap_or_else(|| one_line(value))
}

fn statement(statement: &Statement, indent: usize, is_last: bool) -> String {
    let shape = Shape::block(indent);
    let written = |value: &Expr, shape: Shape| expression(value, shape).unwrap_or_else(|| one_line(value));
    match &statement.kind {
        Kind::Let(pattern, ty, value) => {
            let ty = ty.as_ref().map(|ty| format!(": {ty}")).unwrap_or_default();
            let head = format!("let {pattern}{ty} = ");
            right_side(value, &head, shape.keep(1)).unwrap_or_else(|| format!("{head}{}", one_line(value))) + ";"
        }
        Kind::Assign(target, operator, value) => {
            let head = format!("{target} {operator} ");
            right_side(value, &head, shape.keep(1)).unwrap_or_else(|| format!("{head}{}", one_line(value))) + ";"
        }
        Kind::Expr(Expr::If(condition, then, otherwise)) => {
            choice(condition, then, otherwise, shape, is_last).unwrap_or_default()
        }
        Kind::Expr(value) if value.is_block_like() => written(value, shape),
        Kind::Expr(value) => written(value, shape.keep(1)) + ";",
        Kind::Return(value) => format!("return {};", written(value, shape.right(7).keep(1))),
        Kind::Comment(text) => format!("// {text}").trim_end().to_owned(),
        Kind::For(pattern, items, body) => {
            let head = format!("for {pattern} in ");
            headed(&head, items, shape) + &braces(body, indent)
        }
        Kind::While(condition, body) => headed("while ", condition, shape) + &braces(body, indent),
        Kind::Loop(body) => format!("loop {}", braces(body, indent)),
        Kind::Break => "break;".to_owned(),
    }
}

/// A keyword and its expression, and the space before a brace: a new line where the brace would be overlooked.
fn headed(head: &str, value: &Expr, shape: Shape) -> String {
    let value = &value.clone().before_brace();
    let room = Shape { after: 0, ..shape.right(columns(head)) };
    let room = if head == "match " { room.keep(2) } else { room };
    let written = expression(value, room).unwrap_or_else(|| one_line(value));
    let wide = columns(&written) + 2 > room.width().unwrap_or(0);
    let overlooked = (written.contains('\n') || wide) && !last_line_closes(&written);
    let space = if overlooked { new_line(shape.indent) } else { " ".to_owned() };
    format!("{head}{written}{space}")
}

/// Whether what stands before the first brace of a control expression takes one line.
pub(super) fn has_short_head(expr: &Expr, shape: Shape) -> bool {
    match expr {
        Expr::If(condition, ..) => !headed("if ", condition, shape).contains('\n'),
        Expr::Match(value, _) => !headed("match ", value, shape).contains('\n'),
        _ => true,
    }
}

/// A value behind `head`, on its line or below, as an assignment places it.
pub(super) fn right_side(value: &Expr, head: &str, shape: Shape) -> Option<String> {
    let beside = expression(value, shape.right(columns(head)));
    if let Some(text) = &beside
        && !text.contains('\n')
    {
        return Some(format!("{head}{text}"));
    }
    let nested = Shape { after: shape.after, ..shape.nested() };
    let below = expression(value, nested);
    let next_line = |text: &str| format!("{}{}{text}", head.trim_end(), new_line(nested.indent));
    match (beside, below) {
        (Some(beside), Some(below)) if prefers_below(&beside, &below) => Some(next_line(&below)),
        (None, Some(below)) => Some(next_line(&below)),
        (Some(beside), _) => Some(format!("{head}{beside}")),
        (None, None) => None,
    }
}

fn prefers_below(beside: &str, below: &str) -> bool {
    let lines = |text: &str| text.matches('\n').count();
    let opens = |text: &str, bracket| text.lines().next().is_some_and(|line| line.ends_with(bracket));
    !below.contains('\n')
        || lines(beside) > lines(below) + 1
        || ['(', '{', '['].into_iter().any(|bracket| opens(beside, bracket) && !opens(below, bracket))
}

/// A body between braces, on lines of its own.
pub(super) fn braces(body: &Body, indent: usize) -> String {
    if body.is_empty() {
        return "{}".to_owned();
    }
    format!("{{\n{}{}}}", statements(body, indent + TAB), " ".repeat(indent))
}

/// How far the condition of an `} else if` stands to the right.
const ELSE: usize = 7;

/// A body between braces that stand on lines of their own even if it is empty.
fn open_braces(body: &Body, indent: usize) -> String {
    if body.is_empty() { format!("{{{}}}", new_line(indent)) } else { braces(body, indent) }
}

/// A choice; on one line where it is short and stands for a value.
pub(super) fn choice(condition: &Expr, then: &Body, otherwise: &Body, shape: Shape, value: bool) -> Option<String> {
    if value
        && let (Some(a), Some(b)) = (then.only_value(), otherwise.only_value())
        && let (Some(condition), Some(a), Some(b)) = (flat(&condition.clone().before_brace()), flat(a), flat(b))
    {
        let line = format!("if {condition} {{ {a} }} else {{ {b} }}");
        if columns(&line) <= IF_ELSE_WIDTH && columns(&line) <= shape.width()? {
            return Some(line);
        }
    }
    let mut text = headed("if ", condition, Shape { after: 0, ..shape });
    let alone = otherwise.is_empty() && shape.offset != ELSE;
    text.push_str(&if alone { braces(then, shape.indent) } else { open_braces(then, shape.indent) });
    if otherwise.is_empty() {
        return Some(text);
    }
    if let Some(Expr::If(condition, then, otherwise)) = otherwise.only_value() {
        let rest = choice(condition, then, otherwise, Shape { offset: ELSE, ..shape }, false)?;
        return Some(format!("{text} else {rest}"));
    }
    text.push_str(&format!(" else {}", braces(otherwise, shape.indent)));
    Some(text)
}

/// The expression on one line, if it can stand so.
fn flat(expr: &Expr) -> Option<String> {
    if matches!(expr, Expr::If(..) | Expr::Match(..) | Expr::Block(_)) {
        return None;
    }
    expression(expr, Shape::block(0)).filter(|text| !text.contains('\n'))
}

/// A match, an arm a line.
pub(super) fn matched(value: &Expr, arms: &[(String, Body)], shape: Shape) -> Option<String> {
    let own = Shape { after: 0, ..shape };
    // Behind the `=` of an assignment it may also begin on the next line.
    if shape.offset > 0 && expression(&value.clone().before_brace(), own.right(6).keep(2)).is_none() {
        return None;
    }
    let mut text = headed("match ", value, own);
    if arms.is_empty() {
        return Some(text + "{}");
    }
    text.push('{');
    let nested = shape.nested();
    for (pattern, body) in arms {
        text.push_str(&new_line(nested.indent));
        text.push_str(&arm(pattern, body, nested));
    }
    Some(text + &new_line(shape.indent) + "}")
}

fn arm(pattern: &str, body: &Body, shape: Shape) -> String {
    let head = format!("{pattern} => ");
    if body.is_empty() {
        return format!("{head}{{}}");
    }
    let Some(value) = body.only_value() else { return format!("{head}{}", braces(body, shape.indent)) };
    match expression(value, shape.right(columns(&head)).keep(1)) {
        Some(text) if !text.contains('\n') || may_span(value) => {
            let comma = if matches!(value, Expr::Block(_)) { "" } else { "," };
            format!("{head}{text}{comma}")
        }
        Some(text) if expression(value, shape.nested()).is_none_or(|below| below.contains('\n')) => {
            format!("{head}{text},")
        }
        _ => format!("{head}{}", braces(body, shape.indent)),
    }
}

/// Whether a value may go over lines behind an arrow or a closure's bars.
fn may_span(expr: &Expr) -> bool {
    match expr {
        Expr::Match(..) | Expr::Block(_) | Expr::Struct(..) => true,
        Expr::Try(inner) | Expr::Unary(_, inner) | Expr::Cast(inner, _) => may_span(inner),
        _ => false,
    }
}

/// A closure; its body between braces where it has statements, a type, or more than a line.
pub(super) fn closure(parameters: &str, result: Option<&str>, body: &Body, shape: Shape) -> Option<String> {
    let result = result.map(|result| format!(" -> {result}")).unwrap_or_default();
    let head = format!("|{parameters}|{result} ");
    if result.is_empty()
        && let Some(value) = body.only_value()
        && let Some(text) = expression(value, shape.right(columns(&head)))
        && (!text.contains('\n') || may_span(value))
    {
        return Some(format!("{head}{text}"));
    }
    if !result.is_empty()
        && let Some(value) = body.only_value()
        && let Some(text) = expression(value, shape.right(columns(&head) + 2).keep(2))
        && !text.contains('\n')
        && !matches!(value, Expr::If(..) | Expr::Match(..))
    {
        return Some(format!("{head}{{ {text} }}"));
    }
    Some(format!("{head}{}", braces(body, shape.indent)))
}
