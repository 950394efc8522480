//! Functions of lists and maps.

use blocks::Type;

use super::Call;
use crate::rust::piece::{Form, Piece};
use crate::rust::syntax::{Body, Expr, Kind, Statement};
use crate::rust::types::is_copy;

pub(super) fn function(call: &mut Call<'_, '_, '_>, name: &str) -> Option<Piece> {
    list(call, name).or_else(|| map(call, name))
}

fn list(call: &mut Call<'_, '_, '_>, name: &str) -> Option<Piece> {
    let numbers = *call.result == Type::Number;
    Some(match (name, call.signature) {
        ("len", _) => length(call),
        ("range", 0) => {
            let (from, until) = (call.own(0), call.own(1));
            let range = Expr::binary("..", from, until);
            call.gives(range.method("collect::<Vec<i64>>", Vec::new()))
        }
        ("range", _) => call.fallible("range_by", "ooo"),
        ("append", _) => call.helper("append", "oo"),
        ("insert", _) => call.fallible("insert", "ooo"),
        ("set_item", _) => call.fallible("set_item", "ooo"),
        ("remove_at", _) => call.fallible("remove_at", "oo"),
        ("first" | "last", _) => {
            let items = call.borrow(0);
            let expr =
                call.emitter.fallible("item_at", vec![items, Expr::raw(if name == "first" { "0" } else { "-1" })]);
            call.views(expr, Form::Reference)
        }
        ("sort", 1) => call.fallible("sort_numbers", "o"),
        ("sort", _) => call.helper("sorted", "o"),
        ("reverse", 0) => call.helper("reversed", "o"),
        ("reverse", _) => {
            let text = call.receiver(0);
            let backwards = text.method("chars", Vec::new()).method("rev", Vec::new());
            call.gives(backwards.method("collect::<String>", Vec::new()))
        }
        ("unique", _) => call.helper("unique", "o"),
        ("count", 0) => call.helper("count_item", "rr"),
        ("count", _) if call.arguments[1].text().is_some_and(|text| !text.is_empty()) => {
            let text = call.receiver(0);
            let part = call.borrow(1);
            let found = text.method("matches", vec![part]).method("count", Vec::new());
            call.gives(found.cast("i64"))
        }
        ("count", _) => call.fallible("count_part", "rr"),
        ("index_of", _) => call.helper("index_of", "rr"),
        ("sum", _) if numbers => folded(call, "0.0", "total + item"),
        ("product", _) if numbers => folded(call, "1.0", "total * item"),
        ("sum", _) => call.fallible("sum", "r"),
        ("product", _) => call.fallible("product", "r"),
        ("smallest" | "largest", _) => extreme(call, name == "smallest"),
        ("flatten", _) => call.method("concat", ""),
        ("chunk", _) => call.fallible("chunks", "ro"),
        ("pairs", _) => pairs(call),
        ("all" | "any", _) => {
            let items = call.receiver(0);
            let test = Expr::closure("&item", Expr::raw("item"));
            call.gives(items.method("iter", Vec::new()).method(name, vec![test]))
        }
        _ => return None,
    })
}

fn length(call: &mut Call<'_, '_, '_>) -> Piece {
    let chars = *call.ty(0) == Type::Text;
    if matches!(call.ty(0), Type::Map(_)) {
        call.emitter.needs.need("Map::len");
    }
    let value = call.receiver(0);
    let count = if chars {
        value.method("chars", Vec::new()).method("count", Vec::new())
    } else {
        value.method("len", Vec::new())
    };
    call.gives(count.cast("i64"))
}

fn folded(call: &mut Call<'_, '_, '_>, start: &str, step: &str) -> Piece {
    let items = call.receiver(0);
    let step =
        match step.split_once(' ').and_then(|(a, rest)| rest.split_once(' ').map(|(operator, b)| (a, operator, b))) {
            Some((a, "*", b)) => Expr::binary("*", Expr::raw(a), Expr::raw(b)),
            Some((a, _, b)) => Expr::binary("+", Expr::raw(a), Expr::raw(b)),
            None => Expr::raw(step),
        };
    let fold = Expr::closure("total, item", step);
    call.gives(items.method("iter", Vec::new()).method("fold", vec![Expr::raw(start), fold]))
}

