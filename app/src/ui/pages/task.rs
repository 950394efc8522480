//! A task: its stages as they happen, its answer, and what people say of it.

use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;
use model::{Answer, Feedback, Ranked, Subject, Task};

use crate::api::tasks::{task_cancel, task_feedback, task_get};
use crate::ui::components::{CodeTabs, Fetched, Stages, StateBadge};
use crate::ui::format;
use crate::ui::state::Live;

/// Shows a task, live.
#[component]
pub(in crate::ui) fn TaskPage() -> impl IntoView {
    let live = expect_context::<Live>();
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").unwrap_or_default());
    let latest = Memo::new(move |_| live.latest_of(&id.get()).map(|event| (event.seq, event.what)));
    let written = RwSignal::new(String::new());
    Effect::new(move |_| {
        let delta = live.latest_of(&id.get()).filter(|event| event.subject == Subject::TaskDelta);
        if let Some(text) = delta.and_then(|event| serde_json::from_str::<String>(event.body.as_str()).ok()) {
            written.update(|so_far| so_far.push_str(&text));
        }
    });
    let task = LocalResource::new(move || {
        latest.get();
        task_get(id.get())
    });
    view! { <Fetched resource=task show=move |task| view! { <TaskView task written/> }/> }
}

#[component]
fn TaskView(
    task: Task,
    /// What a model has written so far.
    written: RwSignal<String>,
) -> impl IntoView {
    let open = !task.state.is_final();
    let writing = move || {
        let some = !written.with(String::is_empty);
        some.then(|| view! { <p class="answer-text" aria-live="off">{move || written.get()}</p> })
    };
    let id = task.id.clone();
    view! {
        <article class="task">
            <h1>{heading(&task.description)}</h1>
            {(heading(&task.description) != task.description.trim()).then(|| view! {
                <details><summary>"The whole task"</summary><p class="answer-text">{task.description.clone()}</p></details>
            })}
            <p class="task-meta">
                <StateBadge state=task.state/>
                <time>{format::ago(task.created_at)}</time>
                {open.then(|| view! { <CancelButton id=id.clone()/> })}
            </p>
            {task.error.clone().map(|error| view! { <p class="notice" role="status">{error}</p> })}
            {open.then_some(writing)}
            {task.answer.clone().map(|answer| view! { <AnswerView answer/> })}
            {task.answer.is_some().then(|| view! { <FeedbackButtons id=id.clone() given=task.feedback.clone()/> })}
            <section aria-labelledby="stages">
                <h2 id="stages">"What happened"</h2>
                <Stages stages=task.stages.clone()/>
            </section>
            {task.agent.clone().map(|agent| view! {
                <Routing agent confidence=task.confidence reasons=task.reasons.clone() ranking=task.ranking.clone()/>
            })}
        </article>
    }
}

/// The first line of a task, shortened if it is long.
fn heading(description: &str) -> String {
    const LONG: usize = 200;
    let line = description.trim().lines().next().unwrap_or_default();
    match line.char_indices().nth(LONG) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None if line.len() < description.trim().len() => format!("{line} …"),
        None => line.to_owned(),
    }
}

#[component]
fn AnswerView(answer: Answer) -> impl IntoView {
    let tests = answer.test_results.into_iter().map(|test| {
        let passed = test.problem.is_none();
        view! { <li data-passed=passed.to_string()>{test.name}{test.problem.map(|problem| format!(": {problem}"))}</li> }
    });
    // A value that is a whole document is shown once, as the file it is.
    let is_document = |value: &str| {
        let text = serde_json::from_str::<String>(value).unwrap_or_default();
        text.contains('\n') && answer.files.iter().any(|file| file.content.trim_end() == text.trim_end())
    };
    let value = answer.value.map(|value| value.as_str().to_owned()).filter(|value| !is_document(value));
    let (verified, word) = if answer.verified { ("true", "Verified") } else { ("false", "Not verified") };
    view! {
        <section class="answer" aria-labelledby="answer">
            <h2 id="answer">"Answer" <span class="verified" data-verified=verified>{word}</span></h2>
            <p class="answer-text">{answer.text}</p>
            {value.map(|value| view! { <p class="answer-value"><code>{value}</code></p> })}
            {(!answer.files.is_empty()).then(|| view! { <CodeTabs files=answer.files/> })}
            {answer.verified.then(|| view! {
                <details class="tests">
                    <summary>{format!("{} tests passed, {} failed", answer.tests.passed, answer.tests.failed)}</summary>
                    <ul>{tests.collect_view()}</ul>
                </details>
            })}
            {answer.model.map(|model| view! {
                <p class="task-meta">"By "{model}{answer.usage.map(|usage| format!(
                    ": {} tokens read, {} written{}",
                    usage.input_tokens,
                    usage.output_tokens,
                    usage.cost.map(|cost| format!(", ${cost:.4}")).unwrap_or_default(),
                ))}</p>
            })}
            {answer.program.map(|program| view! { <p><A href=format!("/programs/{program}")>"Open the program"</A></p> })}
        </section>
    }
}

#[component]
fn Routing(agent: String, confidence: Option<f64>, reasons: Vec<String>, ranking: Vec<Ranked>) -> impl IntoView {
    let rows = ranking.into_iter().map(|ranked| {
        view! {
            <li>
                <span>{format::name(&ranked.agent)}</span>
                <meter min="0" max="1" value=ranked.score aria-label=format!("Share of {}", format::name(&ranked.agent))></meter>
                <span>{format::percent(ranked.score)}</span>
            </li>
        }
    });
    view! {
        <section aria-labelledby="routing">
            <h2 id="routing">"Why " {format::name(&agent)}</h2>
            <p>{confidence.map(|confidence| format!("Confidence {}. ", format::percent(confidence)))}{reasons.join("; ")}</p>
            <ol class="ranking">{rows.collect_view()}</ol>
        </section>
    }
}

#[component]
fn CancelButton(id: String) -> impl IntoView {
    let cancel = Action::new_local(move |(): &()| task_cancel(id.clone()));
    view! { <button type="button" disabled=move || cancel.pending().get() on:click=move |_| { cancel.dispatch(()); }>"Cancel"</button> }
}

#[component]
fn FeedbackButtons(id: String, given: Option<Feedback>) -> impl IntoView {
    let give =
        Action::new_local(move |useful: &bool| task_feedback(id.clone(), Feedback { useful: *useful, comment: None }));
    let said = given.map(|feedback| feedback.useful);
    let button = move |useful: bool, label: &'static str| {
        view! {
            <button type="button" aria-pressed=(said == Some(useful)).to_string() disabled=move || give.pending().get()
                on:click=move |_| { give.dispatch(useful); }>{label}</button>
        }
    };
    view! {
        <div class="feedback" role="group" aria-label="Was this useful?">
            <span>"Was this useful?"</span>
            {button(true, "Useful")}
            {button(false, "Not useful")}
        </div>
    }
}
