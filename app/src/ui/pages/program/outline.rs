//! The outline: the program as a tree that reads aloud.

use blocks::{Block, Body, Program, Source, catalog, text};
use leptos::prelude::*;

/// Inputs, blocks and outputs, nested as they are.
#[component]
pub(in crate::ui) fn Outline(program: Program) -> impl IntoView {
    let inputs = program
        .inputs
        .iter()
        .map(|input| view! { <li>{format!("input {}: {}", input.name, input.ty)}</li> })
        .collect_view();
    let outputs = program.outputs.iter().map(|output| {
        view! { <li>{format!("output {}: {} ← {}", output.name, output.ty, text::write_source(&output.from))}</li> }
    });
    let functions = program.functions.iter().map(|function| {
        view! { <li><span class="block-title">{format!("function {}", function.name)}</span>{body(&function.body)}</li> }
    });
    view! {
        <ul class="outline">
            {inputs}
            {program.body.blocks.iter().map(block).collect_view()}
            {outputs.collect_view()}
            {functions.collect_view()}
        </ul>
    }
}

fn body(body: &Body) -> AnyView {
    let yields = body
        .yields
        .iter()
        .map(|(name, from)| view! { <li class="wire">{format!("{name} ← {}", text::write_source(from))}</li> });
    view! { <ul>{body.blocks.iter().map(block).collect_view()}{yields.collect_view()}</ul> }.into_any()
}

fn block(block: &Block) -> AnyView {
    let kind = catalog::find(&block.kind).map_or_else(|| block.kind.clone(), |kind| kind.title.clone());
    let title = if block.title.is_empty() { kind } else { block.title.clone() };
    let setting =
        ["expression", "text", "function"].iter().map(|name| block.setting(name)).find(|text| !text.is_empty());
    let setting = setting.map(|setting| view! { <code>{setting.to_owned()}</code> });
    let wires = block.inputs.iter().filter(|(_, source)| matches!(source, Source::Wire { .. } | Source::Literal(_)));
    let wires: Vec<String> = wires.map(|(port, source)| format!("{port} ← {}", text::write_source(source))).collect();
    let bodies = block
        .bodies
        .iter()
        .map(|(name, inner)| view! { <li><span class="body-name">{name.clone()}</span>{body(inner)}</li> });
    view! {
        <li>
            <span class="block-title">{title}</span> <span class="block-id">{block.id.to_string()}</span> {setting}
            {(!wires.is_empty()).then(|| view! { <span class="wire">{wires.join(", ")}</span> })}
            {(!block.bodies.is_empty()).then(|| view! { <ul>{bodies.collect_view()}</ul> })}
        </li>
    }
    .into_any()
}
