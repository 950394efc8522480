//! Characters to tokens.

use num_bigint::BigInt;

use super::FormulaError;
use crate::literal;
use crate::value::Value;

/// A token with its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) at: usize,
    pub(super) kind: TokenKind,
}

/// The kinds of tokens. Words such as `and` are names here; the parser knows them.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind {
    Value(Value),
    Name(String),
    Symbol(&'static str),
}

const SYMBOLS: [&str; 24] = [
    "**", "//", "==", "!=", "<=", ">=", "+", "-", "*", "/", "%", "<", ">", "(", ")", "[", "]", "{", "}", ",", ":", ".",
    "=", "!",
];

pub(super) fn tokens(text: &str) -> Result<Vec<Token>, FormulaError> {
    let characters: Vec<char> = text.chars().collect();
    let mut tokens = Vec::with_capacity(characters.len() / 2);
    let mut at = 0;
    while let Some(&character) = characters.get(at) {
        if character.is_whitespace() {
            at += 1;
            continue;
        }
        let (kind, length) = match character {
            '0'..='9' => number(&characters, at)?,
            '"' | '\'' => quoted(&characters, at)?,
            c if c.is_alphabetic() || c == '_' => name(&characters, at),
            _ => symbol(&characters, at)?,
        };
        tokens.push(Token { at, kind });
        at += length;
    }
    Ok(tokens)
}

fn name(characters: &[char], at: usize) -> (TokenKind, usize) {
    let length = characters[at..].iter().take_while(|c| c.is_alphanumeric() || **c == '_').count();
    (TokenKind::Name(characters[at..at + length].iter().collect()), length)
}

fn symbol(characters: &[char], at: usize) -> Result<(TokenKind, usize), FormulaError> {
    let is_next = |(offset, byte): (usize, u8)| characters.get(at + offset) == Some(&char::from(byte));
    SYMBOLS
        .iter()
        .find(|symbol| symbol.bytes().enumerate().all(is_next))
        .map(|symbol| (TokenKind::Symbol(symbol), symbol.len()))
        .ok_or_else(|| FormulaError::new(at, format!("'{}' means nothing in a formula", characters[at])))
}

fn number(characters: &[char], at: usize) -> Result<(TokenKind, usize), FormulaError> {
    let digit = |index: usize| characters.get(index).is_some_and(char::is_ascii_digit);
    let mut end = at;
    while digit(end) || characters.get(end) == Some(&'_') && digit(end + 1) {
        end += 1;
    }
    let mut whole = true;
    if characters.get(end) == Some(&'.') && digit(end + 1) {
        whole = false;
        end += 1;
        while digit(end) {
            end += 1;
        }
    }
    if matches!(characters.get(end), Some('e' | 'E')) {
        let sign = usize::from(matches!(characters.get(end + 1), Some('+' | '-')));
        if digit(end + 1 + sign) {
            whole = false;
            end += 1 + sign;
            while digit(end) {
                end += 1;
            }
        }
    }
    if end - at > literal::MAX_DIGITS {
        return Err(FormulaError::new(at, format!("a number has at most {} digits", literal::MAX_DIGITS)));
    }
    let text: String = characters[at..end].iter().filter(|c| **c != '_').collect();
    let value = if whole {
        let short = text.parse().ok().map(Value::Int);
        short.or_else(|| text.parse::<BigInt>().ok().map(Value::integer))
    } else {
        text.parse::<f64>().ok().filter(|value| value.is_finite()).map(Value::Number)
    };
    value
        .map(|value| (TokenKind::Value(value), end - at))
        .ok_or_else(|| FormulaError::new(at, format!("'{text}' is too large for a number")))
}

/// Quotes may be single or double; escapes are those of literals.
fn quoted(characters: &[char], at: usize) -> Result<(TokenKind, usize), FormulaError> {
    let quote = characters[at];
    let mut end = at + 1;
    let mut inner = String::new();
    loop {
        match characters.get(end) {
            None => return Err(FormulaError::new(at, "the text has no closing quote")),
            Some('\\') => {
                inner.push('\\');
                if let Some(next) = characters.get(end + 1) {
                    inner.push(*next);
                }
                end += 2;
            }
            Some(c) if *c == quote => break,
            Some('"') => {
                inner.push_str("\\\"");
                end += 1;
            }
            Some(c) => {
                inner.push(*c);
                end += 1;
            }
        }
    }
    let value = literal::read(&format!("\"{inner}\"")).map_err(|error| FormulaError::new(at, error.message))?;
    Ok((TokenKind::Value(value), end + 1 - at))
}
