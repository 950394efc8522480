//! Models: the providers that answer what Recall cannot.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use model::{ProviderDraft, ProviderInfo, ProviderKind, Subject};

use crate::api::models::{provider_add, provider_list, provider_remove, provider_test};
use crate::ui::components::Fetched;
use crate::ui::state::Live;

/// All providers, and adding one.
#[component]
pub fn ModelsPage() -> impl IntoView {
    let live = expect_context::<Live>();
    let providers = LocalResource::new(move || {
        live.changes(Subject::Provider);
        provider_list()
    });
    view! {
        <h1>"Models"</h1>
        <p>"Tasks that no recipe answers go to the first provider. Its answers are marked as not verified. Keys are kept encrypted and never shown again."</p>
        <AddProvider/>
        <Fetched resource=providers show=|providers| {
            if providers.is_empty() {
                return view! { <p class="empty">"No model is connected. Agent Lightning works without one; it then says so where it would need one."</p> }.into_any();
            }
            view! { <ul class="items">{providers.into_iter().map(|provider| view! { <Provider provider/> }).collect_view()}</ul> }.into_any()
        }/>
    }
}

const KINDS: [(ProviderKind, &str); 3] = [
    (ProviderKind::OpenAiCompatible, "OpenAI-compatible (Ollama, llama.cpp, vLLM, LM Studio, OpenAI)"),
    (ProviderKind::Anthropic, "Anthropic"),
    (ProviderKind::Gemini, "Google Gemini"),
];

#[component]
fn AddProvider() -> impl IntoView {
    let [name, base_url, model, key, input_price, output_price] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let kind = RwSignal::new(0_usize);
    let add = Action::new_local(|draft: &ProviderDraft| provider_add(draft.clone()));
    Effect::new(move |_| {
        if let Some(Ok(_)) = add.value().get() {
            [name, base_url, model, key, input_price, output_price]
                .into_iter()
                .for_each(|field| field.set(String::new()));
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        add.dispatch(ProviderDraft {
            name: name.get_untracked(),
            kind: KINDS[kind.get_untracked()].0,
            base_url: base_url.get_untracked(),
            model: model.get_untracked(),
            key: key.get_untracked(),
            input_price: input_price.get_untracked().parse().ok(),
            output_price: output_price.get_untracked().parse().ok(),
        });
    };
    let options = KINDS.iter().enumerate().map(|(index, (_, label))| view! { <option value=index>{*label}</option> });
    view! {
        <details class="add">
            <summary>"Connect a model"</summary>
            <form on:submit=submit>
                <label for="provider-name">"Name"</label>
                <input id="provider-name" required maxlength="100" placeholder="Ollama on this machine" bind:value=name/>
                <label for="provider-kind">"Interface"</label>
                <select id="provider-kind" on:change=move |event| kind.set(event_target_value(&event).parse().unwrap_or(0))>{options.collect_view()}</select>
                <label for="provider-url">"Address (empty for the provider's own)"</label>
                <input id="provider-url" type="url" placeholder="http://localhost:11434/v1" bind:value=base_url/>
                <label for="provider-model">"Model"</label>
                <input id="provider-model" required maxlength="200" placeholder="llama3.2" bind:value=model/>
                <label for="provider-key">"Key"</label>
                <input id="provider-key" type="password" autocomplete="off" bind:value=key/>
                <label for="provider-input-price">"Dollars for a million tokens that it reads (optional)"</label>
                <input id="provider-input-price" type="number" min="0" step="any" bind:value=input_price/>
                <label for="provider-output-price">"Dollars for a million tokens that it writes (optional)"</label>
                <input id="provider-output-price" type="number" min="0" step="any" bind:value=output_price/>
                <button type="submit" class="primary" disabled=move || add.pending().get()>"Connect"</button>
                {move || add.value().get().and_then(Result::err).map(|error| view! { <p class="error" role="alert">{error.to_string()}</p> })}
            </form>
        </details>
    }
}

#[component]
fn Provider(provider: ProviderInfo) -> impl IntoView {
    let (tested, removed) = (provider.id.clone(), provider.id.clone());
    let test = Action::new_local(move |(): &()| provider_test(tested.clone()));
    let remove = Action::new_local(move |(): &()| provider_remove(removed.clone()));
    let result = move || {
        test.value().get().map(|result| match result {
            Ok(text) => view! { <p role="status">"It answers: "{text}</p> }.into_any(),
            Err(error) => view! { <p class="error" role="alert">{error.to_string()}</p> }.into_any(),
        })
    };
    let key = if provider.has_key { "key stored" } else { "no key" };
    view! {
        <li class="card">
            <h2>{provider.name}</h2>
            <p class="item-meta"><code>{provider.model}</code>" "{provider.base_url}" · "{key}</p>
            <p class="feedback">
                <button type="button" disabled=move || test.pending().get() on:click=move |_| { test.dispatch(()); }>
                    {move || if test.pending().get() { "Testing…" } else { "Test" }}
                </button>
                {(provider.origin != "environment").then(|| view! {
                    <button type="button" on:click=move |_| { remove.dispatch(()); }>"Remove"</button>
                })}
            </p>
            {result}
        </li>
    }
}
