//! Functions of text.

use blocks::{Value, literal};
use num_bigint::BigInt;
use num_traits::FromPrimitive;

use super::math::digits;
use super::{Function, big, finite, list, small, text};
use crate::failure::Fault;
use crate::limits::Limits;
use crate::machine::push_text;

pub(super) fn function(name: &str) -> Option<Function> {
    Some(match name {
        "upper" => |_, a, _| Ok(Value::text(text(&a[0])?.to_uppercase())),
        "lower" => |_, a, _| Ok(Value::text(text(&a[0])?.to_lowercase())),
        "trim" => |_, a, _| Ok(Value::text(text(&a[0])?.trim())),
        "split" => |_, a, limits| {
            let separator = nonempty(&a[1], "separator")?;
            parts(text(&a[0])?.split(separator), limits)
        },
        "words" => |_, a, limits| parts(text(&a[0])?.split_whitespace(), limits),
        "lines" => |_, a, limits| parts(text(&a[0])?.lines(), limits),
        "join" => join,
        "replace" => |_, a, limits| {
            let (whole, old, new) = (text(&a[0])?, nonempty(&a[1], "old part")?, text(&a[2])?);
            let found = whole.matches(old).count() as u64;
            limits.allow((whole.len() as u64).saturating_add(found.saturating_mul(new.len() as u64)))?;
            Ok(Value::text(whole.replace(old, new)))
        },
        "starts_with" => |_, a, _| Ok(Value::Bool(text(&a[0])?.starts_with(text(&a[1])?))),
        "ends_with" => |_, a, _| Ok(Value::Bool(text(&a[0])?.ends_with(text(&a[1])?))),
        "find" => |_, a, _| {
            let whole = text(&a[0])?;
            let found = whole.find(text(&a[1])?);
            Ok(Value::Int(found.map_or(-1, |byte| whole[..byte].chars().count() as i64)))
        },
        "repeat_text" => |_, a, limits| {
            let whole = text(&a[0])?;
            let times = if whole.is_empty() { 0 } else { u64::try_from(small(&a[1])?).unwrap_or(0) };
            limits.allow(times.saturating_mul(whole.len() as u64))?;
            Ok(Value::text(whole.repeat(times as usize)))
        },
        "pad_left" => {
            |_, a, limits| padding(a, limits).map(|fill| Value::text(fill + a[0].as_text().unwrap_or_default()))
        }
        "pad_right" => |_, a, limits| {
            padding(a, limits).map(|fill| Value::text(a[0].as_text().unwrap_or_default().to_owned() + &fill))
        },
        "chars" => |_, a, limits| {
            let whole = text(&a[0])?;
            limits.allow(whole.len() as u64 * 16)?;
            Ok(Value::list(whole.chars().map(Value::from_char).collect()))
        },
        "code" => |_, a, _| one_character(&a[0]).map(|character| Value::Int(i64::from(u32::from(character)))),
        "char" => |_, a, _| {
            let code = u32::try_from(small(&a[0])?).ok().and_then(char::from_u32);
            code.map(Value::from_char).ok_or_else(|| Fault::invalid(format!("there is no character {}", a[0])))
        },
        "is_letter" => |_, a, _| every(&a[0], char::is_alphabetic),
        "is_digit" => |_, a, _| every(&a[0], |character| character.is_ascii_digit()),
        "text" => |_, a, _| {
            let mut out = String::new();
            push_text(&mut out, &a[0]);
            Ok(Value::text(out))
        },
        "fixed" => |_, a, _| {
            let (x, digits) = (finite(&a[0])?, digits(&a[1])?);
            Ok(Value::text(format!("{x:.digits$}")))
        },
        "int" => |_, a, _| to_int(&a[0]),
        "number" => |_, a, _| to_number(&a[0]),
        "to_base" => |_, a, _| Ok(Value::text(big(&a[0])?.to_str_radix(base(&a[1])?))),
        "from_base" => from_base,
        _ => return None,
    })
}

fn nonempty<'a>(value: &'a Value, what: &str) -> Result<&'a str, Fault> {
    let part = text(value)?;
    if part.is_empty() { Err(Fault::invalid(format!("the {what} must not be empty"))) } else { Ok(part) }
}

