//! Agents: what each can do and how it has done.

use leptos::prelude::*;
use model::{Agent, Subject};

use crate::api::agents::agent_list;
use crate::ui::components::Fetched;
use crate::ui::format;
use crate::ui::state::Live;

/// All agents.
#[component]
pub(in crate::ui) fn AgentsPage() -> impl IntoView {
    let live = expect_context::<Live>();
    let agents = LocalResource::new(move || {
        live.changes(Subject::Agent);
        agent_list()
    });
    view! {
        <h1>"Agents"</h1>
        <Fetched resource=agents show=|agents| {
            view! { <div class="cards">{agents.into_iter().map(|agent| view! { <AgentCard agent/> }).collect_view()}</div> }
        }/>
    }
}

#[component]
fn AgentCard(agent: Agent) -> impl IntoView {
    let recipes = agent.recipes.into_iter().map(|recipe| {
        view! { <li><strong>{recipe.title}</strong> {recipe.examples.into_iter().next().map(|example| view! { <q>{example}</q> })}</li> }
    });
    let count = recipes.len();
    view! {
        <article class="card">
            <h2>{agent.name}</h2>
            <p>{agent.about}</p>
            <ul class="tags">{agent.skills.into_iter().map(|skill| view! { <li>{skill}</li> }).collect_view()}</ul>
            <dl class="facts">
                <div><dt>"Answered"</dt><dd>{agent.stats.succeeded}</dd></div>
                <div><dt>"Useful"</dt><dd>{agent.stats.useful}</dd></div>
                <div><dt>"Not useful"</dt><dd>{agent.stats.not_useful}</dd></div>
                <div><dt>"Learned value"</dt><dd>{format::percent(agent.stats.value)}</dd></div>
            </dl>
            <details><summary>{format!("{count} recipes")}</summary><ul class="recipes">{recipes.collect_view()}</ul></details>
        </article>
    }
}
