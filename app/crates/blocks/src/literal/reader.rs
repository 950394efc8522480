//! Reads literals and JSON, byte by byte: what has a meaning is ASCII, and texts are taken in whole runs.

use num_bigint::BigInt;

use super::{LiteralError, MAX_DEPTH, MAX_DIGITS};
use crate::entries::{Maker, Shape};
use crate::value::Value;

pub(super) struct Reader<'t> {
    text: &'t str,
    /// The place, in bytes; always at the start of a character, or at the end.
    at: usize,
    /// Whether only JSON is accepted.
    strict: bool,
    /// The keys of the latest map of each depth, which the next one there often has, too.
    keys: Vec<Shape>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str, strict: bool) -> Self {
        Self { text, at: 0, strict, keys: Vec::new() }
    }

    pub(super) fn whole(&mut self) -> Result<Value, LiteralError> {
        let value = self.value(0)?;
        self.skip_space();
        if self.at < self.text.len() { Err(self.error("unexpected text after the value")) } else { Ok(value) }
    }

    fn error(&self, message: impl Into<String>) -> LiteralError {
        self.error_at(self.at, message)
    }

    #[cold]
    fn error_at(&self, byte: usize, message: impl Into<String>) -> LiteralError {
        LiteralError { message: message.into(), at: self.text[..byte].chars().count() }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn peek_character(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    /// Goes on as long as bytes are so.
    fn pass_while(&mut self, holds: impl Fn(u8) -> bool) {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().position(|byte| !holds(*byte)).unwrap_or(rest.len());
    }

    fn skip_space(&mut self) {
        self.pass_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
        if !self.strict && self.peek().is_some_and(|byte| byte < b' ' || !byte.is_ascii()) {
            let rest = &self.text[self.at..];
            self.at += rest.len() - rest.trim_start().len();
        }
    }

    fn value(&mut self, depth: usize) -> Result<Value, LiteralError> {
        if depth > MAX_DEPTH {
            return Err(self.error(format!("nested deeper than {MAX_DEPTH} levels")));
        }
        self.skip_space();
        match self.peek() {
            None => Err(self.error("a value is missing")),
            Some(b'"') => self.quoted().map(Value::from),
            Some(b'[') => self.list(depth),
            Some(b'{') => self.map(depth),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(_) => self.word(),
        }
    }

    fn list(&mut self, depth: usize) -> Result<Value, LiteralError> {
        let mut items = Vec::new();
        self.sequence(b']', |reader| {
            items.push(reader.value(depth + 1)?);
            Ok(())
        })?;
        Ok(Value::list(items))
    }

    fn map(&mut self, depth: usize) -> Result<Value, LiteralError> {
        let mut made = Maker::like(self.keys.get(depth));
        self.sequence(b'}', |reader| {
            reader.skip_space();
            let expected = made.expects().is_some_and(|key| reader.passes(key));
            let key = if expected { None } else { Some(reader.quoted()?) };
            reader.skip_space();
            if reader.peek() != Some(b':') {
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
        let rest = self.text.as_bytes()[self.at..].strip_prefix(b"\"");
        let rest = rest.and_then(|rest| rest.strip_prefix(expected.as_bytes()));
        let same = rest.is_some_and(|rest| rest.first() == Some(&b'"')) && expected.bytes().all(is_plain);
        if same {
            self.at += expected.len() + 2;
        }
        same
    }

    /// Reads what stands between an opening bracket and `close`, separated by commas.
    fn sequence(
        &mut self,
        close: u8,
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
                Some(b',') => self.at += 1,
                Some(found) if found == close => {
                    self.at += 1;
                    return Ok(());
                }
                _ => return Err(self.error(format!("expected ',' or '{}'", char::from(close)))),
            }
        }
    }

    fn number(&mut self) -> Result<Value, LiteralError> {
        let start = self.at;
        self.at += 1;
        if !self.strict && self.text[start..].starts_with("-i") {
            return match self.word()? {
                Value::Number(value) => Ok(Value::Number(-value)),
                _ => Err(self.error("expected a number after '-'")),
            };
        }
        self.pass_while(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-'));
        let text = &self.text[start..self.at];
        if let Some(short) = short_integer(text.as_bytes()) {
            return Ok(Value::Int(short));
        }
        if text.len() > MAX_DIGITS {
            return Err(self.error_at(start, format!("a number has at most {MAX_DIGITS} digits")));
        }
        let parsed = if self.strict && !is_json_number(text) {
            None
        } else if text.contains(['.', 'e', 'E']) {
            text.parse::<f64>().ok().filter(|value| value.is_finite()).map(|value| self.fraction(value))
        } else {
            text.parse::<BigInt>().ok().map(Value::integer)
        };
        parsed.ok_or_else(|| self.error_at(start, format!("'{text}' is not a number")))
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
        let rest = &self.text[start..];
        let word = &rest[..rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())];
        self.at += word.len();
        match word {
            "none" | "nan" | "infinity" if self.strict => Err(self.error_at(start, format!("'{word}' is not JSON"))),
            "none" | "null" => Ok(Value::None),
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            "nan" => Ok(Value::Number(f64::NAN)),
            "infinity" => Ok(Value::Number(f64::INFINITY)),
            _ => Err(self.error_at(start, "expected a value such as 12, \"text\", [1, 2] or true")),
        }
    }

    fn quoted(&mut self) -> Result<String, LiteralError> {
        if self.peek() != Some(b'"') {
            return Err(self.error("expected a quoted text"));
        }
        self.at += 1;
        let mut out = String::new();
        loop {
            let start = self.at;
            self.pass_while(is_plain);
            out.push_str(&self.text[start..self.at]);
            let Some(byte) = self.peek() else {
                return Err(self.error("the text has no closing quote"));
            };
            self.at += 1;
            match byte {
                b'"' => return Ok(out),
                b'\\' => out.push(self.escape()?),
                _ if self.strict => return Err(self.error("a control character must be escaped")),
                control => out.push(char::from(control)),
            }
        }
    }

    fn escape(&mut self) -> Result<char, LiteralError> {
        let Some(character) = self.peek_character() else {
            return Err(self.error("the text has no closing quote"));
        };
        self.at += character.len_utf8();
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
        if !self.text[self.at..].starts_with("\\u") {
            return Err(self.error("half of a surrogate pair"));
        }
        self.at += 2;
        match self.hex4()? {
            low @ 0xdc00..0xe000 => char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00)),
            _ => None,
        }
        .ok_or_else(|| self.error("half of a surrogate pair"))
    }

    fn hex4(&mut self) -> Result<u32, LiteralError> {
        let digits = self.text.as_bytes()[self.at..].first_chunk::<4>();
        let code = digits.and_then(|digits| {
            digits.iter().try_fold(0, |code, digit| Some(code * 16 + char::from(*digit).to_digit(16)?))
        });
        let code = code.ok_or_else(|| self.error("expected four hexadecimal digits after '\\u'"))?;
        self.at += 4;
        Ok(code)
    }
}

/// Whether a byte of a quoted text stands for itself.
fn is_plain(byte: u8) -> bool {
    !matches!(byte, b'"' | b'\\' | 0..b' ')
}

/// Most numbers are integers of a few digits.
fn short_integer(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if digits.is_empty() || digits.len() > 18 || (digits.len() > 1 && digits[0] == b'0') {
        return None;
    }
    let digit = |byte: &u8| byte.is_ascii_digit().then(|| i64::from(byte - b'0'));
    let value = digits.iter().try_fold(0, |value, byte| Some(value * 10 + digit(byte)?))?;
    Some(if negative { -value } else { value })
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
