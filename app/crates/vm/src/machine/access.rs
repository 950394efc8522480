//! Items, parts and fields.

use blocks::Value;

use crate::failure::Fault;

/// `whole[index]`; a negative position counts from the end.
pub(super) fn index(whole: &Value, index: &Value) -> Result<Value, Fault> {
    match (whole, index) {
        (Value::List(items), index) => Ok(items[position(index, items.len())?].clone()),
        (Value::Text(text), index) if text.is_ascii() => {
            let at = position(index, text.len())?;
            Ok(Value::text(&text[at..=at]))
        }
        (Value::Text(text), index) => {
            let at = position(index, text.chars().count())?;
            Ok(text.chars().nth(at).map_or(Value::None, Value::from_char))
        }
        (Value::Map(_), Value::Text(key)) => field(whole, key),
        (Value::Map(_), index) => Err(Fault::wrong_type("a text as key", index)),
        (whole, _) => Err(Fault::wrong_type("a list, text or map", whole)),
    }
}

fn position(index: &Value, length: usize) -> Result<usize, Fault> {
    let at = match index {
        Value::Int(at) if *at >= 0 => usize::try_from(*at).ok(),
        Value::Int(at) => usize::try_from(at.unsigned_abs()).ok().and_then(|back| length.checked_sub(back)),
        Value::Big(_) => None,
        other => return Err(Fault::wrong_type("an int as position", other)),
    };
    at.filter(|at| *at < length).ok_or_else(|| Fault::out_of_range(index, length))
}

/// `whole[from:until]`; bounds beyond the ends mean the ends.
pub(super) fn slice(whole: &Value, from: &Value, until: &Value) -> Result<Value, Fault> {
    let length = match whole {
        Value::List(items) => items.len(),
        Value::Text(text) => text.chars().count(),
        other => return Err(Fault::wrong_type("a list or text", other)),
    };
    let (from, until) = (bound(from, 0, length), bound(until, length, length));
    let count = until.saturating_sub(from);
    match whole {
        Value::Text(text) => Ok(Value::text(text.chars().skip(from).take(count).collect::<String>())),
        Value::List(items) => Ok(Value::list(items.iter().skip(from).take(count).cloned().collect())),
        other => Err(Fault::wrong_type("a list or text", other)),
    }
}

fn bound(bound: &Value, missing: usize, length: usize) -> usize {
    match bound {
        Value::Int(at) if *at >= 0 => usize::try_from(*at).map_or(length, |at| at.min(length)),
        Value::Int(at) => length.saturating_sub(usize::try_from(at.unsigned_abs()).unwrap_or(usize::MAX)),
        Value::Big(at) => {
            if at.sign() == num_bigint::Sign::Minus {
                0
            } else {
                length
            }
        }
        _ => missing,
    }
}

/// `whole.name`
pub(super) fn field(whole: &Value, name: &str) -> Result<Value, Fault> {
    match whole {
        Value::Map(entries) => {
            entries.get(name).cloned().ok_or_else(|| Fault::new("missing_key", format!("there is no entry \"{name}\"")))
        }
        other => Err(Fault::wrong_type("a map", other)),
    }
}
