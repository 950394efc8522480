//! The guards of a data folder.

use model::AgentStats;
use store::{Location, Settings, Store, StoreError};

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_is_nearly_full_takes_no_writes_but_serves_reads() {
    let folder = tempfile::tempdir().unwrap();
    let mut settings = Settings::new(Location::Folder(folder.path().to_owned()));
    settings.min_free_bytes = Some(0);
    let store = Store::open(&settings).await.unwrap();
    store.write(Store::put_agent_stats(0, "a", &AgentStats::default())).await.unwrap();
    store.close().await;
    settings.min_free_bytes = Some(u64::MAX);
    let store = Store::open(&settings).await.unwrap();
    let refused = store.write(Store::put_agent_stats(0, "b", &AgentStats::default())).await;
    assert!(matches!(refused, Err(StoreError::DiskFull { .. })), "{refused:?}");
    assert_eq!(store.agent_stats().await.unwrap().len(), 1);
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_cannot_be_used_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, b"").unwrap();
    let refused = Store::open(&Settings::new(Location::Folder(file.join("data")))).await.err().unwrap();
    assert!(matches!(refused, StoreError::Folder { .. }), "{refused:?}");
}
