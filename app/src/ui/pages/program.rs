//! A program: its outline, its code, and running it here and on the server.

mod edit;
mod outline;
mod run;

use std::sync::Arc;

use blocks::{Program, check, text};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{AnswerFile, ProgramRecord};

use crate::api::programs::program_get;
use crate::ui::components::{CodeTabs, Fetched};
use edit::EditProgram;
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
    let program = match text::read(&record.text) {
        Ok(program) => program,
        Err(_) => {
            return view! {
                <h1>{record.name.clone()}</h1>
                <p class="error" role="alert">"This program cannot be read: it may come from a newer version."</p>
                <EditProgram record on_saved/>
            }
            .into_any();
        }
    };
    let checked = check(&program);
    let problems = checked.diagnostics.iter().map(|found| {
        let block = found.block.as_ref().map(|block| format!("{block}: ")).unwrap_or_default();
        view! { <li>{format!("{block}{}", found.message)}</li> }
    });
    let problems = problems.collect_view();
    let about = program.about.clone();
    view! {
        <article class="program">
            <h1>{record.name.clone()}</h1>
            <p>{about}</p>
            {(!problems.is_empty()).then(|| view! { <ul class="notice" aria-label="Problems">{problems}</ul> })}
            <div class="columns">
                <section aria-labelledby="outline"><h2 id="outline">"Outline"</h2><Outline program=program.clone()/></section>
                {checked.plan.map(|plan| {
                    let files = files(&program, &plan, &record.text);
                    let code = Arc::new(vm::compile(&plan));
                    view! {
                        <div>
                            <section aria-labelledby="run"><h2 id="run">"Run"</h2><RunForm id=record.id.clone() code/></section>
                            <section aria-labelledby="code"><h2 id="code">"Code"</h2><CodeTabs files/></section>
                        </div>
                    }
                })}
            </div>
            <EditProgram record on_saved/>
        </article>
    }
    .into_any()
}

/// The program's own text, and its code in every language.
fn files(program: &Program, plan: &blocks::Plan, source: &str) -> Vec<AnswerFile> {
    let own =
        AnswerFile { path: "program.blocks".to_owned(), content: source.to_owned(), language: "blocks".to_owned() };
    let generated = codegen::Target::ALL.into_iter().flat_map(|target| {
        codegen::generate(program, plan, target).into_iter().map(move |file| AnswerFile {
            path: file.path,
            content: file.content,
            language: target.name().to_owned(),
        })
    });
    generated.chain(std::iter::once(own)).collect()
}
