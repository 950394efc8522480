//! What the functions of the language do. Their contracts stand in [`blocks::builtins`].

mod dates;
pub(crate) mod effort;
mod encoding;
mod formats;
mod indented;
mod lists;
mod maps;
mod math;
mod texts;
mod unique;
mod yaml;

use blocks::Value;
use blocks::value::Entries;

use crate::failure::Fault;
use crate::limits::Limits;

/// A function: which of its signatures, what it is given (and may use up), and the limits it keeps.
pub(crate) type Function = fn(u32, &mut [Value], &Limits) -> Result<Value, Fault>;

/// Calls a function of the language: one of its signatures, with arguments of those types.
///
/// # Errors
/// Those that the function's description names, and `size` for a result beyond the limits.
pub fn call(
    builtin: &blocks::builtins::Builtin,
    signature: usize,
    arguments: &mut [Value],
    limits: &Limits,
) -> Result<Value, Fault> {
    let result = meaning(builtin.name)(signature as u32, arguments, limits)?;
    limits.allow(crate::limits::shallow_size(&result))?;
    Ok(result)
}

/// The meaning of the function of that name. Functions that have instructions of their own do as these do.
pub(crate) fn meaning(name: &str) -> Function {
    [
        math::function,
        texts::function,
        lists::function,
        maps::function,
        formats::function,
        encoding::function,
        dates::function,
    ]
    .into_iter()
    .find_map(|find| find(name))
    .unwrap_or(missing)
}

/// A test holds that no function of the language is missing.
fn missing(_: u32, _: &mut [Value], _: &Limits) -> Result<Value, Fault> {
    Err(Fault::new("internal", "this version has no meaning for the function"))
}

fn text(value: &Value) -> Result<&str, Fault> {
    value.as_text().ok_or_else(|| Fault::wrong_type("a text", value))
}

fn list(value: &Value) -> Result<&[Value], Fault> {
    value.as_list().ok_or_else(|| Fault::wrong_type("a list", value))
}

fn map(value: &Value) -> Result<&Entries, Fault> {
    match value {
        Value::Map(entries) => Ok(entries),
        other => Err(Fault::wrong_type("a map", other)),
    }
}

fn number(value: &Value) -> Result<f64, Fault> {
    match value {
        Value::Number(number) => Ok(*number),
        other => Err(Fault::wrong_type("a number", other)),
    }
}

fn finite(value: &Value) -> Result<f64, Fault> {
    let number = number(value)?;
    if number.is_finite() { Ok(number) } else { Err(Fault::invalid("nan and infinity have no such value")) }
}

/// An integer within 64 bits; what is beyond is no position, count or width.
fn small(value: &Value) -> Result<i64, Fault> {
    match value {
        Value::Int(integer) => Ok(*integer),
        Value::Big(_) => Err(Fault::invalid(format!("{value} is too large"))),
        other => Err(Fault::wrong_type("an int", other)),
    }
}

fn big(value: &Value) -> Result<num_bigint::BigInt, Fault> {
    value.to_bigint().ok_or_else(|| Fault::wrong_type("an int", value))
}

fn take(value: &mut Value) -> Value {
    std::mem::replace(value, Value::None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_function_has_a_meaning() {
        for builtin in blocks::builtins::all() {
            assert!(!std::ptr::fn_addr_eq(meaning(builtin.name), missing as Function), "{}", builtin.name);
        }
    }
}
