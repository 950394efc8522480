//! Events over a WebSocket, resumable by number. A client that comes back too late is told to read anew what it shows.

use std::sync::Arc;

use axum::extract::State;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use model::Event;
use serde::Deserialize;
use services::{Caller, Services};
use tokio::sync::broadcast::error::RecvError;

use super::auth::SignedIn;
use super::body::QueryOf;

#[derive(Deserialize)]
pub(super) struct From {
    /// Events behind this number are sent, or a reset where they are not kept any more; without it, events from now on.
    after: Option<u64>,
}

/// Sends events, one JSON text each.
pub(super) async fn events(
    SignedIn(caller): SignedIn,
    State(services): State<Services>,
    QueryOf(from): QueryOf<From>,
    upgrade: WebSocketUpgrade,
) -> Response {
    upgrade.max_message_size(4096).on_upgrade(move |socket| async move {
        let after = from.after.unwrap_or_else(|| services.newest_seq());
        // A client that went away is no error.
        drop(send_events(socket, &services, &caller, after).await);
    })
}

async fn send_events(
    mut socket: WebSocket,
    services: &Services,
    caller: &Caller,
    mut sent: u64,
) -> Result<(), axum::Error> {
    let mut live = services.subscribe(caller);
    loop {
        sent = catch_up(&mut socket, services, caller, sent).await?;
        // Events arrive here until the receiver was too slow; then what it missed is read from the store.
        loop {
            tokio::select! {
                event = live.recv() => match event {
                    Ok(event) if event.subject == model::Subject::TaskDelta => send(&mut socket, &event).await?,
                    Ok(event) if event.seq == sent + 1 => {
                        if caller.is_ended_by(&event) {
                            return Ok(());
                        }
                        send(&mut socket, &event).await?;
                        sent = event.seq;
                    }
                    Ok(event) if event.seq <= sent => {}
                    Ok(_) | Err(RecvError::Lagged(_)) => break,
                    Err(RecvError::Closed) => return Ok(()),
                },
                message = socket.recv() => match message {
                    Some(Ok(Message::Close(_))) | Some(Err(_)) | None => return Ok(()),
                    Some(Ok(_)) => {}
                },
            }
        }
    }
}

async fn catch_up(
    socket: &mut WebSocket,
    services: &Services,
    caller: &Caller,
    mut sent: u64,
) -> Result<u64, axum::Error> {
    loop {
        let Ok(events) = services.events_after(caller, sent).await else { return Ok(sent) };
        let Some(last) = events.last().map(|event| event.seq) else { return Ok(sent) };
        for event in events {
            if caller.is_ended_by(&event) {
                return Err(axum::Error::new(std::io::Error::from(std::io::ErrorKind::PermissionDenied)));
            }
            send(socket, &Arc::new(event)).await?;
        }
        sent = last;
    }
}

async fn send(socket: &mut WebSocket, event: &Arc<Event>) -> Result<(), axum::Error> {
    let text = serde_json::to_string(&**event).unwrap_or_default();
    socket.send(Message::Text(text.into())).await
}
