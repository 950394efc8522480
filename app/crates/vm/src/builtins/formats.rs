//! Functions of JSON, YAML and CSV.

use blocks::conform::as_json;
use blocks::{Value, json};

use super::{Function, indented, list, small, text, yaml};
use crate::failure::Fault;
use crate::limits::Limits;

pub(super) fn function(name: &str) -> Option<Function> {
    Some(match name {
        "parse_json" => {
            |_, a, _| json::read(text(&a[0])?).map_err(|error| Fault::invalid(format!("not JSON: {error}")))
        }
        "json" => |_, a, _| as_json(&a[0]).map_err(Fault::from),
        "to_json" => |signature, a, limits| {
            let indent = match if signature == 0 { 0 } else { small(&a[1])? } {
                0 if signature == 0 => None,
                width @ 1..=8 => Some(width as usize),
                other => return Err(Fault::invalid(format!("the indent must be 1 to 8, not {other}"))),
            };
            indented::allow_json(&a[0], indent.unwrap_or(0) as u64, limits)?;
            let written = json::write(&a[0], indent).map_err(Fault::invalid)?;
            limits.allow(written.len() as u64)?;
            Ok(Value::text(written))
        },
        "to_yaml" => |_, a, limits| {
            indented::allow_yaml(&a[0], limits)?;
            let written = yaml::write(&a[0]).map_err(Fault::invalid)?;
            limits.allow(written.len() as u64)?;
            Ok(Value::text(written))
        },
        "as_list" => |_, a, _| match &a[0] {
            Value::List(_) => Ok(a[0].clone()),
            other => Err(Fault::wrong_type("a list", other)),
        },
        "as_map" => |_, a, _| match &a[0] {
            Value::Map(_) => Ok(a[0].clone()),
            other => Err(Fault::wrong_type("a map", other)),
        },
        "as_text" => |_, a, _| match &a[0] {
            Value::Text(_) => Ok(a[0].clone()),
            other => Err(Fault::wrong_type("a text", other)),
        },
        "type_of" => |_, a, _| Ok(Value::text(a[0].type_name())),
        "parse_csv" => parse_csv,
        "to_csv" => to_csv,
        _ => return None,
    })
}

fn separator(value: &Value) -> Result<char, Fault> {
    let mut characters = text(value)?.chars();
    match (characters.next(), characters.next()) {
        (Some(character), None) if !matches!(character, '"' | '\n' | '\r') => Ok(character),
        _ => Err(Fault::invalid("the separator must be one character, and no quote or line end")),
    }
}

/// RFC 4180: fields may be quoted, a doubled quote inside stands for one; empty lines are passed over.
fn parse_csv(_: u32, a: &mut [Value], limits: &Limits) -> Result<Value, Fault> {
    let separator = separator(&a[1])?;
    let mut rows: Vec<Value> = Vec::new();
    let (mut row, mut field): (Vec<Value>, String) = (Vec::new(), String::new());
    let (mut quoted, mut was_quoted) = (false, false);
    let mut characters = text(&a[0])?.chars().peekable();
    let mut made = 0;
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                field.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if field.is_empty() && !was_quoted => (quoted, was_quoted) = (true, true),
            _ if quoted => field.push(character),
            c if c == separator => {
                row.push(Value::text(std::mem::take(&mut field)));
                was_quoted = false;
            }
            '\r' if characters.peek() == Some(&'\n') => {}
            '\n' => {
                if !(row.is_empty() && field.is_empty() && !was_quoted) {
                    row.push(Value::text(std::mem::take(&mut field)));
                    made += row.len() as u64 + 1;
                    rows.push(Value::list(std::mem::take(&mut row)));
                }
                was_quoted = false;
            }
            other => field.push(other),
        }
    }
    if quoted {
        return Err(Fault::invalid("a quote is not closed"));
    }
    if !(row.is_empty() && field.is_empty() && !was_quoted) {
        row.push(Value::text(field));
        rows.push(Value::list(row));
    }
    limits.allow(made * 16)?;
    Ok(Value::list(rows))
}

fn to_csv(_: u32, a: &mut [Value], limits: &Limits) -> Result<Value, Fault> {
    let separator = separator(&a[1])?;
    let mut out = String::new();
    for row in list(&a[0])? {
        let row = list(row)?;
        for (index, field) in row.iter().enumerate() {
            if index > 0 {
                out.push(separator);
            }
            push_field(&mut out, text(field)?, separator, row.len() == 1);
        }
        out.push('\n');
        limits.allow(out.len() as u64)?;
    }
    Ok(Value::text(out))
}

/// A lone empty field is quoted, as an empty line would be no row.
fn push_field(out: &mut String, field: &str, separator: char, alone: bool) {
    if field.contains([separator, '"', '\n', '\r']) || alone && field.is_empty() {
        out.push('"');
        out.push_str(&field.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(field);
    }
}
