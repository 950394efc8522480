//! Operators. What may overflow or divide by zero goes through a helper; what cannot is written plainly.

use blocks::formula::{BinaryOperator, Typed, TypedNode};
use blocks::{Type, Value};

use super::emitter::{Emitter, Names};
use super::expressions::Part;
use super::literals::digits;
use super::piece::{Form, Piece};
use super::ranges::{Range, is_exact, is_small};
use super::statements::is_ambiguous;
use super::syntax::{Body, Expr, Kind, Statement};

use BinaryOperator as O;

impl Emitter<'_> {
    pub(crate) fn negate(&mut self, inner: &Typed, names: &Names, ty: Type) -> Piece {
        if ty == Type::Unknown {
            return self.formula(inner, names);
        }
        let range = self.range_of(inner, names).map(|(low, high)| (-high, -low));
        let value = self.own_formula(inner, names, &ty);
        let expr = if ty == Type::Number || range.is_some_and(is_small) {
            Expr::unary("-", value)
        } else {
            self.fallible("negate", vec![value])
        };
        Piece::owned(expr, ty)
    }

    pub(crate) fn binary(&mut self, operator: O, a: &Typed, b: &Typed, names: &Names, ty: &Type) -> Piece {
        match operator {
            O::Equal | O::NotEqual | O::Less | O::LessOrEqual | O::Greater | O::GreaterOrEqual => {
                Piece::owned(self.compare(operator, a, b, names), Type::Bool)
            }
            O::In => Piece::owned(self.contains(a, b, names), Type::Bool),
            _ if *ty == Type::Unknown => self.unknown(a, b, names),
            O::Add if *ty == Type::Text => {
                let mut parts = Vec::new();
                self.joined(a, names, &mut parts);
                self.joined(b, names, &mut parts);
                self.formatted(parts)
            }
            O::Add if matches!(ty, Type::List(_)) => self.concatenate(a, b, names, ty),
            _ if a.ty == Type::Number || *ty == Type::Number && a.ty != Type::Int => {
                Piece::owned(self.numbers(operator, a, b, names), Type::Number)
            }
            _ => Piece::owned(self.integers(operator, a, b, names), ty.clone()),
        }
    }

    /// An operand is never there, so that nothing comes of the operation but its other operand's error.
    fn unknown(&mut self, a: &Typed, b: &Typed, names: &Names) -> Piece {
        if a.ty == Type::Unknown {
            return self.formula(a, names);
        }
        let first = self.own_formula(a, names, &a.ty);
        let second = self.formula(b, names);
        if !first.may_leave() {
            return second;
        }
        let second = self.own(second);
        let kept = Statement { kind: Kind::Let("_".to_owned(), None, first), blocks: Vec::new() };
        Piece::owned(Expr::Block(Body { statements: vec![kept], ..Body::of(second) }), Type::Unknown)
    }

    /// The parts of a text that is put together by `+`.
    fn joined(&mut self, typed: &Typed, names: &Names, parts: &mut Vec<Part>) {
        match &typed.node {
            TypedNode::Binary(O::Add, a, b) if typed.ty == Type::Text => {
                self.joined(a, names, parts);
                self.joined(b, names, parts);
            }
            TypedNode::Call(builtin, _, arguments) if builtin.name == "text" => {
                let part = self.shown(&arguments[0], names);
                parts.push(part);
            }
            _ => {
                let part = self.shown(typed, names);
                parts.push(part);
            }
        }
    }

    fn concatenate(&mut self, a: &Typed, b: &Typed, names: &Names, ty: &Type) -> Piece {
        let first = self.own_formula(a, names, ty);
        if let TypedNode::List(items) = &b.node
            && let [item] = items.as_slice()
        {
            let item = self.own_formula(item, names, &ty.item());
            return Piece::owned(self.helper("append", vec![first, item]), ty.clone());
        }
        let second = self.formula_as(b, names, ty);
        let second = self.borrow(second);
        Piece::owned(self.helper("concatenate", vec![first, second]), ty.clone())
    }

    fn integers(&mut self, operator: O, a: &Typed, b: &Typed, names: &Names) -> Expr {
        let (range_a, range_b) = (self.range_of(a, names), self.range_of(b, names));
        let left = self.own_formula(a, names, &Type::Int);
        let right = self.own_formula(b, names, &Type::Int);
        let both = range_a.zip(range_b);
        let fits = |result: fn(Range, Range) -> Range| both.is_some_and(|(a, b)| is_small(result(a, b)));
        // Literals that nothing else gives a type to would be 32 bits wide.
        let result = both.and_then(|(a, b)| match operator {
            O::Add => Some((a.0 + b.0, a.1 + b.1)),
            O::Subtract => Some((a.0 - b.1, a.1 - b.0)),
            O::Multiply => Some(product(a, b)),
            _ => None,
        });
        let narrow = |(low, high): Range| i32::try_from(low).is_ok() && i32::try_from(high).is_ok();
        let left = if result.is_none_or(narrow) { left } else { wide(left) };
        let positive = range_b.is_some_and(|(low, _)| low > 0);
        let natural = range_a.is_some_and(|(low, _)| low >= 0);
        match operator {
            O::Add if fits(|a, b| (a.0 + b.0, a.1 + b.1)) => Expr::binary("+", left, right),
            O::Add => self.fallible("add", vec![left, right]),
            O::Subtract if fits(|a, b| (a.0 - b.1, a.1 - b.0)) => Expr::binary("-", left, right),
            O::Subtract => self.fallible("subtract", vec![left, right]),
            O::Multiply if fits(product) => Expr::binary("*", left, right),
            O::Multiply => self.fallible("multiply", vec![left, right]),
            O::FloorDivide if positive && natural => Expr::binary("/", left, right),
            O::FloorDivide if positive => number_method(left, &Type::Int, "div_euclid", vec![right]),
            O::FloorDivide => self.fallible("floor_divide", vec![left, right]),
            O::Modulo if positive && natural => Expr::binary("%", left, right),
            O::Modulo if positive => number_method(left, &Type::Int, "rem_euclid", vec![right]),
            O::Modulo => self.fallible("modulo", vec![left, right]),
            O::Power => self.fallible("power", vec![left, right]),
            _ => {
                let exact = both.is_some_and(|(a, b)| is_exact(a) && is_exact(b));
                if exact && (positive || range_b.is_some_and(|(_, high)| high < 0)) {
                    Expr::binary("/", as_number(left), as_number(right))
                } else {
                    self.fallible("divide_integers", vec![left, right])
                }
            }
        }
    }

    fn numbers(&mut self, operator: O, a: &Typed, b: &Typed, names: &Names) -> Expr {
        let nonzero = number_literal(b).is_some_and(|value| value != 0.0);
        let left = self.own_formula(a, names, &Type::Number);
        let right = self.own_formula(b, names, &Type::Number);
        match operator {
            O::Add => Expr::binary("+", left, right),
            O::Subtract => Expr::binary("-", left, right),
            O::Multiply => Expr::binary("*", left, right),
            O::Divide if nonzero => Expr::binary("/", left, right),
            O::Divide => self.fallible("divide", vec![left, right]),
            O::FloorDivide => self.fallible("floor_divide_numbers", vec![left, right]),
            O::Modulo => self.fallible("modulo_numbers", vec![left, right]),
            _ => self.fallible("power_of_number", vec![left, right]),
        }
    }

    fn compare(&mut self, operator: O, a: &Typed, b: &Typed, names: &Names) -> Expr {
        let symbol = operator.symbol();
        let nothing = |typed: &Typed| matches!(typed.node, TypedNode::Literal(Value::None));
        for (one, other) in [(a, b), (b, a)] {
            if nothing(other) && matches!(one.ty, Type::Optional(_)) {
                let piece = self.formula(one, names);
                let method = if operator == O::Equal { "is_none" } else { "is_some" };
                return self.receiver(piece).method(method, Vec::new());
            }
        }
        if let Some(test) = self.emptiness(operator, a, b, names) {
            return test;
        }
        let mixed = matches!((&a.ty, &b.ty), (Type::Int, Type::Number) | (Type::Number, Type::Int));
        if mixed {
            return self.compare_mixed(operator, a, b, names);
        }
        let joined = a.ty.join(&b.ty).unwrap_or(Type::Json);
        let first = self.formula_as(a, names, &joined);
        let (mut left, left_form) = self.operand(first);
        let second = self.formula_as(b, names, &joined);
        let (mut right, right_form) = self.operand(second);
        let orders = !matches!(operator, O::Equal | O::NotEqual);
        if orders && (left_form == Form::Slice) != (right_form == Form::Slice) {
            let view = if joined == Type::Text { "as_str" } else { "as_slice" };
            for (expr, form) in [(&mut left, left_form), (&mut right, right_form)] {
                if form != Form::Slice {
                    *expr = expr.clone().method(view, Vec::new());
                }
            }
        }
        if joined == Type::Bool && !orders {
            match (&left, &right) {
                (value, Expr::Raw(truth)) | (Expr::Raw(truth), value) if truth == "true" || truth == "false" => {
                    let holds = (truth == "true") == (operator == O::Equal);
                    return if holds { value.clone() } else { Expr::unary("!", value.clone()) };
                }
                _ => {}
            }
        }
        if let (Expr::Cast(first, "i64"), Expr::Cast(second, "i64")) = (&left, &right)
            && is_count(first)
            && is_count(second)
        {
            return Expr::binary(symbol, (**first).clone(), (**second).clone());
        }
        match (&left, &right) {
            (Expr::Array(..), Expr::Array(..)) => {}
            (_, Expr::Array("vec!", items)) if !orders => right = Expr::Array("", items.clone()),
            _ => {}
        }
        Expr::binary(symbol, left, right)
    }

    /// Whether there is anything in a text or list, where a comparison asks only that.
    fn emptiness(&mut self, operator: O, a: &Typed, b: &Typed, names: &Names) -> Option<Expr> {
        let (whole, empty) = match (&a.node, &b.node, operator) {
            (
                TypedNode::Call(builtin, _, given),
                TypedNode::Literal(Value::Int(0)),
                O::Equal | O::NotEqual | O::Greater,
            ) if builtin.name == "len" && matches!(given[0].ty, Type::Text | Type::List(_)) => {
                (&given[0], operator == O::Equal)
            }
            (_, TypedNode::Literal(Value::Text(text)), O::Equal | O::NotEqual)
                if text.is_empty() && a.ty == Type::Text =>
            {
                (a, operator == O::Equal)
            }
            _ => return None,
        };
        let piece = self.formula(whole, names);
        let test = self.receiver(piece).method("is_empty", Vec::new());
        Some(if empty { test } else { Expr::unary("!", test) })
    }

    /// An integer against a number, exactly.
    fn compare_mixed(&mut self, operator: O, a: &Typed, b: &Typed, names: &Names) -> Expr {
        let integer = if a.ty == Type::Int { a } else { b };
        if self.range_of(integer, names).is_some_and(is_exact) {
            let left = self.own_formula(a, names, &Type::Number);
            let right = self.own_formula(b, names, &Type::Number);
            return Expr::binary(operator.symbol(), left, right);
        }
        let (turned, first, second) = (a.ty == Type::Number, a, b);
        let left = self.own_formula(first, names, &first.ty);
        let right = self.own_formula(second, names, &second.ty);
        let order = if turned {
            self.helper("order_of_number", vec![left, right])
        } else {
            self.helper("order_of_integer", vec![left, right])
        };
        let test = match operator {
            O::Equal => "is_eq",
            O::NotEqual => "is_eq",
            O::Less => "is_lt",
            O::LessOrEqual => "is_le",
            O::Greater => "is_gt",
            _ => "is_ge",
        };
        let holds = order.method("is_some_and", vec![Expr::Raw(format!("std::cmp::Ordering::{test}"))]);
        if operator == O::NotEqual { Expr::unary("!", holds) } else { holds }
    }

    fn contains(&mut self, part: &Typed, whole: &Typed, names: &Names) -> Expr {
        let (kind, item, method) = match &whole.ty {
            Type::Record(_) => (Type::map(whole.ty.item()), Type::Text, "contains_key"),
            Type::Map(_) => (whole.ty.clone(), Type::Text, "contains_key"),
            Type::List(item) => {
                let joined = item.join(&part.ty).unwrap_or(Type::Json);
                (Type::list(joined.clone()), joined, "contains")
            }
            other => (other.clone(), Type::Text, "contains"),
        };
        if let Type::Unknown = kind {
            let whole = self.own_formula(whole, names, &kind);
            return self.never(whole, &Type::Bool);
        }
        let part = self.formula_as(part, names, &item);
        let viewed = part.form == Form::Slice || matches!(part.expr, Expr::Array(..));
        // The part comes first; it is kept where both may fail.
        let (part, kept) = if part.expr.may_leave() {
            let value = self.own(part);
            let name = self.scope.fresh("part");
            let kept = Statement { kind: Kind::Let(name.clone(), None, value), blocks: Vec::new() };
            (Expr::unary("&", Expr::raw(name)), Some(kept))
        } else {
            (self.borrow(part), None)
        };
        let whole = self.formula_as(whole, names, &kind);
        let found = if kind == Type::Json {
            let whole = self.borrow(whole);
            self.fallible("json_contains", vec![whole, part])
        } else if viewed && matches!(kind, Type::List(_)) {
            let whole = self.borrow(whole);
            self.helper("contains_item", vec![whole, part])
        } else {
            if method == "contains_key" {
                self.needs.need("Map::contains_key");
            }
            self.receiver(whole).method(method, vec![part])
        };
        match kept {
            Some(statement) => Expr::Block(Body { statements: vec![statement], ..Body::of(found) }),
            None => found,
        }
    }
}

