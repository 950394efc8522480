//! What functions cost beyond their step, so that fuel bounds the time and memory of a run.

use blocks::Value;

use crate::failure::Fault;
use crate::limits::{Limits, shallow_size};

/// What a function does with what it is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effort {
    /// It looks at one place, and takes what it is given as it is.
    Place,
    /// It looks for a key.
    Key,
    /// It counts characters.
    Count,
    /// It goes through texts, lists and maps, but not through what these hold.
    Through,
    /// It goes through all that its arguments hold.
    ThroughAll,
    /// It puts in order, which takes longer the more there is.
    Order,
    /// It makes many parts of a text.
    Parts,
    /// It computes digit by digit with all digits.
    Digits,
    /// It computes bit by bit with all digits.
    Bits,
}

/// The effort of the function of that name.
pub(crate) fn effort(name: &str) -> Effort {
    match name {
        "append" | "set_item" | "first" | "last" | "default" | "as_list" | "as_map" | "as_text" | "type_of" => {
            Effort::Place
        }
        "get" | "put" => Effort::Key,
        "len" => Effort::Count,
        "json" | "to_json" | "to_yaml" | "count" | "index_of" | "unique" | "join" => Effort::ThroughAll,
        "sort" => Effort::Order,
        "parse_json" | "parse_csv" | "split" | "words" | "lines" | "chars" | "keys" | "entries" | "pairs" | "chunk" => {
            Effort::Parts
        }
        "gcd" | "lcm" => Effort::Bits,
        "integer_root" | "to_base" | "from_base" | "int" | "text" => Effort::Digits,
        _ => Effort::Through,
    }
}

impl Effort {
    /// What it costs to go through the arguments.
    ///
    /// # Errors
    /// `size` if one of them is too large for that.
    pub(crate) fn before(self, arguments: &[Value], limits: &Limits) -> Result<i64, Fault> {
        let through = || arguments.iter().map(|value| (shallow_size(value) / 16) as i64).sum::<i64>();
        let all = || arguments.iter().map(|value| deep(value, limits)).sum::<Result<i64, Fault>>();
        match self {
            Self::Place => Ok(0),
            Self::Key => Ok(arguments.get(1).map_or(0, |key| (shallow_size(key) / 16) as i64)),
            Self::Count => Ok(arguments.first().map_or(0, counted)),
            Self::Through | Self::Parts => Ok(through()),
            Self::ThroughAll => all(),
            Self::Order => Ok(all()? * rounds(arguments)),
            Self::Digits => Ok(all()? + arguments.iter().map(digits).sum::<i64>()),
            Self::Bits => Ok(4 * arguments.iter().map(digits).sum::<i64>()),
        }
    }

    /// What it costs that the result is there.
    ///
    /// # Errors
    /// `size` if it is too large.
    pub(crate) fn after(self, result: &Value, limits: &Limits) -> Result<i64, Fault> {
        match self {
            // Each part is a value of its own, which takes more room than what it says.
            Self::Parts => Ok(4 * deep(result, limits)?),
            Self::Digits => Ok(digits(result)),
            _ => Ok(0),
        }
    }
}

fn deep(value: &Value, limits: &Limits) -> Result<i64, Fault> {
    match value {
        Value::List(_) | Value::Map(_) => limits.look_through(value),
        other => Ok((shallow_size(other) / 16) as i64),
    }
}

/// What it costs to count the characters of a text.
pub(crate) fn counted(value: &Value) -> i64 {
    match value {
        Value::Text(text) => (text.len() / 64) as i64,
        _ => 0,
    }
}

/// How often sorting goes through a list, compared to going through it once.
fn rounds(arguments: &[Value]) -> i64 {
    let length = arguments.first().and_then(Value::as_list).map_or(0, <[Value]>::len);
    i64::from(length.max(2).ilog2()) / 4 + 1
}

/// Digits meet digits: each word of a large integer, or of the text of one, each other.
fn digits(value: &Value) -> i64 {
    let words = match value {
        Value::Big(integer) => integer.bits() / 64,
        Value::Text(text) if text.len() <= 400_000 => text.len() as u64 / 19,
        _ => 0,
    };
    (words * words / 32) as i64
}

fn bits(value: &Value) -> i64 {
    match value {
        Value::Big(integer) => integer.bits() as i64,
        Value::Int(integer) => i64::from(64 - integer.unsigned_abs().leading_zeros()),
        _ => 0,
    }
}

/// What an operator of two values costs beyond its step and its result.
///
/// # Errors
/// `size` if they are too large to be compared.
pub(crate) fn of_operator(
    operator: blocks::formula::BinaryOperator,
    a: &Value,
    b: &Value,
    limits: &Limits,
) -> Result<i64, Fault> {
    use blocks::formula::BinaryOperator as O;
    let words = |value: &Value| bits(value) / 64;
    Ok(match (operator, a, b) {
        (O::In, key, Value::Map(_)) => (shallow_size(key) / 16) as i64,
        (O::In, _, whole) => deep(whole, limits)?,
        (O::Multiply, Value::Big(_), Value::Big(_)) => words(a) * words(b) / 128,
        (O::FloorDivide | O::Modulo | O::Divide, Value::Big(_), Value::Big(_)) => {
            (words(a) - words(b)).max(1) * words(b) / 32
        }
        (O::Power, Value::Int(_) | Value::Big(_), Value::Int(exponent)) => {
            let words = bits(a).saturating_mul(*exponent).clamp(0, 1 << 20) / 64;
            words * words / 256
        }
        (O::Add | O::Subtract | O::Multiply | O::FloorDivide | O::Modulo | O::Divide | O::Power, ..) => 0,
        (_, Value::List(_) | Value::Map(_), Value::List(_) | Value::Map(_)) => deep(a, limits)? + deep(b, limits)?,
        (_, Value::Text(a), Value::Text(b)) => (a.len().min(b.len()) / 16) as i64,
        _ => 0,
    })
}
