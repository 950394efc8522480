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
    T: Clone + PartialEq + Send + Sync + 'static,
    V: IntoView + 'static,
{
    // The same value fetched again leaves the page as it is: what people opened or typed stays.
    let fetched = Memo::new(move |_| resource.get());
    move || match fetched.get() {
        Some(Ok(value)) => show(value).into_any(),
        Some(Err(error)) => view! { <p class="error" role="alert">{error.to_string()}</p> }.into_any(),
        None => view! { <p class="loading" role="status">"Loading…"</p> }.into_any(),
    }
}
