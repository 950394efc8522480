//! Events as they happen.

use std::collections::HashMap;

use futures::StreamExt;
use gloo_net::websocket::futures::WebSocket;
use gloo_net::websocket::{Message, State};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Event, Subject};

use super::Session;
use crate::ui::browser;

/// Counts changes per kind of thing; a page that reads a count is fetched again when it changes.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Live {
    changes: RwSignal<HashMap<Subject, u64>>,
    latest: RwSignal<Option<Event>>,
    connected: RwSignal<bool>,
}

impl Live {
    /// Listens as long as someone is signed in, and makes the events available to all pages.
    pub(in crate::ui) fn provide(session: Session) {
        let live = Self {
            changes: RwSignal::new(HashMap::new()),
            latest: RwSignal::new(None),
            connected: RwSignal::new(false),
        };
        provide_context(live);
        Effect::new(move |listening: Option<bool>| {
            let signed_in = session.signed_in() == Some(true);
            if signed_in && listening != Some(true) {
                spawn_local(live.listen(session));
            }
            signed_in
        });
    }

    /// How often things of a kind have changed.
    pub(in crate::ui) fn changes(self, subject: Subject) -> u64 {
        self.changes.with(|changes| changes.get(&subject).copied().unwrap_or(0))
    }

    /// The latest event about a thing, or about all of them.
    pub(in crate::ui) fn latest_of(self, id: &str) -> Option<Event> {
        self.latest.with(|latest| latest.clone().filter(|event| event.id == id || event.subject == Subject::Stream))
    }

    /// Whether events arrive.
    pub(in crate::ui) fn connected(self) -> bool {
        self.connected.get()
    }

    /// Reads events; after a break, goes on from the last one that was seen.
    async fn listen(self, session: Session) {
        let mut seen = None;
        let mut wait = 500;
        while session.signed_in() == Some(true) {
            if let Ok(mut socket) = WebSocket::open(&browser::events_url(seen)) {
                while matches!(socket.state(), State::Connecting) {
                    TimeoutFuture::new(20).await;
                }
                if matches!(socket.state(), State::Open) {
                    self.connected.set(true);
                    wait = 500;
                }
                while let Some(Ok(message)) = socket.next().await {
                    if let Message::Text(text) = message {
                        seen = self.take(&text).or(seen);
                    }
                }
            }
            self.connected.set(false);
            TimeoutFuture::new(wait).await;
            wait = (wait * 2).min(10_000);
        }
    }

    fn take(self, text: &str) -> Option<u64> {
        let event: Event = serde_json::from_str(text).ok()?;
        let (seq, subject) = (event.seq, event.subject);
        self.latest.set(Some(event));
        // After a reset nothing that is shown can be relied on.
        let changed = if subject == Subject::Stream { &Subject::SHOWN[..] } else { &[subject] };
        self.changes.update(|changes| changed.iter().for_each(|subject| *changes.entry(*subject).or_default() += 1));
        Some(seq)
    }
}
