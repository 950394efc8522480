//! Navigation.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::ui::state::Live;

/// Links to all pages, and whether events arrive.
#[component]
pub(in crate::ui) fn Navigation() -> impl IntoView {
    let live = expect_context::<Live>();
    let links = [
        ("/", "Overview"),
        ("/tasks", "Tasks"),
        ("/agents", "Agents"),
        ("/knowledge", "Knowledge"),
        ("/programs", "Programs"),
        ("/models", "Models"),
        ("/settings", "Settings"),
    ];
    let links = links.map(|(href, label)| view! { <li><A href=href exact=href == "/">{label}</A></li> });
    view! {
        <header class="navigation">
            <A href="/" attr:class="brand"><img src="/icon.svg" alt="" width="24" height="24"/>"Agent Lightning"</A>
            <nav aria-label="Pages"><ul>{links.into_iter().collect_view()}</ul></nav>
            <p class="connection" role="status" data-connected=move || live.connected().to_string()>
                {move || if live.connected() { "Live" } else { "Waiting for events" }}
            </p>
        </header>
    }
}
