//! Values as the target writes them.

use blocks::{Type, Value, literal};

use crate::Target;

/// The literal of a value.
pub(crate) fn write(value: &Value, ty: &Type, target: Target) -> String {
    let python = target == Target::Python;
    match value {
        Value::None => if python { "None" } else { "null" }.to_owned(),
        Value::Bool(truth) => match (truth, python) {
            (true, true) => "True".to_owned(),
            (false, true) => "False".to_owned(),
            (truth, false) => truth.to_string(),
        },
        Value::Int(_) | Value::Big(_) => value.to_string(),
        Value::Number(number) => self::number(*number, target),
        Value::Text(text) => quote(text),
        Value::List(items) => {
            let item = ty.item();
            let items: Vec<String> = items.iter().map(|value| write(value, &item, target)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Map(entries) => {
            let item = ty.item();
            let entries: Vec<String> =
                entries.iter().map(|(key, value)| format!("{}: {}", quote(key), write(value, &item, target))).collect();
            if entries.is_empty() || python {
                format!("{{{}}}", entries.join(", "))
            } else {
                format!("{{ {} }}", entries.join(", "))
            }
        }
    }
}

fn number(number: f64, target: Target) -> String {
    match (target, number) {
        (Target::Python, n) if n.is_nan() => "math.nan".to_owned(),
        (Target::Python, n) if n.is_infinite() => if n > 0.0 { "math.inf" } else { "-math.inf" }.to_owned(),
        (Target::JavaScript, n) if n.is_nan() => "NaN".to_owned(),
        (Target::JavaScript, n) if n.is_infinite() => if n > 0.0 { "Infinity" } else { "-Infinity" }.to_owned(),
        (Target::Python, n) => literal::write_number(n),
        (Target::JavaScript, n) => {
            let text = literal::write_number(n);
            text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
        }
    }
}

/// A quoted text; the escapes are those that both languages know.
pub(crate) fn quote(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if (c as u32) < 0x20 || c as u32 == 0x7f => out.push_str(&format!("\\x{:02x}", c as u32)),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            other => out.push(other),
        }
    }
    out.push('"');
    out
}
