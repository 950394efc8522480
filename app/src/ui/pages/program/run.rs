//! Running a program in the browser and on the server, side by side.

use std::sync::Arc;

use blocks::value::Entries;
use blocks::{Type, Value, json, literal};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use vm::host::Console;
use vm::{Code, Limits};

use crate::api::ApiError;
use crate::api::programs::program_run;

/// A field per input; both runs get the same values.
#[component]
pub(in crate::ui) fn RunForm(id: String, code: Arc<Code>) -> impl IntoView {
    let fields: Vec<(String, Type, RwSignal<String>)> = code
        .inputs()
        .iter()
        .map(|input| {
            let default = input.default.as_ref().map(written).unwrap_or_default();
            (input.name.clone(), input.ty.clone(), RwSignal::new(default))
        })
        .collect();
    let here = RwSignal::new(None::<String>);
    let on_server = Action::new_local(move |inputs: &String| {
        let (id, inputs) = (id.clone(), model::Json::new(inputs.clone()).unwrap_or_default());
        async move { program_run(id, inputs).await }
    });
    let inputs_of = fields.clone();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let inputs: Entries =
            inputs_of.iter().map(|(name, ty, field)| (name.clone(), value_of(&field.get_untracked(), ty))).collect();
        on_server.dispatch(json::write_lossy(&Value::map(inputs.clone())));
        here.set(Some(run_here(&code, inputs)));
    };
    let rows = fields.into_iter().map(|(name, ty, field)| {
        let id = format!("input-{name}");
        view! {
            <label for=id.clone()>{name} <span class="type">{ty.to_string()}</span></label>
            <input id=id class="mono" bind:value=field/>
        }
    });
    view! {
        <form class="run" on:submit=submit>
            {rows.collect_view()}
            <button type="submit" class="primary">"Run"</button>
        </form>
        <dl class="results" aria-live="polite">
            <div><dt>"In this browser"</dt><dd><pre>{move || here.get().unwrap_or_else(|| "–".to_owned())}</pre></dd></div>
            <div><dt>"On the server"</dt><dd><pre>{move || on_server.value().get().map_or_else(|| "–".to_owned(), reported)}</pre></dd></div>
        </dl>
    }
}

fn written(value: &Value) -> String {
    match value {
        Value::Text(text) => (**text).clone(),
        other => literal::write(other),
    }
}

/// A literal, or the text itself where a text is wanted.
fn value_of(written: &str, ty: &Type) -> Value {
    match ty {
        Type::Text => Value::text(written),
        _ => literal::read(written).unwrap_or_else(|_| Value::text(written)),
    }
}

fn run_here(code: &Arc<Code>, inputs: Entries) -> String {
    let mut console = Console::default();
    let outcome = vm::run(code, inputs, Limits::default(), &mut console);
    let mut lines = console.lines;
    match outcome.result {
        Ok(outputs) => lines.push(json::write_lossy(&Value::map(outputs))),
        Err(failure) => lines.push(format!("{}: {}", failure.fault.code, failure.fault.detail)),
    }
    lines.join("\n")
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
