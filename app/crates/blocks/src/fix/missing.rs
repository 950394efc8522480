//! What is not there: inputs, settings, yields, conversions.

use super::Fix;
use super::names::block;
use super::order;
use super::site::sites;
use crate::catalog;
use crate::diagnostic::Diagnostic;
use crate::document::{Block, BlockId, Body, Program, Source};
use crate::edit::{BodyAddress, EditOp, Item, List};
use crate::types::Type;
use crate::value::Value;

/// A value of the same name that is in reach, or a default of the port's type.
pub(super) fn inputs(program: &Program, diagnostic: &Diagnostic) -> Vec<Fix> {
    let (Some((block, kind)), Some(port)) = (block(program, diagnostic), &diagnostic.port) else { return Vec::new() };
    let wires = [Source::wire("input", port), Source::wire(port, catalog::VALUE)];
    let known = kind.and_then(|kind| kind.inputs.iter().find(|input| input.name == *port)).map(|input| &input.ty);
    let function = program.function(block.setting("function"));
    let called = function.and_then(|function| function.inputs.iter().find(|input| input.name == *port));
    let defaults = match known.or(called.map(|input| &input.ty)) {
        Some(ty) => defaults(ty),
        None => defaults(&Type::Unknown),
    };
    let sources = wires.into_iter().chain(defaults.into_iter().map(Source::Literal));
    let fixes = sources.map(|from| {
        let title = format!("{port} <- {}", crate::text::write_source(&from));
        Fix::new(title, [EditOp::connect(block.id.as_str(), port, Some(from))])
    });
    fixes.collect()
}

/// Values that a person starts from, for a type; several where the type is not known.
fn defaults(ty: &Type) -> Vec<Value> {
    let one = |value| vec![value];
    match ty {
        Type::Int => one(Value::Int(0)),
        Type::Number => one(Value::Number(0.0)),
        Type::Text => one(Value::text("")),
        Type::Bool => one(Value::Bool(false)),
        Type::List(_) => one(Value::list(Vec::new())),
        Type::Map(_) => one(Value::map([])),
        Type::Record(fields) => {
            let fields = fields.iter().map(|(name, ty)| (name.clone(), defaults(ty).swap_remove(0)));
            one(Value::map(fields.collect::<Vec<_>>()))
        }
        Type::None | Type::Optional(_) | Type::Json => one(Value::None),
        Type::Parameter(_) | Type::Unknown => {
            vec![Value::Int(0), Value::text(""), Value::list(Vec::new()), Value::map([]), Value::Bool(false)]
        }
    }
}

pub(super) fn settings(program: &Program, diagnostic: &Diagnostic) -> Vec<Fix> {
    let (Some((block, kind)), Some(name)) = (block(program, diagnostic), &diagnostic.port) else { return Vec::new() };
    let function = program.functions.first().filter(|_| name == "function").map(|function| function.name.as_str());
    let setting = kind.and_then(|kind| kind.settings.iter().find(|setting| setting.name == *name));
    let values = setting.map(|setting| defaults(&setting.ty)).unwrap_or_default();
    let fixes = function.map(Value::from).into_iter().chain(values).map(|value| {
        let title = format!("{name} = {value}");
        Fix::new(title, [EditOp::set_setting(block.id.as_str(), name, Some(value))])
    });
    fixes.collect()
}

/// A first body, for a container that names its bodies itself.
pub(super) fn bodies(diagnostic: &Diagnostic) -> Vec<Fix> {
    let add = |block: &BlockId| {
        let item = Item::Body { name: "first".to_owned(), body: Body::default() };
        Fix::new("add a body", [EditOp::add(List::Bodies { block: block.clone() }, None, item)])
    };
    diagnostic.block.iter().map(add).collect()
}

/// The carried value unchanged, the value of the body's last block, or a default.
pub(super) fn yields(program: &Program, diagnostic: &Diagnostic) -> Vec<Fix> {
    let (Some((block, _)), Some(name)) = (block(program, diagnostic), &diagnostic.port) else { return Vec::new() };
    let mut fixes = Vec::new();
    let mut bodies: Vec<String> = block.bodies.keys().cloned().collect();
    let absent = catalog::find(&block.kind).into_iter().flat_map(|kind| &kind.bodies).map(|body| body.name.to_owned());
    bodies.extend(absent.filter(|name| !block.bodies.contains_key(name)).collect::<Vec<_>>());
    for body in bodies {
        let to = List::Yields { body: BodyAddress::Container { block: block.id.clone(), name: body.clone() } };
        let present = block.bodies.get(&body);
        let open = present.is_none().then(|| {
            let item = Item::Body { name: body.clone(), body: Body::default() };
            let last = block.bodies.keys().last().map(String::as_str);
            EditOp::add(List::Bodies { block: block.id.clone() }, last, item)
        });
        let carried = block.carries.iter().find(|carry| carry.name == *name);
        let carried = carried.map(|_| Source::wire(block.id.as_str(), name));
        let last = present.and_then(|body| body.blocks.last());
        let last = last.map(|last| Source::wire(last.id.as_str(), catalog::VALUE));
        let after = present.and_then(|body| body.yields.keys().last().cloned());
        let values = defaults(&Type::Unknown).into_iter().map(Source::Literal);
        for from in carried.into_iter().chain(last).chain(values) {
            let title = format!("yield {name} <- {}", crate::text::write_source(&from));
            let item = Item::Yield { name: name.clone(), from };
            fixes.push(Fix::new(
                title,
                open.clone().into_iter().chain([EditOp::add(to.clone(), after.as_deref(), item)]),
            ));
        }
    }
    fixes
}

/// A block between, that converts.
pub(super) fn conversions(program: &Program, diagnostic: &Diagnostic) -> Vec<Fix> {
    let mut fixes = Vec::new();
    for site in sites(program, diagnostic) {
        let Some(around) = site.wire().and_then(|_| order::before_reader(program, site.reader.as_ref())) else {
            continue;
        };
        for (kind, port) in [
            ("text", "value"),
            ("round", "x"),
            ("number", "value"),
            ("int", "value"),
            ("as_text", "value"),
            ("as_list", "value"),
            ("as_map", "value"),
        ] {
            let id = new_id(program, kind);
            let mut converter = Block::new(id.as_str(), kind);
            converter.inputs.insert(port.to_owned(), site.source.clone());
            let (body, after) = around.clone();
            let add = EditOp::add_block(converter, body, after.as_ref().map(BlockId::as_str));
            fixes.push(Fix::new(format!("convert with {kind}"), [add, site.set(Source::wire(id, catalog::VALUE))]));
        }
    }
    fixes
}

fn new_id(program: &Program, kind: &str) -> String {
    let mut names = std::iter::once(kind.to_owned()).chain((2..).map(|count| format!("{kind}_{count}")));
    let free = names.find(|name| program.block(&BlockId(name.clone())).is_none());
    free.unwrap_or_else(|| kind.to_owned())
}
