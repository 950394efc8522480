//! Changing a program's text.

use blocks::{Severity, check, text};
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use model::{ProgramDraft, ProgramRecord};

use crate::api::programs::{program_create, program_delete, program_update};
use crate::ui::components::DeleteButton;

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
                <div role="status">{move || text.with(|text| findings(text))}</div>
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

/// What is wrong with a text, a line each; nothing for a sound program.
fn findings(source: &str) -> AnyView {
    let lines: Vec<String> = match text::read(source) {
        Err(problems) => {
            problems.iter().map(|problem| format!("Line {}: {}", problem.line.unwrap_or(1), problem.message)).collect()
        }
        Ok(program) => check(&program)
            .diagnostics
            .iter()
            .map(|found| {
                let block = found.block.as_ref().map(|block| format!("{block}: ")).unwrap_or_default();
                let kind = if found.severity == Severity::Warning { "Warning, " } else { "" };
                format!("{kind}{block}{}", found.message)
            })
            .collect(),
    };
    if lines.is_empty() {
        return view! { <p class="item-meta">"No problems."</p> }.into_any();
    }
    let shown = lines.iter().take(8).map(|line| view! { <li>{line.clone()}</li> }).collect_view();
    let more = lines.len().saturating_sub(8);
    view! {
        <ul class="notice">{shown}{(more > 0).then(|| view! { <li>{format!("and {more} more")}</li> })}</ul>
    }
    .into_any()
}
