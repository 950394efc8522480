//! What the app asks of the browser.

use leptos::prelude::window;

/// The part of the address behind `#`.
pub(super) fn fragment() -> String {
    window().location().hash().unwrap_or_default().trim_start_matches('#').to_owned()
}

/// Takes the fragment out of the address, so that a secret does not stay in the history.
pub(super) fn forget_fragment() {
    let path = window().location().pathname().unwrap_or_default();
    if let Ok(history) = window().history() {
        drop(history.replace_state_with_url(&leptos::wasm_bindgen::JsValue::NULL, "", Some(&path)));
    }
}

/// The address of the events' WebSocket.
pub(super) fn events_url(after: Option<u64>) -> String {
    let location = window().location();
    let scheme = if location.protocol().is_ok_and(|protocol| protocol == "https:") { "wss" } else { "ws" };
    let host = location.host().unwrap_or_default();
    let after = after.map(|seq| format!("?after={seq}")).unwrap_or_default();
    format!("{scheme}://{host}/api/v1/events{after}")
}

/// Puts a text on the clipboard.
pub(super) fn copy(text: &str) {
    drop(window().navigator().clipboard().write_text(text));
}

/// The time now, in milliseconds since 1970.
pub(super) fn now() -> f64 {
    leptos::web_sys::js_sys::Date::now()
}
