//! Values that flow along wires.
//!
//! A value is at most two machine words; everything larger sits behind a counted pointer, so that copying a value is
//! cheap and a value that has one owner can be changed in place.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use num_bigint::BigInt;
use num_traits::ToPrimitive;
use serde::{Deserialize, Serialize};

/// How maps of this crate hash: quickly, with a seed of the process. Nothing depends on the order of their entries.
pub type Hashing = foldhash::fast::RandomState;

pub use crate::entries::Entries;

/// A value of the block language.
///
/// Integers are exact and unbounded: [`Value::Int`] while they fit 64 bits, [`Value::Big`] beyond; [`Value::integer`]
/// keeps that form, so equal integers are always represented alike.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Value {
    /// No value.
    None,
    /// A truth value.
    Bool(bool),
    /// An integer within 64 bits.
    Int(i64),
    /// An integer beyond 64 bits.
    Big(Arc<BigInt>),
    /// A 64-bit floating point number.
    Number(#[serde(with = "number_bits")] f64),
    /// Unicode text; its length is counted in scalars.
    Text(Arc<String>),
    /// A list.
    List(Arc<Vec<Value>>),
    /// A map or a record.
    Map(Arc<Entries>),
}

impl Value {
    /// An integer in its shortest form.
    pub fn integer(value: BigInt) -> Self {
        value.to_i64().map_or_else(|| Self::Big(Arc::new(value)), Self::Int)
    }

    /// A text.
    pub fn text(value: impl Into<String>) -> Self {
        Self::Text(Arc::new(value.into()))
    }

    /// A text of one character.
    pub fn from_char(character: char) -> Self {
        Self::text(character.to_string())
    }

    /// A list.
    pub fn list(items: Vec<Self>) -> Self {
        Self::List(Arc::new(items))
    }

    /// A map or record.
    pub fn map(entries: impl IntoIterator<Item = (String, Self)>) -> Self {
        Self::Map(Arc::new(entries.into_iter().collect()))
    }

    /// The word for this value's type in messages, for example `text`.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Bool(_) => "bool",
            Self::Int(_) | Self::Big(_) => "int",
            Self::Number(_) => "number",
            Self::Text(_) => "text",
            Self::List(_) => "list",
            Self::Map(_) => "map",
        }
    }

    /// The integer as a `BigInt`, if this is one.
    pub fn to_bigint(&self) -> Option<BigInt> {
        match self {
            Self::Int(value) => Some(BigInt::from(*value)),
            Self::Big(value) => Some((**value).clone()),
            _ => None,
        }
    }

    /// The text, if this is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The items, if this is a list.
    pub fn as_list(&self) -> Option<&[Self]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    /// An integer that fits 64 bits, if this is one.
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Int(value) => Some(*value),
            _ => None,
        }
    }

    /// How the language orders two values, where it orders them: integers and numbers by value, texts by scalars,
    /// `false` before `true`, lists item by item. `None` where there is no order (other types, NaN).
    pub fn order(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Int(a), Self::Int(b)) => Some(a.cmp(b)),
            (Self::Bool(a), Self::Bool(b)) => Some(a.cmp(b)),
            (Self::Text(a), Self::Text(b)) => Some(a.cmp(b)),
            (Self::List(a), Self::List(b)) => order_lists(a, b),
            _ => order_numbers(self, other),
        }
    }
}

fn order_lists(a: &[Value], b: &[Value]) -> Option<Ordering> {
    for (left, right) in a.iter().zip(b) {
        match left.order(right)? {
            Ordering::Equal => {}
            unequal => return Some(unequal),
        }
    }
    Some(a.len().cmp(&b.len()))
}

fn order_numbers(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.partial_cmp(b),
        (Value::Number(a), _) => order_integer(&b.to_bigint()?, *a).map(Ordering::reverse),
        (_, Value::Number(b)) => order_integer(&a.to_bigint()?, *b),
        _ => Some(a.to_bigint()?.cmp(&b.to_bigint()?)),
    }
}

/// Compares exactly: 2^53 + 1 is greater than the number 2^53.
fn order_integer(integer: &BigInt, number: f64) -> Option<Ordering> {
    if number.is_nan() {
        return None;
    }
    if number.is_infinite() {
        return Some(if number > 0.0 { Ordering::Less } else { Ordering::Greater });
    }
    let floor = <BigInt as num_traits::FromPrimitive>::from_f64(number.floor())?;
    Some(integer.cmp(&floor).then(if number > number.floor() { Ordering::Less } else { Ordering::Equal }))
}

impl PartialEq for Value {
    /// Structural equality. An integer equals a number of the same value; the order of a map's entries does not count.
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::None, Self::None) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Text(a), Self::Text(b)) => a == b,
            (Self::List(a), Self::List(b)) => a == b,
            (Self::Map(a), Self::Map(b)) => a == b,
            (Self::Int(_) | Self::Big(_) | Self::Number(_), Self::Int(_) | Self::Big(_) | Self::Number(_)) => {
                order_numbers(self, other) == Some(Ordering::Equal)
            }
            _ => false,
        }
    }
}

impl fmt::Display for Value {
    /// Writes the literal that reads back as this value.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&crate::literal::write(self))
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Number(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::text(value)
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::text(value)
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(items: Vec<T>) -> Self {
        Self::list(items.into_iter().map(Into::into).collect())
    }
}

/// Numbers are stored by their bits, so that NaN and infinities survive formats that have no word for them.
mod number_bits {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(value.to_bits())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
        u64::deserialize(deserializer).map(f64::from_bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_and_numbers_compare_exactly() {
        let edge = 1_i64 << 53;
        assert_ne!(Value::Int(edge + 1), Value::Number(edge as f64));
        assert_eq!(Value::Int(edge + 1).order(&Value::Number(edge as f64)), Some(Ordering::Greater));
        assert_eq!(Value::Int(2), Value::Number(2.0));
        assert_eq!(Value::Int(2).order(&Value::Number(f64::NAN)), None);
    }

    #[test]
    fn a_value_is_two_words() {
        assert_eq!(size_of::<Value>(), 16);
    }

    #[test]
    fn the_order_of_entries_does_not_count() {
        let one = Value::map([("a".to_owned(), Value::Int(1)), ("b".to_owned(), Value::Int(2))]);
        let two = Value::map([("b".to_owned(), Value::Int(2)), ("a".to_owned(), Value::Int(1))]);
        assert_eq!(one, two);
    }
}
