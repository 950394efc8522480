//! Numbers, in digits and in words.

use blocks::{Value, literal};

use super::{Token, TokenKind};

/// A number in digits: `12`, `-1.5`, `1,000`, `2e3`, `12th`.
pub(super) fn number(rest: &str, before: Option<char>) -> Option<(TokenKind, usize)> {
    let signed = rest.starts_with(['-', '+']);
    if signed && before.is_some_and(|c| c.is_alphanumeric() || matches!(c, ')' | ']')) {
        return None;
    }
    let sign = usize::from(signed);
    let digits = rest[sign..].find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len() - sign);
    if digits == 0 {
        return None;
    }
    let groups = spaced_thousands(&rest[sign..], digits, before);
    let whole = sign + digits + groups.max(thousands(&rest[sign + digits..], digits));
    let fraction = fraction(&rest[whole..]);
    let exponent = exponent(&rest[whole + fraction..]);
    let end = whole + fraction + exponent;
    let tail = &rest[end..];
    let suffix = &tail[..tail.find(|c: char| !c.is_alphabetic()).unwrap_or(tail.len())];
    // `1.000,50` is written in another way than numbers are read here.
    let decimals = tail.strip_prefix(',').map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    if fraction == 4 && matches!(decimals, 1 | 2) {
        return Some((TokenKind::Bare(rest[..end + 1 + decimals].to_owned()), end + 1 + decimals));
    }
    let text = rest[..end].replace([',', ' ', NO_BREAK_SPACE, NARROW_SPACE], "");
    let value = literal::read(text.strip_prefix('+').unwrap_or(&text)).ok()?;
    if let Some(scaled) = scale_of(suffix).and_then(|scale| scaled(&value, scale)) {
        return Some((TokenKind::Number(scaled), end + suffix.len()));
    }
    if let (Value::Int(place), "st" | "nd" | "rd" | "th") = (&value, suffix.to_lowercase().as_str()) {
        return Some((TokenKind::Ordinal(*place), end + suffix.len()));
    }
    Some((TokenKind::Number(value), end))
}

/// The spaces that typesetters put between groups of digits.
const NO_BREAK_SPACE: char = '\u{a0}';
const NARROW_SPACE: char = '\u{202f}';

/// The length of groups of three digits behind spaces: `1 000`, `12 500 000`. One of them must be written as no number
/// is, with a zero in front; else they may as well be a list.
fn spaced_thousands(rest: &str, digits: usize, before: Option<char>) -> usize {
    let alone = before.is_none_or(|before| before.is_whitespace() || "($€£-+".contains(before));
    if digits > 3 || rest.starts_with('0') || !alone {
        return 0;
    }
    let (mut end, mut zero) = (digits, false);
    while let Some(tail) = rest[end..].strip_prefix([' ', NO_BREAK_SPACE, NARROW_SPACE]) {
        let length = tail.bytes().take_while(u8::is_ascii_digit).count();
        if length != 3 || tail[3..].starts_with(char::is_alphanumeric) {
            break;
        }
        zero |= tail.starts_with('0');
        end = rest.len() - tail.len() + 3;
    }
    if zero { end - digits } else { 0 }
}

/// What `k`, `M` and `B` behind a number mean.
fn scale_of(suffix: &str) -> Option<i64> {
    match suffix {
        "k" | "K" => Some(1000),
        "M" => Some(1_000_000),
        "B" => Some(1_000_000_000),
        _ => None,
    }
}

fn scaled(value: &Value, scale: i64) -> Option<Value> {
    match value {
        Value::Int(integer) => integer.checked_mul(scale).map(Value::Int),
        Value::Number(number) => {
            let product = number * scale as f64;
            Some(if product.fract() == 0.0 { Value::Int(product as i64) } else { Value::Number(product) })
        }
        _ => None,
    }
}

/// The length of groups of three digits behind one to three digits: `1,234,567`. `100,200 and 300` and `160,165,170`
/// are lists.
fn thousands(rest: &str, before: usize) -> usize {
    let bytes = rest.as_bytes();
    let mut length = 0;
    while before <= 3
        && bytes.get(length) == Some(&b',')
        && bytes.get(length + 1..length + 4).is_some_and(|group| group.iter().all(u8::is_ascii_digit))
        && !bytes.get(length + 4).is_some_and(u8::is_ascii_digit)
    {
        length += 4;
    }
    let round = rest[..length].split(',').skip(1).all(|group| group == "000");
    if before < 3 || length == 0 || round {
        return length;
    }
    let tail = rest[length..].trim_start();
    let listed = ["and ", "or ", ", "].iter().find_map(|joint| tail.strip_prefix(joint));
    let goes_on = listed.is_some_and(|next| next.trim_start().starts_with(|c: char| c.is_ascii_digit()));
    if length > 4 || goes_on { 0 } else { length }
}

