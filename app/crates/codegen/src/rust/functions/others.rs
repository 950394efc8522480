//! Functions of JSON, CSV, encodings and dates.

use blocks::Type;

use super::Call;
use crate::rust::piece::{Form, Piece};
use crate::rust::syntax::Expr;

pub(super) fn function(call: &mut Call<'_, '_, '_>, name: &str) -> Option<Piece> {
    formats(call, name).or_else(|| encodings(call, name)).or_else(|| dates(call, name))
}

fn formats(call: &mut Call<'_, '_, '_>, name: &str) -> Option<Piece> {
    Some(match (name, call.signature) {
        ("parse_json", _) => call.fallible("parse_json", "r"),
        ("json", _) => {
            let value = as_json(call);
            let value = call.emitter.own(value);
            let expr = call.emitter.fallible("plain_json", vec![value]);
            call.gives(expr)
        }
        ("to_json", signature) => {
            let value = as_json(call);
            let value = call.emitter.borrow(value);
            let expr = if signature == 0 {
                call.emitter.fallible("write_json", vec![value])
            } else {
                let indent = call.own(1);
                call.emitter.fallible("write_json_indented", vec![value, indent])
            };
            call.gives(expr)
        }
        ("to_yaml", _) => {
            let value = as_json(call);
            let value = call.emitter.borrow(value);
            let expr = call.emitter.fallible("write_yaml", vec![value]);
            call.gives(expr)
        }
        ("as_list", _) => viewed(call, "as_list"),
        ("as_map", _) => viewed(call, "as_map"),
        ("as_text", _) => viewed(call, "as_text"),
        ("type_of", _) => type_of(call),
        ("parse_csv", _) => call.fallible("parse_csv", "rr"),
        ("to_csv", _) => call.fallible("to_csv", "rr"),
        _ => return None,
    })
}

fn as_json(call: &mut Call<'_, '_, '_>) -> Piece {
    let piece = call.piece(0);
    call.emitter.needs.need("Json");
    call.emitter.convert(piece, &Type::Json)
}

fn viewed(call: &mut Call<'_, '_, '_>, name: &'static str) -> Piece {
    let value = call.borrow(0);
    let expr = call.emitter.fallible(name, vec![value]);
    call.views(expr, if name == "as_map" { Form::Reference } else { Form::Slice })
}

/// The word for a type is known beforehand, except for json and what may be missing.
fn type_of(call: &mut Call<'_, '_, '_>) -> Piece {
    let word = |ty: &Type| match ty {
        Type::Int => "\"int\"",
        Type::Number => "\"number\"",
        Type::Text => "\"text\"",
        Type::Bool => "\"bool\"",
        Type::List(_) => "\"list\"",
        Type::Map(_) | Type::Record(_) => "\"map\"",
        _ => "\"none\"",
    };
    let ty = call.ty(0).clone();
    match &ty {
        Type::Json => {
            let value = call.borrow(0);
            let expr = call.emitter.helper("type_of", vec![value]);
            call.views(expr, Form::Slice)
        }
        Type::Optional(inner) => {
            let value = call.receiver(0);
            let chosen =
                value.method("map_or", vec![Expr::raw("\"none\""), Expr::closure("_", Expr::raw(word(inner)))]);
            let chosen = match chosen {
                Expr::Method(receiver, name, arguments) => {
                    Expr::Method(Box::new(receiver.method("as_ref", Vec::new())), name, arguments)
                }
                other => other,
            };
            call.views(chosen, Form::Slice)
        }
        known => {
            let word = Expr::raw(word(known));
            let value = call.receiver(0);
            let expr = if value.may_leave() {
                use crate::rust::syntax::{Body, Kind, Statement};
                let statement = Statement { kind: Kind::Let("_".to_owned(), None, value), blocks: Vec::new() };
                Expr::Block(Body { statements: vec![statement], ..Body::of(word) })
            } else {
                word
            };
            call.views(expr, Form::Slice)
        }
    }
}

fn encodings(call: &mut Call<'_, '_, '_>, name: &str) -> Option<Piece> {
    Some(match name {
        "base64_encode" => call.helper("base64_encode", "r"),
        "base64_decode" => call.fallible("base64_decode", "r"),
        "hex_encode" => call.helper("hex_encode", "r"),
        "hex_decode" => call.fallible("hex_decode", "r"),
        "url_encode" => call.helper("url_encode", "r"),
        "url_decode" => call.fallible("url_decode", "r"),
        "html_escape" => call.helper("html_escape", "r"),
        "sha256" => call.helper("sha256", "r"),
        "sha512" => call.helper("sha512", "r"),
        "hmac_sha256" => call.helper("hmac_sha256", "rr"),
        "sha1" => call.helper("sha1", "r"),
        "md5" => call.helper("md5", "r"),
        _ => return None,
    })
}

fn dates(call: &mut Call<'_, '_, '_>, name: &str) -> Option<Piece> {
    Some(match name {
        "day_number" => call.fallible("day_number", "r"),
        "date_of" => call.fallible("date_of", "o"),
        "make_date" => call.fallible("make_date", "ooo"),
        "year" => call.fallible("year_of", "r"),
        "month" => call.fallible("month_of", "r"),
        "day" => call.fallible("day_of", "r"),
        "weekday" => call.fallible("weekday", "r"),
        "add_days" => call.fallible("add_days", "ro"),
        "add_months" => call.fallible("add_months", "ro"),
        _ => return None,
    })
}
