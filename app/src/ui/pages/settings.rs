//! Settings: tokens and the session.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use model::{Subject, TokenInfo};

use crate::api::access::{token_create, token_list, token_revoke};
use crate::ui::components::{DeleteButton, Fetched};
use crate::ui::format;
use crate::ui::state::{Live, Session};

/// Tokens for the REST interface, and signing out.
#[component]
pub(in crate::ui) fn SettingsPage() -> impl IntoView {
    let live = expect_context::<Live>();
    let session = expect_context::<Session>();
    let tokens = LocalResource::new(move || {
        live.changes(Subject::Access);
        token_list()
    });
    view! {
        <h1>"Settings"</h1>
        <section aria-labelledby="tokens">
            <h2 id="tokens">"Tokens"</h2>
            <p>"A token lets programs use the REST interface: " <code>"Authorization: Bearer …"</code> ". " <a href="/api/v1/openapi.json" rel="external">"OpenAPI document"</a></p>
            <CreateToken/>
            <Fetched resource=tokens show=|tokens| {
                if tokens.is_empty() {
                    return view! { <p class="empty">"No tokens yet."</p> }.into_any();
                }
                view! { <ul class="items">{tokens.into_iter().map(|token| view! { <TokenRow token/> }).collect_view()}</ul> }.into_any()
            }/>
        </section>
        <section aria-labelledby="session">
            <h2 id="session">"Session"</h2>
            <button type="button" on:click=move |_| session.sign_out()>"Sign out"</button>
        </section>
    }
}

#[component]
fn CreateToken() -> impl IntoView {
    let live = expect_context::<Live>();
    let name = RwSignal::new(String::new());
    let create = Action::new_local(|name: &String| token_create(name.clone()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        create.dispatch(name.get_untracked());
        name.set(String::new());
    };
    view! {
        <form class="inline" on:submit=submit>
            <label for="token-name">"What is it for?"</label>
            <input id="token-name" required maxlength="100" bind:value=name/>
            <button type="submit" class="primary">"Create token"</button>
        </form>
        {move || create.value().get().map(|result| match result {
            Ok(created) if live.latest_of(&created.info.id).is_some_and(|event| event.what == "ended") => ().into_any(),
            Ok(created) => view! {
                <p class="notice" role="status">"Copy the token now; it is not shown again: " <code class="secret">{created.secret}</code></p>
            }.into_any(),
            Err(error) => view! { <p class="error" role="alert">{error.to_string()}</p> }.into_any(),
        })}
    }
}

#[component]
fn TokenRow(token: TokenInfo) -> impl IntoView {
    let id = token.id.clone();
    let revoke = Action::new_local(move |(): &()| token_revoke(id.clone()));
    let used = token.last_used_at.map_or_else(|| "never used".to_owned(), |at| format!("used {}", format::ago(at)));
    view! {
        <li class="card row">
            <span><strong>{token.name}</strong>" "<code>{format!("{}…", token.prefix)}</code>" made "{format::ago(token.created_at)}", "{used}</span>
            <DeleteButton what="this token" delete=revoke/>
        </li>
    }
}