/// The parts as a list. Short ones that come again soon are one text with several owners; they are so short that the
/// copy which a change then makes costs no fuel.
fn parts<'a>(parts: impl Iterator<Item = &'a str>, limits: &Limits) -> Result<Value, Fault> {
    const SEATS: usize = 64;
    let mut latest = vec![Value::None; SEATS];
    let one = |part: &str| {
        let (Some(first), true) = (part.bytes().next(), part.len() < 16) else { return Value::text(part) };
        let seat = &mut latest[(usize::from(first) * 7 + part.len() * 31) % SEATS];
        if seat.as_text() != Some(part) {
            *seat = Value::text(part);
        }
        seat.clone()
    };
    let items: Vec<Value> = parts.map(one).collect();
    limits.allow(items.len() as u64 * 16)?;
    Ok(Value::list(items))
}

fn join(_: u32, a: &mut [Value], limits: &Limits) -> Result<Value, Fault> {
    let separator = text(&a[1])?;
    let mut joined = String::new();
    for (index, item) in list(&a[0])?.iter().enumerate() {
        if index > 0 {
            joined.push_str(separator);
        }
        joined.push_str(text(item)?);
        limits.allow(joined.len() as u64)?;
    }
    Ok(Value::text(joined))
}

fn padding(a: &[Value], limits: &Limits) -> Result<String, Fault> {
    let fill = one_character(&a[2])?;
    let missing = small(&a[1])?.saturating_sub(text(&a[0])?.chars().count() as i64).max(0) as u64;
    limits.allow(missing.saturating_mul(4))?;
    Ok(std::iter::repeat_n(fill, missing as usize).collect())
}

fn one_character(value: &Value) -> Result<char, Fault> {
    let mut characters = text(value)?.chars();
    match (characters.next(), characters.next()) {
        (Some(character), None) => Ok(character),
        _ => Err(Fault::invalid("exactly one character is needed")),
    }
}

fn every(value: &Value, holds: impl Fn(char) -> bool) -> Result<Value, Fault> {
    let whole = text(value)?;
    Ok(Value::Bool(!whole.is_empty() && whole.chars().all(holds)))
}

fn to_int(value: &Value) -> Result<Value, Fault> {
    match value {
        Value::Int(_) | Value::Big(_) => Ok(value.clone()),
        Value::Bool(truth) => Ok(Value::Int(i64::from(*truth))),
        Value::Number(number) => BigInt::from_f64(number.trunc())
            .map(Value::integer)
            .ok_or_else(|| Fault::invalid("nan and infinity have no integer")),
        Value::Text(whole) => {
            let digits = whole.trim();
            let plain = digits.strip_prefix(['+', '-']).unwrap_or(digits);
            if plain.is_empty() || plain.len() > 300_000 || !plain.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(Fault::invalid(format!("\"{}\" is not an integer", shorten(whole))));
            }
            digits.parse().map(Value::integer).map_err(|_| Fault::invalid("the text is not an integer"))
        }
        other => Err(Fault::invalid(format!("{} is not an integer", other.type_name()))),
    }
}

fn to_number(value: &Value) -> Result<Value, Fault> {
    match value {
        Value::Int(_) | Value::Big(_) => blocks::conform::widen(value.clone()).map_err(Fault::from),
        Value::Number(_) => Ok(value.clone()),
        Value::Text(whole) => {
            let plain = whole.trim();
            let shape = plain.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
            let parsed = plain.parse::<f64>().ok().filter(|_| shape && plain.bytes().any(|byte| byte.is_ascii_digit()));
            parsed.map(Value::Number).ok_or_else(|| Fault::invalid(format!("\"{}\" is not a number", shorten(whole))))
        }
        other => Err(Fault::invalid(format!("{} is not a number", other.type_name()))),
    }
}

fn shorten(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

fn base(value: &Value) -> Result<u32, Fault> {
    match small(value)? {
        base @ 2..=36 => Ok(base as u32),
        other => Err(Fault::invalid(format!("the base must be 2 to 36, not {other}"))),
    }
}

fn from_base(_: u32, a: &mut [Value], _: &Limits) -> Result<Value, Fault> {
    let (whole, base) = (text(&a[0])?.trim(), base(&a[1])?);
    let plain = whole.strip_prefix(['+', '-']).unwrap_or(whole);
    let valid = !plain.is_empty() && plain.len() <= 300_000 && plain.chars().all(|digit| digit.is_digit(base));
    let parsed = valid.then(|| BigInt::parse_bytes(whole.as_bytes(), base)).flatten();
    parsed.map(Value::integer).ok_or_else(|| {
        Fault::invalid(format!("{} is no integer in base {base}", literal::write(&Value::text(shorten(whole)))))
    })
}
