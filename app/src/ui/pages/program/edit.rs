//! Changing a program's text.

use gloo_timers::future::TimeoutFuture;
use language::{Reply, Request};
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use model::{ProgramDraft, ProgramRecord};

use super::findings::Findings;
use crate::api::programs::{program_create, program_delete, program_update};
use crate::ui::components::DeleteButton;
use crate::ui::state::Language;

/// The text with what the checker says of it while it is written. A recipe's program can be copied, not changed.
#[component]
pub(super) fn EditProgram(record: ProgramRecord, on_saved: Callback<()>) -> impl IntoView {
    let own = !record.id.starts_with("recipe-");
    let (id, version) = (record.id.clone(), record.version);
    let text = RwSignal::new(record.text.clone());
    let written = record.text.clone();
    let changed = Memo::new(move |_| text.with(|text| *text != written));
    let navigate = use_navigate();
    let save = Action::new_local(move |text: &String| {
        let (id, text) = (id.clone(), text.clone());
        async move {
            if own {
                program_update(id, ProgramDraft { text, version: Some(version) }).await
            } else {
                program_create(ProgramDraft { text, version: None }).await
            }
        }
    });
    let gone = navigate.clone();
    Effect::new(move |_| {
        if let Some(Ok(saved)) = save.value().get() {
            if own {
                on_saved.run(());
            } else {
                navigate(&format!("/programs/{}", saved.id), NavigateOptions::default());
            }
        }
    });
    let deleted = record.id.clone();
    let delete = Action::new_local(move |(): &()| program_delete(deleted.clone()));
    Effect::new(move |_| {
        if let Some(Ok(())) = delete.value().get() {
            gone("/programs", NavigateOptions::default());
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        save.dispatch(text.get_untracked());
    };
    let keys = move |event: KeyboardEvent| {
        if (event.ctrl_key() || event.meta_key()) && event.key() == "s" {
            event.prevent_default();
            save.dispatch(text.get_untracked());
        }
    };
    let original = record.text;
    view! {
        <details class="add">
            <summary>{if own { "Change the text" } else { "Change a copy of the text" }}</summary>
            <form on:submit=submit on:keydown=keys>
                <label for="text">"Its text form"</label>
                <textarea id="text" class="mono" rows="18" spellcheck="false" bind:value=text></textarea>
                <div role="status"><Checking text/></div>
                <div class="toolbar">
                    <button type="submit" class="primary" title="Ctrl+S"
                        disabled=move || save.pending().get() || own && !changed.get()>
                        {if own { "Save" } else { "Save as a new program" }}
                    </button>
                    <button type="button" disabled=move || !changed.get() on:click=move |_| text.set(original.clone())>"Undo the changes"</button>
                    {own.then(|| view! { <DeleteButton what="this program" delete/> })}
                </div>
                {move || save.value().get().and_then(Result::err).map(|error| view! { <p class="error" role="alert">{error.to_string()}</p> })}
            </form>
        </details>
    }
}

/// What is wrong with the text, as it is written.
#[component]
fn Checking(text: RwSignal<String>) -> impl IntoView {
    let language = expect_context::<Language>();
    let checked = LocalResource::new(move || {
        let text = text.get();
        async move {
            // Who writes on is not checked word by word.
            TimeoutFuture::new(120).await;
            language.ask_once(Request::Check { text }).await
        }
    });
    move || match checked.get() {
        None => ().into_any(),
        Some(Ok(Reply::Checked(findings))) if !findings.is_empty() => view! { <Findings findings/> }.into_any(),
        Some(Ok(_)) => view! { <p class="item-meta">"No problems."</p> }.into_any(),
        Some(Err(gone)) => view! { <p class="error">{gone.to_string()}</p> }.into_any(),
    }
}
