//! Dates: `2024-02-29`, `29 February 2024`, `Feb 29, 2024`.

use jiff::civil::Date;

use super::TokenKind;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A date that starts with a digit.
pub(super) fn numeric(rest: &str) -> Option<(TokenKind, usize)> {
    iso(rest).or_else(|| slashes(rest)).or_else(|| day_first(rest))
}

/// A text that is a date as a whole, as year-month-day.
pub(crate) fn whole(text: &str) -> Option<String> {
    match numeric(text).or_else(|| worded(text)) {
        Some((TokenKind::Date(date), length)) if length == text.len() => Some(date),
        _ => None,
    }
}

/// A date that does not exist is handed on as it is: the function that reads it says so.
fn iso(rest: &str) -> Option<(TokenKind, usize)> {
    let text = rest.get(..10)?;
    let separator = text.as_bytes()[4];
    let shape = matches!(separator, b'-' | b'/')
        && text.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == separator,
            _ => byte.is_ascii_digit(),
        });
    let ends = !rest[10..].starts_with(char::is_alphanumeric);
    (shape && ends).then(|| (TokenKind::Date(text.replace('/', "-")), 10))
}

/// `25/12/2024`; where the day and the month can be taken for each other, it is only a text.
fn slashes(rest: &str) -> Option<(TokenKind, usize)> {
    let text = rest.get(..10).filter(|_| !rest[10..].starts_with(|c: char| c.is_alphanumeric() || c == '/'))?;
    let mut parts = text.split('/').filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    let mut part = |length| parts.next().filter(|part| part.len() == length).and_then(|part| part.parse::<i16>().ok());
    let (first, second, year) = (part(2)?, part(2)?, part(4)?);
    let date = |month: i16, day: i16| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    let kind = match (date(second, first), date(first, second)) {
        (Some(date), None) | (None, Some(date)) => TokenKind::Date(date.to_string()),
        (Some(date), Some(other)) if date == other => TokenKind::Date(date.to_string()),
        _ => TokenKind::Bare(text.to_owned()),
    };
    Some((kind, 10))
}

/// `29 February 2024`, `29th of Feb 2024`
fn day_first(rest: &str) -> Option<(TokenKind, usize)> {
    let mut cursor = Cursor { rest, at: 0 };
    let day = cursor.number(2)?;
    cursor.take_suffix();
    cursor.spaces();
    cursor.take("of ");
    let month = cursor.month()?;
    let year = cursor.year()?;
    cursor.date(year, month, day)
}

/// A date that starts with a month's name: `February 29, 2024`.
pub(super) fn worded(rest: &str) -> Option<(TokenKind, usize)> {
    let mut cursor = Cursor { rest, at: 0 };
    let month = cursor.month()?;
    let day = cursor.number(2)?;
    cursor.take_suffix();
    cursor.take(",");
    cursor.spaces();
    let year = cursor.year()?;
    cursor.date(year, month, day)
}

struct Cursor<'a> {
    rest: &'a str,
    at: usize,
}

impl Cursor<'_> {
    fn tail(&self) -> &str {
        &self.rest[self.at..]
    }

    fn spaces(&mut self) {
        self.at += self.tail().bytes().take_while(|byte| *byte == b' ').count();
    }

    fn take(&mut self, text: &str) {
        if self.tail().starts_with(text) {
            self.at += text.len();
        }
    }

    fn take_suffix(&mut self) {
        if ["st", "nd", "rd", "th"].iter().any(|suffix| self.tail().starts_with(suffix)) {
            self.at += 2;
        }
    }

    /// A number of at most so many digits.
    fn number(&mut self, digits: usize) -> Option<i16> {
        let count = self.tail().bytes().take_while(u8::is_ascii_digit).count();
        if count == 0 || count > digits {
            return None;
        }
        let number = self.tail()[..count].parse().ok()?;
        self.at += count;
        Some(number)
    }

    fn year(&mut self) -> Option<i16> {
        let start = self.at;
        self.number(4).filter(|_| self.at - start == 4)
    }

    /// A month's name or its first three letters, and what separates it from the next part.
    fn month(&mut self) -> Option<i8> {
        let length = self.tail().bytes().take_while(u8::is_ascii_alphabetic).count();
        let word = self.tail()[..length].to_lowercase();
        let place = MONTHS.iter().position(|name| *name == word || word.len() == 3 && name.starts_with(&word))?;
        self.at += length;
        self.take(".");
        self.take(",");
        self.spaces();
        Some(place as i8 + 1)
    }

    fn date(&self, year: i16, month: i8, day: i16) -> Option<(TokenKind, usize)> {
        let date = Date::new(year, month, i8::try_from(day).ok()?).ok()?;
        Some((TokenKind::Date(date.to_string()), self.at))
    }
}
