//! Values as YAML 1.2, in block style, for people and for the tools that read configuration.
//!
//! The same value always gives the same text: maps keep their order, nesting is two spaces, and a text is quoted where a
//! reader of YAML 1.1 or 1.2 could take it for something else. A text of several lines is a literal block.

use blocks::{Value, json};

/// An implicit key may not be longer than 1,024 characters.
const LONGEST_KEY: usize = 1000;

/// The YAML text of a value; it ends with a line end.
pub(super) fn write(value: &Value) -> Result<String, String> {
    let mut out = String::new();
    write_value(value, 0, &mut out)?;
    Ok(out)
}

/// Writes what follows a place where a block may begin on the same line, at this depth.
fn write_value(value: &Value, depth: usize, out: &mut String) -> Result<(), String> {
    match value {
        Value::List(items) if !items.is_empty() => write_list(items, depth, out)?,
        Value::Map(entries) if !entries.is_empty() => {
            for (index, (key, item)) in entries.iter().enumerate() {
                if index > 0 {
                    indent(depth, out);
                }
                write_key(key, depth, out);
                write_below(item, depth, out)?;
            }
        }
        Value::Text(text) => write_text(text, depth, out),
        other => {
            out.push_str(&json::write(other, None)?);
            out.push('\n');
        }
    }
    Ok(())
}

fn write_list(items: &[Value], depth: usize, out: &mut String) -> Result<(), String> {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            indent(depth, out);
        }
        out.push_str("- ");
        write_value(item, depth + 1, out)?;
    }
    Ok(())
}

/// Writes an entry's value after its colon: what has lines of its own stands below.
fn write_below(item: &Value, depth: usize, out: &mut String) -> Result<(), String> {
    let nests = match item {
        Value::List(items) => !items.is_empty(),
        Value::Map(entries) => !entries.is_empty(),
        _ => false,
    };
    if nests {
        out.push('\n');
        indent(depth + 1, out);
        write_value(item, depth + 1, out)
    } else {
        out.push(' ');
        write_value(item, depth + 1, out)
    }
}

fn write_key(key: &str, depth: usize, out: &mut String) {
    let key = one_line(key);
    if key.chars().count() > LONGEST_KEY {
        out.push_str(&format!("? {key}\n"));
        indent(depth, out);
    } else {
        out.push_str(&key);
    }
    out.push(':');
}

fn write_text(text: &str, depth: usize, out: &mut String) {
    if !is_literal_block(text) {
        out.push_str(&one_line(text));
        out.push('\n');
        return;
    }
    let ends = text.len() - text.trim_end_matches('\n').len();
    out.push_str(["|-", "|", "|+"][ends.min(2)]);
    out.push('\n');
    for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
        if !line.is_empty() {
            indent(depth.max(1), out);
            out.push_str(line);
        }
        out.push('\n');
    }
}

/// Several lines that a literal block gives back exactly, whoever reads it.
fn is_literal_block(text: &str) -> bool {
    text.contains('\n')
        && !text.starts_with([' ', '\t', '\n'])
        && !text.chars().any(|character| character != '\n' && character != '\t' && must_be_escaped(character))
        && text.split('\n').all(|line| line.is_empty() || !line.trim_matches([' ', '\t']).is_empty())
}

