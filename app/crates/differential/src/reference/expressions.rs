//! Formulas, walked.

use std::cmp::Ordering;

use blocks::builtins::Builtin;
use blocks::formula::{BinaryOperator, Typed, TypedNode};
use blocks::plan::{Feed, PlannedPiece};
use blocks::{Value, literal};
use indexmap::IndexMap;
use vm::{Fault, arithmetic};

use super::{Values, Walker, widened};
use crate::case::LIMITS;

type Names = IndexMap<String, Feed>;

impl Walker<'_> {
    pub(super) fn formula(&mut self, typed: &Typed, names: &Names, values: &Values) -> Result<Value, Fault> {
        let mut sub = |part: &Typed| self.formula(part, names, values);
        let value = match &typed.node {
            TypedNode::Literal(value) => value.clone(),
            TypedNode::Name(name) => match names.get(name) {
                Some(feed) => return self.feed(feed, values),
                None => Value::None,
            },
            TypedNode::List(items) => Value::list(items.iter().map(sub).collect::<Result<_, _>>()?),
            TypedNode::Map(fields) => {
                let fields = fields.iter().map(|(name, field)| Ok((name.clone(), sub(field)?)));
                Value::map(fields.collect::<Result<Vec<_>, Fault>>()?)
            }
            TypedNode::Negate(inner) => arithmetic::negate(&sub(inner)?)?,
            TypedNode::Not(inner) => Value::Bool(sub(inner)? != Value::Bool(true)),
            TypedNode::And(a, b) => Value::Bool(sub(a)? == Value::Bool(true) && sub(b)? == Value::Bool(true)),
            TypedNode::Or(a, b) => Value::Bool(sub(a)? == Value::Bool(true) || sub(b)? == Value::Bool(true)),
            TypedNode::If(condition, then, otherwise) => {
                if sub(condition)? == Value::Bool(true) {
                    sub(then)?
                } else {
                    sub(otherwise)?
                }
            }
            TypedNode::Binary(operator, a, b) => {
                let (a, b) = (sub(a)?, sub(b)?);
                compare(*operator, &a, &b)
                    .map_or_else(|| arithmetic::binary(*operator, &a, &b, &LIMITS), |holds| Ok(Value::Bool(holds)))?
            }
            TypedNode::Call(builtin, signature, arguments) => {
                let arguments = arguments.iter().map(sub).collect::<Result<_, _>>()?;
                self.call_builtin(builtin, *signature, arguments)?
            }
            TypedNode::Index(whole, index) => item(&sub(whole)?, &sub(index)?)?,
            TypedNode::Slice(whole, from, until) => {
                let whole = sub(whole)?;
                let from = from.as_ref().map(|bound| sub(bound)).transpose()?;
                let until = until.as_ref().map(|bound| sub(bound)).transpose()?;
                slice(&whole, from.as_ref(), until.as_ref())?
            }
            TypedNode::Field(whole, name) => item(&sub(whole)?, &Value::text(name.as_str()))?,
            TypedNode::Widen(inner) => widened(sub(inner)?, &typed.ty)?,
        };
        self.bounded(value)
    }

    pub(super) fn template(&mut self, pieces: &[PlannedPiece], names: &Names, values: &Values) -> Result<Value, Fault> {
        let mut text = String::new();
        for piece in pieces {
            match piece {
                PlannedPiece::Text(piece) => text.push_str(piece),
                PlannedPiece::Formula(formula) => match self.formula(formula, names, values)? {
                    Value::Text(piece) => text.push_str(&piece),
                    other => text.push_str(&literal::write(&other)),
                },
            }
        }
        Ok(Value::text(text))
    }

    pub(super) fn call_builtin(
        &mut self,
        builtin: &Builtin,
        signature: usize,
        mut arguments: Vec<Value>,
    ) -> Result<Value, Fault> {
        self.bounded(vm::call(builtin, signature, &mut arguments, &LIMITS)?)
    }
}

fn compare(operator: BinaryOperator, a: &Value, b: &Value) -> Option<bool> {
    use BinaryOperator as O;
    Some(match operator {
        O::Equal => a == b,
        O::NotEqual => a != b,
        O::Less => a.order(b) == Some(Ordering::Less),
        O::LessOrEqual => matches!(a.order(b), Some(Ordering::Less | Ordering::Equal)),
        O::Greater => a.order(b) == Some(Ordering::Greater),
        O::GreaterOrEqual => matches!(a.order(b), Some(Ordering::Greater | Ordering::Equal)),
        _ => return None,
    })
}

/// `whole[index]`, and `whole.name` as `whole["name"]`.
fn item(whole: &Value, index: &Value) -> Result<Value, Fault> {
    let characters: Vec<Value>;
    let items = match (whole, index) {
        (Value::Map(entries), Value::Text(key)) => {
            let missing = || Fault::new("missing_key", format!("there is no entry {key}"));
            return entries.get(key.as_str()).cloned().ok_or_else(missing);
        }
        (Value::List(items), Value::Int(_) | Value::Big(_)) => &**items,
        (Value::Text(text), Value::Int(_) | Value::Big(_)) => {
            characters = text.chars().map(Value::from_char).collect();
            &characters
        }
        _ => return Err(Fault::new("wrong_type", "the value has no such item")),
    };
    let found = index.as_i64().and_then(|at| place(at, items.len())).and_then(|at| items.get(at));
    found.cloned().ok_or_else(|| Fault::new("index_out_of_range", format!("there is no position {index}")))
}

fn place(at: i64, length: usize) -> Option<usize> {
    let at = if at < 0 { i128::from(at) + length as i128 } else { i128::from(at) };
    usize::try_from(at).ok()
}

fn slice(whole: &Value, from: Option<&Value>, until: Option<&Value>) -> Result<Value, Fault> {
    let items: Vec<Value> = match whole {
        Value::List(items) => items.to_vec(),
        Value::Text(text) => text.chars().map(Value::from_char).collect(),
        _ => return Err(Fault::new("wrong_type", "the value has no parts")),
    };
    let clamp = |bound: Option<&Value>, missing: usize| {
        bound.and_then(Value::to_bigint).map_or(missing, |at| {
            let length = num_bigint::BigInt::from(items.len());
            let at = if at < num_bigint::BigInt::ZERO { at + &length } else { at };
            let at = at.clamp(num_bigint::BigInt::ZERO, length);
            usize::try_from(at).unwrap_or(items.len())
        })
    };
    let (from, until) = (clamp(from, 0), clamp(until, items.len()));
    let part = items.get(from..until).unwrap_or_default();
    Ok(match whole {
        Value::Text(_) => Value::text(part.iter().filter_map(Value::as_text).collect::<String>()),
        _ => Value::list(part.to_vec()),
    })
}
