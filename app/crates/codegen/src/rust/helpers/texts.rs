//# split: invalid_argument
#[track_caller]
fn split(text: &str, separator: &str) -> Result<Vec<String>, Error> {
    if separator.is_empty() {
        return Err(invalid_argument());
    }
    Ok(text.split(separator).map(str::to_owned).collect())
}

//# replace: invalid_argument
#[track_caller]
fn replace(text: &str, old: &str, new: &str) -> Result<String, Error> {
    if old.is_empty() {
        return Err(invalid_argument());
    }
    Ok(text.replace(old, new))
}

//# find
/// The position of the first such part, counted in characters, or -1.
fn find(text: &str, part: &str) -> i64 {
    text.find(part)
        .map_or(-1, |byte| text[..byte].chars().count() as i64)
}

//# count_part: invalid_argument
#[track_caller]
fn count_part(text: &str, part: &str) -> Result<i64, Error> {
    if part.is_empty() {
        return Err(invalid_argument());
    }
    Ok(text.matches(part).count() as i64)
}

//# padding
fn padding(text: &str, width: i64, fill: char) -> String {
    let missing = usize::try_from(width)
        .unwrap_or(0)
        .saturating_sub(text.chars().count());
    std::iter::repeat_n(fill, missing).collect()
}

//# pad_left: padding
fn pad_left(text: &str, width: i64, fill: char) -> String {
    padding(text, width, fill) + text
}

//# pad_right: padding
fn pad_right(text: &str, width: i64, fill: char) -> String {
    text.to_owned() + &padding(text, width, fill)
}

//# one_character: invalid_argument
#[track_caller]
fn one_character(text: &str) -> Result<char, Error> {
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        (Some(character), None) => Ok(character),
        _ => Err(invalid_argument()),
    }
}

//# code_of: one_character
#[track_caller]
fn code_of(text: &str) -> Result<i64, Error> {
    let character = one_character(text)?;
    Ok(i64::from(u32::from(character)))
}

//# character: invalid_argument
#[track_caller]
fn character(code: i64) -> Result<String, Error> {
    match u32::try_from(code).ok().and_then(char::from_u32) {
        Some(character) => Ok(character.to_string()),
        None => Err(invalid_argument()),
    }
}

//# is_letter
fn is_letter(text: &str) -> bool {
    !text.is_empty() && text.chars().all(char::is_alphabetic)
}

//# is_digit
fn is_digit(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

//# char_at: position out_of_range
/// The character at a position; a negative one counts from the end.
#[track_caller]
fn char_at(text: &str, at: i64) -> Result<String, Error> {
    let length = if text.is_ascii() {
        text.len()
    } else {
        text.chars().count()
    };
    let at = position(at, length)?;
    match text.chars().nth(at) {
        Some(character) => Ok(character.to_string()),
        None => Err(out_of_range()),
    }
}

//# slice_text: bounds
/// A part of the text; bounds beyond the ends mean the ends.
fn slice_text(text: &str, from: i64, until: i64) -> String {
    let range = bounds(from, until, text.chars().count());
    text.chars().skip(range.start).take(range.len()).collect()
}

//# bounds
fn bounds(from: i64, until: i64, length: usize) -> std::ops::Range<usize> {
    let bound = |at: i64| match usize::try_from(at) {
        Ok(at) => at.min(length),
        Err(_) => {
            let back = usize::try_from(at.unsigned_abs()).unwrap_or(usize::MAX);
            length.saturating_sub(back)
        }
    };
    let (from, until) = (bound(from), bound(until));
    from..until.max(from)
}

//# position: out_of_range
/// A position that a list or text has; a negative one counts from the end.
#[track_caller]
fn position(at: i64, length: usize) -> Result<usize, Error> {
    let found = match usize::try_from(at) {
        Ok(at) => Some(at),
        Err(_) => usize::try_from(at.unsigned_abs())
            .ok()
            .and_then(|back| length.checked_sub(back)),
    };
    match found {
        Some(at) if at < length => Ok(at),
        _ => Err(out_of_range()),
    }
}
