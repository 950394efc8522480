//! The outline: a program as a tree that reads aloud.

use blocks::{Block, Body, Program, Source, catalog, text};

use crate::protocol::Item;

/// Inputs, blocks, outputs and functions, nested as they are.
pub(crate) fn outline(program: &Program) -> Vec<Item> {
    let inputs = program.inputs.iter().map(|input| Item::Port(format!("input {}: {}", input.name, input.ty)));
    let outputs = program.outputs.iter().map(|output| {
        Item::Port(format!("output {}: {} ← {}", output.name, output.ty, text::write_source(&output.from)))
    });
    let functions = program
        .functions
        .iter()
        .map(|function| Item::Function { name: function.name.clone(), items: body(&function.body) });
    inputs.chain(program.body.blocks.iter().map(block)).chain(outputs).chain(functions).collect()
}

fn body(body: &Body) -> Vec<Item> {
    let yields = body.yields.iter().map(|(name, from)| Item::Yield(format!("{name} ← {}", text::write_source(from))));
    body.blocks.iter().map(block).chain(yields).collect()
}

fn block(block: &Block) -> Item {
    let kind = catalog::find(&block.kind).map_or_else(|| block.kind.clone(), |kind| kind.title.clone());
    let settings = ["expression", "text", "function"].iter().map(|name| block.setting(name));
    let wires = block.inputs.iter().filter(|(_, source)| matches!(source, Source::Wire { .. } | Source::Literal(_)));
    Item::Block {
        id: block.id.to_string(),
        title: if block.title.is_empty() { kind } else { block.title.clone() },
        setting: settings.into_iter().find(|text| !text.is_empty()).unwrap_or_default().to_owned(),
        wires: wires.map(|(port, source)| format!("{port} ← {}", text::write_source(source))).collect(),
        bodies: block.bodies.iter().map(|(name, inner)| (name.clone(), body(inner))).collect(),
    }
}