fn fraction(rest: &str) -> usize {
    let digits = rest.strip_prefix('.').map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    if digits == 0 { 0 } else { digits + 1 }
}

fn exponent(rest: &str) -> usize {
    let Some(tail) = rest.strip_prefix(['e', 'E']) else { return 0 };
    let sign = usize::from(tail.starts_with(['+', '-']));
    let digits = tail[sign..].bytes().take_while(u8::is_ascii_digit).count();
    let ends = !tail[sign + digits..].starts_with(char::is_alphanumeric);
    if digits > 0 && ends { 1 + sign + digits } else { 0 }
}

/// Turns number words into numbers: `twelve`, `twenty-first`, `two hundred`.
///
/// `first` alone stays a word: "the first ten primes" asks for a list, not for a place.
pub(super) fn in_words(tokens: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut tokens = tokens.into_iter().peekable();
    while let Some(mut token) = tokens.next() {
        // `2 million`
        if let TokenKind::Number(value) = &token.kind {
            let large = tokens.peek().and_then(Token::word).and_then(large_value);
            if let Some(scaled) = large.and_then(|large| scaled(value, large)) {
                token.kind = TokenKind::Number(scaled);
                token.end = tokens.next().map_or(token.end, |next| next.end);
            }
            out.push(token);
            continue;
        }
        // `n = 3`: the sign between a name and its value says nothing.
        if token.kind == TokenKind::Mark('=')
            && out.last().and_then(Token::word).is_some_and(|word| word != "factorial")
            && tokens.peek().is_some_and(is_value)
        {
            continue;
        }
        if is_count(&token, out.last(), tokens.peek()) || is_unit(&token, out.last()) {
            out.push(token);
            continue;
        }
        let one = token.word() == Some("one")
            && (is_listed_one(out.as_slice(), tokens.clone()) || is_one_unit(out.last(), tokens.peek()));
        let found = if one { Some((1, false)) } else { token.word().and_then(word_value) };
        let Some((value, ordinal)) = found.filter(|found| *found != (1, true)) else {
            out.push(token);
            continue;
        };
        let (mut total, mut end, mut place) = (value, token.end, ordinal);
        // `twenty` `-` `one`, `twenty one`, `two hundred`.
        while !place {
            let mut ahead = tokens.clone();
            let hyphen = ahead.next_if(|next| next.kind == TokenKind::Mark('-')).is_some();
            // `one hundred and one`
            if total >= 100 && total % 100 == 0 {
                ahead.next_if(|next| next.word() == Some("and"));
            }
            let Some(next) = ahead.next() else { break };
            let Some((value, ordinal)) = next.word().and_then(unit_value) else { break };
            let Some(combined) = combine(total, value, hyphen) else { break };
            (total, end, place) = (combined, next.end, ordinal);
            tokens = ahead;
        }
        let kind = if place { TokenKind::Ordinal(total) } else { TokenKind::Number(Value::Int(total)) };
        out.push(Token { start: token.start, end, kind });
    }
    out
}

fn is_value(token: &Token) -> bool {
    !matches!(token.kind, TokenKind::Word(_) | TokenKind::Mark(_))
}

/// `two` in `two numbers` says how many there are; `the first two numbers` asks for two.
fn is_count(token: &Token, before: Option<&Token>, behind: Option<&Token>) -> bool {
    const TYPES: [&str; 35] = [
        "times",
        "vectors",
        "samples",
        "sequences",
        "tables",
        "ints",
        "sorted",
        "ordered",
        "equal",
        "strands",
        "points",
        "sets",
        "matrices",
        "columns",
        "unsorted",
        "hosts",
        "timestamps",
        "objects",
        "files",
        "numbers",
        "integers",
        "strings",
        "texts",
        "lists",
        "arrays",
        "dates",
        "values",
        "words",
        "inputs",
        "arguments",
        "floats",
        "versions",
        "parameters",
        "given",
        "different",
    ];
    let asked = before.and_then(Token::word).is_some_and(|word| matches!(word, "first" | "next" | "last" | "top"));
    let behind_word = behind.and_then(Token::word);
    // `between two times` speaks of clocks, `repeat it three times` does not.
    let clocks = before.and_then(Token::word).is_some_and(|word| matches!(word, "between" | "of" | "the" | "for"));
    let counted = behind_word.is_some_and(|word| TYPES.contains(&word) && (word != "times" || clocks));
    let is_two_sum = token.word() == Some("two") && behind.and_then(Token::word) == Some("sum");
    is_two_sum || matches!(token.word(), Some("two" | "three")) && counted && !asked
}

