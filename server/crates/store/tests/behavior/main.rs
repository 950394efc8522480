//! What the store does, on every implementation: in memory, in a folder, and on a SurrealDB server over the network.

mod database_server;
mod remote;
mod repositories;
mod trimming;

use database_server::{DatabaseServer, PASSWORD, USER, datastore};
use model::{Priority, Task, TaskState};
use store::{Location, Settings, Store};

/// Runs a test on every implementation, each of them empty.
async fn everywhere(test: impl AsyncFn(Store)) {
    let memory = Store::open(&Settings::new(Location::Memory)).await.unwrap();
    test(memory).await;
    let folder = tempfile::tempdir().unwrap();
    let mut settings = Settings::new(Location::Folder(folder.path().to_owned()));
    settings.min_free_bytes = Some(0);
    let store = Store::open(&settings).await.unwrap();
    test(store.clone()).await;
    store.close().await;
    let server = DatabaseServer::start(datastore().await).await;
    test(Store::open(&on(&server)).await.unwrap()).await;
}

/// The settings of a store on a server.
fn on(server: &DatabaseServer) -> Settings {
    remote(server.url(), USER, PASSWORD)
}

fn remote(url: String, user: &str, password: &str) -> Settings {
    Settings::new(Location::Remote {
        url,
        user: user.to_owned(),
        password: password.to_owned(),
        database: "main".to_owned(),
    })
}

fn task(id: &str) -> Task {
    let json = serde_json::json!({
        "id": id, "description": "d", "state": TaskState::Queued, "priority": Priority::Normal, "created_at": 5,
    });
    serde_json::from_value(json).unwrap()
}
