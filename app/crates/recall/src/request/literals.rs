//! Times of day, forms of dates, paths, identifiers of fixed form: what needs no quotes.

use super::{Token, TokenKind};

/// A time of day: `14:30`, `09:05:30`, `2:30 PM`.
pub(super) fn clock(rest: &str) -> Option<(TokenKind, usize)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let hours = digits(rest);
    let mut length = hours;
    let mut parts = 0;
    while parts < 2 && rest[length..].starts_with(':') && digits(&rest[length + 1..]) == 2 {
        let below_sixty = rest.as_bytes()[length + 1] < b'6';
        parts += if below_sixty { 1 } else { return None };
        length += 3;
    }
    let in_a_day = rest[..hours].parse::<u8>().is_ok_and(|hours| hours < 25);
    if parts == 0 || !in_a_day || hours > 2 {
        return None;
    }
    let behind = &rest[length..];
    let half = [" am", " pm", "am", "pm", " a.m.", " p.m."].iter().find(|half| {
        let same = behind.get(..half.len()).is_some_and(|text| text.eq_ignore_ascii_case(half));
        same && !behind[half.len()..].starts_with(char::is_alphanumeric)
    });
    length += half.map_or(0, |half| half.len());
    let ends = !rest[length..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, ':' | '-' | '/'));
    ends.then(|| (TokenKind::Bare(rest[..length].to_owned()), length))
}

/// The five fields of a cron schedule, one of them a star at least: `0 3 * * 1`.
pub(super) fn cron(rest: &str, before: Option<char>) -> Option<(TokenKind, usize)> {
    if before.is_some_and(|c| !c.is_whitespace()) {
        return None;
    }
    let is_field = |field: &&str| {
        let belongs = |byte: u8| byte.is_ascii_digit() || b"*/,-".contains(&byte);
        !field.is_empty() && field.bytes().all(belongs) && field.starts_with(|c: char| c.is_ascii_digit() || c == '*')
    };
    let mut length = 0;
    let mut fields = Vec::new();
    for part in rest.split(' ').take(5) {
        let field = if fields.len() == 4 { part.trim_end_matches(['.', '?', '!', ',']) } else { part };
        fields.push(field);
        length += field.len() + 1;
    }
    let whole = fields.len() == 5 && fields.iter().all(is_field);
    let star = |at: usize| fields.get(at).is_some_and(|field| field.starts_with('*'));
    // `2 * 3 * 4` is a product.
    let product = star(1) && star(3) && !(star(0) || star(2) || star(4));
    (whole && !product && (0..5).filter(|at| star(*at)).count() > 1)
        .then(|| (TokenKind::Bare(rest[..length - 1].to_owned()), length - 1))
}

/// What is known by its form alone: a UUID, an IBAN, permissions such as `rwxr-xr--`, a color such as `#ff6347`.
///
/// Gives also the word that the form says: that a color's digits are hexadecimal, that permissions are some.
pub(super) fn fixed_form(rest: &str, before: Option<char>) -> Option<(TokenKind, usize, Option<&'static str>)> {
    if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '&')) {
        return None;
    }
    let belongs = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '#');
    let text = &rest[..rest.find(|c| !belongs(c)).unwrap_or(rest.len())];
    if let Some(length) = account(rest) {
        return Some((TokenKind::Bare(rest[..length].to_owned()), length, None));
    }
    let said = if is_color(text) {
        Some("hex")
    } else if is_permissions(text) {
        Some("permission")
    } else if is_uuid(text) {
        None
    } else {
        return None;
    };
    Some((TokenKind::Bare(text.to_owned()), text.len(), said))
}

/// The length of an IBAN in groups of four: `DE89 3704 0044 0532 0130 00`.
fn account(rest: &str) -> Option<usize> {
    let upper = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    let (mut length, mut groups) = (0, 0);
    for group in rest.split(' ') {
        let letters = group.bytes().take_while(|byte| upper(*byte)).count();
        let ends = letters < group.len();
        if !(1..=4).contains(&letters) || ends && group.as_bytes()[letters].is_ascii_alphanumeric() {
            break;
        }
        length += letters + usize::from(groups > 0);
        groups += 1;
        if letters < 4 || ends {
            break;
        }
    }
    let country = rest.bytes().take(2).all(|byte| byte.is_ascii_uppercase());
    let check = rest.bytes().skip(2).take(2).all(|byte| byte.is_ascii_digit());
    (country && check && (4..=9).contains(&groups) && rest.as_bytes().get(4) == Some(&b' ')).then_some(length)
}

fn is_uuid(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12] && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

fn is_permissions(text: &str) -> bool {
    let flags = text.strip_prefix(['d', 'l', '-']).filter(|flags| flags.len() == 9).unwrap_or(text);
    flags.len() == 9
        && flags.contains('r')
        && flags.bytes().zip(b"rwx".iter().cycle()).all(|(have, want)| have == b'-' || have == *want)
}

