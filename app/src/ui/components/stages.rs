//! The stages of a task.

use leptos::prelude::*;
use model::Stage;

use crate::ui::format;

/// What happened, in order, with times.
#[component]
pub(in crate::ui) fn Stages(
    /// The stages.
    stages: Vec<Stage>,
) -> impl IntoView {
    let rows = stages.into_iter().map(|stage| {
        view! {
            <li>
                <span class="stage-name">{format::name(&stage.name)}</span>
                <span class="stage-detail">{stage.detail}</span>
                <span class="stage-time">{format::duration(stage.ms)}</span>
            </li>
        }
    });
    view! { <ol class="stages">{rows.collect_view()}</ol> }
}
