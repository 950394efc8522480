//! Operators.

use std::cmp::Ordering;

use blocks::Value;
use blocks::formula::BinaryOperator;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Pow, Signed, ToPrimitive, Zero};

use crate::failure::Fault;
use crate::limits::Limits;

/// Applies an operator.
///
/// # Errors
/// `division_by_zero`; `invalid_argument` for a negative integer exponent or a root of a negative number; `size` for a
/// result beyond the limits; `wrong_type` for values that the checker would not let through.
#[inline]
pub fn binary(operator: BinaryOperator, a: &Value, b: &Value, limits: &Limits) -> Result<Value, Fault> {
    use BinaryOperator as O;
    if let (Value::Int(a), Value::Int(b)) = (a, b)
        && let Some(result) = small(operator, *a, *b)
    {
        return Ok(result);
    }
    match operator {
        O::Equal => Ok(Value::Bool(a == b)),
        O::NotEqual => Ok(Value::Bool(a != b)),
        O::Less => Ok(Value::Bool(a.order(b) == Some(Ordering::Less))),
        O::LessOrEqual => Ok(Value::Bool(matches!(a.order(b), Some(Ordering::Less | Ordering::Equal)))),
        O::Greater => Ok(Value::Bool(a.order(b) == Some(Ordering::Greater))),
        O::GreaterOrEqual => Ok(Value::Bool(matches!(a.order(b), Some(Ordering::Greater | Ordering::Equal)))),
        O::In => contains(a, b),
        _ => arithmetic(operator, a, b, limits),
    }
}

/// Whether an operator whose result is a bool holds.
pub(crate) fn holds(operator: BinaryOperator, a: &Value, b: &Value, limits: &Limits) -> Result<bool, Fault> {
    match operator {
        BinaryOperator::Equal => Ok(a == b),
        BinaryOperator::NotEqual => Ok(a != b),
        _ => binary(operator, a, b, limits).map(|holds| matches!(holds, Value::Bool(true))),
    }
}

/// Integers within 64 bits whose result is one, too.
#[inline]
fn small(operator: BinaryOperator, a: i64, b: i64) -> Option<Value> {
    use BinaryOperator as O;
    match operator {
        O::Add => a.checked_add(b).map(Value::Int),
        O::Subtract => a.checked_sub(b).map(Value::Int),
        O::Multiply => a.checked_mul(b).map(Value::Int),
        O::Less => Some(Value::Bool(a < b)),
        O::LessOrEqual => Some(Value::Bool(a <= b)),
        O::Greater => Some(Value::Bool(a > b)),
        O::GreaterOrEqual => Some(Value::Bool(a >= b)),
        O::Equal => Some(Value::Bool(a == b)),
        O::NotEqual => Some(Value::Bool(a != b)),
        O::FloorDivide if b > 0 => Some(Value::Int(a.div_euclid(b))),
        O::Modulo if b > 0 => Some(Value::Int(a.rem_euclid(b))),
        _ => None,
    }
}

fn arithmetic(operator: BinaryOperator, a: &Value, b: &Value, limits: &Limits) -> Result<Value, Fault> {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => floats(operator, *a, *b).map(Value::Number),
        (Value::Text(a), Value::Text(b)) => {
            limits.allow((a.len() + b.len()) as u64)?;
            Ok(Value::text(format!("{a}{b}")))
        }
        (Value::List(a), Value::List(b)) => {
            limits.allow(((a.len() + b.len()) * 16) as u64)?;
            Ok(Value::list(a.iter().chain(b.iter()).cloned().collect()))
        }
        (Value::Number(a), _) => floats(operator, *a, to_number(b)?).map(Value::Number),
        (_, Value::Number(b)) => floats(operator, to_number(a)?, *b).map(Value::Number),
        _ => integers(operator, a, b, limits),
    }
}

pub(crate) fn to_number(value: &Value) -> Result<f64, Fault> {
    match blocks::conform::widen(value.clone()).map_err(Fault::from)? {
        Value::Number(number) => Ok(number),
        other => Err(Fault::wrong_type("a number", &other)),
    }
}

fn integers(operator: BinaryOperator, a: &Value, b: &Value, limits: &Limits) -> Result<Value, Fault> {
    use BinaryOperator as O;
    let a = a.to_bigint().ok_or_else(|| Fault::wrong_type("an int", a))?;
    let b = b.to_bigint().ok_or_else(|| Fault::wrong_type("an int", b))?;
    let nonzero = |b: &BigInt| if b.is_zero() { Err(division_by_zero()) } else { Ok(()) };
    let result = match operator {
        O::Add => a + b,
        O::Subtract => a - b,
        O::Multiply => {
            allow_bits(a.bits() + b.bits(), limits)?;
            a * b
        }
        O::FloorDivide => {
            nonzero(&b)?;
            a.div_floor(&b)
        }
        O::Modulo => {
            nonzero(&b)?;
            a.mod_floor(&b)
        }
        O::Power => return power(&a, &b, limits),
        O::Divide => {
            nonzero(&b)?;
            return divide(&a, &b).map(Value::Number);
        }
        _ => return Err(Fault::new("wrong_type", format!("'{}' cannot be applied to integers", operator.symbol()))),
    };
    allow_bits(result.bits(), limits)?;
    Ok(Value::integer(result))
}

