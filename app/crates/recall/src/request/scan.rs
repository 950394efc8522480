//! Text to tokens.

use blocks::{Value, json};

use super::{Token, TokenKind, dates, literals, numbers, signs};

pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(character) = text[at..].chars().next() {
        let rest = &text[at..];
        let before = text[..at].chars().next_back();
        let alone = literals::prefix(text, at, &tokens).or_else(|| literals::path(text, at, &tokens));
        let alone = alone.or_else(|| literals::brackets(text, at));
        if let Some((kind, length)) = alone {
            tokens.push(Token { start: at, end: at + length, kind });
            at += length;
            continue;
        }
        let cron = || literals::cron(rest, before).filter(|_| !follows_number(&tokens));
        let fixed = literals::fixed_form(rest, before);
        if let Some((kind, length, said)) = fixed.or_else(|| cron().map(|(kind, length)| (kind, length, Some("cron"))))
        {
            tokens.push(Token { start: at, end: at + length, kind });
            at += length;
            let word = said.map(|word| TokenKind::Word(word.to_owned()));
            tokens.extend(word.map(|kind| Token { start: at, end: at, kind }));
            continue;
        }
        if let Some((kinds, length)) = signs::read(text, at) {
            // The first word stands where the sign is; what else it means takes no room.
            let starts = std::iter::once(at).chain(std::iter::repeat(at + length));
            let end = at + length;
            tokens.extend(starts.zip(kinds).map(|(start, kind)| Token { start, end, kind }));
            at = end;
            continue;
        }
        // `144's square root`
        if rest.starts_with("'s ") && before.is_some_and(|c| c.is_ascii_digit()) {
            at += 2;
            continue;
        }
        let found = match character {
            c if c.is_whitespace() => None,
            '`' if rest.starts_with("```") => block(rest),
            '"' | '`' | '“' | '«' => quoted(rest, character),
            '\'' | '‘' if !before.is_some_and(char::is_alphanumeric) => quoted(rest, character),
            '[' | '{' => data(rest),
            '0'..='9' | '-' | '+' => dates::numeric(rest)
                .or_else(|| literals::clock(rest))
                .or_else(|| dotted(rest))
                .or_else(|| numbers::number(rest, before)),
            c if c.is_alphabetic() => literals::date_form(rest)
                .or_else(|| literals::base64(rest))
                .or_else(|| dates::worded(rest))
                .or_else(|| address(rest))
                .or_else(|| word(rest)),
            _ => None,
        };
        match found {
            Some((kind, length)) => {
                tokens.push(Token { start: at, end: at + length, kind });
                at += length;
            }
            None => {
                if !character.is_whitespace() {
                    tokens.push(Token { start: at, end: at + character.len_utf8(), kind: TokenKind::Mark(character) });
                }
                at += character.len_utf8();
            }
        }
    }
    numbers::in_words(tokens)
}

/// Whether a number stands right before: what follows is the rest of a calculation.
fn follows_number(tokens: &[Token]) -> bool {
    tokens.last().is_some_and(|token| matches!(token.kind, TokenKind::Number(_)))
}

/// A fenced code block, without its fence and language.
fn block(rest: &str) -> Option<(TokenKind, usize)> {
    let inside = &rest[3..];
    let end = inside.find("```")?;
    let body = &inside[..end];
    let body = body.split_once('\n').filter(|(first, _)| !first.contains(' ')).map_or(body, |(_, body)| body);
    Some((TokenKind::Quoted(body.trim_end_matches('\n').to_owned()), end + 6))
}

fn quoted(rest: &str, open: char) -> Option<(TokenKind, usize)> {
    let close = match open {
        '“' => '”',
        '«' => '»',
        '‘' => '’',
        other => other,
    };
    let inside = &rest[open.len_utf8()..];
    let apostrophe = close == '\'' || close == '’';
    let (end, _) = inside.char_indices().find(|(index, character)| {
        let next = inside[index + character.len_utf8()..].chars().next();
        *character == close && !(apostrophe && next.is_some_and(char::is_alphanumeric))
    })?;
    Some((TokenKind::Quoted(inside[..end].to_owned()), open.len_utf8() + end + close.len_utf8()))
}

/// A bracketed list or object that reads as JSON, or as a list with single quotes.
fn data(rest: &str) -> Option<(TokenKind, usize)> {
    let length = balanced(rest)?;
    let text = &rest[..length];
    let read =
        || json::read(text).ok().or_else(|| json::read(&text.replace('\'', "\"")).ok()).or_else(|| bare_words(text));
    match read() {
        Some(value) => Some((TokenKind::Data(value, text.to_owned()), length)),
        // What was meant as an object and is none is one text all the same.
        None => {
            let meant = text.starts_with('{') && text.contains('"') && text.contains(':');
            meant.then(|| (TokenKind::Quoted(text.to_owned()), length))
        }
    }
}

