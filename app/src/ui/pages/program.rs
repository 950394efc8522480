//! A program: its outline, its code, and running it here and on the server.

mod edit;
mod findings;
mod outline;
mod run;

use language::{Opened, Reply, Request};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{AnswerFile, ProgramRecord};

use crate::api::programs::program_get;
use crate::ui::components::{CodeTabs, Fetched};
use crate::ui::state::Language;
use edit::EditProgram;
use findings::Findings;
use outline::Outline;
use run::RunForm;

/// Shows a program.
#[component]
pub(in crate::ui) fn ProgramPage() -> impl IntoView {
    let params = use_params_map();
    let program = LocalResource::new(move || program_get(params.read().get("id").unwrap_or_default()));
    let on_saved = Callback::new(move |()| program.refetch());
    view! { <Fetched resource=program show=move |record| view! { <ProgramView record on_saved/> }/> }
}

#[component]
fn ProgramView(record: ProgramRecord, on_saved: Callback<()>) -> impl IntoView {
    let language = expect_context::<Language>();
    let text = record.text.clone();
    let opened = LocalResource::new(move || language.ask_once(Request::Open { text: text.clone() }));
    let shown = record.clone();
    let content = move || match opened.get() {
        None => view! { <p class="loading" role="status">"Reading the program…"</p> }.into_any(),
        Some(Ok(Reply::Opened(opened))) => {
            view! { <Content id=shown.id.clone() text=shown.text.clone() opened=*opened/> }.into_any()
        }
        Some(Ok(_)) => view! {
            <p class="error" role="alert">"This program cannot be read: it may come from a newer version."</p>
        }
        .into_any(),
        Some(Err(gone)) => view! { <p class="error" role="alert">{gone.to_string()}</p> }.into_any(),
    };
    view! {
        <article class="program">
            <h1>{record.name.clone()}</h1>
            {content}
            <EditProgram record on_saved/>
        </article>
    }
}

#[component]
fn Content(id: String, text: String, opened: Opened) -> impl IntoView {
    let Opened { about, findings, outline, inputs, files } = opened;
    let files =
        files.into_iter().map(|file| AnswerFile { path: file.path, content: file.content, language: file.language });
    let files: Vec<AnswerFile> = files.collect();
    view! {
        <p>{about}</p>
        {(!findings.is_empty()).then(|| view! { <Findings findings/> })}
        <div class="columns">
            <section aria-labelledby="outline"><h2 id="outline">"Outline"</h2><Outline items=outline/></section>
            {inputs.map(|fields| view! {
                <div>
                    <section aria-labelledby="run"><h2 id="run">"Run"</h2><RunForm id text fields/></section>
                    <section aria-labelledby="code"><h2 id="code">"Code"</h2><CodeTabs files/></section>
                </div>
            })}
        </div>
    }
}
