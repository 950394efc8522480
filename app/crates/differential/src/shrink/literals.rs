//! Smaller values.

use blocks::{Type, Value};

use super::changes::same;

/// The smallest value of a type.
pub(super) fn plain(ty: Option<&Type>) -> Value {
    match ty {
        Some(Type::Number) => Value::Number(0.0),
        Some(Type::Text) => Value::text(""),
        Some(Type::Bool) => Value::Bool(false),
        Some(Type::List(_)) => Value::list(Vec::new()),
        Some(Type::Map(_)) => Value::map([]),
        Some(Type::Record(fields)) => Value::map(fields.iter().map(|(name, field)| (name.clone(), plain(Some(field))))),
        Some(Type::Optional(_) | Type::None | Type::Json) => Value::None,
        _ => Value::Int(0),
    }
}

/// A value of a type that is a little more than the smallest.
pub(super) fn simple(ty: Option<&Type>) -> Value {
    match ty {
        Some(Type::Number) => Value::Number(1.5),
        Some(Type::Text) => Value::text("a"),
        Some(Type::Bool) => Value::Bool(true),
        Some(Type::List(item)) => Value::list(vec![simple(Some(item))]),
        Some(Type::Map(item)) => Value::map([("a".to_owned(), simple(Some(item)))]),
        Some(Type::Record(fields)) => {
            Value::map(fields.iter().map(|(name, field)| (name.clone(), simple(Some(field)))))
        }
        Some(Type::Optional(item)) => simple(Some(item)),
        Some(Type::None) => Value::None,
        _ => Value::Int(1),
    }
}

/// Values that say less, the smallest first.
pub(super) fn smaller(value: &Value) -> Vec<Value> {
    let mut made = match value {
        Value::None | Value::Bool(_) => Vec::new(),
        // Each of these is its own end, so that nothing goes around in circles.
        Value::Int(0) | Value::Int(1) => Vec::new(),
        Value::Int(_) => vec![Value::Int(0), Value::Int(1)],
        Value::Big(_) => vec![Value::Int(0), Value::Int(1), Value::Int(i64::MAX)],
        Value::Number(number) if *number == 0.0 && number.is_sign_positive() || *number == 1.5 => Vec::new(),
        Value::Number(_) => vec![Value::Number(0.0), Value::Number(1.5)],
        Value::Text(text) => {
            let characters: Vec<char> = text.chars().collect();
            parts(&characters).into_iter().map(|part| Value::text(part.iter().collect::<String>())).collect()
        }
        Value::List(items) => {
            let mut made: Vec<Value> = parts(items).into_iter().map(Value::list).collect();
            for (place, item) in items.iter().enumerate() {
                for item in smaller(item) {
                    let mut items = items.to_vec();
                    items[place] = item;
                    made.push(Value::list(items));
                }
            }
            made
        }
        Value::Map(entries) => {
            let entries: Vec<(String, Value)> = entries.iter().map(|(key, item)| (key.clone(), item.clone())).collect();
            let mut made: Vec<Value> = parts(&entries).into_iter().map(Value::map).collect();
            for (place, (_, item)) in entries.iter().enumerate() {
                for item in smaller(item) {
                    let mut entries = entries.clone();
                    entries[place].1 = item;
                    made.push(Value::map(entries));
                }
            }
            made
        }
    };
    made.retain(|smaller| !same(smaller, value));
    made
}

/// Nothing, one half, the other, and everything but one.
fn parts<T: Clone>(items: &[T]) -> Vec<Vec<T>> {
    if items.is_empty() {
        return Vec::new();
    }
    let half = items.len() / 2;
    let mut parts = vec![Vec::new(), items[..half].to_vec(), items[half..].to_vec()];
    for place in 0..items.len().min(12) {
        let mut rest = items.to_vec();
        rest.remove(place);
        parts.push(rest);
    }
    parts
}
