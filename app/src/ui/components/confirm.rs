//! Deleting in two steps.

use leptos::prelude::*;

use crate::api::ApiError;

/// A button that deletes, once it was asked for a second time.
#[component]
pub(in crate::ui) fn DeleteButton(
    /// What it deletes, for a button's label: `this item`.
    what: &'static str,
    /// Deletes it.
    delete: Action<(), Result<(), ApiError>>,
) -> impl IntoView {
    let asked = RwSignal::new(false);
    view! {
        <Show when=move || asked.get() fallback=move || view! {
            <button type="button" on:click=move |_| asked.set(true)>"Delete"</button>
        }>
            <button type="button" class="danger" disabled=move || delete.pending().get()
                on:click=move |_| { delete.dispatch(()); }>{format!("Delete {what} for good")}</button>
            <button type="button" on:click=move |_| asked.set(false)>"Keep"</button>
        </Show>
        {move || delete.value().get().and_then(Result::err).map(|error| view! { <p class="error" role="alert">{error.to_string()}</p> })}
    }
}
