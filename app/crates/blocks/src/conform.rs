//! Values from outside to values of a type.

use std::fmt;

use crate::types::Type;
use crate::value::{Entries, Value};

/// Why a value cannot be widened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unwidened {
    /// An integer is beyond all numbers.
    TooLarge,
    /// JSON cannot say a number: nan or an infinity.
    NotJson,
}

impl Unwidened {
    /// The code of the error that a program fails with.
    pub fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "overflow",
            Self::NotJson => "invalid_argument",
        }
    }
}

impl fmt::Display for Unwidened {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::TooLarge => "the integer is too large for a number",
            Self::NotJson => "JSON cannot say nan or infinity",
        })
    }
}

/// Turns a value into one of the type: integers become numbers where numbers are wanted, whole numbers become integers
/// where json is, missing optional fields of a record become `none`. A whole number without a fraction counts as an
/// `int`, as JSON does not tell them apart.
///
/// # Errors
/// A sentence that says what is wrong, and where in the value.
pub fn conform(value: Value, ty: &Type) -> Result<Value, String> {
    match (value, ty) {
        (value, Type::Unknown | Type::Parameter(_)) => Ok(value),
        (value, Type::Json) => as_json(&value).map_err(|error| error.to_string()),
        (Value::None, Type::None | Type::Optional(_)) => Ok(Value::None),
        (value, Type::Optional(inner)) => conform(value, inner),
        (value @ (Value::Int(_) | Value::Big(_)), Type::Int) => Ok(value),
        (Value::Number(number), Type::Int) if number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0 => {
            // Exact: the number is whole and within the range in which every integer is a number.
            Ok(Value::Int(number as i64))
        }
        (value @ Value::Number(_), Type::Number) => Ok(value),
        (value @ (Value::Int(_) | Value::Big(_)), Type::Number) => widen(value).map_err(|error| error.to_string()),
        (value @ Value::Text(_), Type::Text) | (value @ Value::Bool(_), Type::Bool) => Ok(value),
        (Value::List(items), Type::List(item)) => {
            let items = items.iter().enumerate().map(|(index, value)| {
                conform(value.clone(), item).map_err(|message| format!("item {index}: {message}"))
            });
            items.collect::<Result<Vec<_>, _>>().map(Value::list)
        }
        (Value::Map(entries), Type::Map(item)) => {
            let entries = entries.iter().map(|(key, value)| {
                let value = conform(value.clone(), item).map_err(|message| format!("entry \"{key}\": {message}"))?;
                Ok((key.clone(), value))
            });
            entries.collect::<Result<Entries, String>>().map(Value::map)
        }
        (Value::Map(entries), Type::Record(fields)) => record(&entries, fields),
        (value, wanted) => Err(format!("expected {wanted}, found {}", value.type_name())),
    }
}

fn record(entries: &Entries, fields: &[(String, Type)]) -> Result<Value, String> {
    if let Some(unknown) = entries.keys().find(|key| !fields.iter().any(|(name, _)| name == *key)) {
        return Err(format!("there is no field '{unknown}'"));
    }
    let fields = fields.iter().map(|(name, ty)| match entries.get(name) {
        Some(value) => {
            let value = conform(value.clone(), ty).map_err(|message| format!("field '{name}': {message}"))?;
            Ok((name.clone(), value))
        }
        None if matches!(ty, Type::Optional(_)) => Ok((name.clone(), Value::None)),
        None => Err(format!("the field '{name}' is missing")),
    });
    fields.collect::<Result<Entries, String>>().map(Value::map)
}

/// The number nearest to an integer; any other value stays as it is.
///
/// # Errors
/// Where the integer is beyond all numbers.
pub fn widen(value: Value) -> Result<Value, Unwidened> {
    let number = match &value {
        Value::Int(integer) => *integer as f64,
        Value::Big(integer) => num_traits::ToPrimitive::to_f64(&**integer).unwrap_or(f64::INFINITY),
        _ => return Ok(value),
    };
    if number.is_infinite() { Err(Unwidened::TooLarge) } else { Ok(Value::Number(number)) }
}

/// A value as json: whole numbers that are exact become integers, as JSON does not tell them apart.
///
/// # Errors
/// Where JSON cannot say a number in it.
pub fn as_json(value: &Value) -> Result<Value, Unwidened> {
    match value {
        Value::Number(number) if !number.is_finite() => Err(Unwidened::NotJson),
        Value::Number(number) if number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0 => {
            Ok(Value::Int(*number as i64))
        }
        Value::List(items) => items.iter().map(as_json).collect::<Result<_, _>>().map(Value::list),
        Value::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| Ok((key.clone(), as_json(value)?)));
            entries.collect::<Result<Entries, _>>().map(Value::map)
        }
        other => Ok(other.clone()),
    }
}

/// Widens a value of a fitting type to `ty`.
///
/// # Errors
/// Where an integer in it is beyond all numbers, or JSON cannot say a number in it.
pub fn widen_to(value: Value, ty: &Type) -> Result<Value, Unwidened> {
    match (value, ty) {
        (value, Type::Number) => widen(value),
        (value, Type::Json) => as_json(&value),
        (Value::None, Type::Optional(_)) => Ok(Value::None),
        (value, Type::Optional(inner)) => widen_to(value, inner),
        (Value::List(items), Type::List(item)) => {
            let items = items.iter().map(|value| widen_to(value.clone(), item));
            items.collect::<Result<_, _>>().map(Value::list)
        }
        (Value::Map(entries), Type::Map(item)) => widen_entries(&entries, |_| item),
        (Value::Map(entries), Type::Record(fields)) => widen_entries(&entries, |key| {
            fields.iter().find(|(name, _)| name == key).map_or(&Type::Unknown, |(_, ty)| ty)
        }),
        (value, _) => Ok(value),
    }
}

fn widen_entries<'a>(entries: &Entries, ty: impl Fn(&str) -> &'a Type) -> Result<Value, Unwidened> {
    let entries = entries.iter().map(|(key, value)| Ok((key.clone(), widen_to(value.clone(), ty(key))?)));
    entries.collect::<Result<Entries, _>>().map(Value::map)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_integer_beyond_all_numbers_is_no_infinity() {
        let large = crate::literal::read(&format!("1{}", "0".repeat(400))).unwrap();
        assert!(conform(large.clone(), &Type::Number).is_err());
        assert!(widen_to(Value::list(vec![large]), &Type::list(Type::Number)).is_err());
        assert_eq!(widen(Value::Int(3)).unwrap().to_string(), "3.0");
    }

    #[test]
    fn what_becomes_json_is_as_json_says_it() {
        let read = |text: &str| crate::literal::read(text).unwrap();
        for (given, ty, found) in [
            ("2.0", "json", "2"),
            ("-0.0", "json", "0"),
            ("9007199254740992.0", "json", "9007199254740992.0"),
            ("[1, 2.0, true]", "list<json>", "[1, 2, true]"),
            ("{\"a\": [2.0], \"b\": 2.0}", "record{a: json, b: number}", "{\"a\": [2], \"b\": 2.0}"),
            ("{\"a\": 2.0}", "map<json>", "{\"a\": 2}"),
        ] {
            let ty = crate::types::read(ty).unwrap();
            assert_eq!(widen_to(read(given), &ty).unwrap().to_string(), found);
            assert_eq!(conform(read(given), &ty).unwrap().to_string(), found);
        }
        assert_eq!(widen_to(read("[nan]"), &Type::list(Type::Json)), Err(Unwidened::NotJson));
        assert!(conform(read("{\"a\": infinity}"), &Type::Json).is_err());
    }
}
