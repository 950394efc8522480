//! Literals: how values are written in documents and formulas.
//!
//! `none`, `true`, `12`, `1.5`, `1e9`, `nan`, `infinity`, `"text"`, `[1, 2]`, `{"key": 1}`. JSON's `null` reads as
//! `none`, so every JSON text is a literal. A literal with a fraction or an exponent is a `number`, any other an `int`.

use num_bigint::BigInt;
use thiserror::Error;

use crate::entries::{Maker, Shape};
use crate::value::Value;

/// How deep lists and maps may nest in a literal.
pub const MAX_DEPTH: usize = 128;

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
        Value::Int(value) => out.push_str(&value.to_string()),
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

/// Most numbers are integers of a few digits.
fn short_integer(characters: &[char]) -> Option<i64> {
    let (negative, digits) = match characters {
        ['-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if digits.is_empty() || digits.len() > 18 || (digits.len() > 1 && digits[0] == '0') {
        return None;
    }
    let value = digits.iter().try_fold(0, |value, digit| Some(value * 10 + i64::from(digit.to_digit(10)?)))?;
    Some(if negative { -value } else { value })
}

struct Reader {
    characters: Vec<char>,
    at: usize,
    /// Whether only JSON is accepted.
    strict: bool,
    /// The keys of the latest map of each depth, which the next one there often has, too.
    keys: Vec<Shape>,
}

impl Reader {
    fn new(text: &str, strict: bool) -> Self {
        Self { characters: text.chars().collect(), at: 0, strict, keys: Vec::new() }
    }

    fn whole(&mut self) -> Result<Value, LiteralError> {
        let value = self.value(0)?;
        self.skip_space();
        if self.at < self.characters.len() { Err(self.error("unexpected text after the value")) } else { Ok(value) }
    }

    fn error(&self, message: impl Into<String>) -> LiteralError {
        LiteralError { message: message.into(), at: self.at }
    }

    fn peek(&self) -> Option<char> {
        self.characters.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        let strict = self.strict;
        while self
            .peek()
            .is_some_and(|c| if strict { matches!(c, ' ' | '\t' | '\n' | '\r') } else { c.is_whitespace() })
        {
            self.at += 1;
        }
    }

    fn value(&mut self, depth: usize) -> Result<Value, LiteralError> {
        if depth > MAX_DEPTH {
            return Err(self.error(format!("nested deeper than {MAX_DEPTH} levels")));
        }
        self.skip_space();
        match self.peek() {
            None => Err(self.error("a value is missing")),
            Some('"') => self.text().map(Value::from),
            Some('[') => self.list(depth),
            Some('{') => self.map(depth),
            Some('-' | '0'..='9') => self.number(),
            Some(_) => self.word(),
        }
    }

    fn list(&mut self, depth: usize) -> Result<Value, LiteralError> {
        let mut items = Vec::new();
        self.sequence(']', |reader| {
            items.push(reader.value(depth + 1)?);
            Ok(())
        })?;
        Ok(Value::list(items))
    }

    fn map(&mut self, depth: usize) -> Result<Value, LiteralError> {
        let mut made = Maker::like(self.keys.get(depth));
        self.sequence('}', |reader| {
            reader.skip_space();
            let expected = made.expects().is_some_and(|key| reader.passes(key));
            let key = if expected { None } else { Some(reader.text()?) };
            reader.skip_space();
            if reader.peek() != Some(':') {
                return Err(reader.error("expected ':' after the key"));
            }
            reader.at += 1;
            let value = reader.value(depth + 1)?;
            match key {
                None => made.push(value),
                Some(key) => made.insert(key, value),
            }
            Ok(())
        })?;
        let made = made.finish();
        if self.keys.len() <= depth {
            self.keys.resize_with(depth + 1, Shape::default);
        }
        self.keys[depth] = made.shape();
        Ok(Value::Map(std::sync::Arc::new(made)))
    }

    /// Goes on behind a quoted text if it is plainly this one.
    fn passes(&mut self, expected: &str) -> bool {
        let Some(rest) = self.characters.get(self.at + 1..) else { return false };
        let mut rest = rest.iter();
        let plain = |character: char| !matches!(character, '"' | '\\' | '\0'..='\x1f');
        let same = self.peek() == Some('"')
            && expected.chars().all(|character| plain(character) && rest.next() == Some(&character))
            && rest.next() == Some(&'"');
        if same {
            self.at = self.characters.len() - rest.len();
        }
        same
    }

    /// Reads what stands between an opening bracket and `close`, separated by commas.
    fn sequence(
        &mut self,
        close: char,
        mut item: impl FnMut(&mut Self) -> Result<(), LiteralError>,
    ) -> Result<(), LiteralError> {
        self.at += 1;
        self.skip_space();
        if self.peek() == Some(close) {
            self.at += 1;
            return Ok(());
        }
        loop {
            item(self)?;
            self.skip_space();
            match self.peek() {
                Some(',') => self.at += 1,
                Some(found) if found == close => {
                    self.at += 1;
                    return Ok(());
                }
                _ => return Err(self.error(format!("expected ',' or '{close}'"))),
            }
        }
    }

    fn number(&mut self) -> Result<Value, LiteralError> {
        let start = self.at;
        self.at += 1;
        if !self.strict && self.characters[start] == '-' && self.peek() == Some('i') {
            return match self.word()? {
                Value::Number(value) => Ok(Value::Number(-value)),
                _ => Err(self.error("expected a number after '-'")),
            };
        }
        while self.peek().is_some_and(|c| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '+' | '-')) {
            self.at += 1;
        }
        if let Some(short) = short_integer(&self.characters[start..self.at]) {
            return Ok(Value::Int(short));
        }
        let text: String = self.characters[start..self.at].iter().collect();
        let parsed = if self.strict && !is_json_number(&text) {
            None
        } else if text.contains(['.', 'e', 'E']) {
            text.parse::<f64>().ok().filter(|value| value.is_finite()).map(|value| self.fraction(value))
        } else {
            text.parse::<BigInt>().ok().map(Value::integer)
        };
        parsed.ok_or_else(|| LiteralError { message: format!("'{text}' is not a number"), at: start })
    }

    /// In JSON a whole number is an integer, as far as numbers are exact.
    fn fraction(&self, value: f64) -> Value {
        if self.strict && value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0 {
            Value::Int(value as i64)
        } else {
            Value::Number(value)
        }
    }

    fn word(&mut self) -> Result<Value, LiteralError> {
        let start = self.at;
        while self.peek().is_some_and(|c| c.is_alphanumeric() || c == '_') {
            self.at += 1;
        }
        let word: String = self.characters[start..self.at].iter().collect();
        match word.as_str() {
            "none" | "nan" | "infinity" if self.strict => {
                Err(LiteralError { message: format!("'{word}' is not JSON"), at: start })
            }
            "none" | "null" => Ok(Value::None),
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            "nan" => Ok(Value::Number(f64::NAN)),
            "infinity" => Ok(Value::Number(f64::INFINITY)),
            _ => Err(LiteralError {
                message: "expected a value such as 12, \"text\", [1, 2] or true".to_owned(),
                at: start,
            }),
        }
    }

    fn text(&mut self) -> Result<String, LiteralError> {
        if self.peek() != Some('"') {
            return Err(self.error("expected a quoted text"));
        }
        self.at += 1;
        let mut out = String::new();
        loop {
            let Some(character) = self.peek() else {
                return Err(self.error("the text has no closing quote"));
            };
            self.at += 1;
            match character {
                '"' => return Ok(out),
                '\\' => out.push(self.escape()?),
                control if self.strict && control < ' ' => {
                    return Err(self.error("a control character must be escaped"));
                }
                other => out.push(other),
            }
        }
    }

    fn escape(&mut self) -> Result<char, LiteralError> {
        let Some(character) = self.peek() else {
            return Err(self.error("the text has no closing quote"));
        };
        self.at += 1;
        Ok(match character {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' => '\u{8}',
            'f' => '\u{c}',
            '\'' if self.strict => return Err(self.error("unknown escape '\\''")),
            '"' | '\\' | '/' | '\'' => character,
            'u' => return self.unicode_escape(),
            other => return Err(self.error(format!("unknown escape '\\{other}'"))),
        })
    }

    fn unicode_escape(&mut self) -> Result<char, LiteralError> {
        let high = self.hex4()?;
        if !(0xd800..0xdc00).contains(&high) {
            return char::from_u32(high).ok_or_else(|| self.error("half of a surrogate pair"));
        }
        if self.characters.get(self.at..self.at + 2) != Some(&['\\', 'u'][..]) {
            return Err(self.error("half of a surrogate pair"));
        }
        self.at += 2;
        let low = self.hex4()?;
        let combined = 0x10000 + ((high - 0xd800) << 10) + low.wrapping_sub(0xdc00);
        char::from_u32(combined).ok_or_else(|| self.error("half of a surrogate pair"))
    }

    fn hex4(&mut self) -> Result<u32, LiteralError> {
        let digits: Option<String> = self.characters.get(self.at..self.at + 4).map(|digits| digits.iter().collect());
        let code = digits.and_then(|digits| u32::from_str_radix(&digits, 16).ok());
        self.at += 4;
        code.ok_or_else(|| self.error("expected four hexadecimal digits after '\\u'"))
    }
}

fn is_json_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = text.split_once(['e', 'E']).map_or((text, None), |(m, e)| (m, Some(e)));
    let (whole, fraction) = mantissa.split_once('.').map_or((mantissa, None), |(w, f)| (w, Some(f)));
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
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
    fn what_is_no_literal_is_refused_with_its_place() {
        for (text, at) in [("[1, 2", 5), ("1.2.3", 0), ("{1: 2}", 1), ("nope", 0), ("1 2", 2), ("\"a", 2), ("", 0)] {
            assert_eq!(read(text).unwrap_err().at, at, "{text}");
        }
        assert!(read(&"[".repeat(100_000)).is_err());
    }
}
