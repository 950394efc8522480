//! Knowledge: adding, searching, deleting.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::hooks::query_signal;
use model::{KnowledgeDraft, KnowledgeItem, KnowledgeQuery, SearchHit, SearchQuery, Subject};

use crate::api::knowledge::{knowledge_create, knowledge_delete, knowledge_list, knowledge_search};
use crate::ui::components::Fetched;
use crate::ui::format;
use crate::ui::state::Live;

/// Items, or what a search finds; the search is part of the address.
#[component]
pub(in crate::ui) fn KnowledgePage() -> impl IntoView {
    let (search, set_search) = query_signal::<String>("q");
    view! {
        <h1>"Knowledge"</h1>
        <div class="toolbar">
            <label for="search">"Search"</label>
            <input id="search" type="search" placeholder="Words to look for" prop:value=move || search.get().unwrap_or_default()
                on:input=move |event| {
                    let value = event_target_value(&event);
                    set_search.set(Some(value).filter(|value| !value.trim().is_empty()));
                }/>
        </div>
        {move || match search.get() {
            Some(text) => view! { <Found text/> }.into_any(),
            None => view! { <AddItem/><Items/> }.into_any(),
        }}
    }
}

#[component]
fn Found(text: String) -> impl IntoView {
    let found = LocalResource::new(move || knowledge_search(SearchQuery { q: text.clone(), ..SearchQuery::default() }));
    view! {
        <Fetched resource=found show=|found| {
            if found.items.is_empty() {
                view! { <p class="empty">"Nothing matches."</p> }.into_any()
            } else {
                view! { <ul class="items">{found.items.into_iter().map(hit).collect_view()}</ul> }.into_any()
            }
        }/>
    }
}

fn hit(hit: SearchHit) -> impl IntoView {
    view! {
        <li class="card">
            <p class="item-meta">{format::name(&hit.agent)}" · "{format::name(&hit.category)}</p>
            <p>{marked(&hit.highlight)}</p>
        </li>
    }
}

/// Text with its matches marked.
fn marked(text: &str) -> Vec<AnyView> {
    let mut parts = Vec::new();
    let mut rest = text.to_owned();
    while let Some((before, tail)) = rest.clone().split_once("[[") {
        let (inside, behind) = tail.split_once("]]").unwrap_or((tail, ""));
        parts.push(before.to_owned().into_any());
        parts.push(view! { <mark>{inside.to_owned()}</mark> }.into_any());
        rest = behind.to_owned();
    }
    parts.push(rest.into_any());
    parts
}

#[component]
fn Items() -> impl IntoView {
    let live = expect_context::<Live>();
    let items = LocalResource::new(move || {
        live.changes(Subject::Knowledge);
        knowledge_list(KnowledgeQuery { limit: Some(100), ..KnowledgeQuery::default() })
    });
    view! {
        <Fetched resource=items show=|page| {
            if page.items.is_empty() {
                view! { <p class="empty">"No knowledge yet. Add an item above, or import a file: agent-lightning import FILE --agent NAME"</p> }.into_any()
            } else {
                view! { <ul class="items">{page.items.into_iter().map(|item| view! { <Item item/> }).collect_view()}</ul> }.into_any()
            }
        }/>
    }
}

#[component]
fn Item(item: KnowledgeItem) -> impl IntoView {
    let id = item.id.clone();
    let delete = Action::new_local(move |(): &()| knowledge_delete(id.clone()));
    view! {
        <li class="card">
            <p class="item-meta">{format::name(&item.agent)}" · "{format::name(&item.category)}" · "{format::ago(item.updated_at)}</p>
            {(!item.title.is_empty()).then(|| view! { <h2>{item.title}</h2> })}
            <p class="item-content">{item.content}</p>
            <button type="button" disabled=move || delete.pending().get() on:click=move |_| { delete.dispatch(()); }>"Delete"</button>
        </li>
    }
}

#[component]
fn AddItem() -> impl IntoView {
    let (title, content) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let add = Action::new_local(|draft: &KnowledgeDraft| knowledge_create(draft.clone()));
    Effect::new(move |_| {
        if let Some(Ok(_)) = add.value().get() {
            title.set(String::new());
            content.set(String::new());
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        add.dispatch(KnowledgeDraft {
            title: title.get_untracked(),
            content: content.get_untracked(),
            ..KnowledgeDraft::default()
        });
    };
    view! {
        <details class="add">
            <summary>"Add an item"</summary>
            <form on:submit=submit>
                <label for="title">"Title"</label>
                <input id="title" maxlength="200" bind:value=title/>
                <label for="content">"Content"</label>
                <textarea id="content" rows="4" required bind:value=content></textarea>
                <button type="submit" class="primary" disabled=move || add.pending().get()>"Add"</button>
                {move || add.value().get().and_then(Result::err).map(|error| view! { <p class="error" role="alert">{error.to_string()}</p> })}
            </form>
        </details>
    }
}