fn extreme(call: &mut Call<'_, '_, '_>, smallest: bool) -> Piece {
    let items = call.borrow(0);
    let name = match (smallest, *call.result == Type::Number) {
        (true, false) => "smallest",
        (false, false) => "largest",
        (true, true) => "smallest_number",
        (false, true) => "largest_number",
    };
    let expr = call.emitter.fallible(name, vec![items]);
    if *call.result == Type::Number { call.gives(expr) } else { call.views(expr, Form::Reference) }
}

fn pairs(call: &mut Call<'_, '_, '_>) -> Piece {
    let Type::List(item) = call.result.clone() else { return call.gives(Expr::raw("()")) };
    let Type::Record(fields) = *item else { return call.gives(Expr::raw("()")) };
    let (a, b) = (call.own_receiver(0), call.own_receiver(1));
    let name = call.emitter.types.structure(&fields, "pair");
    let made =
        Expr::Struct(name, vec![("first".to_owned(), Expr::raw("first")), ("second".to_owned(), Expr::raw("second"))]);
    let zipped = a.method("into_iter", Vec::new()).method("zip", vec![b]);
    let mapped = zipped.method("map", vec![Expr::closure("(first, second)", made)]);
    call.gives(mapped.method("collect::<Vec<_>>", Vec::new()))
}

fn map(call: &mut Call<'_, '_, '_>, name: &str) -> Option<Piece> {
    Some(match name {
        "keys" => {
            call.emitter.needs.need("Map::keys");
            call.method("keys", "")
        }
        "values" => {
            call.emitter.needs.need("Map::values");
            call.method("values", "")
        }
        "entries" => entries(call),
        "from_entries" => from_entries(call),
        "get" => {
            call.emitter.needs.need("Map::get");
            let (map, key) = (call.receiver(0), call.borrow(1));
            let default = call.own(2);
            let found = map.method("get", vec![key]);
            let found = found.method(if is_copy(call.result) { "copied" } else { "cloned" }, Vec::new());
            call.gives(found.method("unwrap_or", vec![default]))
        }
        "put" => call.helper("put", "ooo"),
        "remove" => call.helper("without", "or"),
        "merge" => call.helper("merged", "oo"),
        "default" => default(call),
        _ => return None,
    })
}

/// A value, or the default where it is none; what is never none, or always, stays as the two are.
fn default(call: &mut Call<'_, '_, '_>) -> Piece {
    match (call.ty(0).clone(), call.result) {
        (Type::Json, _) => call.helper("json_default", "oo"),
        (Type::Optional(_), result) => {
            let method = if matches!(result, Type::Optional(_)) { "or" } else { "unwrap_or" };
            let value = call.own(0);
            let default = call.own(1);
            call.gives(value.method(method, vec![default]))
        }
        (own, _) => {
            let piece = call.piece(0);
            let is_none = own == Type::None || piece.ty == Type::None;
            let (value, default) = (call.emitter.own(piece), call.own(1));
            let (kept, given) = if is_none { (value, default) } else { (default, value) };
            if !kept.may_leave() {
                return call.gives(given);
            }
            let statement = Statement { kind: Kind::Let("_".to_owned(), None, kept), blocks: Vec::new() };
            call.gives(Expr::Block(Body { statements: vec![statement], ..Body::of(given) }))
        }
    }
}

fn entries(call: &mut Call<'_, '_, '_>) -> Piece {
    let Type::List(item) = call.result.clone() else { return call.gives(Expr::raw("()")) };
    let Type::Record(fields) = *item else { return call.gives(Expr::raw("()")) };
    call.emitter.needs.need("Map::into_iter");
    let map = call.own_receiver(0);
    let name = call.emitter.types.structure(&fields, "entry");
    let made = Expr::Struct(name, vec![("key".to_owned(), Expr::raw("key")), ("value".to_owned(), Expr::raw("value"))]);
    let mapped = map.method("into_iter", Vec::new()).method("map", vec![Expr::closure("(key, value)", made)]);
    call.gives(mapped.method("collect::<Vec<_>>", Vec::new()))
}

fn from_entries(call: &mut Call<'_, '_, '_>) -> Piece {
    call.emitter.needs.need("Map::from_iter");
    let entries = call.own_receiver(0);
    let pair = Expr::Tuple(vec![Expr::raw("entry").field("key"), Expr::raw("entry").field("value")]);
    let mapped = entries.method("into_iter", Vec::new()).method("map", vec![Expr::closure("entry", pair)]);
    call.gives(mapped.method("collect::<Map<_>>", Vec::new()))
}
