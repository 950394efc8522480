//! Where a task stands.

use leptos::prelude::*;
use model::TaskState;

use crate::ui::format;

/// The state's word, colored by its meaning.
#[component]
pub(in crate::ui) fn StateBadge(
    /// The state.
    state: TaskState,
) -> impl IntoView {
    view! { <span class="badge" data-state=state.name()>{format::state(state)}</span> }
}
