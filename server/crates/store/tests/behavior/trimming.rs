//! Old events are deleted, and only those.

use model::AgentStats;
use store::{AccessKind, AccessRow, Location, Settings, Store, StoreError};

const DAY: i64 = 86_400_000;

async fn keeping(keep_events: u64) -> Store {
    Store::open(&Settings { keep_events, ..Settings::new(Location::Memory) }).await.unwrap()
}

fn no_link() -> AccessRow {
    AccessRow {
        id: String::new(),
        hash: "none".to_owned(),
        kind: AccessKind::SignIn,
        name: String::new(),
        prefix: String::new(),
        created_at: 0,
        expires_at: None,
        last_used_at: None,
        program: None,
    }
}

/// Writes an event at each of these times.
async fn write(store: &Store, times: impl Iterator<Item = i64>) {
    for at in times {
        store.write(Store::put_agent_stats(at, "a", &AgentStats::default())).await.unwrap();
    }
}

/// The events that are left once what the writes set off is done.
async fn kept(store: &Store) -> Vec<u64> {
    // It waits its turn behind that, and writes nothing: there is no such link.
    assert!(matches!(store.write(Store::use_up_access(0, &no_link())).await, Err(StoreError::Stale(_))));
    store.events_after(0, 1000).await.unwrap().iter().map(|event| event.seq).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn old_events_are_deleted_and_the_numbering_goes_on() {
    let store = keeping(10).await;
    write(&store, (0..30).map(|number| number * DAY)).await;
    assert_eq!(kept(&store).await, (21..=30).collect::<Vec<_>>());
    assert_eq!(store.newest_seq(), 30);
    write(&store, (30..32).map(|number| number * DAY)).await;
    assert_eq!(kept(&store).await, (23..=32).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn young_events_are_kept_up_to_a_count() {
    let store = keeping(10).await;
    write(&store, 0..40).await;
    assert_eq!(kept(&store).await, (1..=40).collect::<Vec<_>>());
    write(&store, 0..10).await;
    assert_eq!(kept(&store).await, (11..=50).collect::<Vec<_>>());
    // A day later they go, some with each commit.
    write(&store, (0..45).map(|number| (number + 2) * DAY)).await;
    assert!(kept(&store).await.len() < 12, "{:?}", kept(&store).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_deleted_stays_deleted_and_nothing_else_is_missed_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let mut settings = Settings::new(Location::Folder(folder.path().to_owned()));
    (settings.min_free_bytes, settings.keep_events) = (Some(0), 5);
    let store = Store::open(&settings).await.unwrap();
    write(&store, (0..12).map(|number| number * DAY)).await;
    store.close().await;
    let store = Store::open(&settings).await.unwrap();
    assert_eq!((kept(&store).await, store.newest_seq()), (vec![7, 8, 9, 10, 11, 12], 12));
    write(&store, std::iter::once(12 * DAY)).await;
    assert_eq!(kept(&store).await, [9, 10, 11, 12, 13]);
    store.close().await;
}
