//# write_yaml: Json push_yaml
#[track_caller]
fn write_yaml(value: &Json) -> Result<String, Error> {
    let mut out = String::new();
    push_yaml(value, 0, &mut out)?;
    Ok(out)
}

//# push_yaml: Json Map::iter push_json push_yaml_entry push_yaml_text
#[track_caller]
fn push_yaml(value: &Json, depth: usize, out: &mut String) -> Result<(), Error> {
    match value {
        Json::List(items) if !items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                out.push_str(&"  ".repeat(if index > 0 { depth } else { 0 }));
                out.push_str("- ");
                push_yaml(item, depth + 1, out)?;
            }
        }
        Json::Map(entries) if entries.iter().next().is_some() => {
            for (index, (key, item)) in entries.iter().enumerate() {
                out.push_str(&"  ".repeat(if index > 0 { depth } else { 0 }));
                push_yaml_entry(key, item, depth, out)?;
            }
        }
        Json::Text(text) => push_yaml_text(text, depth, out),
        other => {
            push_json(other, None, 0, out)?;
            out.push('\n');
        }
    }
    Ok(())
}

//# push_yaml_entry: Json Map::iter push_yaml yaml_line
/// What has lines of its own stands below its key.
#[track_caller]
fn push_yaml_entry(key: &str, item: &Json, depth: usize, out: &mut String) -> Result<(), Error> {
    let pad = "  ".repeat(depth);
    let name = yaml_line(key);
    if name.chars().count() > 1000 {
        out.push_str(&format!("? {name}\n{pad}:"));
    } else {
        out.push_str(&format!("{name}:"));
    }
    let nests = match item {
        Json::List(items) => !items.is_empty(),
        Json::Map(entries) => entries.iter().next().is_some(),
        _ => false,
    };
    out.push_str(&if nests {
        format!("\n{pad}  ")
    } else {
        " ".to_owned()
    });
    push_yaml(item, depth + 1, out)
}

//# push_yaml_text: yaml_line must_be_escaped
/// Several lines stand as a literal block if every reader gives them back.
fn push_yaml_text(text: &str, depth: usize, out: &mut String) {
    let space = [' ', '\t'];
    let is_block = text.contains('\n')
        && !text.starts_with([' ', '\t', '\n'])
        && !text.replace(['\n', '\t'], "").contains(must_be_escaped)
        && text
            .split('\n')
            .all(|line| line.is_empty() || !line.trim_matches(space).is_empty());
    if !is_block {
        out.push_str(&format!("{}\n", yaml_line(text)));
        return;
    }
    let ends = text.len() - text.trim_end_matches('\n').len();
    out.push_str(["|-\n", "|\n", "|+\n"][ends.min(2)]);
    for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
        if !line.is_empty() {
            out.push_str(&"  ".repeat(depth.max(1)));
            out.push_str(line);
        }
        out.push('\n');
    }
}

//# yaml_line: is_plain_yaml must_be_escaped
/// The text on one line, quoted if a reader could take it for something else.
fn yaml_line(text: &str) -> String {
    if is_plain_yaml(text) {
        return text.to_owned();
    }
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            other if must_be_escaped(other) => {
                out.push_str(&format!("\\u{:04x}", u32::from(other)));
            }
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

//# is_plain_yaml: must_be_escaped
fn is_plain_yaml(text: &str) -> bool {
    let words = [
        "", "-", "null", "~", "true", "false", "yes", "no", "on", "off", "y", "n",
    ];
    let word = text.to_ascii_lowercase();
    let unsigned = word.strip_prefix(['-', '+']).unwrap_or(&word);
    let digits = unsigned.strip_prefix('.').unwrap_or(unsigned);
    let is_like_a_number = digits.starts_with(|first: char| first.is_ascii_digit())
        && digits
            .chars()
            .all(|other| other.is_ascii_hexdigit() || "xotz_.:+- ".contains(other));
    !words.contains(&word.as_str())
        && !matches!(unsigned, ".inf" | ".nan")
        && !is_like_a_number
        && !["---", "...", "- "]
            .iter()
            .any(|start| text.starts_with(start))
        && !text.starts_with(|first| "?:,[]{}#&*!|>'\"%@` =<".contains(first))
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.contains(must_be_escaped)
}

//# must_be_escaped
/// Control characters, and those that some reader takes for a line end, a mark or nothing.
fn must_be_escaped(character: char) -> bool {
    matches!(
        character,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{a0}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
    )
}
