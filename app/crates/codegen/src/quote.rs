//! Quoted texts, with the quotes that formatters choose and escapes that all targets know.

/// A quoted text: in double quotes, unless single ones save escapes.
pub(crate) fn quote(text: &str) -> String {
    let count = |wanted: char| text.chars().filter(|character| *character == wanted).count();
    let mark = if count('"') > count('\'') { '\'' } else { '"' };
    format!("{mark}{}{mark}", escape(text, mark))
}

/// The inside of a quoted text.
pub(crate) fn escape(text: &str, mark: char) -> String {
    let mut out = String::new();
    for character in text.chars() {
        match character {
            c if c == mark => out.extend(['\\', c]),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if (c as u32) < 0x20 || (0x7f..0xa0).contains(&(c as u32)) => {
                out.push_str(&format!("\\x{:02x}", c as u32));
            }
            c @ ('\u{a0}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{feff}') => {
                out.push_str(&format!("\\u{:04x}", c as u32));
            }
            other => out.push(other),
        }
    }
    out
}
