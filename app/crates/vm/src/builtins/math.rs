//! Functions of numbers.
//!
//! Those that are no plain arithmetic come from `libm`: the standard library takes the system's, whose last digits
//! differ from machine to machine and from WebAssembly's.

use std::cmp::Ordering;

use blocks::Value;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{FromPrimitive, Signed};

use super::{Function, big, finite, number, small, take};
use crate::failure::Fault;
use crate::limits::Limits;

pub(super) fn function(name: &str) -> Option<Function> {
    Some(match name {
        "abs" => |_, a, _| match &a[0] {
            Value::Number(x) => Ok(Value::Number(x.abs())),
            other => big(other).map(|x| Value::integer(x.abs())),
        },
        "min" => |_, a, _| Ok(pick(a, Ordering::Less)),
        "max" => |_, a, _| Ok(pick(a, Ordering::Greater)),
        "floor" => |_, a, _| whole(finite(&a[0])?.floor()),
        "ceil" => |_, a, _| whole(finite(&a[0])?.ceil()),
        "round" => |signature, a, _| {
            let x = finite(&a[0])?;
            if signature == 0 { whole(x.round_ties_even()) } else { round_digits(x, digits(&a[1])?).map(Value::Number) }
        },
        "sqrt" => |_, a, _| match number(&a[0])? {
            x if x < 0.0 => Err(Fault::invalid("a negative number has no square root")),
            x => Ok(Value::Number(x.sqrt())),
        },
        "integer_root" => |_, a, _| match big(&a[0])? {
            x if x.is_negative() => Err(Fault::invalid("a negative integer has no square root")),
            x => Ok(Value::integer(x.sqrt())),
        },
        "gcd" => |_, a, _| Ok(Value::integer(big(&a[0])?.gcd(&big(&a[1])?))),
        "lcm" => |_, a, limits| {
            let (x, y) = (big(&a[0])?, big(&a[1])?);
            crate::arithmetic::allow_bits(x.bits() + y.bits(), limits)?;
            Ok(Value::integer(x.lcm(&y)))
        },
        "log" => log,
        "exp" => |_, a, _| Ok(Value::Number(libm::exp(number(&a[0])?))),
        "sin" => |_, a, _| Ok(Value::Number(libm::sin(number(&a[0])?))),
        "cos" => |_, a, _| Ok(Value::Number(libm::cos(number(&a[0])?))),
        "tan" => |_, a, _| Ok(Value::Number(libm::tan(number(&a[0])?))),
        "pi" => |_, _, _| Ok(Value::Number(std::f64::consts::PI)),
        "is_nan" => |_, a, _| Ok(Value::Bool(number(&a[0])?.is_nan())),
        "bit_and" => |_, a, _| bits(a, |x, y| x & y),
        "bit_xor" => |_, a, _| bits(a, |x, y| x ^ y),
        _ => return None,
    })
}

/// The first of two values unless the second stands on the wanted side of it.
fn pick(a: &mut [Value], side: Ordering) -> Value {
    let index = usize::from(a[1].order(&a[0]) == Some(side));
    take(&mut a[index])
}

fn whole(x: f64) -> Result<Value, Fault> {
    BigInt::from_f64(x).map(Value::integer).ok_or_else(|| Fault::invalid("nan and infinity have no integer"))
}

/// A count of decimals, 0 to 15.
pub(super) fn digits(value: &Value) -> Result<usize, Fault> {
    match small(value)? {
        digits @ 0..=15 => Ok(digits as usize),
        other => Err(Fault::invalid(format!("the number of decimals must be 0 to 15, not {other}"))),
    }
}

/// Rounds to decimals by the exact decimal value of the number, as Python does.
fn round_digits(x: f64, digits: usize) -> Result<f64, Fault> {
    format!("{x:.digits$}").parse().map_err(|_| Fault::invalid("the number cannot be rounded"))
}

fn log(signature: u32, a: &mut [Value], _: &Limits) -> Result<Value, Fault> {
    let x = number(&a[0])?;
    let base = if signature == 0 { std::f64::consts::E } else { number(&a[1])? };
    if x <= 0.0 || base <= 0.0 {
        return Err(Fault::invalid("only numbers above zero have a logarithm"));
    }
    if signature == 0 {
        return Ok(Value::Number(libm::log(x)));
    }
    let divisor = libm::log(base);
    if divisor == 0.0 {
        return Err(Fault::new("division_by_zero", "division by zero"));
    }
    Ok(Value::Number(libm::log(x) / divisor))
}

fn bits(a: &[Value], combine: fn(BigInt, BigInt) -> BigInt) -> Result<Value, Fault> {
    let (x, y) = (big(&a[0])?, big(&a[1])?);
    if x.is_negative() || y.is_negative() {
        return Err(Fault::invalid("only integers from zero have bits"));
    }
    Ok(Value::integer(combine(x, y)))
}