/// Whether `one` is a number: `one, two and three`, `two and one`, `one hundred`.
fn is_listed_one(before: &[Token], mut behind: impl Iterator<Item = Token>) -> bool {
    let joins = |token: &Token| {
        matches!(token.kind, TokenKind::Mark(',' | ';')) || matches!(token.word(), Some("and" | "or" | "to" | "plus"))
    };
    let is_number = |token: &Token| {
        matches!(token.kind, TokenKind::Number(_)) || token.word().and_then(word_value).is_some_and(|(_, place)| !place)
    };
    let follows = match behind.next() {
        Some(next) if next.word().and_then(large_value).is_some() => true,
        Some(next) if joins(&next) => behind.find(|token| !joins(token)).is_some_and(|token| is_number(&token)),
        _ => false,
    };
    let joint = before.iter().rev().take_while(|token| joins(token)).count();
    let leads = before.len().checked_sub(joint + 1).is_some_and(|at| joint > 0 && is_number(&before[at]));
    follows || leads
}

/// `one` counts a time that is added or taken away: `plus one month`, `one week after`.
fn is_one_unit(before: Option<&Token>, behind: Option<&Token>) -> bool {
    let counts = before.and_then(Token::word).is_none_or(|word| {
        matches!(
            word,
            "plus" | "add" | "minus" | "subtract" | "is" | "in" | "what's" | "date" | "after" | "exactly" | "and"
        )
    });
    let unit = behind.and_then(Token::word);
    counts && unit.is_some_and(|unit| matches!(unit, "day" | "week" | "month" | "year" | "hour" | "minute"))
}

/// `second` in `per second` and `1 second` is a unit.
fn is_unit(token: &Token, before: Option<&Token>) -> bool {
    let counted = before.is_some_and(|token| matches!(token.kind, TokenKind::Number(_)));
    let before = before.and_then(Token::word);
    let named = before.is_some_and(|word| matches!(word, "per" | "a" | "each" | "every" | "one"));
    token.word() == Some("second") && (counted || named)
}

fn large_value(word: &str) -> Option<i64> {
    match word {
        "hundred" => Some(100),
        "thousand" => Some(1000),
        "million" => Some(1_000_000),
        "billion" => Some(1_000_000_000),
        _ => None,
    }
}

fn combine(total: i64, value: i64, hyphen: bool) -> Option<i64> {
    match (total, value) {
        (20..=90, 1..=9) if total % 10 == 0 => Some(total + value),
        (1..=99, 100 | 1000 | 1_000_000) if !hyphen => Some(total * value),
        (100.., 1..=99) if total % 100 == 0 && !hyphen => Some(total + value),
        (1000.., 100) => None,
        _ => None,
    }
}

/// As [`word_value`], for a word behind another number word, where `one` is a number.
fn unit_value(word: &str) -> Option<(i64, bool)> {
    if word == "one" { Some((1, false)) } else { word_value(word) }
}

/// The value of a number word, and whether it is an ordinal. `one` alone is too often something else.
fn word_value(word: &str) -> Option<(i64, bool)> {
    const CARDINALS: [&str; 21] = [
        "zero",
        "",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    const ORDINALS: [&str; 21] = [
        "zeroth",
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    const LARGE: [(&str, &str, i64); 10] = [
        ("thirty", "thirtieth", 30),
        ("forty", "fortieth", 40),
        ("fifty", "fiftieth", 50),
        ("sixty", "sixtieth", 60),
        ("seventy", "seventieth", 70),
        ("eighty", "eightieth", 80),
        ("ninety", "ninetieth", 90),
        ("hundred", "hundredth", 100),
        ("thousand", "thousandth", 1000),
        ("million", "millionth", 1_000_000),
    ];
    if word.is_empty() {
        return None;
    }
    let small = |names: &[&str; 21]| names.iter().position(|name| *name == word).map(|place| place as i64);
    let large = LARGE.iter().find(|(cardinal, ordinal, _)| *cardinal == word || *ordinal == word);
    small(&CARDINALS)
        .map(|value| (value, false))
        .or_else(|| small(&ORDINALS).map(|value| (value, true)))
        .or_else(|| large.map(|(_, ordinal, value)| (*value, *ordinal == word)))
}
