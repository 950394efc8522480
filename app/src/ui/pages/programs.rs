//! Programs: the list, and adding one.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::use_navigate;
use model::{ProgramDraft, Subject};

use crate::api::programs::{program_create, program_list};
use crate::ui::components::Fetched;
use crate::ui::format;
use crate::ui::state::Live;

/// All programs of the workspace.
#[component]
pub(in crate::ui) fn ProgramsPage() -> impl IntoView {
    let live = expect_context::<Live>();
    let programs = LocalResource::new(move || {
        live.changes(Subject::Program);
        program_list(None)
    });
    view! {
        <h1>"Programs"</h1>
        <AddProgram/>
        <Fetched resource=programs show=|page| {
            if page.items.is_empty() {
                return view! { <p class="empty">"No programs yet. Add one above; answers of tasks link to theirs."</p> }.into_any();
            }
            let rows = page.items.into_iter().map(|program| view! {
                <li><A href=format!("/programs/{}", program.id)>
                    <span class="task-title">{program.name}</span>
                    <span class="task-meta">{format!("version {}", program.version)} <time>{format::ago(program.updated_at)}</time></span>
                </A></li>
            });
            view! { <ul class="task-list">{rows.collect_view()}</ul> }.into_any()
        }/>
    }
}

#[component]
fn AddProgram() -> impl IntoView {
    let text = RwSignal::new(String::new());
    let navigate = use_navigate();
    let add = Action::new_local(|text: &String| program_create(ProgramDraft { text: text.clone(), version: None }));
    Effect::new(move |_| {
        if let Some(Ok(program)) = add.value().get() {
            navigate(&format!("/programs/{}", program.id), NavigateOptions::default());
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        add.dispatch(text.get_untracked());
    };
    view! {
        <details class="add">
            <summary>"Add a program"</summary>
            <form on:submit=submit>
                <label for="text">"Its text form"</label>
                <textarea id="text" class="mono" rows="10" required placeholder="program 1 \"Name\"" bind:value=text></textarea>
                <button type="submit" class="primary" disabled=move || add.pending().get()>"Add"</button>
                {move || add.value().get().and_then(Result::err).map(|error| view! { <p class="error" role="alert">{error.to_string()}</p> })}
            </form>
        </details>
    }
}
