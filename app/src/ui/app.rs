//! Routes and the frame around all pages.

use leptos::prelude::*;
use leptos_router::components::{Outlet, ParentRoute, Route, Router, Routes};
use leptos_router::hooks::use_location;
use leptos_router::path;

use super::components::Navigation;
use super::pages::{
    AgentsPage, KnowledgePage, ModelsPage, NotFound, OverviewPage, ProgramPage, ProgramsPage, SettingsPage, SignInPage,
    TaskPage, TasksPage,
};
use super::state::{Language, Live, Session};

/// The whole app.
#[component]
pub fn App() -> impl IntoView {
    let session = Session::provide();
    Live::provide(session);
    Language::provide();
    view! {
        <Router>
            <Routes fallback=NotFound>
                <Route path=path!("/sign-in") view=SignInPage/>
                <ParentRoute path=path!("/") view=Frame>
                    <Route path=path!("") view=OverviewPage/>
                    <Route path=path!("tasks") view=TasksPage/>
                    <Route path=path!("tasks/:id") view=TaskPage/>
                    <Route path=path!("agents") view=AgentsPage/>
                    <Route path=path!("knowledge") view=KnowledgePage/>
                    <Route path=path!("programs") view=ProgramsPage/>
                    <Route path=path!("programs/:id") view=ProgramPage/>
                    <Route path=path!("models") view=ModelsPage/>
                    <Route path=path!("settings") view=SettingsPage/>
                </ParentRoute>
            </Routes>
        </Router>
    }
}

/// Navigation beside the page; without a session, the page says how to sign in.
#[component]
fn Frame() -> impl IntoView {
    let session = expect_context::<Session>();
    let location = use_location();
    Effect::new(move |_| document().set_title(&title(&location.pathname.get())));
    view! {
        <a class="skip" href="#content">"Skip to content"</a>
        <Navigation/>
        <main id="content" tabindex="-1">
            {move || match session.signed_in() {
                None => view! { <p class="loading" role="status">"Loading…"</p> }.into_any(),
                Some(true) => view! { <Outlet/> }.into_any(),
                Some(false) => view! { <SignInPage/> }.into_any(),
            }}
        </main>
    }
}

/// What a page is called in a browser's tabs and history.
fn title(path: &str) -> String {
    let page = match path.trim_start_matches('/').split('/').next().unwrap_or_default() {
        "" => "Overview",
        "tasks" => "Tasks",
        "agents" => "Agents",
        "knowledge" => "Knowledge",
        "programs" => "Programs",
        "models" => "Models",
        "settings" => "Settings",
        _ => return "Agent Lightning".to_owned(),
    };
    format!("{page} · Agent Lightning")
}
