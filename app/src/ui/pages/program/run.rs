//! Running a program in the browser and on the server, side by side.

use futures::StreamExt;
use language::{Field, Finding, Ran, Reply, Request, Written};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::ApiError;
use crate::api::programs::program_run;
use crate::ui::state::Language;

/// A field per input; both runs get the same values.
#[component]
pub(super) fn RunForm(id: String, text: String, fields: Vec<Field>) -> impl IntoView {
    let language = expect_context::<Language>();
    let fields: Vec<(Field, RwSignal<String>)> =
        fields.into_iter().map(|field| (field.clone(), RwSignal::new(field.default))).collect();
    let here = Here::default();
    let on_server = Action::new_local(move |inputs: &String| {
        let (id, inputs) = (id.clone(), model::Json::new(inputs.clone()).unwrap_or_default());
        async move { program_run(id, inputs).await }
    });
    let inputs_of = fields.clone();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let inputs: Vec<Written> = inputs_of.iter().map(written).collect();
        let written = Request::Inputs { inputs: inputs.clone() };
        spawn_local(async move {
            if let Ok(Reply::Inputs(inputs)) = language.ask_once(written).await {
                on_server.dispatch(inputs);
            }
        });
        spawn_local(here.run(language, Request::Run { text: text.clone(), inputs }));
    };
    let rows = fields.into_iter().map(|(Field { name, ty, about, .. }, value)| {
        let id = format!("input-{name}");
        view! {
            <label for=id.clone()>{name} <span class="type">{ty}</span></label>
            <input id=id class="mono" title=about bind:value=value/>
        }
    });
    view! {
        <form class="run" on:submit=submit>
            {rows.collect_view()}
            <div class="toolbar">
                <button type="submit" class="primary" disabled=move || here.running.get()>"Run"</button>
                {move || here.running.get().then(|| view! {
                    <button type="button" on:click=move |_| here.stop(language)>"Stop"</button>
                })}
            </div>
        </form>
        <dl class="results" aria-live="polite">
            <div><dt>"In this browser"</dt><dd><pre>{move || here.shown()}</pre></dd></div>
            <div><dt>"On the server"</dt><dd><pre>{move || {
                if on_server.pending().get() {
                    return "Running…".to_owned();
                }
                on_server.value().get().map_or_else(|| "–".to_owned(), reported)
            }}</pre></dd></div>
        </dl>
    }
}

fn written((field, value): &(Field, RwSignal<String>)) -> Written {
    Written { name: field.name.clone(), ty: field.ty.clone(), text: value.get_untracked() }
}

/// The run in this browser.
#[derive(Clone, Copy)]
struct Here {
    running: RwSignal<bool>,
    lines: RwSignal<Vec<String>>,
}

impl Default for Here {
    fn default() -> Self {
        Self { running: RwSignal::new(false), lines: RwSignal::new(vec!["–".to_owned()]) }
    }
}

impl Here {
    async fn run(self, language: Language, request: Request) {
        self.running.set(true);
        self.lines.set(Vec::new());
        let mut answers = language.ask(request);
        let mut ended = false;
        while let Some(reply) = answers.next().await {
            let printed = matches!(reply, Reply::Printed(_));
            ended = !printed;
            self.lines.update(|lines| lines.push(line(reply)));
            if !printed {
                break;
            }
        }
        if !ended {
            self.lines.update(|lines| lines.push("stopped".to_owned()));
        }
        self.running.set(false);
    }

    fn stop(self, language: Language) {
        language.stop();
    }

    fn shown(self) -> String {
        let lines = self.lines.get();
        if lines.is_empty() && self.running.get() { "Running…".to_owned() } else { lines.join("\n") }
    }
}

fn line(reply: Reply) -> String {
    match reply {
        Reply::Printed(line) => line,
        Reply::Ran(Ran::Done(outputs)) => outputs,
        Reply::Ran(Ran::Failed { code, block, message }) => match block {
            Some(block) => format!("{code} at {block}: {message}"),
            None => format!("{code}: {message}"),
        },
        Reply::Checked(findings) => findings.iter().map(message).collect::<Vec<_>>().join("\n"),
        // Answers to other questions.
        _ => String::new(),
    }
}

fn message(finding: &Finding) -> &str {
    &finding.message
}

fn reported(report: Result<model::RunReport, ApiError>) -> String {
    match report {
        Err(error) => error.to_string(),
        Ok(report) => {
            let mut lines = report.console;
            lines.extend(report.outputs.map(|outputs| outputs.as_str().to_owned()));
            lines.extend(report.error.map(|error| format!("{}: {}", error.code, error.message)));
            lines.join("\n")
        }
    }
}