fn one_line(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

fn is_plain(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    !text.starts_with("---")
        && !text.starts_with("...")
        && !text.starts_with("- ")
        && text != "-"
        && !"?:,[]{}#&*!|>'\"%@` =<".contains(first)
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.chars().any(must_be_escaped)
        && !is_word(text)
        && !is_like_a_number(text)
}

/// The words that mean something else than themselves to some reader.
fn is_word(text: &str) -> bool {
    let word = text.to_ascii_lowercase();
    let number = word.strip_prefix(['-', '+']).unwrap_or(&word);
    matches!(word.as_str(), "null" | "~" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n")
        || matches!(number, ".inf" | ".nan")
}

/// Whether the text begins as a number does and has nothing but what numbers, dates and times of some reader have.
fn is_like_a_number(text: &str) -> bool {
    let rest = text.strip_prefix(['-', '+']).unwrap_or(text);
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    rest.starts_with(|c: char| c.is_ascii_digit())
        && rest.chars().all(|c| c.is_ascii_hexdigit() || "xXoOtTzZ_.:+- ".contains(c))
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            other if must_be_escaped(other) => out.push_str(&format!("\\u{:04x}", other as u32)),
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

/// Control characters, and those that some reader takes for a line end, a mark or nothing.
fn must_be_escaped(character: char) -> bool {
    matches!(
        character,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{a0}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
    )
}

fn indent(depth: usize, out: &mut String) {
    out.extend(std::iter::repeat_n("  ", depth));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value as Json;

    use super::*;

    fn yaml(json: &str) -> String {
        write(&json::read(json).unwrap()).unwrap()
    }

    fn reads_back(json: &str) {
        let text = yaml(json);
        let read: Json = serde_yaml_ng::from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert_eq!(read, serde_json::from_str::<Json>(json).unwrap(), "{text}");
    }

    #[test]
    fn blocks_nest_by_two_spaces() {
        assert_eq!(
            yaml(r#"{"a": {"b": [1, {"c": 2, "d": [3]}, [4, 5]]}, "e": [], "f": {}, "g": null}"#),
            "a:\n  b:\n    - 1\n    - c: 2\n      d:\n        - 3\n    - - 4\n      - 5\ne: []\nf: {}\ng: null\n"
        );
        assert_eq!(yaml("1.5"), "1.5\n");
    }

    #[test]
    fn texts_are_quoted_where_a_reader_could_take_them_for_something_else() {
        for (text, written) in [
            ("nginx:1.27-alpine", "nginx:1.27-alpine"),
            ("--port", "--port"),
            ("a-b c#d", "a-b c#d"),
            ("10m", "10m"),
            ("añ 😀", "añ 😀"),
            ("", "\"\""),
            ("yes", "\"yes\""),
            ("Null", "\"Null\""),
            ("-.INF", "\"-.INF\""),
            ("1.27", "\"1.27\""),
            ("8080:80", "\"8080:80\""),
            ("0x1f", "\"0x1f\""),
            ("2024-01-31", "\"2024-01-31\""),
            ("a: b", "\"a: b\""),
            ("a #b", "\"a #b\""),
            ("a:", "\"a:\""),
            (" a", "\" a\""),
            ("*", "\"*\""),
            ("- a", "\"- a\""),
            ("---", "\"---\""),
            ("{a}", "\"{a}\""),
            ("\u{7}\u{85}\t\"\\", "\"\\u0007\\u0085\\t\\\"\\\\\""),
        ] {
            assert_eq!(write(&Value::text(text)).unwrap(), format!("{written}\n"));
        }
    }

    #[test]
    fn lines_are_a_literal_block_that_ends_as_the_text_does() {
        assert_eq!(yaml(r#"{"a": "x\n y\n\nz", "b": 1}"#), "a: |-\n  x\n   y\n\n  z\nb: 1\n");
        assert_eq!(yaml(r#"[{"a": "x\ny\n"}]"#), "- a: |\n    x\n    y\n");
        assert_eq!(yaml(r#"{"a": "x\n\n\n", "b": 1}"#), "a: |+\n  x\n\n\nb: 1\n");
        assert_eq!(yaml(r#"{"a": " x\ny"}"#), "a: \" x\\ny\"\n");
        assert_eq!(yaml(r#""x\ny""#), "|-\n  x\n  y\n");
    }

    #[test]
    fn hard_cases_read_back() {
        for json in [
            r#"[[[]], [{}], [[1, [2]], {"a": [[3]]}]]"#,
            r##"{"": "", "a b": "c\n\n", "#": "'", "x\ny": "\n", "1": "1", "null": null, "- ": "? "}"##,
            r#"["a\n  b\n", "a\n\tb", "a\n \nb", "a\r\nb", "\ta", "a\t", "\u2028", "-", "?", "? a", "<<", "="]"#,
            r#"["a\nb\n\n", "end"]"#,
            r#"["1e5", "1_000", "12:30:45", "0o17", "+.5", "-1", "~", "a\n---\nb", "a\n...\nb\n", "a\n#b"]"#,
        ] {
            reads_back(json);
        }
        reads_back(&format!("{{\"{}\": [1], \"b\": 2}}", "long ".repeat(300)));
    }

    #[test]
    fn what_json_cannot_say_is_refused() {
        assert!(write(&Value::list(vec![Value::Number(f64::NAN)])).is_err());
    }

    fn any_json() -> impl Strategy<Value = Json> {
        let text = || {
            prop_oneof![
                "[ -~\\n\\t]{0,12}",
                "[-+.:_ 0-9a-fxotzTZ]{0,6}",
                "[#:\\-?|>&*!%@'\"\\[\\]{},= \\n]{0,5}",
                "\\PC{0,6}",
                proptest::sample::select(vec!["yes", "No", "null", "~", ".inf", "a\n", "a\n\n", "a\nb"])
                    .prop_map(str::to_owned),
            ]
        };
        let leaf = prop_oneof![
            Just(Json::Null),
            any::<bool>().prop_map(Json::from),
            (-1_000_000_000_000_i64..1_000_000_000_000).prop_map(Json::from),
            (-1e6..1e6_f64).prop_map(Json::from),
            text().prop_map(Json::from),
        ];
        leaf.prop_recursive(5, 40, 5, move |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..5).prop_map(Json::from),
                proptest::collection::vec((text(), inner), 0..5)
                    .prop_map(|entries| Json::Object(entries.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn any_value_reads_back(value in any_json()) {
            let value = json::read(&value.to_string()).unwrap();
            let text = write(&value).unwrap();
            let read: Json = serde_yaml_ng::from_str(&text).map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
            prop_assert_eq!(json::read(&read.to_string()).unwrap(), value, "{}", text);
        }
    }
}
