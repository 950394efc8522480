//! Pages, one per address.

mod agents;
mod knowledge;
mod models;
mod overview;
mod program;
mod programs;
mod settings;
mod sign_in;
mod task;
mod tasks;

pub(super) use agents::AgentsPage;
pub(super) use knowledge::KnowledgePage;
pub(super) use models::ModelsPage;
pub(super) use overview::OverviewPage;
pub(super) use program::ProgramPage;
pub(super) use programs::ProgramsPage;
pub(super) use settings::SettingsPage;
pub(super) use sign_in::SignInPage;
pub(super) use task::TaskPage;
pub(super) use tasks::TasksPage;

use leptos::prelude::*;
use leptos_router::components::A;

/// An address without a page.
#[component]
pub(super) fn NotFound() -> impl IntoView {
    view! {
        <main id="content"><h1>"There is no such page"</h1><p><A href="/">"Go to the overview"</A></p></main>
    }
}