fn is_color(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or("");
    matches!(digits.len(), 3 | 6) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Base64 that ends with its filling signs: `aGVsbG8=`.
pub(super) fn base64(rest: &str) -> Option<(TokenKind, usize)> {
    let letters = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"+/".contains(byte)).count();
    let signs = rest[letters..].bytes().take_while(|byte| *byte == b'=').count();
    let length = letters + signs;
    let ends = !rest[length..].starts_with(|c: char| c.is_alphanumeric() || c == ' ' && rest[length..].len() > 1);
    let ends = ends || rest[length..].starts_with(' ') && length > 7;
    (matches!(signs, 1 | 2) && length > 3 && length % 4 == 0 && ends)
        .then(|| (TokenKind::Bare(rest[..length].to_owned()), length))
}

/// Four brackets and more that stand alone: `([{}])`.
pub(super) fn brackets(text: &str, at: usize) -> Option<(TokenKind, usize)> {
    let rest = &text[at..];
    let length = rest.find(|c: char| !"()[]{}".contains(c)).unwrap_or(rest.len());
    let free = text[..at].chars().next_back().is_none_or(char::is_whitespace);
    let ends = rest[length..].chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, '?' | '.' | ','));
    (length > 3 && free && ends).then(|| (TokenKind::Bare(rest[..length].to_owned()), length))
}

/// The length of a network's prefix by itself: `/22`.
pub(super) fn prefix(text: &str, at: usize, tokens: &[Token]) -> Option<(TokenKind, usize)> {
    let rest = text[at..].strip_prefix('/')?;
    let free = text[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || c == '(');
    let divides = tokens.last().is_some_and(|token| matches!(token.kind, TokenKind::Number(_)));
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let fits = (1..=2).contains(&digits) && rest[..digits].parse::<u8>().is_ok_and(|length| length <= 32);
    let goes_on = rest[digits..].starts_with(|c: char| c.is_alphanumeric() || c == '/')
        || rest[digits..].starts_with('.') && rest[digits + 1..].starts_with(|c: char| c.is_ascii_digit());
    (free && fits && !divides && !goes_on).then(|| (TokenKind::Bare(format!("/{}", &rest[..digits])), digits + 1))
}

/// Whether a word is a Roman numeral in capitals.
pub(crate) fn is_roman(word: &str) -> bool {
    let mut rest = word;
    for [one, five, ten] in [["M", "-", "-"], ["C", "D", "M"], ["X", "L", "C"], ["I", "V", "X"]] {
        let pair = [ten, five].iter().find_map(|high| rest.strip_prefix(one).and_then(|rest| rest.strip_prefix(*high)));
        if let Some(behind) = pair {
            rest = behind;
            continue;
        }
        rest = rest.strip_prefix(five).unwrap_or(rest);
        for _ in 0..3 {
            rest = rest.strip_prefix(one).unwrap_or(rest);
        }
    }
    !word.is_empty() && rest.is_empty()
}

/// The form of a date: `DD/MM/YYYY`, `yyyymmdd`.
pub(super) fn date_form(rest: &str) -> Option<(TokenKind, usize)> {
    let belongs = |c: char| matches!(c.to_ascii_lowercase(), 'd' | 'm' | 'y' | '/' | '-' | '.');
    let length = rest.find(|c| !belongs(c)).unwrap_or(rest.len());
    let form = rest[..length].trim_end_matches(['/', '-', '.']);
    let ends = !rest[form.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
    (ends && is_date_form(form)).then(|| (TokenKind::Bare(form.to_owned()), form.len()))
}

/// Whether a text has a year of four letters, a month and a day of two, and nothing else but signs between them.
pub(crate) fn is_date_form(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let parts = ["yyyy", "mm", "dd"];
    let signs = parts.iter().fold(text.clone(), |text, part| text.replacen(part, "", 1));
    parts.iter().all(|part| text.contains(part)) && signs.chars().all(|sign| matches!(sign, '/' | '-' | '.' | ' '))
}

/// A path: `/usr/bin/worker`, `/api`. A slash alone is one where a word such as `path` or `and` stands before it, as
/// nothing can be divided there.
pub(super) fn path(text: &str, at: usize, tokens: &[Token]) -> Option<(TokenKind, usize)> {
    let before = text[..at].chars().next_back();
    let rest = text[at..].strip_prefix('/')?;
    if before.is_some_and(|c| !c.is_whitespace() && c != '(') {
        return None;
    }
    if !rest.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        let named = tokens.last().and_then(Token::word).is_some_and(|word| {
            matches!(
                word,
                "and" | "path" | "paths" | "route" | "routes" | "to" | "at" | "for" | "from" | "root" | "sends"
            )
        });
        let alone = rest.is_empty() || rest.starts_with([' ', ',', ')']);
        return (named && alone).then(|| (TokenKind::Path("/".to_owned()), 1));
    }
    let belongs = |c: char| c.is_alphanumeric() || matches!(c, '/' | '_' | '-' | '.' | ':' | '{' | '}' | '*');
    let length = rest.find(|c| !belongs(c)).unwrap_or(rest.len());
    let path = rest[..length].trim_end_matches(['.', ':']);
    Some((TokenKind::Path(format!("/{path}")), 1 + path.len()))
}
