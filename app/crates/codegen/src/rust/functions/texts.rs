//! Functions of text.

use blocks::Type;

use super::Call;
use crate::rust::operators::number_method;
use crate::rust::piece::{Form, Piece};
use crate::rust::syntax::Expr;

pub(super) fn function(call: &mut Call<'_, '_, '_>, name: &str) -> Option<Piece> {
    Some(match (name, call.signature) {
        ("upper", _) => call.method("to_uppercase", ""),
        ("lower", _) => call.method("to_lowercase", ""),
        ("trim", _) => {
            let text = call.receiver(0);
            call.views(text.method("trim", Vec::new()), Form::Slice)
        }
        ("split", _) if literal(call, 1) => {
            let text = call.receiver(0);
            let separator = call.borrow(1);
            owned_parts(call, text.method("split", vec![separator]))
        }
        ("split", _) => call.fallible("split", "rr"),
        ("words", _) => {
            let text = call.receiver(0);
            owned_parts(call, text.method("split_whitespace", Vec::new()))
        }
        ("lines", _) => {
            let text = call.receiver(0);
            owned_parts(call, text.method("lines", Vec::new()))
        }
        ("join", _) => call.method("join", "r"),
        ("replace", _) if literal(call, 1) => call.method("replace", "rr"),
        ("replace", _) => call.fallible("replace", "rrr"),
        ("starts_with" | "ends_with", _) => call.method(name, "r"),
        ("find", _) => call.helper("find", "rr"),
        ("repeat_text", _) => repeated(call),
        ("pad_left" | "pad_right", _) => padded(call, if name == "pad_left" { "pad_left" } else { "pad_right" }),
        ("chars", _) => {
            let text = call.receiver(0);
            let each = text.method("chars", Vec::new()).method("map", vec![Expr::raw("String::from")]);
            call.gives(each.method("collect::<Vec<_>>", Vec::new()))
        }
        ("code", _) => call.fallible("code_of", "r"),
        ("char", _) => call.fallible("character", "o"),
        ("is_letter", _) => call.helper("is_letter", "r"),
        ("is_digit", _) => call.helper("is_digit", "r"),
        ("text", _) => shown(call),
        ("fixed", _) => call.fallible("fixed", "oo"),
        ("int", 0) => call.fallible("parse_integer", "r"),
        ("int", 1) => {
            let value = call.own(0);
            let value = number_method(value, &Type::Number, "trunc", Vec::new());
            let expr = call.emitter.fallible("whole", vec![value]);
            call.gives(expr)
        }
        ("int", 2) | ("number", 2) => {
            let value = call.own(0);
            call.gives(value)
        }
        ("int", 3) => {
            let value = call.own(0);
            call.gives(Expr::call("i64::from", vec![value]))
        }
        ("int", _) => call.fallible("json_integer", "r"),
        ("number", 0) => call.fallible("parse_number", "r"),
        ("number", 1) => {
            let value = call.own(0);
            call.gives(crate::rust::operators::as_number(value))
        }
        ("number", _) => call.fallible("json_number", "r"),
        ("to_base", _) => call.fallible("to_base", "oo"),
        ("from_base", _) => call.fallible("from_base", "ro"),
        _ => return None,
    })
}

/// Whether an argument is a text that is written out and not empty.
fn literal(call: &Call<'_, '_, '_>, index: usize) -> bool {
    call.arguments[index].text().is_some_and(|text| !text.is_empty())
}

fn owned_parts(call: &Call<'_, '_, '_>, parts: Expr) -> Piece {
    let owned = parts.method("map", vec![Expr::raw("str::to_owned")]);
    call.gives(owned.method("collect::<Vec<_>>", Vec::new()))
}

fn repeated(call: &mut Call<'_, '_, '_>) -> Piece {
    let natural = call.range(1).is_some_and(|(low, _)| low >= 0);
    let text = call.receiver(0);
    let times = match call.own(1) {
        Expr::Raw(digits) if digits.parse::<u32>().is_ok() => Expr::Raw(digits),
        times if natural => times.cast("usize"),
        times => number_method(times, &Type::Int, "max", vec![Expr::raw("0")]).cast("usize"),
    };
    call.gives(text.method("repeat", vec![times]))
}

fn padded(call: &mut Call<'_, '_, '_>, name: &'static str) -> Piece {
    let fill = call.arguments[2].text().and_then(|text| {
        let mut characters = text.chars();
        characters.next().filter(|_| characters.next().is_none())
    });
    let (text, width) = (call.borrow(0), call.own(1));
    let fill = match fill {
        Some(fill) => {
            let quoted = crate::rust::literals::escape(&fill.to_string()).replace("\\\"", "\"").replace('\'', "\\'");
            Expr::Raw(format!("'{quoted}'"))
        }
        None => {
            let fill = call.borrow(2);
            call.emitter.fallible("one_character", vec![fill])
        }
    };
    let expr = call.emitter.helper(name, vec![text, width, fill]);
    call.gives(expr)
}

/// The text of a value.
fn shown(call: &mut Call<'_, '_, '_>) -> Piece {
    match call.ty(0).clone() {
        Type::Text => call.piece(0),
        Type::Int | Type::Bool => call.method("to_string", ""),
        Type::Number => call.helper("number_text", "o"),
        ty => {
            call.emitter.needs.literal_of(&ty);
            let value = call.receiver(0);
            call.gives(value.method("to_text", Vec::new()))
        }
    }
}
