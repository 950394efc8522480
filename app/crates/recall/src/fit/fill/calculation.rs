//! Calculations: `17 * 23`, `17 times 23`, `(3 + 4) / 2`.

use blocks::{Value, literal};

use super::Filler;
use crate::fit::Use;
use crate::request::{Token, TokenKind};
use crate::vocabulary::is_harmless;

/// What a token is in a calculation.
enum Part {
    Number(String),
    Sign(&'static str),
    Open,
    Close,
}

impl Filler<'_> {
    /// The first numbers with signs between them, with spaces between all parts. There must be a sign, and all brackets
    /// closed.
    pub(super) fn calculation(&mut self) -> Option<Value> {
        let (first, end, text) = (0..self.tokens().len()).find_map(|first| {
            let (end, text) = self.calculation_at(first)?;
            Some((first, end, text))
        })?;
        self.used[first..end].fill(Use::Taken);
        Some(Value::text(text))
    }

    /// Whether a hyphen between numbers can only be a minus: nothing else is said that could have a range.
    fn is_minus(&self, token: &Token) -> bool {
        let others = || self.tokens().iter().filter_map(Token::word).filter(|word| *word != "through");
        self.request.text[token.start..token.end] == *"-" && others().all(is_harmless)
    }

    /// The longest calculation that starts at a place: its end and its text.
    fn calculation_at(&self, first: usize) -> Option<(usize, String)> {
        let (mut at, mut depth, mut signs, mut wants_number) = (first, 0usize, 0, true);
        let mut parts: Vec<String> = Vec::new();
        let mut whole = None;
        while let Some((part, length)) = self.part(at) {
            match (part, wants_number) {
                (Part::Open, true) => {
                    depth += 1;
                    parts.push("(".to_owned());
                }
                (Part::Number(number), true) => {
                    wants_number = false;
                    parts.push(number);
                }
                (Part::Sign(sign), false) => {
                    wants_number = true;
                    signs += 1;
                    parts.push(sign.to_owned());
                }
                (Part::Close, false) if depth > 0 => {
                    depth -= 1;
                    parts.push(")".to_owned());
                }
                _ => break,
            }
            at += length;
            if depth == 0 && !wants_number && signs > 0 {
                whole = Some((at, parts.join(" ")));
            }
        }
        whole
    }

    /// The part of a calculation at a place, and how many tokens it takes.
    fn part(&self, at: usize) -> Option<(Part, usize)> {
        let token = self.tokens().get(at).filter(|_| self.used[at] == Use::Free)?;
        let word = |at: usize| self.tokens().get(at).and_then(Token::word).unwrap_or("");
        Some(match &token.kind {
            TokenKind::Number(value) => (Part::Number(literal::write(value)), 1),
            TokenKind::Mark('(') => (Part::Open, 1),
            TokenKind::Mark(')') => (Part::Close, 1),
            TokenKind::Mark('+') => (Part::Sign("+"), 1),
            TokenKind::Mark('-' | '−' | '–') => (Part::Sign("-"), 1),
            TokenKind::Mark('*' | '×' | '·') => (Part::Sign("*"), 1),
            TokenKind::Mark('/' | '÷') => (Part::Sign("/"), 1),
            TokenKind::Word(said) => match (said.as_str(), word(at + 1)) {
                ("plus", _) => (Part::Sign("+"), 1),
                ("minus", _) => (Part::Sign("-"), 1),
                // `100-37` is read as a range elsewhere.
                ("through", _) if self.is_minus(token) => (Part::Sign("-"), 1),
                ("times" | "x", _) => (Part::Sign("*"), 1),
                ("multiplied", "by") => (Part::Sign("*"), 2),
                ("divided", "by") => (Part::Sign("/"), 2),
                _ => return None,
            },
            _ => return None,
        })
    }
}
