//! What the storage engine logs about damage is shown to people.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::Request;
use server::environment::Machine;
use services::{Caller, Services};
use store::{Location, Settings, Store};
use tower::ServiceExt;

async fn health(services: &Services) -> model::Health {
    let router = server::http::router(services, SocketAddr::from(([127, 0, 0, 1], 8051)));
    let response = router.oneshot(Request::get("/api/v1/health").body(Body::empty()).unwrap()).await.unwrap();
    serde_json::from_slice(&to_bytes(response.into_body(), 1 << 20).await.unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn damage_in_the_log_turns_the_stores_health_and_is_on_the_overview() {
    let settings = Settings::new(Location::Memory);
    server::logging::start(&settings.damage);
    // A log's torn end is mended while the store opens; the watermark says that nothing is missing.
    log::error!(target: "surrealkv::wal::recovery", "Corruption in WAL 1: 7 bytes lost - torn record");
    let store = Store::open(&settings).await.unwrap();
    let models = services::Models {
        chat: Arc::new(agents::GenaiModel::new(Duration::from_secs(3), Duration::from_secs(3)).unwrap()),
        key: [9; 32],
        environment: None,
    };
    let services = Services::start(store, Arc::new(Machine), models, 1).await.unwrap();
    log::error!(target: "somebody::else", "Corruption of the youth");
    assert_eq!(health(&services).await.status, "ok");
    let caller = Caller::owner("test");
    assert_eq!(services.overview(&caller).await.unwrap().problems, [""; 0]);

    log::error!(target: "surrealkv::sstable::block", "[BLOCK] checksum mismatch in table 12");
    let health = health(&services).await;
    assert_eq!(health.status, "degraded");
    let line = health.subsystems.iter().find(|line| line.name == "store").unwrap();
    assert!(!line.ok && line.detail.contains("checksum mismatch in table 12"), "{}", line.detail);
    assert!(line.detail.contains("copy the data folder"), "{}", line.detail);
    let problems = services.overview(&caller).await.unwrap().problems;
    assert_eq!(problems, [format!("store: {}", line.detail)]);
}
