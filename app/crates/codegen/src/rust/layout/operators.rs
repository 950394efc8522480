//! Operators: parentheses where they must stand, and chains of one operator over several lines.

use super::{Shape, TAB, columns, expression, new_line, one_line};
use crate::rust::syntax::Expr;

/// How tightly an operator holds its operands.
pub(super) fn level(operator: &str) -> u8 {
    match operator {
        "*" | "/" | "%" => 9,
        "+" | "-" => 8,
        "&" => 6,
        "^" => 5,
        "==" | "!=" | "<" | "<=" | ">" | ">=" => 3,
        "&&" => 2,
        "||" => 1,
        _ => 0,
    }
}

fn looseness(expr: &Expr) -> u8 {
    match expr {
        Expr::Binary(operator, ..) => level(operator),
        Expr::Cast(..) => 10,
        Expr::Unary(..) => 11,
        Expr::Closure(..) => 0,
        Expr::Raw(text) if text.starts_with('-') => 11,
        _ => 20,
    }
}

/// The operand of a postfix: a method, field or `?`.
pub(super) fn tight(expr: &Expr, text: String) -> String {
    if is_loose(expr) { format!("({text})") } else { text }
}

/// Whether a postfix would take only a part of an expression, or stand behind the end of a statement.
pub(super) fn is_loose(expr: &Expr) -> bool {
    looseness(expr) < 20 || is_block(expr)
}

/// The operand of a prefix.
pub(super) fn prefixed(operator: &str, expr: &Expr, text: String) -> String {
    if is_loose_behind(operator, expr) { format!("({text})") } else { text }
}

/// The operand of a cast.
pub(super) fn casted(expr: &Expr, text: String) -> String {
    if looseness(expr) < 10 || is_block(expr) { format!("({text})") } else { text }
}

/// Both operands on one line each.
pub(super) fn operands(operator: &str, a: &Expr, b: &Expr) -> (String, String) {
    (wrap(a, one_line(a), needs_left(operator, a)), wrap(b, one_line(b), needs_right(operator, b)))
}

fn wrap(_: &Expr, text: String, needed: bool) -> String {
    if needed { format!("({text})") } else { text }
}

fn needs_left(operator: &str, a: &Expr) -> bool {
    let compares = level(operator) == 3;
    // `a as i64 < b` reads as the beginning of a generic type.
    let generic = operator == "<" && matches!(a, Expr::Cast(..));
    generic || is_block(a) || if compares { looseness(a) <= 3 } else { looseness(a) < level(operator) }
}

fn needs_right(operator: &str, b: &Expr) -> bool {
    looseness(b) <= level(operator)
}

/// At the start of a statement, a block would end the statement; in parentheses it never does.
fn is_block(expr: &Expr) -> bool {
    matches!(expr, Expr::If(..) | Expr::Match(..) | Expr::Block(_))
}

/// Whether a prefix would take only a part of an expression, or read as a decrement.
fn is_loose_behind(operator: &str, inner: &Expr) -> bool {
    let negative = match inner {
        Expr::Unary(operator, _) => *operator == "-",
        Expr::Raw(text) => text.starts_with('-'),
        _ => false,
    };
    looseness(inner) < 11 || operator == "-" && negative
}

pub(super) fn unary(operator: &str, inner: &Expr, shape: Shape) -> Option<String> {
    let parenthesized = is_loose_behind(operator, inner);
    let extra = usize::from(parenthesized);
    let text = expression(inner, shape.right(operator.len() + extra).keep(extra))?;
    Some(if parenthesized { format!("{operator}({text})") } else { format!("{operator}{text}") })
}

pub(super) fn cast(inner: &Expr, ty: &str, shape: Shape) -> Option<String> {
    let parenthesized = looseness(inner) < 10 || is_block(inner);
    let extra = usize::from(parenthesized);
    let text = expression(inner, shape.right(extra).keep(extra + 4 + ty.len()))?;
    Some(if parenthesized { format!("({text}) as {ty}") } else { format!("{text} as {ty}") })
}

/// An operand with its parentheses.
struct Operand<'a> {
    expr: &'a Expr,
    parenthesized: bool,
}

impl Operand<'_> {
    fn write(&self, shape: Shape) -> Option<String> {
        if self.parenthesized {
            let text = expression(self.expr, shape.right(1).keep(1))?;
            Some(format!("({text})"))
        } else {
            expression(self.expr, shape)
        }
    }
}

/// The operands of a run of operators that group to the left; of one operator only, or of all of one level.
fn flatten<'a>(expr: &'a Expr, same_operator: bool) -> (Vec<Operand<'a>>, Vec<&'static str>) {
    let Expr::Binary(operator, a, b) = expr else { return (Vec::new(), Vec::new()) };
    let continues = |inner: &Expr| match inner {
        Expr::Binary(other, ..) if same_operator => other == operator && level(operator) != 3,
        Expr::Binary(other, ..) => level(other) == level(operator) && level(operator) != 3,
        _ => false,
    };
    let (mut list, mut operators) = if continues(a) {
        flatten(a, same_operator)
    } else {
        (vec![Operand { expr: a, parenthesized: needs_left(operator, a) }], Vec::new())
    };
    operators.push(*operator);
    list.push(Operand { expr: b, parenthesized: needs_right(operator, b) });
    (list, operators)
}

pub(super) fn binary(expr: &Expr, shape: Shape) -> Option<String> {
    if let Expr::Binary("..", a, b) = expr {
        let from = expression(a, shape)?;
        let until = expression(b, shape.right(columns(&from) + 2))?;
        return Some(format!("{from}..{until}"));
    }
    let (list, operators) = flatten(expr, false);
    on_one_line(&list, &operators, shape).or_else(|| {
        let (list, operators) = flatten(expr, true);
        on_several(&list, &operators, shape)
    })
}

fn on_one_line(list: &[Operand<'_>], operators: &[&str], shape: Shape) -> Option<String> {
    let mut result = String::new();
    for (operand, operator) in list.iter().zip(operators) {
        let text = operand.write(Shape { after: 0, ..shape })?;
        if text.contains('\n') || columns(&result) > shape.width()? {
            return None;
        }
        result.push_str(&format!("{text} {operator} "));
    }
    let prefix = columns(&result);
    let last = list.last()?.write(shape.right(prefix))?;
    result.push_str(&last);
    let spans = last.contains('\n');
    if spans && !last.starts_with('{') && (last.starts_with('(') || prefix > TAB) {
        return None;
    }
    (columns(result.lines().next()?) <= shape.width()? + if spans { shape.after } else { 0 }).then_some(result)
}

fn on_several(list: &[Operand<'_>], operators: &[&str], shape: Shape) -> Option<String> {
    let nested = Shape { after: shape.after, ..shape.nested() };
    let mut result = list.first()?.write(Shape { after: 0, ..shape })?;
    for (operand, operator) in list[1..].iter().zip(operators) {
        let last_line = columns(result.rsplit('\n').next().unwrap_or_default());
        let used = last_line + if result.contains('\n') { 0 } else { shape.indent + shape.offset };
        if used <= nested.indent
            && let Some(text) = operand.write(shape.right(operator.len() + 2 + last_line))
        {
            result.push_str(&format!(" {operator} {text}"));
            continue;
        }
        let text = operand.write(nested.right(operator.len() + 1))?;
        result.push_str(&format!("{}{operator} {text}", new_line(nested.indent)));
    }
    Some(result)
}
