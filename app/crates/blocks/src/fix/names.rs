//! Misspelled names, and things that are not wanted.

use std::collections::BTreeSet;

use super::Fix;
use super::site::sites;
use crate::catalog::{self, Kind, nearest_of};
use crate::check::check;
use crate::diagnostic::Diagnostic;
use crate::document::{Block, BlockId, INPUT, Program, Source};
use crate::edit::{self, Address, BodyAddress, EditOp, Item, List, Property};

/// The block that a diagnostic is about, with its kind.
pub(super) fn block<'a>(program: &'a Program, diagnostic: &Diagnostic) -> Option<(&'a Block, Option<&'static Kind>)> {
    let block = program.block(diagnostic.block.as_ref()?)?;
    Some((block, catalog::find(&block.kind)))
}

pub(super) fn kinds(program: &Program, diagnostic: &Diagnostic) -> Vec<Fix> {
    let near = block(program, diagnostic).and_then(|(block, _)| Some((block, catalog::nearest(&block.kind)?)));
    let fix = near.map(|(block, kind)| {
        let property = Property::Kind(kind.to_owned());
        Fix::new(format!("use {kind}"), [EditOp::Set { at: Address::Block { id: block.id.clone() }, property }])
    });
    fix.into_iter().collect()
}

/// Either the reading block has no such port, or the block that is read.
pub(super) fn ports(program: &Program, diagnostic: &Diagnostic) -> Vec<Fix> {
    let mut fixes = read_ports(program, diagnostic);
    let (Some((block, kind)), Some(port)) = (block(program, diagnostic), &diagnostic.port) else { return fixes };
    let Some(source) = block.inputs.get(port) else { return fixes };
    let id = block.id.as_str();
    let free = kind.into_iter().flat_map(|kind| &kind.inputs).map(|port| port.name.as_str());
    let called = program.function(block.setting("function")).into_iter().flat_map(|function| &function.inputs);
    let free = free.chain(called.map(|input| input.name.as_str())).filter(|name| !block.inputs.contains_key(*name));
    if let Some(near) = nearest_of(port, free) {
        let ops = [EditOp::connect(id, port, None), EditOp::connect(id, near, Some(source.clone()))];
        fixes.push(Fix::new(format!("wire {near}"), ops));
    }
    fixes.push(Fix::new("remove the wire", [EditOp::connect(id, port, None)]));
    fixes
}

fn read_ports(program: &Program, diagnostic: &Diagnostic) -> Vec<Fix> {
    let types = check(program).types;
    let mut fixes = Vec::new();
    for site in sites(program, diagnostic) {
        let Some((block, port)) = site.wire() else { continue };
        let mut known: BTreeSet<String> =
            types.keys().filter(|(of, _)| of == block).map(|(_, port)| port.clone()).collect();
        if block.as_str() == INPUT {
            let functions = program.functions.iter().flat_map(|function| &function.inputs);
            known.extend(program.inputs.iter().chain(functions).map(|input| input.name.clone()));
        }
        // What containers give their bodies.
        known.extend(["item", "index", "turn", "error"].map(str::to_owned));
        let near = nearest_of(port, known.iter().map(String::as_str));
        let only = known.iter().filter(|port| types.contains_key(&(block.clone(), (*port).clone())));
        for port in near.into_iter().chain(only.map(String::as_str)) {
            fixes.push(Fix::new(format!("read {block}.{port}"), [site.set(Source::wire(block.as_str(), port))]));
        }
    }
    fixes
}

pub(super) fn settings(program: &Program, diagnostic: &Diagnostic) -> Vec<Fix> {
    let (Some((block, kind)), Some(name)) = (block(program, diagnostic), &diagnostic.port) else { return Vec::new() };
    let id = block.id.as_str();
    let free = kind.into_iter().flat_map(|kind| &kind.settings).map(|setting| setting.name);
    let near = nearest_of(name, free.filter(|name| !block.config.contains_key(*name)));
    let renamed = near.map(|near| {
        let ops = [EditOp::set_setting(id, name, None), EditOp::set_setting(id, near, block.config.get(name).cloned())];
        Fix::new(format!("set {near}"), ops)
    });
    let is_port = kind.is_some_and(|kind| kind.inputs.iter().any(|port| port.name == *name));
    let wired = block.config.get(name).filter(|_| is_port && !block.inputs.contains_key(name)).map(|value| {
        let ops =
            [EditOp::set_setting(id, name, None), EditOp::connect(id, name, Some(Source::Literal(value.clone())))];
        Fix::new(format!("give {name} as an input"), ops)
    });
    let removed = Fix::new("remove the setting", [EditOp::set_setting(id, name, None)]);
    wired.into_iter().chain(renamed).chain([removed]).collect()
}

