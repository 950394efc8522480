//! Everything that can be left out of a program or made smaller, the largest first.

use std::collections::HashMap;

use blocks::document::Body;
use blocks::value::Hashing;
use blocks::{Block, BlockId, Program, Source, Type, Value, check};

use super::{formulas, literals};

type Types = HashMap<(BlockId, String), Type, Hashing>;

/// Programs with one change each.
pub(super) fn all(program: &Program) -> Vec<Program> {
    let types = check(program).types;
    let mut changed = Vec::new();
    let mut edit = |change: &mut dyn FnMut(&mut Program)| {
        let mut copy = program.clone();
        change(&mut copy);
        changed.push(copy);
    };
    let count = program.body.blocks.len();
    for kept in [0, count / 4, count / 2, count * 3 / 4, count.saturating_sub(1)] {
        if count > 4 {
            edit(&mut |program| first_blocks(program, kept));
        }
    }
    edit(&mut |program| drop_unread(program));
    for place in 0..program.outputs.len() {
        if program.outputs.len() > 2 {
            edit(&mut |program| program.outputs = vec![program.outputs[place].clone()]);
        }
        edit(&mut |program| drop(program.outputs.remove(place)));
    }
    for place in 0..program.functions.len() {
        edit(&mut |program| drop(program.functions.remove(place)));
    }
    let ids = ids(program);
    for id in ids.iter().rev() {
        edit(&mut |program| remove(program, id, &types));
    }
    for id in ids.iter().rev() {
        for body in program.block(id).into_iter().flat_map(|block| block.bodies.keys()) {
            edit(&mut |program| hoist(program, id, body, &types));
        }
    }
    for id in ids.iter().rev() {
        for variant in program.block(id).map(variants).unwrap_or_default() {
            edit(&mut |program| with_block(program, id, &mut |block| block.clone_from(&variant)));
        }
    }
    let mut count = 0;
    with_sources(&mut program.clone(), &mut |_| count += 1);
    for place in 0..count {
        let mut smaller = Vec::new();
        at_source(&mut program.clone(), place, &mut |source| smaller = sources(source, &types));
        for source in smaller {
            edit(&mut |program| at_source(program, place, &mut |have| have.clone_from(&source)));
        }
    }
    let before = blocks::text::write(program);
    changed.retain(|changed| blocks::text::write(changed) != before);
    changed
}

/// Leaves the first blocks of the program's own body only, and the outputs that come from them.
fn first_blocks(program: &mut Program, count: usize) {
    let gone: Vec<BlockId> = program.body.blocks.drain(count..).map(|block| block.id).collect();
    program.outputs.retain(|output| !matches!(&output.from, Source::Wire { block, .. } if gone.contains(block)));
}

/// Takes out all blocks that nothing reads, and what only they read.
fn drop_unread(program: &mut Program) {
    loop {
        let mut read = Vec::new();
        with_sources(program, &mut |source| {
            if let Source::Wire { block, .. } = source {
                read.push(block.clone());
            }
        });
        let unread = ids(program).into_iter().find(|id| !read.contains(id));
        let Some(unread) = unread else { return };
        bodies(program).for_each(|body| replace(body, &unread, &mut |_| Vec::new()));
    }
}

fn ids(program: &Program) -> Vec<BlockId> {
    fn collect(body: &Body, ids: &mut Vec<BlockId>) {
        for block in &body.blocks {
            ids.push(block.id.clone());
            block.bodies.values().for_each(|inner| collect(inner, ids));
        }
    }
    let mut ids = Vec::new();
    program.roots().for_each(|body| collect(body, &mut ids));
    ids
}

fn bodies(program: &mut Program) -> impl Iterator<Item = &mut Body> {
    std::iter::once(&mut program.body).chain(program.functions.iter_mut().map(|function| &mut function.body))
}

/// Takes out a block; what read it reads a plain value.
fn remove(program: &mut Program, id: &BlockId, types: &Types) {
    bodies(program).for_each(|body| replace(body, id, &mut |_| Vec::new()));
    with_sources(program, &mut |source| {
        if let Source::Wire { block, port } = source
            && block == id
        {
            *source = Source::Literal(literals::plain(types.get(&(block.clone(), port.clone()))));
        }
    });
}

