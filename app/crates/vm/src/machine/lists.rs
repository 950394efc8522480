//! Lists, texts and maps that are changed where they stand.

use std::cmp::Ordering;
use std::sync::Arc;

use blocks::Value;

use super::access::place;
use super::state::Files;
use crate::compile::Code;
use crate::failure::Fault;
use crate::limits::{Limits, shallow_size};
use crate::op::{Class, Piece};

/// What it costs to change something that has another owner: the copy.
fn cost<T: ?Sized>(owners: &Arc<T>, value_size: u64) -> i64 {
    if Arc::strong_count(owners) == 1 { 0 } else { (value_size / 16) as i64 }
}

/// A text of one owner, with room for so many bytes more if it had others before.
fn to_extend(text: &mut Arc<String>, added: usize) -> &mut String {
    if Arc::strong_count(text) > 1 {
        let mut copy = String::with_capacity(text.len() + added);
        copy.push_str(text);
        *text = Arc::new(copy);
    }
    Arc::make_mut(text)
}

/// A text of its own that is about to be extended.
pub(super) fn begin(text: &Value) -> Value {
    const ROOM: usize = 24;
    let text = text.as_text().unwrap_or_default();
    let mut copy = String::with_capacity(text.len() + ROOM);
    copy.push_str(text);
    Value::text(copy)
}

/// How long a list, text or map is.
pub(crate) fn length(value: &Value) -> Result<i64, Box<Fault>> {
    match value {
        Value::List(items) => Ok(items.len() as i64),
        Value::Text(text) if text.is_ascii() => Ok(text.len() as i64),
        Value::Text(text) => Ok(text.chars().count() as i64),
        Value::Map(entries) => Ok(entries.len() as i64),
        other => Err(Box::new(Fault::wrong_type("a text, list or map", other))),
    }
}

/// Adds the items of a list to the end of another.
pub(super) fn extend(whole: &mut Value, part: &Value, limits: &Limits) -> Result<i64, Box<Fault>> {
    let size = shallow_size(whole);
    let added = shallow_size(part);
    limits.allow(size + added)?;
    match (whole, part) {
        (Value::List(items), Value::List(part)) => {
            let cost = cost(items, size);
            Arc::make_mut(items).extend_from_slice(part);
            Ok(cost + (added / 16) as i64)
        }
        (whole, _) => Err(Box::new(Fault::wrong_type("two lists", whole))),
    }
}

/// Adds pieces to the end of a text.
pub(super) fn extend_text(
    whole: &mut Value,
    pieces: &[Piece],
    code: &Code,
    files: &Files<'_>,
    limits: &Limits,
) -> Result<i64, Box<Fault>> {
    const ROOM: usize = 8;
    let size = shallow_size(whole);
    let Value::Text(text) = whole else { return Err(Box::new(Fault::wrong_type("a text", whole))) };
    let mut cost = cost(text, size);
    let text = to_extend(text, ROOM * pieces.len());
    for piece in pieces {
        match *piece {
            Piece::Constant(constant) => super::push_text(text, &code.constants[constant as usize]),
            Piece::Shown(Class::Value, register) => {
                let value = &files.values[register as usize];
                cost += super::slow::shown(value, limits)?;
                super::push_text(text, value);
            }
            Piece::Shown(class, register) => super::push_text(text, &files.get(class, register)),
        }
        limits.allow(text.len() as u64)?;
    }
    Ok(cost + ((text.len() as u64 - size) / 16) as i64)
}

pub(crate) fn set_item(list: &mut Value, index: i64, item: Value) -> Result<i64, Box<Fault>> {
    let size = shallow_size(list);
    match list {
        Value::List(items) => {
            let at = place(index, items.len())?;
            let cost = cost(items, size);
            Arc::make_mut(items)[at] = item;
            Ok(cost)
        }
        other => Err(Box::new(Fault::wrong_type("a list", other))),
    }
}

pub(crate) fn push(list: &mut Value, item: Value, limits: &Limits) -> Result<i64, Box<Fault>> {
    let size = shallow_size(list);
    limits.allow(size + 16)?;
    match list {
        Value::List(items) => {
            let cost = cost(items, size);
            Arc::make_mut(items).push(item);
            Ok(cost)
        }
        other => Err(Box::new(Fault::wrong_type("a list", other))),
    }
}

pub(crate) fn put(map: &mut Value, key: &Value, item: Value, limits: &Limits) -> Result<i64, Box<Fault>> {
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
        other => Err(Box::new(Fault::wrong_type("a map", other))),
    }
}

/// The entry at a key.
pub(crate) fn get<'a>(map: &'a Value, key: &Value) -> Result<Option<&'a Value>, Box<Fault>> {
    let key = key.as_text().ok_or_else(|| Fault::wrong_type("a text as key", key))?;
    match map {
        Value::Map(entries) => Ok(entries.get(key)),
        other => Err(Box::new(Fault::wrong_type("a map", other))),
    }
}

/// A record of a shape, with values that are used up.
pub(super) fn record(shape: &Value, values: &mut [Value]) -> Value {
    let Value::Map(shape) = shape else { return Value::None };
    let values = values.iter_mut().map(|value| std::mem::replace(value, Value::None));
    shape.with_values(values).map_or(Value::None, |entries| Value::Map(Arc::new(entries)))
}

/// Items in the order of their keys.
pub(super) fn sort_by(items: Value, keys: &Value, descending: bool) -> Result<Value, Box<Fault>> {
    let (Value::List(items), Some(keys)) = (items, keys.as_list()) else {
        return Err(Box::new(Fault::wrong_type("a list", keys)));
    };
    if keys.iter().any(|key| matches!(key, Value::Number(number) if number.is_nan())) {
        return Err(Box::new(Fault::invalid("nan has no place in an order")));
    }
    if let Some(places) = order_of_small(keys, descending) {
        return Ok(in_order(items, places.into_iter().map(|(_, place)| place)));
    }
    let mut places: Vec<usize> = (0..items.len()).collect();
    places.sort_by(|a, b| {
        let order = keys[*a].order(&keys[*b]).unwrap_or(Ordering::Equal);
        if descending { order.reverse() } else { order }
    });
    Ok(in_order(items, places.into_iter()))
}

/// The items at some places, each of which comes once.
fn in_order(mut items: Arc<Vec<Value>>, places: impl Iterator<Item = usize>) -> Value {
    Value::list(match Arc::get_mut(&mut items) {
        Some(items) => places.map(|place| std::mem::replace(&mut items[place], Value::None)).collect(),
        None => places.map(|place| items[place].clone()).collect(),
    })
}

/// The places of small integers in their order, which is quicker than with keys of other types.
fn order_of_small(keys: &[Value], descending: bool) -> Option<Vec<(i64, usize)>> {
    let mut keyed: Vec<(i64, usize)> =
        keys.iter().enumerate().map(|(place, key)| key.as_i64().map(|key| (key, place))).collect::<Option<_>>()?;
    if descending {
        keyed.sort_by(|(a, _), (b, _)| b.cmp(a));
    } else {
        keyed.sort_unstable();
    }
    Some(keyed)
}
