//! Signs that people write in place of words: arrows, comparisons, ranges, `5!`, `20%`, `p95`, `0xff`.

use blocks::Value;

use super::TokenKind;

/// A slash between words, which divides nothing.
pub(crate) const SLASH: char = '∕';

/// What the signs at a place stand for, and how many bytes they take.
pub(super) fn read(text: &str, at: usize) -> Option<(Vec<TokenKind>, usize)> {
    let rest = &text[at..];
    let before = text[..at].chars().next_back();
    arrow(rest)
        .or_else(|| compared(rest))
        .or_else(|| equals_nothing(rest, before))
        .or_else(|| between_words(rest, before))
        .or_else(|| percentile(rest, before))
        .or_else(|| shorthand(rest, before))
        .or_else(|| based_literal(rest, before))
        .or_else(|| clock_style(rest, before))
        .or_else(|| summary(rest, before))
        .or_else(|| two_sum(rest, before))
        .or_else(|| offset(rest, before))
        .or_else(|| universal(text, at))
        .or_else(|| exponent(rest, before))
        .or_else(|| label(rest, before))
        .or_else(|| range(text, at))
        .or_else(|| factorial(text, at))
        .or_else(|| percent(rest, before))
}

fn words(words: &[&str]) -> Vec<TokenKind> {
    words.iter().map(|word| TokenKind::Word((*word).to_owned())).collect()
}

fn arrow(rest: &str) -> Option<(Vec<TokenKind>, usize)> {
    let length = ["-->", "->", "=>", "→", "⇒"].iter().find(|sign| rest.starts_with(**sign))?.len();
    Some((words(&["to"]), length))
}

/// `<= 100`; the angle brackets of a tag are none.
fn compared(rest: &str) -> Option<(Vec<TokenKind>, usize)> {
    let signs: [(&str, &[&str]); 6] = [
        ("<=", &["up", "to"]),
        ("≤", &["up", "to"]),
        (">=", &["at", "least"]),
        ("≥", &["at", "least"]),
        ("<", &["below"]),
        (">", &["above"]),
    ];
    let (sign, meaning) = signs.iter().find(|(sign, _)| rest.starts_with(sign))?;
    let behind = rest[sign.len()..].trim_start_matches(' ');
    behind.starts_with(|c: char| c.is_ascii_digit()).then(|| (words(meaning), sign.len()))
}

/// `sum = ?`, `name=orders`, `country = France`
fn equals_nothing(rest: &str, before: Option<char>) -> Option<(Vec<TokenKind>, usize)> {
    let behind = rest.strip_prefix('=')?;
    let asks = behind.trim_start().is_empty() || behind.trim_start().starts_with('?');
    let names = before.is_some_and(char::is_alphanumeric) && behind.starts_with(char::is_alphabetic);
    // Between words it says that they are the same.
    if before == Some(' ') && behind.trim_start_matches(' ').starts_with(char::is_alphabetic) && behind.starts_with(' ')
    {
        return Some((words(&["equals"]), 1));
    }
    (asks || names).then(|| (Vec::new(), 1))
}

/// `Node/Express`, `code + answer`: nothing is calculated between words.
fn between_words(rest: &str, before: Option<char>) -> Option<(Vec<TokenKind>, usize)> {
    if !rest.starts_with(['/', '+']) {
        return None;
    }
    let mut characters = rest.chars();
    let (sign, next, after) = (characters.next()?, characters.next()?, characters.next());
    // `800 req/s`, `10/s`
    let unit: String = rest[1..].chars().take_while(|c| c.is_alphanumeric()).collect();
    let is_time = ["s", "sec", "second", "min", "minute", "h", "hour", "day", "d", "week", "month", "year"]
        .contains(&unit.to_lowercase().as_str());
    if sign == '/' && is_time && before.is_some_and(char::is_alphanumeric) {
        return Some((words(&["per"]), 1));
    }
    let joined = sign == '/' && before.is_some_and(char::is_alphabetic) && next.is_alphabetic();
    let added = sign == '+' && before == Some(' ') && next == ' ' && after.is_some_and(char::is_alphabetic);
    let word = rest[1..].trim_start().chars().take_while(|c| c.is_alphabetic()).count();
    let meaning = || if added { words(&["and"]) } else { vec![TokenKind::Mark(SLASH)] };
    (word > 1 && (joined || added)).then(|| (meaning(), 1))
}

/// `p95`
fn percentile(rest: &str, before: Option<char>) -> Option<(Vec<TokenKind>, usize)> {
    let digits = rest.strip_prefix(['p', 'P'])?.bytes().take_while(u8::is_ascii_digit).count();
    let ends = !rest[1 + digits..].starts_with(|c: char| c.is_alphanumeric() || c == '.');
    let starts = !before.is_some_and(char::is_alphanumeric);
    let place: i64 = rest.get(1..1 + digits)?.parse().ok()?;
    (starts && ends && (1..=99).contains(&place))
        .then(|| (vec![TokenKind::Ordinal(place), TokenKind::Word("percentile".to_owned())], 1 + digits))
}

