//! Values of the program's text.

use blocks::{Type, Value};

use super::emitter::Emitter;
use super::piece::{Form, Piece};
use super::syntax::Expr;
use super::types::field_name;

/// The code of a value of a type.
pub(crate) fn write(emitter: &mut Emitter<'_>, value: &Value, ty: &Type) -> Piece {
    let own = |emitter: &mut Emitter<'_>, value: &Value, ty: &Type| {
        let piece = write(emitter, value, ty);
        emitter.own(piece)
    };
    let expr = match (value, ty) {
        (Value::None, Type::Optional(_)) => Expr::raw("None"),
        (value, Type::Optional(inner)) => Expr::call("Some", vec![own(emitter, value, inner)]),
        (value, Type::Json) => return Piece::owned(json(emitter, value), Type::Json),
        (Value::Text(text), _) => return Piece::new(Expr::Raw(quote(text)), Type::Text, Form::Slice),
        (Value::None, _) => return Piece::owned(Expr::raw("()"), Type::None),
        (Value::Bool(truth), _) => Expr::raw(truth.to_string()),
        (Value::Int(integer), Type::Number) => Expr::raw(number(*integer as f64)),
        (Value::Int(integer), _) => Expr::raw(self::integer(*integer)),
        (Value::Big(_), Type::Number) => match blocks::conform::widen(value.clone()) {
            Ok(Value::Number(found)) => Expr::raw(number(found)),
            _ => {
                let large = emitter.fallible("too_large", Vec::new());
                large.cast("f64")
            }
        },
        (Value::Big(_), _) => emitter.fallible("too_large", Vec::new()),
        (Value::Number(found), _) => Expr::raw(number(*found)),
        (Value::List(items), _) if items.is_empty() => Expr::call("Vec::new", Vec::new()),
        (Value::List(items), _) => {
            let item = ty.item();
            Expr::Array("vec!", items.iter().map(|value| own(emitter, value, &item)).collect())
        }
        (Value::Map(entries), Type::Record(fields)) => {
            let name = emitter.types.structure(fields, "record");
            let values = fields
                .iter()
                .map(|(field, ty)| {
                    let value = entries.get(field).cloned().unwrap_or(Value::None);
                    (field_name(fields, field), own(emitter, &value, ty))
                })
                .collect();
            Expr::Struct(name, values)
        }
        (Value::Map(entries), _) if entries.is_empty() => {
            emitter.needs.need("Map::new");
            Expr::call("Map::new", Vec::new())
        }
        (Value::Map(entries), _) => {
            let item = ty.item();
            let pairs = entries
                .iter()
                .map(|(key, value)| Expr::Tuple(vec![Expr::Raw(quote(key)), own(emitter, value, &item)]))
                .collect();
            emitter.needs.need("Map::from");
            Expr::call("Map::from", vec![Expr::Array("", pairs)])
        }
    };
    Piece::owned(expr, ty.clone())
}

/// A value as json.
fn json(emitter: &mut Emitter<'_>, value: &Value) -> Expr {
    emitter.needs.need("Json");
    let name = |name: &str| format!("Json::{name}");
    match value {
        Value::None => Expr::raw("Json::Null"),
        Value::Bool(truth) => Expr::call(name("Bool"), vec![Expr::raw(truth.to_string())]),
        Value::Int(integer) => Expr::call(name("Int"), vec![Expr::raw(integer.to_string())]),
        Value::Big(_) => {
            let large = emitter.fallible("too_large", Vec::new());
            Expr::call(name("Int"), vec![large])
        }
        Value::Number(found) => Expr::call(name("Number"), vec![Expr::raw(number(*found))]),
        Value::Text(text) => {
            let text = Piece::new(Expr::Raw(quote(text)), Type::Text, Form::Slice).into_owned();
            Expr::call(name("Text"), vec![text])
        }
        Value::List(items) if items.is_empty() => Expr::call(name("List"), vec![Expr::call("Vec::new", Vec::new())]),
        Value::List(items) => {
            let items = items.iter().map(|value| json(emitter, value)).collect();
            Expr::call(name("List"), vec![Expr::Array("vec!", items)])
        }
        Value::Map(entries) if entries.is_empty() => {
            emitter.needs.need("Map::new");
            Expr::call(name("Map"), vec![Expr::call("Map::new", Vec::new())])
        }
        Value::Map(entries) => {
            let pairs = entries
                .iter()
                .map(|(key, value)| Expr::Tuple(vec![Expr::Raw(quote(key)), json(emitter, value)]))
                .collect();
            emitter.needs.need("Map::from");
            Expr::call(name("Map"), vec![Expr::call("Map::from", vec![Expr::Array("", pairs)])])
        }
    }
}

/// An integer; a large one says its type, which nothing else may do.
pub(crate) fn integer(value: i64) -> String {
    if i32::try_from(value).is_ok() { value.to_string() } else { format!("{value}_i64") }
}

/// The integer that a literal means.
pub(crate) fn digits(text: &str) -> Option<i64> {
    text.trim_end_matches("_i64").parse().ok()
}

/// A number as Rust writes it.
pub(crate) fn number(number: f64) -> String {
    match number {
        n if n.is_nan() => "f64::NAN".to_owned(),
        n if n.is_infinite() => if n > 0.0 { "f64::INFINITY" } else { "f64::NEG_INFINITY" }.to_owned(),
        n => format!("{n:?}"),
    }
}

/// A quoted text.
pub(crate) fn quote(text: &str) -> String {
    format!("\"{}\"", escape(text))
}

/// The inside of a quoted text.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || is_unseen(c) => out.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            other => out.push(other),
        }
    }
    out
}

/// Marks that turn the direction of text or cannot be seen, and that our own layout uses.
fn is_unseen(c: char) -> bool {
    matches!(u32::from(c), 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f | 0xfeff | 0xe000..=0xf8ff)
}

/// Whether a value has an integer beyond 64 bits.
pub(crate) fn has_large(value: &Value) -> bool {
    match value {
        Value::Big(_) => true,
        Value::List(items) => items.iter().any(has_large),
        Value::Map(entries) => entries.values().any(has_large),
        _ => false,
    }
}
