//! JSON text to values and back.
//!
//! JSON does not tell integers from whole numbers, so neither does this: a whole number within the exact range of
//! numbers reads as an `int`, and a whole `number` is written without a fraction. Integers keep every digit.

use crate::literal::{self, LiteralError};
use crate::value::Value;

/// Reads a JSON text (RFC 8259).
///
/// # Errors
/// The first thing that is not JSON, with its place.
pub fn read(text: &str) -> Result<Value, LiteralError> {
    literal::read_json(text)
}

/// Writes a value as JSON on one line, or indented by so many spaces.
///
/// # Errors
/// NaN and infinities, which JSON cannot say.
pub fn write(value: &Value, indent: Option<usize>) -> Result<String, String> {
    let mut out = String::new();
    write_into(value, indent, 0, &mut out)?;
    Ok(out)
}

/// Writes a value as JSON for people and machines that must get an answer: what JSON cannot say becomes a text.
pub fn write_lossy(value: &Value) -> String {
    write(value, None).unwrap_or_else(|_| {
        let replaced = replace_unsayable(value);
        write(&replaced, None).unwrap_or_default()
    })
}

fn replace_unsayable(value: &Value) -> Value {
    match value {
        Value::Number(number) if !number.is_finite() => Value::text(literal::write_number(*number)),
        Value::List(items) => Value::list(items.iter().map(replace_unsayable).collect()),
        Value::Map(entries) => Value::map(entries.iter().map(|(key, value)| (key.clone(), replace_unsayable(value)))),
        other => other.clone(),
    }
}

fn write_into(value: &Value, indent: Option<usize>, depth: usize, out: &mut String) -> Result<(), String> {
    match value {
        Value::None => out.push_str("null"),
        Value::Number(number) => out.push_str(&write_number(*number)?),
        Value::Text(text) => write_text(text, out),
        Value::List(items) if items.is_empty() => out.push_str("[]"),
        Value::Map(entries) if entries.is_empty() => out.push_str("{}"),
        Value::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                separate(index, indent, depth + 1, out);
                write_into(item, indent, depth + 1, out)?;
            }
            close(']', indent, depth, out);
        }
        Value::Map(entries) => {
            out.push('{');
            for (index, (key, item)) in entries.iter().enumerate() {
                separate(index, indent, depth + 1, out);
                write_text(key, out);
                out.push_str(if indent.is_some() { ": " } else { ":" });
                write_into(item, indent, depth + 1, out)?;
            }
            close('}', indent, depth, out);
        }
        Value::Int(integer) => literal::write_integer(*integer, out),
        other => out.push_str(&literal::write(other)),
    }
    Ok(())
}

fn separate(index: usize, indent: Option<usize>, depth: usize, out: &mut String) {
    if index > 0 {
        out.push(',');
    }
    new_line(indent, depth, out);
}

fn close(bracket: char, indent: Option<usize>, depth: usize, out: &mut String) {
    new_line(indent, depth, out);
    out.push(bracket);
}

fn new_line(indent: Option<usize>, depth: usize, out: &mut String) {
    if let Some(width) = indent {
        out.push('\n');
        out.extend(std::iter::repeat_n(' ', width * depth));
    }
}

fn write_number(number: f64) -> Result<String, String> {
    if !number.is_finite() {
        return Err(format!("JSON cannot say {}", literal::write_number(number)));
    }
    let text = literal::write_number(number);
    Ok(text.strip_suffix(".0").map(|whole| if whole == "-0" { "0" } else { whole }.to_owned()).unwrap_or(text))
}

/// As `JSON.stringify` and Python's `json.dumps(…, ensure_ascii=False)` write it.
fn write_text(text: &str, out: &mut String) {
    out.push('"');
    let mut rest = text;
    // What must be escaped is ASCII; what stands between is taken as it is.
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'"' | b'\\' | 0..b' ')) {
        out.push_str(&rest[..at]);
        match rest.as_bytes()[at] {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            0x8 => out.push_str("\\b"),
            0xc => out.push_str("\\f"),
            control => out.push_str(&format!("\\u{control:04x}")),
        }
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_reads_back() {
        for text in ["null", "[1,2.5,\"a\\n\"]", "{\"a\":{},\"b\":[true]}", "123456789012345678901234567890", "-1e-07"]
        {
            assert_eq!(write(&read(text).unwrap(), None).unwrap(), text);
        }
        assert_eq!(write(&read("[1.0, 1e3, -0.0]").unwrap(), None).unwrap(), "[1,1000,0]");
        for text in ["\"\\\"a\\\\ \\n\\r\\t\\b\\f\\u0001\\u001f é😀\u{7f}\"", "[-9223372036854775808,0,10]"] {
            assert_eq!(write(&read(text).unwrap(), None).unwrap(), text);
        }
        assert_eq!(write(&read("{\"a\":[1]}").unwrap(), Some(2)).unwrap(), "{\n  \"a\": [\n    1\n  ]\n}");
    }

    #[test]
    fn what_is_no_json_is_refused() {
        for text in [
            "",
            "none",
            "nan",
            "01",
            "1.",
            ".5",
            "+1",
            "[1,]",
            "'a'",
            "\"\u{1}\"",
            "\"\\x\"",
            "{a:1}",
            "1e999",
            "[1 2]",
            "\"\\u+123\"",
            "\"\\ud800\\u0041\"",
            "\"\\u00",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
