//! Knowledge: adding, searching, changing, deleting.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::hooks::query_signal;
use model::{KnowledgeDraft, KnowledgeItem, KnowledgeQuery, SearchHit, SearchQuery, Subject};

use crate::api::agents::agent_list;
use crate::api::knowledge::{knowledge_create, knowledge_delete, knowledge_list, knowledge_search, knowledge_update};
use crate::ui::components::{DeleteButton, Fetched};
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
                let more = page.next_cursor.is_some();
                view! {
                    <ul class="items">{page.items.into_iter().map(|item| view! { <Item item/> }).collect_view()}</ul>
                    {more.then(|| view! { <p class="item-meta">"These are the newest 100; search finds the others."</p> })}
                }.into_any()
            }
        }/>
    }
}

#[component]
fn Item(item: KnowledgeItem) -> impl IntoView {
    let editing = RwSignal::new(false);
    let shown = item.clone();
    let close = Callback::new(move |()| editing.set(false));
    view! {
        <li class="card">
            {move || {
                let item = shown.clone();
                if editing.get() {
                    view! { <EditItem item close/> }.into_any()
                } else {
                    view! { <ShowItem item edit=Callback::new(move |()| editing.set(true))/> }.into_any()
                }
            }}
        </li>
    }
}

#[component]
fn ShowItem(item: KnowledgeItem, edit: Callback<()>) -> impl IntoView {
    let id = item.id.clone();
    let delete = Action::new_local(move |(): &()| knowledge_delete(id.clone()));
    let used = match item.usage {
        0 => String::new(),
        1 => " · used once".to_owned(),
        times => format!(" · used {times} times"),
    };
    view! {
        <p class="item-meta">{format::name(&item.agent)}" · "{format::name(&item.category)}" · "{format::ago(item.updated_at)}{used}</p>
        {(!item.title.is_empty()).then(|| view! { <h2>{item.title}</h2> })}
        <p class="item-content">{item.content}</p>
        <div class="toolbar">
            <button type="button" on:click=move |_| edit.run(())>"Change"</button>
            <DeleteButton what="this item" delete/>
        </div>
    }
}

#[component]
fn EditItem(item: KnowledgeItem, close: Callback<()>) -> impl IntoView {
    let id = item.id.clone();
    let draft = Draft::of(&item);
    let save = Action::new_local(move |draft: &KnowledgeDraft| knowledge_update(id.clone(), draft.clone()));
    Effect::new(move |_| {
        if let Some(Ok(_)) = save.value().get() {
            close.run(());
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        save.dispatch(draft.read());
    };
    view! {
        <form class="edit" on:submit=submit on:keydown=move |event| if event.key() == "Escape" { close.run(()) }>
            <Fields draft/>
            <div class="toolbar">
                <button type="submit" class="primary" disabled=move || save.pending().get()>"Save"</button>
                <button type="button" on:click=move |_| close.run(())>"Cancel"</button>
            </div>
            {move || save.value().get().and_then(Result::err).map(|error| view! { <p class="error" role="alert">{error.to_string()}</p> })}
        </form>
    }
}

#[component]
fn AddItem() -> impl IntoView {
    let draft = Draft::new();
    let add = Action::new_local(|draft: &KnowledgeDraft| knowledge_create(draft.clone()));
    Effect::new(move |_| {
        if let Some(Ok(_)) = add.value().get() {
            draft.title.set(String::new());
            draft.content.set(String::new());
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        add.dispatch(draft.read());
    };
    view! {
        <details class="add">
            <summary>"Add an item"</summary>
            <form on:submit=submit>
                <Fields draft/>
                <button type="submit" class="primary" disabled=move || add.pending().get()>"Add"</button>
                {move || add.value().get().and_then(Result::err).map(|error| view! { <p class="error" role="alert">{error.to_string()}</p> })}
            </form>
        </details>
    }
}

/// An item while it is written.
#[derive(Clone, Copy)]
struct Draft {
    agent: RwSignal<String>,
    category: RwSignal<String>,
    title: RwSignal<String>,
    content: RwSignal<String>,
    source: RwSignal<String>,
    tags: RwSignal<Vec<String>>,
}

impl Draft {
    fn new() -> Self {
        Self {
            agent: RwSignal::new("shared".to_owned()),
            category: RwSignal::new(String::new()),
            title: RwSignal::new(String::new()),
            content: RwSignal::new(String::new()),
            source: RwSignal::new(String::new()),
            tags: RwSignal::new(Vec::new()),
        }
    }

    fn of(item: &KnowledgeItem) -> Self {
        Self {
            agent: RwSignal::new(item.agent.clone()),
            category: RwSignal::new(item.category.clone()),
            title: RwSignal::new(item.title.clone()),
            content: RwSignal::new(item.content.clone()),
            source: RwSignal::new(item.source.clone()),
            tags: RwSignal::new(item.tags.clone()),
        }
    }

    fn read(self) -> KnowledgeDraft {
        let given =
            |signal: RwSignal<String>| Some(signal.get_untracked().trim().to_owned()).filter(|text| !text.is_empty());
        KnowledgeDraft {
            agent: given(self.agent),
            category: given(self.category),
            title: self.title.get_untracked(),
            content: self.content.get_untracked(),
            source: self.source.get_untracked(),
            tags: self.tags.get_untracked(),
        }
    }
}

#[component]
fn Fields(draft: Draft) -> impl IntoView {
    let agents = LocalResource::new(agent_list);
    view! {
        <label>"Title"<input maxlength="200" bind:value=draft.title/></label>
        <label>"Content"<textarea rows="4" required bind:value=draft.content></textarea></label>
        <label>"Category"<input maxlength="64" placeholder="general" bind:value=draft.category/></label>
        <label>
            "Agent"
            <select bind:value=draft.agent>
                <option value="shared">"Shared by all"</option>
                {move || agents.get().and_then(Result::ok).unwrap_or_default().into_iter().map(|agent| {
                    let slug = agent.slug.clone();
                    view! { <option value=agent.slug selected=move || draft.agent.get() == slug>{agent.name}</option> }
                }).collect_view()}
            </select>
        </label>
    }
}
