//! Events over a real WebSocket: resuming, and being told that it is too late for that.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use model::{Event, KnowledgeDraft, Subject};
use server::environment::Machine;
use services::{Caller, Services};
use store::{Location, Settings, Store};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

const TOKEN: &str = "a-token-for-the-tests";

/// A server that keeps so many events, even of today.
struct Server {
    services: Services,
    address: SocketAddr,
}

impl Server {
    async fn start(keep_events: u64) -> Self {
        let settings = Settings { keep_events, ..Settings::new(Location::Memory) };
        let models = services::Models {
            chat: Arc::new(agents::GenaiModel::new(Duration::from_secs(3), Duration::from_secs(3)).unwrap()),
            key: [9; 32],
            environment: None,
        };
        let store = Store::open(&settings).await.unwrap();
        let services = Services::start(store, Arc::new(Machine), models, 1).await.unwrap();
        services.preset_token(TOKEN).await.unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let app = server::http::router(&services, address).into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(axum::serve(listener, app).into_future());
        Self { services, address }
    }

    async fn change(&self, count: u64) {
        for number in 0..count {
            let draft = KnowledgeDraft { content: format!("item {number}"), ..KnowledgeDraft::default() };
            self.services.create_knowledge(&Caller::owner("test"), draft).await.unwrap();
        }
    }

    /// Listens behind a number, and gives so many events.
    async fn events(&self, after: u64, count: usize) -> Vec<Event> {
        let mut request = format!("ws://{}/api/v1/events?after={after}", self.address).into_client_request().unwrap();
        request.headers_mut().insert("authorization", format!("Bearer {TOKEN}").parse().unwrap());
        let (socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
        let messages = socket.take(count).map(|message| message.unwrap().into_text().unwrap());
        messages.map(|text| serde_json::from_str(&text).unwrap()).collect().await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_comes_back_gets_what_it_missed() {
    let server = Server::start(1000).await;
    server.change(5).await;
    let events = server.events(2, 4).await;
    assert_eq!(events.iter().map(|event| event.seq).collect::<Vec<_>>(), [3, 4, 5, 6]);
    assert!(events.iter().all(|event| event.subject == Subject::Knowledge));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_comes_back_too_late_is_told_to_read_anew_and_goes_on() {
    let server = Server::start(2).await;
    server.change(20).await;
    let reset = server.events(3, 1).await.remove(0);
    let newest = server.services.newest_seq();
    assert_eq!((reset.subject, reset.what.as_str(), reset.seq), (Subject::Stream, "reset", newest));
    server.change(1).await;
    let event = server.events(reset.seq, 1).await.remove(0);
    assert_eq!((event.subject, event.seq), (Subject::Knowledge, newest + 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_never_was_is_answered_with_a_reset() {
    let server = Server::start(1000).await;
    server.change(2).await;
    let events = server.events(500, 1).await;
    assert_eq!((events[0].subject, events[0].seq), (Subject::Stream, server.services.newest_seq()));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_listens_with_a_token_that_is_revoked_hears_no_more() {
    let server = Server::start(1000).await;
    let owner = Caller::owner("test");
    let token = server.services.create_token(&owner, "listener").await.unwrap();
    let mut request = format!("ws://{}/api/v1/events", server.address).into_client_request().unwrap();
    request.headers_mut().insert("authorization", format!("Bearer {}", token.secret).parse().unwrap());
    let (mut socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
    server.change(1).await;
    let heard = socket.next().await.unwrap().unwrap().into_text().unwrap();
    assert_eq!(serde_json::from_str::<Event>(&heard).unwrap().what, "created", "{heard}");
    server.services.revoke_token(&owner, &token.info.id).await.unwrap();
    server.change(1).await;
    let rest: Vec<_> = socket.collect().await;
    let heard = rest.iter().filter_map(|message| message.as_ref().ok()?.to_text().ok().map(str::to_owned));
    let events: Vec<Event> = heard.filter_map(|text| serde_json::from_str(&text).ok()).collect();
    assert!(events.is_empty(), "{events:?}");
}
