//! Literals: how values are written in documents and formulas.
//!
//! `none`, `true`, `12`, `1.5`, `1e9`, `nan`, `infinity`, `"text"`, `[1, 2]`, `{"key": 1}`. JSON's `null` reads as
//! `none`, so every JSON text is a literal. A literal with a fraction or an exponent is a `number`, any other an `int`.

mod reader;

use thiserror::Error;

use crate::value::Value;
use reader::Reader;

/// How deep lists and maps may nest in a literal.
pub const MAX_DEPTH: usize = 128;

/// How many digits a number may have: those of an integer of 1,048,576 bits, a sign, and a few more.
pub const MAX_DIGITS: usize = 315_700;

/// Why a literal could not be read.
#[derive(Debug, Error, PartialEq, Eq, Clone)]
#[error("{message} at character {at}")]
pub struct LiteralError {
    /// What is wrong.
    pub message: String,
    /// Where, counted in characters from 0.
    pub at: usize,
}

/// Reads one literal that fills the whole text.
///
/// # Errors
/// The first thing that is not a literal, with its place.
pub fn read(text: &str) -> Result<Value, LiteralError> {
    Reader::new(text, false).whole()
}

/// Reads a JSON text; see [`crate::json`].
pub(crate) fn read_json(text: &str) -> Result<Value, LiteralError> {
    Reader::new(text, true).whole()
}

/// Writes the literal of a value; [`read`] gives the value back.
pub fn write(value: &Value) -> String {
    let mut out = String::new();
    write_into(value, &mut out);
    out
}

fn write_into(value: &Value, out: &mut String) {
    match value {
        Value::None => out.push_str("none"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Int(value) => write_integer(*value, out),
        Value::Big(value) => out.push_str(&value.to_string()),
        Value::Number(value) => out.push_str(&write_number(*value)),
        Value::Text(text) => write_text(text, out),
        Value::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push_str(", ");
                }
                write_into(item, out);
            }
            out.push(']');
        }
        Value::Map(entries) => {
            out.push('{');
            for (index, (key, item)) in entries.iter().enumerate() {
                if index > 0 {
                    out.push_str(", ");
                }
                write_text(key, out);
                out.push_str(": ");
                write_into(item, out);
            }
            out.push('}');
        }
    }
}

/// Writes an integer in decimal digits.
pub fn write_integer(value: i64, out: &mut String) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    let mut rest = value.unsigned_abs();
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        out.push('-');
    }
    out.push_str(std::str::from_utf8(&digits[at..]).unwrap_or_default());
}

/// The shortest text that reads back as the same number: `1.5`, `3.0`, `1e+16`, `nan`, `-infinity`.
///
/// Small and large magnitudes use an exponent as Python's `repr` does, so that generated Python prints the same.
pub fn write_number(value: f64) -> String {
    if value.is_nan() {
        return "nan".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "infinity" } else { "-infinity" }.to_owned();
    }
    let scientific = even_at_a_tie(format!("{value:e}"), value);
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if value != 0.0 && !(-4..16).contains(&exponent) {
        let sign = if exponent < 0 { '-' } else { '+' };
        return format!("{digits}e{sign}{:02}", exponent.abs());
    }
    plain_digits(digits, exponent)
}

/// Digits such as `-1.25` moved by a power of ten, without an exponent.
fn plain_digits(digits: &str, exponent: i32) -> String {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |rest| ("-", rest));
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    if exponent < 0 {
        return format!("{sign}0.{}{digits}", "0".repeat(exponent.unsigned_abs() as usize - 1));
    }
    let whole = exponent as usize + 1;
    let padded = format!("{digits:0<whole$}");
    let (whole, fraction) = padded.split_at(whole);
    format!("{sign}{whole}.{}", if fraction.is_empty() { "0" } else { fraction })
}

/// Where two shortest texts are equally near to a number, the one whose last digit is even, as Python and JavaScript
/// write it.
fn even_at_a_tie(scientific: String, value: f64) -> String {
    let Some((digits, exponent)) = scientific.split_once('e') else { return scientific };
    let count = digits.bytes().filter(u8::is_ascii_digit).count();
    let last = digits.bytes().last().unwrap_or(b'0');
    // Two texts as near can only differ in the sixteenth digit or later.
    if count < 16 || last % 2 == 0 {
        return scientific;
    }
    let exact = format!("{value:.*e}", count + 30);
    let below = format!("{}{}e{exponent}", &digits[..digits.len() - 1], char::from(last - 1));
    let tie = exact.split_once('e').is_some_and(|(exact, _)| {
        exact[..digits.len() - 1] == digits[..digits.len() - 1]
            && exact.as_bytes()[digits.len() - 1] == last - 1
            && exact[digits.len()..].strip_prefix('5').is_some_and(|rest| rest.bytes().all(|digit| digit == b'0'))
    });
    if tie && below.parse::<f64>() == Ok(value) { below } else { scientific }
}

/// Writes a quoted text with JSON's escapes.
pub fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if control.is_control() => {
                let mut units = [0; 2];
                for unit in control.encode_utf16(&mut units) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_read_back_as_written() {
        for text in [
            "none",
            "true",
            "12",
            "-3",
            "123456789012345678901234567890",
            "1.5",
            "3.0",
            "1e+16",
            "1e-05",
            "0.0001",
            "nan",
            "infinity",
            "-infinity",
            "\"a \\\"b\\\" \\n\"",
            "[1, [2.5, none]]",
            "{\"a\": 1, \"b\": []}",
            "-0.0",
        ] {
            assert_eq!(write(&read(text).unwrap()), text);
        }
    }

    #[test]
    fn of_two_texts_as_near_the_even_one_is_written() {
        for (value, text) in [
            (-9_007_199_254_740_993.0 / 10.0, "-900719925474099.2"),
            (5e-324, "5e-324"),
            (0.1 + 0.2, "0.30000000000000004"),
            (123_456_789_012_345.67, "123456789012345.67"),
            (1e15, "1000000000000000.0"),
            (0.00012, "0.00012"),
        ] {
            assert_eq!(write_number(value), text);
            assert_eq!(text.parse(), Ok(value));
        }
    }

    #[test]
    fn json_reads_as_a_literal() {
        assert_eq!(read(r#"{"a":null,"b":"\ud83d\ude00"}"#).unwrap().to_string(), "{\"a\": none, \"b\": \"😀\"}");
    }

    #[test]
    fn halves_of_surrogate_pairs_and_signs_are_no_escapes() {
        for text in ["\\ud83d\\u0041", "\\ud83d\\ue000", "\\ud83d\\ud83d", "\\udc00", "\\u+041", "\\ud83d\\u+c00"] {
            assert!(read(&format!("\"{text}\"")).is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_no_literal_is_refused_with_its_place() {
        for (text, at) in [("[1, 2", 5), ("1.2.3", 0), ("{1: 2}", 1), ("nope", 0), ("1 2", 2), ("\"a", 2), ("", 0)] {
            assert_eq!(read(text).unwrap_err().at, at, "{text}");
        }
        assert!(read(&"[".repeat(100_000)).is_err());
        assert!(read(&"7".repeat(10_000_000)).is_err());
    }
}