fn product(a: Range, b: Range) -> Range {
    let products = [a.0, a.1].map(|x| [b.0, b.1].map(|y| x.saturating_mul(y)));
    let all = products.as_flattened();
    (all.iter().copied().min().unwrap_or(i128::MIN), all.iter().copied().max().unwrap_or(i128::MAX))
}

/// A method of an integer or number, where its type may be known from nothing else.
pub(crate) fn number_method(value: Expr, ty: &Type, name: &str, mut arguments: Vec<Expr>) -> Expr {
    let own = if *ty == Type::Number { "f64" } else { "i64" };
    match value {
        Expr::Raw(text) if text.parse::<f64>().is_ok() && !text.starts_with(char::is_alphabetic) => {
            Expr::Raw(format!("{text}_{own}")).method(name, arguments)
        }
        value if is_ambiguous(&value) => {
            arguments.insert(0, value);
            Expr::call(format!("{own}::{name}"), arguments)
        }
        value => value.method(name, arguments),
    }
}

/// An integer whose first literal says that it is 64 bits wide, if it is made of literals alone.
pub(crate) fn wide(expr: Expr) -> Expr {
    match expr {
        expr if !is_ambiguous(&expr) => expr,
        Expr::Raw(text) => Expr::Raw(format!("{}_i64", text.trim_end_matches("_i64"))),
        Expr::Binary(operator, left, right) => Expr::Binary(operator, Box::new(wide(*left)), right),
        Expr::Unary(operator, inner) => Expr::Unary(operator, Box::new(wide(*inner))),
        Expr::Paren(inner) => Expr::Paren(Box::new(wide(*inner))),
        other => other,
    }
}

pub(crate) fn as_number(expr: Expr) -> Expr {
    match expr {
        Expr::Raw(text) if digits(&text).is_some() => Expr::Raw(format!("{}.0", text.trim_end_matches("_i64"))),
        other => other.cast("f64"),
    }
}

fn number_literal(typed: &Typed) -> Option<f64> {
    match &typed.node {
        TypedNode::Literal(Value::Number(value)) => Some(*value),
        TypedNode::Literal(Value::Int(value)) => Some(*value as f64),
        TypedNode::Widen(inner) => number_literal(inner),
        _ => None,
    }
}

/// Whether an expression counts items, as `usize`.
fn is_count(expr: &Expr) -> bool {
    matches!(expr, Expr::Method(_, name, _) if name == "len" || name == "count")
}
