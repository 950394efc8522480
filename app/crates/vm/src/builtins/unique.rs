//! The items of a list without those that were there before, in time that grows with the list.

use std::collections::HashSet;
use std::fmt::Write;

use blocks::Value;
use num_bigint::BigInt;
use num_traits::FromPrimitive;

use crate::failure::Fault;

/// The first of each.
pub(super) fn unique(items: &[Value]) -> Result<Value, Fault> {
    if let Some(small) = items.iter().map(Value::as_i64).collect::<Option<Vec<i64>>>() {
        let mut seen = HashSet::new();
        let first = items.iter().zip(small).filter(|(_, integer)| seen.insert(*integer));
        return Ok(Value::list(first.map(|(item, _)| item.clone()).collect()));
    }
    let mut seen: HashSet<String> = HashSet::new();
    let mut kept = Vec::new();
    for item in items {
        let mut key = String::new();
        // What holds nan equals nothing, not even itself.
        if !push_key(&mut key, item) || seen.insert(key) {
            kept.push(item.clone());
        }
    }
    Ok(Value::list(kept))
}

/// Adds a text that is the same for equal values and for no others; `false` for what equals nothing.
fn push_key(key: &mut String, value: &Value) -> bool {
    match value {
        Value::None => key.push('n'),
        Value::Bool(truth) => key.push(if *truth { 't' } else { 'f' }),
        Value::Int(integer) => drop(write!(key, "{integer};")),
        Value::Big(integer) => drop(write!(key, "x{:x};", **integer)),
        Value::Number(number) => return push_number(key, *number),
        Value::Text(text) => drop(write!(key, "\"{}:{text}", text.len())),
        Value::List(items) => {
            let _ = write!(key, "[{}:", items.len());
            return items.iter().all(|item| push_key(key, item));
        }
        Value::Map(entries) => {
            let _ = write!(key, "{{{}:", entries.len());
            let mut entries: Vec<_> = entries.iter().collect();
            entries.sort_by_key(|(name, _)| *name);
            return entries.into_iter().all(|(name, item)| {
                let _ = write!(key, "{}:{name}", name.len());
                push_key(key, item)
            });
        }
    }
    true
}

/// A number equals the integer of the same value.
fn push_number(key: &mut String, number: f64) -> bool {
    if number.is_finite() && number.fract() == 0.0 {
        return BigInt::from_f64(number).is_some_and(|integer| push_key(key, &Value::integer(integer)));
    }
    let _ = write!(key, "~{:x}", number.to_bits());
    !number.is_nan()
}

#[cfg(test)]
mod tests {
    use blocks::literal;

    use super::*;

    #[test]
    fn equal_items_are_one() {
        for (items, kept) in [
            ("[1, 1.0, 2, -0.0, 0, 0.0]", "[1, 2, -0.0]"),
            ("[nan, nan, [nan], [nan]]", "[nan, nan, [nan], [nan]]"),
            ("[1e300, infinity, 1e300, infinity, -infinity]", "[1e+300, infinity, -infinity]"),
            ("[{\"a\": 1, \"b\": 2}, {\"b\": 2.0, \"a\": 1}]", "[{\"a\": 1, \"b\": 2}]"),
            ("[[\"a\", \"b\"], [\"ab\"], [\"a\", \"b\"], [], none, none]", "[[\"a\", \"b\"], [\"ab\"], [], none]"),
            ("[9007199254740993, 9007199254740992.0, 9007199254740992]", "[9007199254740993, 9007199254740992.0]"),
            ("[18446744073709551616, 18446744073709551616.0]", "[18446744073709551616]"),
        ] {
            let Ok(Value::List(items)) = literal::read(items) else { panic!("{items} is no list") };
            assert_eq!(literal::write(&unique(&items).unwrap()), kept);
        }
    }
}