/// `w/o recursion`, `w/ tests`
fn shorthand(rest: &str, before: Option<char>) -> Option<(Vec<TokenKind>, usize)> {
    if before.is_some_and(char::is_alphanumeric) {
        return None;
    }
    if rest.starts_with("w/o ") {
        Some((words(&["without"]), 3))
    } else if rest.starts_with("w/ ") {
        Some((words(&["with"]), 2))
    } else {
        None
    }
}

/// `0xff`, `0b101` and `0o17` are texts of digits in another base, not the number 0; the base is said by them, too.
fn based_literal(rest: &str, before: Option<char>) -> Option<(Vec<TokenKind>, usize)> {
    let (base, name) = match rest.get(..2)?.to_ascii_lowercase().as_str() {
        "0x" => (16, "hexadecimal"),
        "0b" => (2, "binary"),
        "0o" => (8, "octal"),
        _ => return None,
    };
    let digits = rest[2..].chars().take_while(|c| c.is_digit(base)).count();
    let ends = !rest[2 + digits..].starts_with(char::is_alphanumeric);
    let starts = !before.is_some_and(char::is_alphanumeric);
    let length = 2 + digits;
    let kinds = || vec![TokenKind::Quoted(rest[..length].to_owned()), TokenKind::Word(name.to_owned())];
    (digits > 0 && starts && ends).then(|| (kinds(), length))
}

/// `five-number summary`: the name of one, not a number.
fn summary(rest: &str, before: Option<char>) -> Option<(Vec<TokenKind>, usize)> {
    const NAMES: [&str; 4] = ["five-number summary", "five number summary", "5-number summary", "5 number summary"];
    let starts = !before.is_some_and(char::is_alphanumeric);
    let name = NAMES.iter().find(|name| rest.get(..name.len()).is_some_and(|text| text.eq_ignore_ascii_case(name)))?;
    starts.then(|| (words(&["fivenumber", "summary"]), name.len()))
}

/// `two-sum`: the name of a task, not a number.
fn two_sum(rest: &str, before: Option<char>) -> Option<(Vec<TokenKind>, usize)> {
    let starts = !before.is_some_and(char::is_alphanumeric);
    let is_name = rest.get(..7).is_some_and(|text| text.eq_ignore_ascii_case("two-sum"));
    (starts && is_name && !rest[7..].starts_with(char::is_alphanumeric)).then(|| (words(&["two", "sum"]), 7))
}

/// `24-hour format`, `12 hour clock`: a way to write times, not so many hours.
fn clock_style(rest: &str, before: Option<char>) -> Option<(Vec<TokenKind>, usize)> {
    let style = ["12", "24"].iter().find(|style| rest.starts_with(**style))?;
    let behind = rest[2..].to_lowercase();
    let length = if behind.starts_with("-hour") {
        5
    } else {
        let noun = behind.strip_prefix(" hour ")?;
        ["clock", "format", "notation", "time"].iter().any(|style| noun.starts_with(style)).then_some(5)?
    };
    let starts = !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | '-'));
    let ends = !behind[length..].starts_with(char::is_alphanumeric);
    (starts && ends).then(|| (words(&[&format!("{style}h")]), 2 + length))
}

/// `3^7`, `3 ** 7`
fn exponent(rest: &str, before: Option<char>) -> Option<(Vec<TokenKind>, usize)> {
    let length = ["**", "^"].iter().find(|sign| rest.starts_with(**sign))?.len();
    let behind = rest[length..].trim_start_matches(' ').starts_with(|c: char| c.is_ascii_digit());
    let base = before.is_some_and(|c| c.is_ascii_digit() || c == ' ');
    (behind && base).then(|| (words(&["to", "the", "power"]), length))
}

/// `UTC+5:30`: an offset in hours.
fn offset(rest: &str, before: Option<char>) -> Option<(Vec<TokenKind>, usize)> {
    let zone = rest.get(..3).filter(|zone| zone.eq_ignore_ascii_case("utc") || zone.eq_ignore_ascii_case("gmt"))?;
    let sign = match rest[3..].chars().next()? {
        '+' => 1.0,
        '-' => -1.0,
        _ => return None,
    };
    let behind = &rest[4..];
    let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
    let hours: u8 = behind[..digits].parse().ok().filter(|hours| *hours < 15)?;
    let minutes =
        behind[digits..].strip_prefix(':').and_then(|rest| rest.get(..2)).and_then(|two| two.parse::<u8>().ok());
    let length = 4 + digits + if minutes.is_some() { 3 } else { 0 };
    let ends = !rest[length..].starts_with(|c: char| c.is_alphanumeric() || c == ':');
    let offset = sign * (f64::from(hours) + f64::from(minutes.unwrap_or(0)) / 60.0);
    let kinds = || vec![TokenKind::Word(zone.to_lowercase()), TokenKind::Number(Value::Number(offset))];
    (ends && !before.is_some_and(char::is_alphanumeric)).then(|| (kinds(), length))
}

