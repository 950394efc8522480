//! What stands side by side in a row of numbers without being two of its values: counts (`two 99% servers`), digits in
//! groups (`1 500`) and decimal commas (`1,5 and 2,5`).

use blocks::Value;

use super::Filler;
use crate::request::{Token, TokenKind};

impl Filler<'_> {
    /// Whether a number says how many of the things behind it there are: `two 99% servers`, `three 5 GB disks`.
    pub(super) fn is_count(&self, at: usize) -> bool {
        let in_words = |token: &Token| self.request.text[token.start..token.end].starts_with(char::is_alphabetic);
        self.number(at).is_some_and(in_words) && self.number(at + 1).is_some()
    }

    /// The token behind what a number counts the values of: the `servers` of `two 99% servers`.
    pub(super) fn behind_counted(&self, at: usize) -> usize {
        let percent = |at: usize| self.tokens().get(at).and_then(Token::word) == Some("percent");
        let counts = self.number(at).is_some_and(|token| matches!(token.kind, TokenKind::Number(Value::Int(_))));
        if counts && self.number(at + 1).is_some() && (self.is_count(at) || percent(at + 2)) {
            at + 2 + usize::from(percent(at + 2))
        } else {
            at + 1
        }
    }

    /// Whether numbers in a row may mean other values than they are one by one.
    pub(super) fn is_ambiguous(&self, row: &[(usize, Value)]) -> bool {
        self.has_counted_percent(row) || self.has_grouped_digits(row) || self.has_decimal_commas(row)
    }

    fn number(&self, at: usize) -> Option<&Token> {
        self.tokens().get(at).filter(|token| matches!(token.kind, TokenKind::Number(_)))
    }

    /// What stands in the text between a value of a row and the next.
    fn gap(&self, pair: &[(usize, Value)]) -> &str {
        &self.request.text[self.tokens()[pair[0].0].end..self.tokens()[pair[1].0].start]
    }

    /// `2 99% servers`: the sign belongs to one of the two only.
    fn has_counted_percent(&self, row: &[(usize, Value)]) -> bool {
        let [_, (last, _)] = row else { return false };
        self.gap(row).trim().is_empty() && self.tokens().get(last + 1).and_then(Token::word) == Some("percent")
    }

    /// `1 500 and 2 500`, `12 345`: three digits behind a space may go on with the number before. Where all have three,
    /// and nothing but spaces is between them, they are a list.
    fn has_grouped_digits(&self, row: &[(usize, Value)]) -> bool {
        let digits = |at: usize| {
            let source = &self.request.text[self.tokens()[at].start..self.tokens()[at].end];
            source.trim_start_matches('-').split('.').next().unwrap_or_default().len()
        };
        let spaced = |pair: &[(usize, Value)]| self.gap(pair).trim().is_empty();
        let grouped = |pair: &[(usize, Value)]| spaced(pair) && digits(pair[0].0) <= 3 && digits(pair[1].0) == 3;
        let in_threes = row.iter().all(|(at, _)| digits(*at) == 3) && row.windows(2).all(spaced);
        // A value that is in no group says that the spaces separate: `5 12 100`.
        let separated = row.windows(2).all(spaced) && has_lone(row, digits);
        row.windows(2).any(grouped) && !in_threes && !separated
    }

    /// `1,5 and 2,5`: several pairs with a comma but no space, or one beside a semicolon.
    fn has_decimal_commas(&self, row: &[(usize, Value)]) -> bool {
        let mut pairs = 0;
        let mut parts = 1;
        let mut length = 1;
        let mut semicolon = false;
        for pair in row.windows(2) {
            let gap = self.gap(pair);
            semicolon |= gap.contains(';');
            if gap == "," {
                length += 1;
                continue;
            }
            pairs += usize::from(length == 2);
            (parts, length) = (parts + 1, 1);
        }
        pairs += usize::from(length == 2);
        parts > 1 && (pairs > 1 || pairs == 1 && semicolon)
    }
}

/// Whether a value of a row neither has three digits nor stands before one that has.
fn has_lone(row: &[(usize, Value)], digits: impl Fn(usize) -> usize) -> bool {
    (0..row.len()).any(|place| {
        let next = row.get(place + 1).map_or(0, |(at, _)| digits(*at));
        digits(row[place].0) != 3 && next != 3
    })
}
