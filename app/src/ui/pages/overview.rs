//! The overview: counts, measurements, recent tasks.

use leptos::prelude::*;
use leptos_router::components::A;
use model::{Overview, Subject, TaskQuery};

use super::tasks::{Compose, TaskList};
use crate::api::overview::overview_get;
use crate::api::tasks::task_list;
use crate::ui::components::{Chart, Fetched};
use crate::ui::state::Live;

/// What is going on.
#[component]
pub(in crate::ui) fn OverviewPage() -> impl IntoView {
    let live = expect_context::<Live>();
    let overview = LocalResource::new(move || {
        live.changes(Subject::Task);
        live.changes(Subject::Knowledge);
        live.changes(Subject::Program);
        overview_get()
    });
    let recent = LocalResource::new(move || {
        live.changes(Subject::Task);
        task_list(TaskQuery { limit: Some(8), ..TaskQuery::default() })
    });
    view! {
        <h1>"Overview"</h1>
        <Compose/>
        <Fetched resource=overview show=|overview| view! { <Figures overview/> }/>
        <section aria-labelledby="recent">
            <h2 id="recent">"Recent tasks"</h2>
            <Fetched resource=recent show=|page| view! { <TaskList tasks=page.items/> }/>
            <p><A href="/tasks">"All tasks"</A></p>
        </section>
    }
}

#[component]
fn Figures(overview: Overview) -> impl IntoView {
    let of = |state: &str| overview.tasks.get(state).copied().unwrap_or(0);
    let figures = [
        ("Succeeded", of("succeeded")),
        ("Working", of("queued") + of("running")),
        ("Need a model", of("needs_model")),
        ("Failed", of("failed") + of("interrupted")),
        ("Recipes", overview.recipes),
        ("Knowledge items", overview.knowledge),
    ];
    let figures = figures.map(|(label, count)| view! { <div class="figure"><dt>{label}</dt><dd>{count}</dd></div> });
    let problems = overview.problems.into_iter();
    view! {
        {problems.map(|problem| view! { <p class="error" role="alert">{problem}</p> }).collect_view()}
        <dl class="figures">{figures.into_iter().collect_view()}</dl>
        <div class="charts">
            <Chart title="Tasks ended per minute" unit="" points=overview.per_minute/>
            <Chart title="Median time to an answer" unit="ms" points=overview.latency/>
        </div>
    }
}
