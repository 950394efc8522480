//! How the answer is to be rounded: `round to three decimals`, `(2 decimal places)`, `to cents`.

use std::ops::Range;

use blocks::Value;

use super::{Token, TokenKind};

/// Where the clause stands, and how many decimals it asks for.
pub(super) fn clause(tokens: &[Token]) -> Option<(Range<usize>, u32)> {
    let word = |index: usize| tokens.get(index).and_then(Token::word).unwrap_or("");
    let (at, end, digits) = (0..tokens.len()).find_map(|at| match &tokens[at].kind {
        TokenKind::Number(Value::Int(digits @ 0..=12)) if matches!(word(at + 1), "decimal" | "decimals" | "dp") => {
            let places = matches!(word(at + 2), "places" | "place" | "digits");
            Some((at, at + 2 + usize::from(places), *digits as u32))
        }
        TokenKind::Word(word) if word == "cents" && at > 0 => Some((at, at + 1, 2)),
        _ => None,
    })?;
    let leads = |token: &Token| {
        matches!(token.kind, TokenKind::Mark(',' | '(' | '-' | '—'))
            || matches!(token.word(), Some("round" | "rounded" | "rounding" | "to" | "with" | "the" | "it" | "nearest"))
    };
    let start = (0..at).rev().take_while(|index| leads(&tokens[*index])).last().unwrap_or(at);
    let rounds =
        tokens[start..at].iter().any(|token| matches!(token.word(), Some("round" | "rounded" | "to" | "with")))
            || matches!(tokens.get(start).map(|token| &token.kind), Some(TokenKind::Mark('(' | ',')));
    rounds.then_some((start..end, digits))
}
