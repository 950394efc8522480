//! What a request holds without saying so: a value whose form tells what it is. Recipes need such a thing by its name:
//! `csv`, or a name behind `#`, which nobody says.

use blocks::Value;

use super::{Token, TokenKind, is_csv, is_roman};

/// The names of what is held.
pub(super) fn names(text: &str, tokens: &[Token], attachments: &[String]) -> Vec<&'static str> {
    let held = [
        ("csv", holds_csv(text, attachments)),
        ("#calculation", calculates(tokens)),
        ("#roman", tokens.iter().any(|token| token.word().is_some() && is_numeral(&text[token.start..token.end]))),
        ("#base64", texts(tokens).any(is_padded_base64)),
        ("#percent", texts(tokens).any(is_percent_encoded)),
        ("#jwt", texts(tokens).any(|text| text.starts_with("eyJ") && text.matches('.').count() == 2)),
        ("#cron", texts(tokens).any(is_cron)),
        ("#messages", has_messages(text, tokens)),
        ("#object", tokens.iter().any(|token| matches!(token.kind, TokenKind::Data(Value::Map(_), _)))),
        ("#clock", texts(tokens).any(is_clock)),
        ("#entity", texts(tokens).any(holds_entity)),
        ("#unix", tokens.iter().any(|token| is_unix_time(&token.kind))),
    ];
    held.into_iter().filter(|(_, holds)| *holds).map(|(name, _)| name).collect()
}

fn texts(tokens: &[Token]) -> impl Iterator<Item = &str> {
    tokens.iter().filter_map(|token| match &token.kind {
        TokenKind::Quoted(text) | TokenKind::Bare(text) => Some(text.as_str()),
        _ => None,
    })
}

/// CSV below the first line, or attached.
fn holds_csv(text: &str, attachments: &[String]) -> bool {
    text.split_once('\n').is_some_and(|(_, below)| is_csv(below))
        || attachments.iter().any(|attachment| is_csv(attachment))
}

/// A sign of arithmetic behind a number.
fn calculates(tokens: &[Token]) -> bool {
    let is_number = |token: &&Token| matches!(token.kind, TokenKind::Number(_));
    tokens.iter().skip_while(|token| !is_number(token)).any(|token| match &token.kind {
        TokenKind::Mark(mark) => "+-−–*×·/÷".contains(*mark),
        TokenKind::Word(word) => {
            matches!(word.as_str(), "plus" | "minus" | "times" | "x" | "multiplied" | "divided" | "through")
        }
        _ => false,
    })
}

/// A Roman numeral; shorter ones are words, too: `CLI`.
fn is_numeral(word: &str) -> bool {
    word.len() > 3 && is_roman(word)
}

/// `aGVsbG8=`
fn is_padded_base64(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    let belongs = |byte: u8| byte.is_ascii_alphanumeric() || b"+/".contains(&byte);
    digits.len() > 2 && digits.len() < text.len() && text.len().is_multiple_of(4) && digits.bytes().all(belongs)
}

/// `a%20b`
fn is_percent_encoded(text: &str) -> bool {
    let codes = text.split('%').skip(1);
    let is_code = |rest: &str| rest.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2;
    text.contains('%') && !text.contains(' ') && codes.into_iter().all(is_code)
}

/// `1:30:00`
fn is_clock(text: &str) -> bool {
    text.contains(':')
        && text.split(':').all(|part| matches!(part.len(), 1 | 2) && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// `&lt;`
fn holds_entity(text: &str) -> bool {
    ["&lt;", "&gt;", "&amp;", "&quot;", "&#"].iter().any(|entity| text.contains(entity))
}

/// Five fields such as `0 4 * * 0`.
pub(crate) fn is_cron(text: &str) -> bool {
    let fields: Vec<&str> = text.split_whitespace().collect();
    let is_field = |field: &&str| field.bytes().all(|byte| byte.is_ascii_digit() || b"*/,-".contains(&byte));
    fields.len() == 5 && fields.iter().all(is_field) && fields.iter().any(|field| field.starts_with('*'))
}

/// An arrow with a label, or several with commas between: `A -> B: log in, B -> C: find`.
fn has_messages(text: &str, tokens: &[Token]) -> bool {
    let is_arrow = |token: &Token| matches!(&text[token.start..token.end], "->" | "-->" | "=>" | "→" | "⇒");
    let mut behind = tokens.iter().skip_while(|token| !is_arrow(token)).skip(1);
    let split = behind.find(|token| matches!(token.kind, TokenKind::Mark(':' | ',' | ';')));
    split.is_some_and(|token| token.kind == TokenKind::Mark(':')) || split.is_some() && behind.any(is_arrow)
}

/// Seconds since 1970 of our days: ten digits.
fn is_unix_time(kind: &TokenKind) -> bool {
    matches!(kind, TokenKind::Number(Value::Int(1_000_000_000..=4_102_444_800)))
}