pub(super) fn functions(program: &Program, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some((block, _)) = block(program, diagnostic) else { return Vec::new() };
    let known = || program.functions.iter().map(|function| function.name.as_str());
    let near = nearest_of(block.setting("function"), known());
    let fixes = near.into_iter().chain(known()).map(|name| {
        let op = EditOp::set_setting(block.id.as_str(), "function", Some(name.into()));
        Fix::new(format!("call {name}"), [op])
    });
    fixes.collect()
}

pub(super) fn variables(program: &Program, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some((block, _)) = block(program, diagnostic) else { return Vec::new() };
    let ids: Vec<BlockId> = (edit::things(program).into_iter())
        .filter_map(|at| match at {
            Address::Block { id } => program.block(&id).filter(|block| block.kind == "variable").map(|_| id),
            _ => None,
        })
        .collect();
    let near = nearest_of(block.setting("variable"), ids.iter().map(BlockId::as_str));
    let fixes = near
        .into_iter()
        .chain(ids.iter().map(BlockId::as_str))
        .map(|id| Fix::new(format!("use {id}"), [EditOp::set_setting(block.id.as_str(), "variable", Some(id.into()))]));
    fixes.collect()
}

pub(super) fn blocks(program: &Program, diagnostic: &Diagnostic) -> Vec<Fix> {
    let ids: Vec<Address> = edit::things(program);
    let ids = || ids.iter().filter(|at| matches!(at, Address::Block { .. })).map(Address::name).chain([INPUT]);
    let mut fixes = Vec::new();
    for site in sites(program, diagnostic) {
        let Some((block, port)) = site.wire() else { continue };
        let near = nearest_of(block.as_str(), ids());
        fixes.extend(near.map(|near| Fix::new(format!("read {near}.{port}"), [site.set(Source::wire(near, port))])));
    }
    fixes
}

pub(super) fn bodies(program: &Program, diagnostic: &Diagnostic) -> Vec<Fix> {
    let (Some((block, kind)), Some(name)) = (block(program, diagnostic), &diagnostic.port) else { return Vec::new() };
    let Some(body) = block.bodies.get(name) else { return Vec::new() };
    let address = |name: &str| BodyAddress::Container { block: block.id.clone(), name: name.to_owned() };
    let remove = || EditOp::Remove { at: Address::Body { body: address(name) } };
    let free = kind.into_iter().flat_map(|kind| &kind.bodies).map(|body| body.name);
    let near = nearest_of(name, free.filter(|name| !block.bodies.contains_key(*name)));
    let renamed = near.map(|near| {
        let item = Item::Body { name: near.to_owned(), body: body.clone() };
        let to = List::Bodies { block: block.id.clone() };
        Fix::new(format!("name it {near}"), [remove(), EditOp::add(to, None, item)])
    });
    let removed = body.blocks.is_empty().then(|| Fix::new("remove the body", [remove()]));
    renamed.into_iter().chain(removed).collect()
}

pub(super) fn yields(program: &Program, diagnostic: &Diagnostic) -> Vec<Fix> {
    let (Some((block, _)), Some(name)) = (block(program, diagnostic), &diagnostic.port) else { return Vec::new() };
    let bodies = block.bodies.iter().filter(|(_, body)| body.yields.contains_key(name));
    let fixes = bodies.map(|(body, _)| {
        let body = BodyAddress::Container { block: block.id.clone(), name: body.clone() };
        Fix::new("remove the yield", [EditOp::Remove { at: Address::Yield { body, name: name.clone() } }])
    });
    fixes.collect()
}

pub(super) fn carries(program: &Program, diagnostic: &Diagnostic) -> Vec<Fix> {
    let Some((block, _)) = block(program, diagnostic) else { return Vec::new() };
    let remove = |name: &String| EditOp::Remove { at: Address::Carry { block: block.id.clone(), name: name.clone() } };
    let ops: Vec<EditOp> = block.carries.iter().map(|carry| remove(&carry.name)).collect();
    vec![Fix::new("remove the carried values", ops)]
}

pub(super) fn unused(diagnostic: &Diagnostic) -> Vec<Fix> {
    let remove = |id: &BlockId| Fix::new("remove the block", [EditOp::remove_block(id.as_str())]);
    diagnostic.block.iter().map(remove).collect()
}
