//! The language service in its worker: what pages ask about programs.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use futures::StreamExt;
use futures::channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use language::{Call, Message, Reply, Request};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::prelude::{Closure, JsValue};
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

/// Asks the worker, which starts with the first request.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Language(StoredValue<Shared, LocalStorage>);

type Shared = Rc<RefCell<Connection>>;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ui) struct Gone;

impl std::fmt::Display for Gone {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("The part of the app that checks and runs programs has stopped. Reload the page to try again.")
    }
}

#[derive(Default)]
struct Connection {
    worker: Option<Running>,
    /// Whether it listens; until then calls wait here.
    ready: bool,
    queued: Vec<String>,
    waiting: HashMap<u64, UnboundedSender<Reply>>,
    next: u64,
}

/// A worker, and what hears it as long as it runs.
struct Running {
    worker: Worker,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_error: Closure<dyn Fn(JsValue)>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

impl Language {
    /// Makes it available to all pages.
    pub(in crate::ui) fn provide() {
        provide_context(Self(StoredValue::new_local(Shared::default())));
    }

    /// Asks, and gives the answers as they come; the stream ends early if the worker is stopped or dies.
    pub(in crate::ui) fn ask(self, request: Request) -> UnboundedReceiver<Reply> {
        let (sender, answers) = unbounded();
        self.0.with_value(|shared| {
            if shared.borrow().worker.is_none() {
                let started = start(shared);
                shared.borrow_mut().worker = started;
            }
            shared.borrow_mut().send(request, sender);
        });
        answers
    }

    /// Asks for what has one answer.
    pub(in crate::ui) async fn ask_once(self, request: Request) -> Result<Reply, Gone> {
        self.ask(request).next().await.ok_or(Gone)
    }

    /// Stops whatever is going on; the next request starts anew.
    pub(in crate::ui) fn stop(self) {
        self.0.with_value(|shared| shared.borrow_mut().end());
    }
}

impl Connection {
    fn send(&mut self, request: Request, sender: UnboundedSender<Reply>) {
        let call = Call { id: self.next, request };
        self.next += 1;
        self.waiting.insert(call.id, sender);
        self.queued.push(serde_json::to_string(&call).unwrap_or_default());
        self.flush();
    }

    fn flush(&mut self) {
        let Some(running) = &self.worker else {
            // It cannot be started: whoever waits is told so.
            self.waiting.clear();
            self.queued.clear();
            return;
        };
        if self.ready {
            for call in self.queued.drain(..) {
                drop(running.worker.post_message(&JsValue::from_str(&call)));
            }
        }
    }

    fn hear(&mut self, message: Message) {
        match message {
            Message::Ready => {
                self.ready = true;
                self.flush();
            }
            Message::Reply { id, reply } => {
                let goes_on = matches!(reply, Reply::Printed(_));
                if let Some(sender) = self.waiting.get(&id) {
                    // Nobody may listen any more.
                    drop(sender.unbounded_send(reply));
                }
                if !goes_on {
                    self.waiting.remove(&id);
                }
            }
        }
    }

    fn end(&mut self) {
        self.worker = None;
        self.ready = false;
        self.queued.clear();
        self.waiting.clear();
    }
}

fn start(shared: &Shared) -> Option<Running> {
    let address = document().document_element()?.get_attribute("data-worker")?;
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(&address, &options).ok()?;
    let hears = Rc::downgrade(shared);
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let message = event.data().as_string().and_then(|text| serde_json::from_str(&text).ok());
        if let (Some(shared), Some(message)) = (hears.upgrade(), message) {
            shared.borrow_mut().hear(message);
        }
    });
    let ends = Rc::downgrade(shared);
    let on_error = Closure::<dyn Fn(JsValue)>::new(move |_| {
        let Some(shared) = ends.upgrade() else {
            return;
        };
        let ended = shared.borrow_mut().worker.take();
        shared.borrow_mut().end();
        // The closure that runs now must outlive its own call.
        leptos::task::spawn_local(async move { drop(ended) });
    });
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    Some(Running { worker, _on_message: on_message, _on_error: on_error })
}