/// The largest integer has a million bits: beyond, one operation could take seconds.
pub(crate) fn allow_bits(bits: u64, limits: &Limits) -> Result<(), Fault> {
    if bits > 1 << 20 {
        return Err(Fault::new("size", "an integer would have more than 1,048,576 bits"));
    }
    Ok(limits.allow(bits / 8)?)
}

pub(crate) fn division_by_zero() -> Fault {
    Fault::new("division_by_zero", "division by zero")
}

fn power(base: &BigInt, exponent: &BigInt, limits: &Limits) -> Result<Value, Fault> {
    if exponent.is_negative() {
        return Err(Fault::invalid("an integer has no negative power; use a number, as in 2.0 ** -1"));
    }
    if base.abs() <= BigInt::from(1) {
        let odd = exponent.is_odd();
        let one = BigInt::from(1);
        let result =
            if exponent.is_zero() || *base == one || (base.is_negative() && !odd) { one } else { base.clone() };
        return Ok(Value::integer(result));
    }
    let exponent = exponent.to_u64().unwrap_or(u64::MAX);
    allow_bits(base.bits().saturating_mul(exponent), limits)?;
    Ok(Value::integer(Pow::pow(base, exponent)))
}

/// The number nearest to a quotient of integers.
///
/// # Errors
/// `overflow` where the quotient is beyond all numbers.
fn divide(a: &BigInt, b: &BigInt) -> Result<f64, Fault> {
    let exact = |value: &BigInt| value.to_i64().filter(|value| value.unsigned_abs() <= 1 << 53);
    if let (Some(a), Some(b)) = (exact(a), exact(b)) {
        return Ok(a as f64 / b as f64);
    }
    // Scale so that the quotient has at least 66 bits: more than a number holds, with a sticky bit for the rest.
    let shift = 66 + b.bits() as i64 - a.bits() as i64;
    let (a, b) = if shift >= 0 { (a << shift, b.clone()) } else { (a.clone(), b << -shift) };
    let (quotient, remainder) = a.abs().div_rem(&b.abs());
    let sticky = if remainder.is_zero() { quotient } else { (quotient << 1) | BigInt::from(1) };
    let scale = if remainder.is_zero() { -shift } else { -shift - 1 };
    let magnitude = scale_by_power_of_two(sticky.to_f64().unwrap_or(f64::INFINITY), scale);
    if magnitude.is_infinite() {
        return Err(Fault::new("overflow", "the quotient is too large for a number"));
    }
    Ok(if a.is_negative() == b.is_negative() { magnitude } else { -magnitude })
}

fn scale_by_power_of_two(mut value: f64, mut exponent: i64) -> f64 {
    while exponent > 0 && value.is_finite() {
        let step = exponent.min(1000);
        value *= 2f64.powi(step as i32);
        exponent -= step;
    }
    while exponent < 0 && value != 0.0 {
        let step = (-exponent).min(1000);
        value /= 2f64.powi(step as i32);
        exponent += step;
    }
    value
}

pub(crate) fn floats(operator: BinaryOperator, a: f64, b: f64) -> Result<f64, Fault> {
    use BinaryOperator as O;
    let nonzero = || if b == 0.0 { Err(division_by_zero()) } else { Ok(()) };
    match operator {
        O::Add => Ok(a + b),
        O::Subtract => Ok(a - b),
        O::Multiply => Ok(a * b),
        O::Divide => nonzero().map(|()| a / b),
        O::FloorDivide => nonzero().map(|()| floor_division(a, b).0),
        O::Modulo => nonzero().map(|()| floor_division(a, b).1),
        O::Power if a == 0.0 && b < 0.0 => Err(division_by_zero()),
        O::Power if a < 0.0 && a.is_finite() && b.is_finite() && b.fract() != 0.0 => {
            Err(Fault::invalid("a negative number has no fractional power"))
        }
        O::Power => Ok(libm::pow(a, b)),
        _ => Err(Fault::new("wrong_type", format!("'{}' cannot be applied to numbers", operator.symbol()))),
    }
}

/// Quotient and remainder as Python computes them: the remainder has the sign of the divisor.
fn floor_division(a: f64, b: f64) -> (f64, f64) {
    let mut remainder = a % b;
    let mut quotient = (a - remainder) / b;
    if remainder == 0.0 {
        remainder = 0f64.copysign(b);
    } else if (b < 0.0) != (remainder < 0.0) {
        remainder += b;
        quotient -= 1.0;
    }
    let floored = if quotient == 0.0 {
        0f64.copysign(a / b)
    } else {
        let floor = quotient.floor();
        if quotient - floor > 0.5 { floor + 1.0 } else { floor }
    };
    (floored, remainder)
}

fn contains(part: &Value, whole: &Value) -> Result<Value, Fault> {
    let found = match (part, whole) {
        (Value::Text(part), Value::Text(whole)) => whole.contains(part.as_str()),
        (Value::Text(key), Value::Map(entries)) => entries.contains_key(key.as_str()),
        (part, Value::List(items)) => items.contains(part),
        (_, whole) => return Err(Fault::wrong_type("a text, list or map", whole)),
    };
    Ok(Value::Bool(found))
}

/// The negative of an integer or number.
///
/// # Errors
/// `wrong_type` for anything else.
pub fn negate(value: &Value) -> Result<Value, Fault> {
    match value {
        Value::Number(number) => Ok(Value::Number(-number)),
        other => other
            .to_bigint()
            .map(|integer| Value::integer(-integer))
            .ok_or_else(|| Fault::wrong_type("a number", value)),
    }
}
