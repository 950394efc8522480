//! Files of an answer or program, a tab each.

use leptos::prelude::*;
use model::AnswerFile;

use crate::ui::browser;

/// Shows one file at a time, with its path as the tab's name.
#[component]
pub(in crate::ui) fn CodeTabs(
    /// The files.
    files: Vec<AnswerFile>,
) -> impl IntoView {
    let chosen = RwSignal::new(0_usize);
    let files = StoredValue::new(files);
    let count = files.with_value(Vec::len);
    let tab = move |index: usize| {
        let path = files.with_value(|files| files[index].path.clone());
        view! {
            <button
                type="button"
                role="tab"
                aria-selected=move || (chosen.get() == index).to_string()
                on:click=move |_| chosen.set(index)
            >
                {path}
            </button>
        }
    };
    let content =
        move || files.with_value(|files| files.get(chosen.get()).map(|file| file.content.clone()).unwrap_or_default());
    view! {
        <div class="code">
            <div class="code-head">
                <div class="code-tabs" role="tablist" aria-label="Files">{(0..count).map(tab).collect_view()}</div>
                <button type="button" class="copy" on:click=move |_| browser::copy(&content())>"Copy"</button>
            </div>
            <pre role="tabpanel" tabindex="0"><code>{content}</code></pre>
        </div>
    }
}