/// Puts the blocks of one body of a container in its place.
fn hoist(program: &mut Program, id: &BlockId, name: &str, types: &Types) {
    let Some(container) = program.block(id).cloned() else { return };
    let Some(body) = container.bodies.get(name) else { return };
    bodies(program).for_each(|outer| replace(outer, id, &mut |_| body.blocks.clone()));
    with_sources(program, &mut |source| {
        let Source::Wire { block, port } = source else { return };
        if block != id {
            return;
        }
        let carry = container.carries.iter().find(|carry| carry.name == *port).map(|carry| carry.from.clone());
        let yielded = body.yields.get(port).cloned();
        let own = |source: &Source| matches!(source, Source::Wire { block, .. } if block == id);
        let plain = || Source::Literal(literals::plain(types.get(&(block.clone(), port.clone()))));
        *source = carry.or(yielded).filter(|source| !own(source)).unwrap_or_else(plain);
    });
}

fn replace(body: &mut Body, id: &BlockId, by: &mut dyn FnMut(&Block) -> Vec<Block>) {
    if let Some(place) = body.blocks.iter().position(|block| block.id == *id) {
        let blocks = by(&body.blocks[place]);
        body.blocks.splice(place..=place, blocks);
        return;
    }
    for inner in body.blocks.iter_mut().flat_map(|block| block.bodies.values_mut()) {
        replace(inner, id, by);
    }
}

fn with_block(program: &mut Program, id: &BlockId, change: &mut dyn FnMut(&mut Block)) {
    let mut once = |block: &Block| {
        let mut block = block.clone();
        change(&mut block);
        vec![block]
    };
    bodies(program).for_each(|body| replace(body, id, &mut once));
}

/// The block with something left out or smaller.
fn variants(block: &Block) -> Vec<Block> {
    let mut made = Vec::new();
    let mut edit = |change: &mut dyn FnMut(&mut Block)| {
        let mut copy = block.clone();
        change(&mut copy);
        made.push(copy);
    };
    if !block.title.is_empty() {
        edit(&mut |block| block.title.clear());
    }
    for carry in 0..block.carries.len() {
        edit(&mut |block| {
            let gone = block.carries.remove(carry);
            block.bodies.values_mut().for_each(|body| drop(body.yields.shift_remove(&gone.name)));
        });
    }
    for name in block.bodies.values().flat_map(|body| body.yields.keys()) {
        edit(&mut |block| block.bodies.values_mut().for_each(|body| drop(body.yields.shift_remove(name))));
    }
    for (name, value) in &block.config {
        match (block.kind.as_str(), name.as_str()) {
            ("formula" | "change_variable", "expression") => {
                for text in formulas::smaller(block.setting(name)) {
                    edit(&mut |block| formulas::set(block, &text));
                }
            }
            ("template", "text") | ("call", "function") | (_, "type" | "variable") => {}
            _ => {
                for value in literals::smaller(value) {
                    edit(&mut |block| drop(block.config.insert(name.clone(), value.clone())));
                }
            }
        }
    }
    if block.kind == "template" {
        for text in formulas::smaller_templates(block.setting("text")) {
            edit(&mut |block| formulas::set_template(block, &text));
        }
    }
    made
}

/// Calls something with every source of a program, always in the same order.
fn with_sources(program: &mut Program, change: &mut dyn FnMut(&mut Source)) {
    fn in_body(body: &mut Body, change: &mut dyn FnMut(&mut Source)) {
        for block in &mut body.blocks {
            block.inputs.values_mut().for_each(&mut *change);
            block.carries.iter_mut().for_each(|carry| change(&mut carry.from));
            block.bodies.values_mut().for_each(|inner| in_body(inner, change));
        }
        body.yields.values_mut().for_each(change);
    }
    program.outputs.iter_mut().for_each(|output| change(&mut output.from));
    for function in &mut program.functions {
        function.outputs.iter_mut().for_each(|output| change(&mut output.from));
    }
    bodies(program).for_each(|body| in_body(body, change));
}

fn at_source(program: &mut Program, place: usize, change: &mut dyn FnMut(&mut Source)) {
    let mut at = 0;
    with_sources(program, &mut |source| {
        if at == place {
            change(source);
        }
        at += 1;
    });
}

fn sources(source: &Source, types: &Types) -> Vec<Source> {
    match source {
        Source::Wire { block, port } => {
            let ty = types.get(&(block.clone(), port.clone()));
            vec![Source::Literal(literals::plain(ty)), Source::Literal(literals::simple(ty))]
        }
        Source::Literal(value) => literals::smaller(value).into_iter().map(Source::Literal).collect(),
    }
}

/// Whether two literals are written alike.
pub(super) fn same(a: &Value, b: &Value) -> bool {
    blocks::literal::write(a) == blocks::literal::write(b)
}
