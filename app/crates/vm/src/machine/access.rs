//! Items, parts and fields.

use blocks::Value;
use blocks::value::Entries;

use super::state::Files;
use crate::compile::Code;
use crate::failure::Fault;
use crate::op::{Class, Stride};

/// The place of an item; a negative position counts from the end.
#[inline(always)]
pub(super) fn place(index: i64, length: usize) -> Result<usize, Box<Fault>> {
    let at = if index >= 0 { index as u64 } else { (length as u64).wrapping_sub(index.unsigned_abs()) };
    if at < length as u64 { Ok(at as usize) } else { Err(Box::new(Fault::out_of_range(index, length))) }
}

/// `whole[index]` of a list, at a position from 0 on that it has.
#[inline(always)]
pub(super) fn item_of_list(whole: &Value, index: i64) -> Option<&Value> {
    match whole {
        Value::List(items) if (index as u64) < items.len() as u64 => items.get(index as usize),
        _ => None,
    }
}

/// Puts a value into a plain register.
#[inline(never)]
pub(super) fn unbox(files: &mut Files<'_>, class: Class, to: u32, value: Value) -> Result<(), Box<Fault>> {
    let found = value.type_name();
    if files.put(class, to, value) { Ok(()) } else { Err(Box::new(wrong_type(class, found))) }
}

#[cold]
fn wrong_type(class: Class, found: &str) -> Fault {
    let wanted = match class {
        Class::Int => "an int",
        Class::Number => "a number",
        Class::Bool => "a bool",
        Class::Value => "a value",
    };
    Fault::new("wrong_type", format!("expected {wanted}, found {found}"))
}

/// `whole[index]`; a negative position counts from the end.
pub(super) fn index(whole: &Value, index: &Value) -> Result<Value, Box<Fault>> {
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
        (Value::Map(_), Value::Text(key)) => field(whole, key).cloned(),
        (Value::Map(_), index) => Err(Box::new(Fault::wrong_type("a text as key", index))),
        (whole, _) => Err(Box::new(Fault::wrong_type("a list, text or map", whole))),
    }
}

fn position(index: &Value, length: usize) -> Result<usize, Box<Fault>> {
    let at = match index {
        Value::Int(at) if *at >= 0 => usize::try_from(*at).ok(),
        Value::Int(at) => usize::try_from(at.unsigned_abs()).ok().and_then(|back| length.checked_sub(back)),
        Value::Big(_) => None,
        other => return Err(Box::new(Fault::wrong_type("an int as position", other))),
    };
    at.filter(|at| *at < length).ok_or_else(|| Box::new(Fault::out_of_range(index, length)))
}

/// `whole[from:until]`; bounds beyond the ends mean the ends.
pub(super) fn slice(whole: &Value, from: &Value, until: &Value) -> Result<Value, Box<Fault>> {
    let length = match whole {
        Value::List(items) => items.len(),
        Value::Text(text) => text.chars().count(),
        other => return Err(Box::new(Fault::wrong_type("a list or text", other))),
    };
    let (from, until) = (bound(from, 0, length), bound(until, length, length));
    let count = until.saturating_sub(from);
    match whole {
        Value::Text(text) => Ok(Value::text(text.chars().skip(from).take(count).collect::<String>())),
        Value::List(items) => Ok(Value::list(items.iter().skip(from).take(count).cloned().collect())),
        other => Err(Box::new(Fault::wrong_type("a list or text", other))),
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

/// `whole.name`.
pub(super) fn field<'a>(whole: &'a Value, name: &str) -> Result<&'a Value, Box<Fault>> {
    match whole {
        Value::Map(entries) => entries.get(name).ok_or_else(|| missing_key(name)),
        other => Err(Box::new(Fault::wrong_type("a map", other))),
    }
}

#[cold]
fn missing_key(name: &str) -> Box<Fault> {
    Box::new(Fault::new("missing_key", format!("there is no entry \"{name}\"")))
}

/// The field of a record that stands at a place among the keys of a shape, if these are its keys there.
#[inline(always)]
pub(super) fn field_of_record<'a>(whole: &'a Value, shape: &Value, place: u16) -> Option<&'a Value> {
    let (Value::Map(entries), Value::Map(shape)) = (whole, shape) else { return None };
    entries.get_as_in(shape, usize::from(place)).or_else(|| field_of_other(entries, shape, usize::from(place)))
}

/// The same for a record from elsewhere, which has keys of its own.
#[inline(never)]
fn field_of_other<'a>(entries: &'a Entries, shape: &Entries, place: usize) -> Option<&'a Value> {
    let (name, _) = shape.get_index(place)?;
    match entries.get_index(place) {
        Some((have, value)) if have == name => Some(value),
        _ => entries.get(name),
    }
}

/// The fault of a value that has no such field.
pub(super) fn no_field(whole: &Value, shape: &Value, place: u16) -> Box<Fault> {
    let name = match shape {
        Value::Map(shape) => shape.get_index(usize::from(place)).map_or("", |(name, _)| name.as_str()),
        _ => "",
    };
    match whole {
        Value::Map(_) => missing_key(name),
        other => Box::new(Fault::wrong_type("a map", other)),
    }
}

/// What several steps inside a value in a register lead to.
pub(super) fn reach(code: &Code, path: &[Stride], of: u32, files: &Files<'_>) -> Result<Value, Box<Fault>> {
    reach_in(code, path, &files.values[of as usize], files)
}

fn reach_in(code: &Code, path: &[Stride], whole: &Value, files: &Files<'_>) -> Result<Value, Box<Fault>> {
    let mut value = whole;
    for (done, stride) in path.iter().enumerate() {
        let at = match stride {
            Stride::RecordField { shape, place } => {
                let shape = &code.constants[*shape as usize];
                value = field_of_record(value, shape, *place).ok_or_else(|| no_field(value, shape, *place))?;
                continue;
            }
            Stride::Field(name) => {
                value = field(value, code.constants[*name as usize].as_text().unwrap_or_default())?;
                continue;
            }
            Stride::Key(key) => &code.constants[*key as usize],
            Stride::Entry(key) => &files.values[*key as usize],
            Stride::Item(register) => &files.int(*register),
            Stride::At(at) => &Value::Int(i64::from(*at)),
        };
        value = match (value, at) {
            (Value::List(items), Value::Int(at)) => &items[place(*at, items.len())?],
            (Value::Map(_), Value::Text(key)) => field(value, key)?,
            // A part of a text is made anew.
            (other, at) => return reach_in(code, &path[done + 1..], &index(other, at)?, files),
        };
    }
    Ok(value.clone())
}
