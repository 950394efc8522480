//! Inputs made smaller.

use blocks::Value;
use blocks::value::Entries;

/// The smallest inputs that are found on the way down and still do what is wanted, within so many tries.
pub(super) fn shrink(inputs: &Entries, tries: usize, wanted: &mut dyn FnMut(&Entries) -> bool) -> Entries {
    let mut best = inputs.clone();
    let mut left = tries;
    'smaller: loop {
        for (name, value) in best.clone() {
            for smaller in smaller(&value) {
                if left == 0 {
                    return best;
                }
                left -= 1;
                let mut candidate = best.clone();
                candidate.insert(name.clone(), smaller);
                if wanted(&candidate) {
                    best = candidate;
                    continue 'smaller;
                }
            }
        }
        return best;
    }
}

/// Simpler values of the same type, the simplest first.
fn smaller(value: &Value) -> Vec<Value> {
    match value {
        Value::Int(integer) if *integer != 0 => {
            let mut candidates = vec![Value::Int(0), Value::Int(integer / 2)];
            candidates.push(Value::Int(integer - integer.signum()));
            candidates.retain(|candidate| candidate != value);
            candidates
        }
        Value::Number(number) if *number != 0.0 => {
            let whole = number.trunc();
            let mut candidates = vec![Value::Number(0.0)];
            if whole != *number && number.is_finite() {
                candidates.push(Value::Number(whole));
            }
            candidates
        }
        Value::Bool(true) => vec![Value::Bool(false)],
        Value::Text(text) => parts(&text.chars().collect::<Vec<_>>())
            .into_iter()
            .map(|part| Value::text(part.into_iter().collect::<String>()))
            .collect(),
        Value::List(items) => {
            let mut candidates: Vec<Value> = parts(items).into_iter().map(Value::list).collect();
            for (place, item) in items.iter().enumerate() {
                candidates.extend(smaller(item).into_iter().map(|item| {
                    let mut items = (**items).clone();
                    items[place] = item;
                    Value::list(items)
                }));
            }
            candidates
        }
        Value::Map(entries) => entries
            .iter()
            .flat_map(|(key, value)| {
                smaller(value).into_iter().map(|value| {
                    let mut entries = (**entries).clone();
                    entries.insert(key.clone(), value);
                    Value::Map(entries.into())
                })
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// A sequence without everything, without one half, and without one of its parts.
fn parts<T: Clone>(items: &[T]) -> Vec<Vec<T>> {
    if items.is_empty() {
        return Vec::new();
    }
    let half = items.len() / 2;
    let mut parts = vec![Vec::new(), items[..half].to_vec(), items[half..].to_vec()];
    parts.extend((0..items.len().min(16)).map(|place| [&items[..place], &items[place + 1..]].concat()));
    parts.retain(|part| part.len() < items.len());
    parts
}
