//! Signing in with the link that the server printed.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;

use crate::ui::browser;
use crate::ui::state::Session;

/// Uses the secret of the address, or says where to find the link.
#[component]
pub(in crate::ui) fn SignInPage() -> impl IntoView {
    let session = expect_context::<Session>();
    let problem = RwSignal::new(None::<String>);
    let secret = browser::fragment();
    let trying = !secret.is_empty();
    if trying {
        browser::forget_fragment();
        let navigate = use_navigate();
        spawn_local(async move {
            match session.sign_in(secret).await {
                Ok(()) => navigate("/", leptos_router::NavigateOptions::default()),
                Err(message) => problem.set(Some(message)),
            }
        });
    }
    view! {
        <div class="sign-in">
            <img src="/icon.svg" alt="" width="56" height="56"/>
            <h1>"Sign in to Agent Lightning"</h1>
            {move || match (problem.get(), trying) {
                (Some(message), _) => view! { <p class="error" role="alert">{message}</p> }.into_any(),
                (None, true) => view! { <p role="status">"Signing in…"</p> }.into_any(),
                (None, false) => ().into_any(),
            }}
            <p>"Open the sign-in link that the server printed when it started. For a new one, run on the server's machine:"</p>
            <pre><code>"agent-lightning token sign-in"</code></pre>
        </div>
    }
}
