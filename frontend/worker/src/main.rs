//! The worker's entry: the language service, beside the page so that it never makes the page wait.

use std::cell::RefCell;

use language::{Call, Message, Service};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

fn main() {
    console_error_panic_hook::set_once();
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let service = RefCell::new(Service::default());
    let answering = scope.clone();
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let call = event.data().as_string().and_then(|text| serde_json::from_str::<Call>(&text).ok());
        if let Some(Call { id, request }) = call {
            service.borrow_mut().answer(request, &mut |reply| tell(&answering, &Message::Reply { id, reply }));
        }
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    tell(&scope, &Message::Ready);
}

fn tell(scope: &DedicatedWorkerGlobalScope, message: &Message) {
    let text = serde_json::to_string(message).unwrap_or_default();
    // It fails only for what cannot be copied, which a text can.
    drop(scope.post_message(&JsValue::from_str(&text)));
}
