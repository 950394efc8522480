//! Keys that a JSON object says twice: whoever reads it keeps one of the two and drops the other without a word.

use std::collections::HashSet;

/// The first key that an object of a JSON text has twice, as it is written.
pub(super) fn repeated_key(text: &str) -> Option<&str> {
    let mut objects: Vec<HashSet<&str>> = Vec::new();
    let mut at = 0;
    while let Some(character) = text[at..].chars().next() {
        match character {
            '{' | '[' => objects.push(HashSet::new()),
            '}' | ']' => drop(objects.pop()),
            '"' => {
                let end = at + 1 + string_length(&text[at + 1..])?;
                let key = &text[at + 1..end];
                let is_key = text[end + 1..].trim_start().starts_with(':');
                if is_key && objects.last_mut().is_some_and(|keys| !keys.insert(key)) {
                    return Some(key);
                }
                at = end;
            }
            _ => {}
        }
        at += text[at..].chars().next().map_or(1, char::len_utf8);
    }
    None
}

/// The length of a string up to the quote that closes it.
fn string_length(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.bytes().position(|byte| {
        let closes = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        closes
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_keys_of_the_same_object_are_repeated() {
        for (text, key) in [
            (r#"{"a":1,"a":2}"#, Some("a")),
            (r#"[{"é": {"b" : [], "b": 0}}]"#, Some("b")),
            (r#"{"a":{"a":1},"b":[{"a":1},{"a":"a"}]}"#, None),
            (r#"{"a\"":1,"a":"\\"}"#, None),
            (r#"{"a":"a"#, None),
        ] {
            assert_eq!(repeated_key(text), key, "{text}");
        }
    }
}
