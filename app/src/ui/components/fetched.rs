//! What the server sent, or why it did not.

use leptos::prelude::*;

use crate::api::ApiError;

/// Shows a value once it is there, progress until then, and an error with what to do.
#[component]
pub(in crate::ui) fn Fetched<T, V>(
    /// What is fetched.
    resource: LocalResource<Result<T, ApiError>>,
    /// How it is shown.
    show: impl Fn(T) -> V + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let shown = move || {
        resource.get().map(|result| match result {
            Ok(value) => show(value).into_any(),
            Err(error) => view! { <p class="error" role="alert">{error.to_string()}</p> }.into_any(),
        })
    };
    view! { <Transition fallback=|| view! { <p class="loading" role="status">"Loading…"</p> }>{shown}</Transition> }
}
