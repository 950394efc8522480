//! Functions of lists.

use std::cmp::Ordering;
use std::sync::Arc;

use blocks::Value;
use blocks::formula::BinaryOperator;

use super::{Function, list, small, take, text, unique};
use crate::arithmetic::binary;
use crate::failure::Fault;
use crate::limits::Limits;
use crate::machine::{BESIDE, lists};

pub(super) fn function(name: &str) -> Option<Function> {
    Some(match name {
        "len" => |_, a, _| Ok(Value::Int(lists::length(&a[0])?)),
        "range" => range,
        "append" => |_, a, limits| {
            let item = take(&mut a[1]);
            lists::push(&mut a[0], item, limits)?;
            Ok(take(&mut a[0]))
        },
        "insert" => |_, a, limits| {
            let (at, item) = (a[1].clone(), take(&mut a[2]));
            change(&mut a[0], limits, |items| {
                let at = position(&at, items.len() + 1)?;
                items.insert(at, item);
                Ok(())
            })
        },
        "set_item" => |_, a, _| {
            // A position that is no small integer is one that no list has.
            let (at, item) = (a[1].as_i64().unwrap_or(BESIDE), take(&mut a[2]));
            lists::set_item(&mut a[0], at, item)?;
            Ok(take(&mut a[0]))
        },
        "remove_at" => |_, a, limits| {
            let at = a[1].clone();
            change(&mut a[0], limits, |items| {
                let at = position(&at, items.len())?;
                items.remove(at);
                Ok(())
            })
        },
        "first" => |_, a, _| list(&a[0])?.first().cloned().ok_or_else(|| Fault::out_of_range(0, 0)),
        "last" => |_, a, _| list(&a[0])?.last().cloned().ok_or_else(|| Fault::out_of_range(-1, 0)),
        "sort" => |_, a, limits| {
            no_nan(list(&a[0])?)?;
            change(&mut a[0], limits, |items| {
                items.sort_by(|a, b| a.order(b).unwrap_or(Ordering::Equal));
                Ok(())
            })
        },
        "reverse" => |_, a, limits| match &a[0] {
            Value::Text(whole) => Ok(Value::text(whole.chars().rev().collect::<String>())),
            _ => change(&mut a[0], limits, |items| {
                items.reverse();
                Ok(())
            }),
        },
        "unique" => |_, a, _| unique::unique(list(&a[0])?),
        "count" => |signature, a, _| {
            let found = if signature == 0 {
                list(&a[0])?.iter().filter(|item| **item == a[1]).count()
            } else if text(&a[1])?.is_empty() {
                return Err(Fault::invalid("the part must not be empty"));
            } else {
                text(&a[0])?.matches(text(&a[1])?).count()
            };
            Ok(Value::Int(found as i64))
        },
        "index_of" => |_, a, _| {
            let found = list(&a[0])?.iter().position(|item| *item == a[1]);
            Ok(Value::Int(found.map_or(-1, |at| at as i64)))
        },
        "sum" => |signature, a, limits| fold(&a[0], signature, 0, BinaryOperator::Add, limits),
        "product" => |signature, a, limits| fold(&a[0], signature, 1, BinaryOperator::Multiply, limits),
        "smallest" => |_, a, _| extreme(&a[0], Ordering::Less),
        "largest" => |_, a, _| extreme(&a[0], Ordering::Greater),
        "flatten" => |_, a, limits| {
            let mut flat = Vec::new();
            for inner in list(&a[0])? {
                flat.extend_from_slice(list(inner)?);
                limits.allow(flat.len() as u64 * 16)?;
            }
            Ok(Value::list(flat))
        },
        "chunk" => |_, a, _| match small(&a[1])? {
            size if size < 1 => Err(Fault::invalid("the size must be at least 1")),
            size => {
                let size = usize::try_from(size).unwrap_or(usize::MAX);
                Ok(Value::list(list(&a[0])?.chunks(size).map(|chunk| Value::list(chunk.to_vec())).collect()))
            }
        },
        "pairs" => |_, a, _| {
            let pairs = list(&a[0])?.iter().zip(list(&a[1])?).map(|(first, second)| {
                Value::map([("first".to_owned(), first.clone()), ("second".to_owned(), second.clone())])
            });
            Ok(Value::list(pairs.collect()))
        },
        "all" => |_, a, _| Ok(Value::Bool(list(&a[0])?.iter().all(|item| *item == Value::Bool(true)))),
        "any" => |_, a, _| Ok(Value::Bool(list(&a[0])?.contains(&Value::Bool(true)))),
        _ => return None,
    })
}

/// Changes a list in place where it has no other owner.
fn change(
    value: &mut Value,
    limits: &Limits,
    change: impl FnOnce(&mut Vec<Value>) -> Result<(), Fault>,
) -> Result<Value, Fault> {
    let Value::List(mut items) = take(value) else {
        return Err(Fault::wrong_type("a list", value));
    };
    change(Arc::make_mut(&mut items))?;
    limits.allow(items.len() as u64 * 16)?;
    Ok(Value::List(items))
}

fn position(at: &Value, length: usize) -> Result<usize, Fault> {
    let found = match at {
        Value::Int(at) if *at < 0 => length.checked_sub(usize::try_from(at.unsigned_abs()).unwrap_or(usize::MAX)),
        Value::Int(at) => usize::try_from(*at).ok(),
        _ => None,
    };
    found.filter(|found| *found < length).ok_or_else(|| Fault::out_of_range(at, length))
}

fn range(signature: u32, a: &mut [Value], limits: &Limits) -> Result<Value, Fault> {
    let (start, end) = (small(&a[0])?, small(&a[1])?);
    let step = if signature == 0 { 1 } else { small(&a[2])? };
    if step == 0 {
        return Err(Fault::invalid("the step must not be zero"));
    }
    let distance = (i128::from(end) - i128::from(start)) * i128::from(step.signum());
    let width = i128::from(step).abs();
    let count = if distance <= 0 { 0 } else { (distance + width - 1) / width };
    limits.allow(u64::try_from(count).unwrap_or(u64::MAX).saturating_mul(16))?;
    // Every value lies between two 64-bit integers.
    Ok(Value::list((0..count as i64).map(|turn| Value::Int(start + turn * step)).collect()))
}

fn no_nan(items: &[Value]) -> Result<(), Fault> {
    let nan = items.iter().any(|item| matches!(item, Value::Number(number) if number.is_nan()));
    if nan { Err(Fault::invalid("nan has no order")) } else { Ok(()) }
}

fn fold(items: &Value, signature: u32, start: i64, operator: BinaryOperator, limits: &Limits) -> Result<Value, Fault> {
    let start = if signature == 0 { Value::Int(start) } else { Value::Number(start as f64) };
    let mut words = 0;
    list(items)?.iter().try_fold(start, |total, item| {
        words += crate::limits::shallow_size(&total) / 128;
        if words > limits.fuel {
            return Err(Fault::new("fuel", format!("the run took more than {} steps", limits.fuel)));
        }
        binary(operator, &total, item, limits)
    })
}

fn extreme(items: &Value, side: Ordering) -> Result<Value, Fault> {
    let items = list(items)?;
    no_nan(items)?;
    let (first, rest) = items.split_first().ok_or_else(|| Fault::invalid("the list is empty"))?;
    let found = rest.iter().fold(first, |best, item| if item.order(best) == Some(side) { item } else { best });
    Ok(found.clone())
}
