//! The outline: the program as a tree that reads aloud.

use language::Item;
use leptos::prelude::*;

/// Inputs, blocks and outputs, nested as they are.
#[component]
pub(super) fn Outline(items: Vec<Item>) -> impl IntoView {
    view! { <ul class="outline">{items.into_iter().map(entry).collect_view()}</ul> }
}

fn list(items: Vec<Item>) -> AnyView {
    view! { <ul>{items.into_iter().map(entry).collect_view()}</ul> }.into_any()
}

fn entry(item: Item) -> AnyView {
    match item {
        Item::Port(line) => view! { <li>{line}</li> }.into_any(),
        Item::Yield(line) => view! { <li class="wire">{line}</li> }.into_any(),
        Item::Function { name, items } => {
            view! { <li><span class="block-title">{format!("function {name}")}</span>{list(items)}</li> }.into_any()
        }
        Item::Block { id, title, setting, wires, bodies } => {
            let bodies: Vec<AnyView> = bodies
                .into_iter()
                .map(|(name, items)| view! { <li><span class="body-name">{name}</span>{list(items)}</li> }.into_any())
                .collect();
            view! {
                <li>
                    <span class="block-title">{title}</span> <span class="block-id">{id}</span>
                    {(!setting.is_empty()).then(|| view! { <code>{setting}</code> })}
                    {(!wires.is_empty()).then(|| view! { <span class="wire">{wires.join(", ")}</span> })}
                    {(!bodies.is_empty()).then(|| view! { <ul>{bodies}</ul> })}
                </li>
            }
            .into_any()
        }
    }
}