/// `UTC` where other times are told from it: `from UTC to UTC+5:30`.
fn universal(text: &str, at: usize) -> Option<(Vec<TokenKind>, usize)> {
    let lower = text.to_lowercase();
    let zone = ["utc", "gmt"].into_iter().find(|zone| lower.get(at..).is_some_and(|rest| rest.starts_with(zone)))?;
    let free = |character: Option<char>| character.is_none_or(|c| !c.is_alphanumeric());
    let alone = free(text[..at].chars().next_back()) && free(text[at + 3..].chars().next());
    let told = ["utc+", "utc-", "gmt+", "gmt-"].iter().any(|other| lower.contains(other));
    (alone && told).then(|| (vec![TokenKind::Word(zone.to_owned()), TokenKind::Number(Value::Number(0.0))], 3))
}

/// `0-based`, `2D`, `3x1`: a number that is part of a name.
fn label(rest: &str, before: Option<char>) -> Option<(Vec<TokenKind>, usize)> {
    if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | ',')) {
        return None;
    }
    let number = ["zero", "one", "two", "three"].iter().find(|word| rest.to_lowercase().starts_with(**word));
    let digits = number.map_or_else(|| rest.bytes().take_while(u8::is_ascii_digit).count(), |word| word.len());
    let tail = rest.get(digits..).filter(|_| digits > 0)?;
    let lower = tail.to_lowercase();
    let suffix = ["-based", "-indexed", " based", " indexed"].iter().find(|suffix| lower.starts_with(**suffix));
    let length = match suffix {
        Some(suffix) => digits + suffix.len(),
        None if number.is_none() && lower.starts_with('d') => digits + 1,
        None if number.is_none() && lower.starts_with('x') => {
            let second = tail[1..].bytes().take_while(u8::is_ascii_digit).count();
            if second == 0 { return None } else { digits + 1 + second }
        }
        None => return None,
    };
    let ends = !rest[length..].starts_with(char::is_alphanumeric);
    ends.then(|| (vec![TokenKind::Word(rest[..length].to_lowercase().replace([' ', '-'], "_"))], length))
}

/// `1..10`, `1-10`: two numbers with all between them; three and more with hyphens are something else.
fn range(text: &str, at: usize) -> Option<(Vec<TokenKind>, usize)> {
    let rest = &text[at..];
    let start = text[..at].trim_end_matches(|c: char| c.is_ascii_digit());
    let follows = start.len() < at && !start.ends_with(['-', '.', '–', '/']) && !start.ends_with(char::is_alphanumeric);
    let length = if rest.starts_with("...") || rest.starts_with('-') || rest.starts_with('–') {
        rest.chars().take_while(|c| matches!(c, '.' | '-' | '–')).map(char::len_utf8).sum()
    } else if rest.starts_with("..") {
        2
    } else {
        return None;
    };
    let behind = &rest[length..];
    let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
    let after = behind[digits..].chars().next();
    let more = after.is_some_and(|c| c == '-' || c == '/' || c.is_alphabetic());
    let goes_on = behind[digits..].starts_with('.') && behind[digits + 1..].starts_with(|c: char| c.is_ascii_digit());
    (follows && digits > 0 && !more && !goes_on).then(|| (words(&["through"]), length))
}

/// The sign behind `5!` and `n!`, unless it only ends the sentence.
fn factorial(text: &str, at: usize) -> Option<(Vec<TokenKind>, usize)> {
    let behind = text[at..].strip_prefix('!').filter(|behind| !behind.starts_with(['=', '!']))?;
    let before = &text[..at];
    let number = before.ends_with(|c: char| c.is_ascii_digit());
    let name = before.ends_with('n') && !before[..before.len() - 1].ends_with(char::is_alphanumeric);
    let ends = behind.trim().is_empty();
    let asks_nothing_else = before
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|word| !word.is_empty() && !word.bytes().all(|byte| byte.is_ascii_digit()))
        .all(|word| crate::vocabulary::is_harmless(&word.to_lowercase()));
    (number && (!ends || asks_nothing_else) || name).then(|| (words(&["factorial"]), 1))
}

/// The sign behind `20%`: it belongs to the number, and what is asked must be about percents.
fn percent(rest: &str, before: Option<char>) -> Option<(Vec<TokenKind>, usize)> {
    let behind = before.is_some_and(|c| c.is_ascii_digit() || c == ' ');
    let ends = !rest.get(1..).unwrap_or("").starts_with(char::is_alphanumeric);
    (rest.starts_with('%') && behind && ends).then(|| (words(&["percent"]), 1))
}
