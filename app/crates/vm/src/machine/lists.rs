//! Lists, texts and maps that are changed where they stand.

use std::cmp::Ordering;
use std::sync::Arc;

use blocks::Value;

use super::access::place;
use crate::failure::Fault;
use crate::limits::{Limits, shallow_size};

/// What it costs to change something that has another owner: the copy.
fn cost<T: ?Sized>(owners: &Arc<T>, value_size: u64) -> i64 {
    if Arc::strong_count(owners) == 1 { 0 } else { (value_size / 16) as i64 }
}

/// How long a list, text or map is.
pub(crate) fn length(value: &Value) -> Result<i64, Fault> {
    match value {
        Value::List(items) => Ok(items.len() as i64),
        Value::Text(text) if text.is_ascii() => Ok(text.len() as i64),
        Value::Text(text) => Ok(text.chars().count() as i64),
        Value::Map(entries) => Ok(entries.len() as i64),
        other => Err(Fault::wrong_type("a text, list or map", other)),
    }
}

/// Adds a text or the items of a list to the end of another.
pub(super) fn extend(whole: &mut Value, part: &Value, limits: &Limits) -> Result<i64, Fault> {
    let size = shallow_size(whole);
    let added = shallow_size(part);
    limits.allow(size + added)?;
    match (whole, part) {
        (Value::Text(text), Value::Text(part)) => {
            let cost = cost(text, size);
            Arc::make_mut(text).push_str(part);
            Ok(cost + (added / 16) as i64)
        }
        (Value::List(items), Value::List(part)) => {
            let cost = cost(items, size);
            Arc::make_mut(items).extend_from_slice(part);
            Ok(cost + (added / 16) as i64)
        }
        (whole, _) => Err(Fault::wrong_type("two texts or two lists", whole)),
    }
}

/// Adds the text of a value to the end of a text.
pub(super) fn extend_shown(whole: &mut Value, part: &Value, limits: &Limits) -> Result<i64, Fault> {
    let size = shallow_size(whole);
    let Value::Text(text) = whole else { return Err(Fault::wrong_type("a text", whole)) };
    let cost = cost(text, size);
    let text = Arc::make_mut(text);
    super::push_text(text, part);
    limits.allow(text.len() as u64)?;
    Ok(cost + ((text.len() as u64 - size) / 16) as i64)
}

pub(crate) fn set_item(list: &mut Value, index: i64, item: Value) -> Result<i64, Fault> {
    let size = shallow_size(list);
    match list {
        Value::List(items) => {
            let at = place(index, items.len())?;
            let cost = cost(items, size);
            Arc::make_mut(items)[at] = item;
            Ok(cost)
        }
        other => Err(Fault::wrong_type("a list", other)),
    }
}

pub(crate) fn push(list: &mut Value, item: Value, limits: &Limits) -> Result<i64, Fault> {
    let size = shallow_size(list);
    limits.allow(size + 16)?;
    match list {
        Value::List(items) => {
            let cost = cost(items, size);
            Arc::make_mut(items).push(item);
            Ok(cost)
        }
        other => Err(Fault::wrong_type("a list", other)),
    }
}

pub(crate) fn put(map: &mut Value, key: &Value, item: Value, limits: &Limits) -> Result<i64, Fault> {
    let size = shallow_size(map);
    limits.allow(size + 32)?;
    let key = key.as_text().ok_or_else(|| Fault::wrong_type("a text as key", key))?;
    match map {
        Value::Map(entries) => {
            let cost = cost(entries, size);
            let entries = Arc::make_mut(entries);
            match entries.get_mut(key) {
                Some(entry) => *entry = item,
                None => drop(entries.insert(key.to_owned(), item)),
            }
            Ok(cost)
        }
        other => Err(Fault::wrong_type("a map", other)),
    }
}

/// The entry at a key.
pub(crate) fn get<'a>(map: &'a Value, key: &Value) -> Result<Option<&'a Value>, Fault> {
    let key = key.as_text().ok_or_else(|| Fault::wrong_type("a text as key", key))?;
    match map {
        Value::Map(entries) => Ok(entries.get(key)),
        other => Err(Fault::wrong_type("a map", other)),
    }
}

/// A record of a shape, with values that are used up.
pub(super) fn record(shape: &Value, values: &mut [Value]) -> Value {
    let Value::Map(shape) = shape else { return Value::None };
    let values = values.iter_mut().map(|value| std::mem::replace(value, Value::None));
    shape.with_values(values).map_or(Value::None, |entries| Value::Map(Arc::new(entries)))
}

/// Items in the order of their keys.
pub(super) fn sort_by(items: &Value, keys: &Value, descending: bool) -> Result<Value, Fault> {
    let (Some(items), Some(keys)) = (items.as_list(), keys.as_list()) else {
        return Err(Fault::wrong_type("a list", items));
    };
    if keys.iter().any(|key| matches!(key, Value::Number(number) if number.is_nan())) {
        return Err(Fault::invalid("nan has no place in an order"));
    }
    if let Some(sorted) = sort_by_small(items, keys, descending) {
        return Ok(sorted);
    }
    let mut places: Vec<usize> = (0..items.len()).collect();
    places.sort_by(|a, b| {
        let order = keys[*a].order(&keys[*b]).unwrap_or(Ordering::Equal);
        if descending { order.reverse() } else { order }
    });
    Ok(Value::list(places.into_iter().map(|place| items[place].clone()).collect()))
}

/// The same where all keys are small integers, which is common and quicker.
fn sort_by_small(items: &[Value], keys: &[Value], descending: bool) -> Option<Value> {
    let mut keyed: Vec<(i64, usize)> =
        keys.iter().enumerate().map(|(place, key)| key.as_i64().map(|key| (key, place))).collect::<Option<_>>()?;
    if descending {
        keyed.sort_by(|(a, _), (b, _)| b.cmp(a));
    } else {
        keyed.sort_unstable();
    }
    Some(Value::list(keyed.into_iter().map(|(_, place)| items[place].clone()).collect()))
}
