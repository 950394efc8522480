//! Texts inside code: quoted, with the quotes that formatters choose and escapes that all targets know, or as remarks.

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

/// The lines of a text that stands in comments. Whatever ends a line in some language ends one here, and what a compiler
/// refuses or a reader cannot see is left out.
pub(crate) fn remark(text: &str) -> Vec<String> {
    let ends = ['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];
    let hidden = |c: &char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let text = text.trim().replace("\r\n", "\n").replace('\t', " ");
    if text.is_empty() {
        return Vec::new();
    }
    text.split(ends).map(|line| line.chars().filter(|c| !hidden(c)).collect::<String>().trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A title of two lines became a comment and a line of code.
    #[test]
    fn no_remark_goes_on_in_a_line_of_code() {
        assert_eq!(remark("one\r\ntwo\rthree\u{2028}four"), ["one", "two", "three", "four"]);
        assert_eq!(remark("a\0b\u{202e}c"), ["abc"]);
        assert_eq!(remark(" \n"), [""; 0]);
    }
}
