//! Tasks: asking one, and the list.

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::{query_signal, use_navigate};
use model::{NewTask, Subject, Task, TaskQuery, TaskState};

use crate::api::tasks::{task_create, task_list};
use crate::ui::components::{Fetched, StateBadge};
use crate::ui::format;
use crate::ui::state::Live;

/// All tasks, by state.
#[component]
pub(in crate::ui) fn TasksPage() -> impl IntoView {
    let live = expect_context::<Live>();
    let (state, set_state) = query_signal::<String>("state");
    let tasks = LocalResource::new(move || {
        live.changes(Subject::Task);
        let wanted = state.get().and_then(|name| state_named(&name));
        task_list(TaskQuery { state: wanted, limit: Some(100), ..TaskQuery::default() })
    });
    let options = std::iter::once(("", "All states")).chain(STATES.map(|state| (state.name(), format::state(state))));
    let options = options.map(|(name, label)| {
        view! { <option value=name selected=move || state.get().unwrap_or_default() == name>{label}</option> }
    });
    view! {
        <h1>"Tasks"</h1>
        <Compose/>
        <div class="toolbar">
            <label for="state">"Show"</label>
            <select id="state" on:change=move |event| {
                let value = event_target_value(&event);
                set_state.set(Some(value).filter(|value| !value.is_empty()));
            }>{options.collect_view()}</select>
        </div>
        <Fetched resource=tasks show=|page| view! { <TaskList tasks=page.items/> }/>
    }
}

const STATES: [TaskState; 7] = [
    TaskState::Queued,
    TaskState::Running,
    TaskState::Succeeded,
    TaskState::NeedsModel,
    TaskState::Failed,
    TaskState::Cancelled,
    TaskState::Interrupted,
];

fn state_named(name: &str) -> Option<TaskState> {
    STATES.into_iter().find(|state| state.name() == name)
}

/// The field in which a task is asked; Enter asks, Shift+Enter starts a new line.
#[component]
pub(super) fn Compose() -> impl IntoView {
    let text = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let navigate = use_navigate();
    let ask = Action::new_local(|description: &String| {
        task_create(NewTask { description: description.clone(), ..NewTask::default() })
    });
    Effect::new(move |_| match ask.value().get() {
        Some(Ok(task)) => {
            text.set(String::new());
            navigate(&format!("/tasks/{}", task.id), NavigateOptions::default());
        }
        Some(Err(error)) => problem.set(Some(error.to_string())),
        None => {}
    });
    let submit = move || {
        let description = text.get_untracked();
        if !description.trim().is_empty() && !ask.pending().get_untracked() {
            problem.set(None);
            ask.dispatch(description);
        }
    };
    let key = move |event: KeyboardEvent| {
        if event.key() == "Enter" && !event.shift_key() && !event.is_composing() {
            event.prevent_default();
            submit();
        }
    };
    view! {
        <form class="compose" on:submit=move |event: SubmitEvent| { event.prevent_default(); submit(); }>
            <label for="task">"What should be done?"</label>
            <textarea
                id="task"
                rows="2"
                placeholder="Write a Python function that returns the nth Fibonacci number, and tell me the 50th"
                prop:value=text
                on:input=move |event| text.set(event_target_value(&event))
                on:keydown=key
            ></textarea>
            <button type="submit" class="primary" disabled=move || ask.pending().get()>
                {move || if ask.pending().get() { "Asking…" } else { "Ask" }}
            </button>
            {move || problem.get().map(|message| view! { <p class="error" role="alert">{message}</p> })}
        </form>
    }
}

/// Tasks, a line each.
#[component]
pub(super) fn TaskList(tasks: Vec<Task>) -> impl IntoView {
    if tasks.is_empty() {
        return view! { <p class="empty">"No tasks here yet. Ask one above."</p> }.into_any();
    }
    let rows = tasks.into_iter().map(|task| {
        let answer = task.answer.map(|answer| answer.text).or(task.error).unwrap_or_default();
        view! {
            <li>
                <A href=format!("/tasks/{}", task.id)>
                    <span class="task-title">{task.description}</span>
                    <span class="task-answer">{answer}</span>
                    <span class="task-meta">
                        <StateBadge state=task.state/>
                        {task.agent.map(|agent| format::name(&agent))}
                        <time>{format::ago(task.created_at)}</time>
                    </span>
                </A>
            </li>
        }
    });
    view! { <ul class="task-list">{rows.collect_view()}</ul> }.into_any()
}
