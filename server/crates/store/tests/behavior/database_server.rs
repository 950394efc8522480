//! A SurrealDB server on a port of this machine: the database's own protocol over a WebSocket, around an embedded
//! datastore in memory. What a client sends is executed by the same code as in the real server.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::Router;
use axum::extract::State;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use axum::routing::get;
use surrealdb_core::dbs::Session;
use surrealdb_core::kvs::Datastore;
use surrealdb_core::rpc::RpcProtocol;
use surrealdb_rpc::error::parse_error;
use surrealdb_rpc::request::Request;
use surrealdb_rpc::{DbResponse, DbResult};
use surrealdb_types::{Error, HashMap, SurrealValue, Value};
use tokio::net::TcpListener;
use tokio::sync::{RwLock, mpsc, watch};
use uuid::Uuid;

pub(crate) const USER: &str = "root";
pub(crate) const PASSWORD: &str = "correct horse";

/// A running server; dropping it stops it and breaks its connections.
pub(crate) struct DatabaseServer {
    pub(crate) address: SocketAddr,
    /// Set to have the next commit done, but the connection broken in place of an answer.
    pub(crate) swallow: Arc<AtomicBool>,
    _running: watch::Sender<()>,
}

/// A datastore with a root user.
pub(crate) async fn datastore() -> Arc<Datastore> {
    let datastore = Datastore::builder().with_auth(true).build_with_path("memory").await.unwrap();
    datastore.check_version().await.unwrap();
    datastore.bootstrap().await.unwrap();
    datastore.initialise_credentials(USER, PASSWORD).await.unwrap();
    datastore
}

impl DatabaseServer {
    /// Starts a server on a free port.
    pub(crate) async fn start(datastore: Arc<Datastore>) -> Self {
        Self::start_on(datastore, SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await
    }

    pub(crate) async fn start_on(datastore: Arc<Datastore>, address: SocketAddr) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (running, stopped) = watch::channel(());
        let swallow = Arc::new(AtomicBool::new(false));
        let serving = Serving { datastore, swallow: Arc::clone(&swallow), stopped: stopped.clone() };
        let app = Router::new().route("/rpc", get(connect)).with_state(serving);
        tokio::spawn(async move {
            tokio::select! {
                served = axum::serve(listener, app).into_future() => served.unwrap(),
                () = ended(stopped) => {}
            }
        });
        Self { address, swallow, _running: running }
    }

    pub(crate) fn url(&self) -> String {
        format!("ws://{}", self.address)
    }

    /// Stops, and waits until the port is free again.
    pub(crate) async fn stop(self) -> SocketAddr {
        let address = self.address;
        drop(self);
        while TcpListener::bind(address).await.is_err() {
            tokio::task::yield_now().await;
        }
        address
    }
}

#[derive(Clone)]
struct Serving {
    datastore: Arc<Datastore>,
    swallow: Arc<AtomicBool>,
    stopped: watch::Receiver<()>,
}

async fn ended(mut stopped: watch::Receiver<()>) {
    // Nothing is ever sent; the sender is dropped.
    while stopped.changed().await.is_ok() {}
}

async fn connect(State(serving): State<Serving>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.protocols(["flatbuffers"]).on_upgrade(async move |socket| {
        tokio::select! {
            () = converse(socket, serving.datastore, &serving.swallow) => {}
            () = ended(serving.stopped) => {}
        }
    })
}

/// Answers a client until it leaves. Requests are worked on side by side, as in the real server.
async fn converse(mut socket: WebSocket, datastore: Arc<Datastore>, swallow: &AtomicBool) {
    let id = Uuid::new_v4();
    let client = Arc::new(Client { datastore, sessions: HashMap::new() });
    client.set_session(id, Arc::new(RwLock::new(Session::default())));
    let (replies, mut ready) = mpsc::unbounded_channel();
    loop {
        tokio::select! {
            received = socket.recv() => match received {
                Some(Ok(Message::Binary(bytes))) => {
                    let commits = bytes.windows(6).any(|part| part == b"COMMIT");
                    if commits && swallow.swap(false, Ordering::Relaxed) {
                        answer(&client, id, &bytes).await;
                        return;
                    }
                    let (client, replies) = (Arc::clone(&client), replies.clone());
                    tokio::spawn(async move { replies.send(answer(&client, id, &bytes).await) });
                }
                Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                Some(Ok(_)) => {}
            },
            Some(reply) = ready.recv() => {
                if socket.send(Message::Binary(reply.into())).await.is_err() {
                    return;
                }
            }
        }
    }
}

async fn answer(client: &Client, connection: Uuid, bytes: &[u8]) -> Vec<u8> {
    let response = match read(bytes) {
        Err(error) => DbResponse::failure(None, None, error),
        Ok(request) => {
            let named = request.session_id.map(Uuid::from);
            let (transaction, session) = (request.txn.map(Uuid::from), named.unwrap_or(connection));
            match client.execute(transaction, session, named, request.method, request.params).await {
                Ok(result) => DbResponse::success(request.id, named, result),
                Err(error) => DbResponse::failure(request.id, named, error),
            }
        }
    };
    surrealdb_types::encode(&response.into_value()).unwrap()
}

fn read(bytes: &[u8]) -> Result<Request, Error> {
    match surrealdb_types::decode(bytes) {
        Ok(Value::Object(object)) => Request::from_object(object),
        _ => Err(parse_error()),
    }
}

/// What one connection knows.
struct Client {
    datastore: Arc<Datastore>,
    sessions: HashMap<Uuid, Arc<RwLock<Session>>>,
}

impl RpcProtocol for Client {
    fn kvs(&self) -> &Datastore {
        &self.datastore
    }

    fn kvs_arc(&self) -> Arc<Datastore> {
        Arc::clone(&self.datastore)
    }

    fn version_data(&self) -> DbResult {
        DbResult::Other(Value::String("surrealdb-3.3.5".to_owned()))
    }

    fn session_map(&self) -> &HashMap<Uuid, Arc<RwLock<Session>>> {
        &self.sessions
    }

    async fn cleanup_lqs(&self, _: &Uuid) {}

    async fn cleanup_all_lqs(&self) {}
}