/// `[red, green, blue]`
fn bare_words(text: &str) -> Option<Value> {
    let inside = text.strip_prefix('[')?.strip_suffix(']')?;
    let items: Vec<&str> = inside.split(',').map(str::trim).collect();
    let is_word = |item: &&str| {
        item.starts_with(char::is_alphabetic)
            && item.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' '))
    };
    (items.len() > 1 && items.iter().all(is_word)).then(|| Value::from(items))
}

/// The length up to the bracket that closes the first one; brackets in quotes do not count.
fn balanced(text: &str) -> Option<usize> {
    let (mut depth, mut quote, mut escaped) = (0usize, None, false);
    for (index, character) in text.char_indices() {
        match (quote, character) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(character),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(index + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// An address, network or version: at least three numbers with dots between, such as `10.0.0.0/8` or `1.2.3`.
fn dotted(rest: &str) -> Option<(TokenKind, usize)> {
    let length = rest
        .find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '/' | '-' | '+' | ':'))
        .unwrap_or(rest.len());
    let text = rest[..length].trim_end_matches(['.', ':', '/', '-', '+']);
    let numbers =
        text.split('.').take_while(|part| part.bytes().next().is_some_and(|byte| byte.is_ascii_digit())).count();
    (numbers >= 3).then(|| (TokenKind::Bare(text.to_owned()), text.len()))
}

/// An e-mail address, a URL, or a token of three parts (JWT): text without spaces that is no word.
fn address(rest: &str) -> Option<(TokenKind, usize)> {
    let length =
        rest.find(|c: char| c.is_whitespace() || matches!(c, ',' | '"' | '<' | '>' | ')')).unwrap_or(rest.len());
    let text = rest[..length].trim_end_matches(['.', '?', '!', ':', ';']);
    let is_mail = text.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'));
    let is_url = text.starts_with("http://") || text.starts_with("https://");
    let is_token = text.starts_with("eyJ") && text.matches('.').count() == 2;
    (is_mail || is_url || is_token).then(|| (TokenKind::Bare(text.to_owned()), text.len()))
}

/// A word: letters and digits, with `'`, `_`, `.`, `+` and `#` where they belong to it (`don't`, `node.js`, `c++`).
fn word(rest: &str) -> Option<(TokenKind, usize)> {
    let mut end = 0;
    for (index, character) in rest.char_indices() {
        let next = rest[index + character.len_utf8()..].chars().next();
        let numbered = matches!(
            rest[..index].to_ascii_lowercase().as_str(),
            "sha" | "md" | "base" | "utf" | "crc" | "adler" | "rot"
        );
        let joined = matches!(character, '\'' | '’' | '_' | '.') && next.is_some_and(char::is_alphanumeric)
            || character == '-' && numbered && next.is_some_and(|next| next.is_ascii_digit())
            || matches!(character, '+' | '#')
                && matches!(rest[..index].to_ascii_lowercase().as_str(), "c" | "c+" | "f");
        if !character.is_alphanumeric() && !joined {
            break;
        }
        end = index + character.len_utf8();
    }
    let lower = rest[..end].to_lowercase().replace('’', "'");
    let lower = if lower.ends_with(|c: char| c.is_ascii_digit()) { lower.replace('-', "") } else { lower };
    (end > 0).then_some((TokenKind::Word(lower), end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> String {
        let shown: Vec<String> = tokens(text)
            .into_iter()
            .map(|token| match token.kind {
                TokenKind::Word(word) => word,
                TokenKind::Number(value) => format!("#{value}"),
                TokenKind::Ordinal(place) => format!("#{place}th"),
                TokenKind::Quoted(text) | TokenKind::Bare(text) => format!("'{text}'"),
                TokenKind::Data(value, _) => format!("={value}"),
                TokenKind::Date(date) => format!("@{date}"),
                TokenKind::Path(path) => format!("~{path}"),
                TokenKind::Mark(mark) => mark.to_string(),
            })
            .collect();
        shown.join(" ")
    }

    #[test]
    fn values_are_found_in_text() {
        for (text, wanted) in [
            ("What's the 50th number?", "what's the #50th number ?"),
            ("gcd of 12 and -18.5", "gcd of #12 and #-18.5"),
            ("1,000,000 or 1,2", "#1000000 or #1 , #2"),
            ("sort [3, 1, 2] don't", "sort =[3, 1, 2] don't"),
            ("say 'it is' and \"so\"", "say 'it is' and 'so'"),
            ("from 2024-02-29 to March 5, 2024", "from @2024-02-29 to @2024-03-05"),
            ("the twenty-first of twelve", "the #21th of #12"),
            ("3+4 in C++ or node.js", "#3 + #4 in c++ or node.js"),
            ("{\"a\": 1} is [broken", "={\"a\": 1} is [ broken"),
            ("```csv\na,b\n1,2\n```", "'a,b\n1,2'"),
            ("5 March 2024, 5 km", "@2024-03-05 , #5 km"),
            ("1e3 and 3.14.", "#1000.0 and #3.14 ."),
            ("100,200 and 300", "#100 , #200 and #300"),
            ("1 000 and 12 500 000", "#1000 and #12500000"),
            ("1 500 or 100 200 300, 0 000", "#1 #500 or #100 #200 #300 , #0 #0"),
            ("1,000 and 250,000", "#1000 and #250000"),
            ("160,165,170 or 1,234,567", "#160 , #165 , #170 or #1234567"),
            (
                "is 0x1F prime, 6! even, 7% of 2³",
                "is '0x1F' hexadecimal prime , #6 factorial even , #7 percent of #2 ³",
            ),
            ("gcd of 12 and 18!", "gcd of #12 and #18 !"),
            ("what is 5!", "what is #5 factorial"),
            ("sum of 1-10 or 1..10, not 978-3-16", "sum of #1 through #10 or #1 through #10 , not #978 - #3 - #16"),
            ("primes <= 100, <b>", "primes up to #100 , < b >"),
            ("a 2D list, 0-based, p95", "a 2d list , 0_based , #95th percentile"),
            ("one, two and three, one hundred and one", "#1 , #2 and #3 , #101"),
            ("1 second or one of them, 1.000,50", "#1 second or one of them , '1.000,50'"),
            ("sort [red, dark blue]", "sort =[\"red\", \"dark blue\"]"),
            ("Is 10.0.0.1 in 10.0.0.0/8?", "is '10.0.0.1' in '10.0.0.0/8' ?"),
            ("mail a@b.org, SHA-256 of 5%", "mail 'a@b.org' , sha256 of #5 percent"),
            ("CSV -> JSON, 10k per second, 2 million", "csv to json , #10000 per second , #2000000"),
            ("two numbers, the first ten numbers", "two numbers , the first #10 numbers"),
            ("x = 3 and n=4", "x #3 and n #4"),
            ("25/12/2024, 02/02/2024 or 03/04/2024", "@2024-12-25 , @2024-02-02 or '03/04/2024'"),
            ("from 09:15 to 2:30 PM, not 80:80", "from '09:15' to '2:30 PM' , not #80 : #80"),
            ("run /usr/bin/worker. Route /api and / to", "run ~/usr/bin/worker . route ~/api and ~/ to"),
            ("as DD/MM/YYYY or yyyymmdd.", "as 'DD/MM/YYYY' or 'yyyymmdd' ."),
            ("cron 0 3 * * 1 or */5 * * * *?", "cron '0 3 * * 1' cron or '*/5 * * * *' cron ?"),
            ("2 * 3 * 4 * 5", "#2 * #3 * #4 * #5"),
            ("2 * 3 * 4", "#2 * #3 * #4"),
            ("decode aGVsbG8=, x = 3", "decode 'aGVsbG8=' , x #3"),
            ("chmod rwxr-xr-- or -rw-r--r--?", "chmod 'rwxr-xr--' permission or '-rw-r--r--' permission ?"),
            ("#ff6347 is #FFF, not #4", "'#ff6347' hex is '#FFF' hex , not # #4"),
            ("123e4567-e89b-12d3-a456-426614174000.", "'123e4567-e89b-12d3-a456-426614174000' ."),
            ("IBAN DE89 3704 0044 0532 0130 00?", "iban 'DE89 3704 0044 0532 0130 00' ?"),
            ("144's root, 3^7 or 2 ** 3", "#144 root , #3 to the power #7 or #2 to the power #3"),
            ("{\"a\": 1,} and {x}", "'{\"a\": 1,}' and { x }"),
            ("6 / 2, and/or", "#6 / #2 , and ∕ or"),
            ("is ([{}]) balanced, f() or [1]", "is '([{}])' balanced , f ( ) or =[1]"),
            ("plus one month or one of them", "plus #1 month or one of them"),
            ("hosts in a /22, 10 /2", "hosts in a '/22' , #10 / #2"),
        ] {
            assert_eq!(show(text), wanted);
        }
    }
}
