//! Several stores on one database server, and what happens when the server is not there.

use std::sync::atomic::Ordering;
use std::time::Duration;

use model::ProgramRecord;
use store::{LogChange, Settings, Store, StoreError};

use crate::database_server::{DatabaseServer, PASSWORD, USER, datastore};
use crate::{on, remote, task};

/// How many writers there are, on two stores.
const WRITERS: u64 = 32;

async fn two_stores() -> (DatabaseServer, Store, Store) {
    let server = DatabaseServer::start(datastore().await).await;
    let settings = on(&server);
    let (first, second) = tokio::join!(Store::open(&settings), Store::open(&settings));
    (server, first.unwrap(), second.unwrap())
}

/// Of two first starts at one moment, one failed now and then, as both made the database.
#[tokio::test(flavor = "multi_thread")]
async fn many_first_starts_at_one_moment_all_open() {
    for _ in 0..5 {
        let server = DatabaseServer::start(datastore().await).await;
        let settings = on(&server);
        let starts: Vec<_> = (0..8)
            .map(|_| {
                let settings = settings.clone();
                tokio::spawn(async move { Store::open(&settings).await })
            })
            .collect();
        for start in starts {
            start.await.unwrap().unwrap();
        }
    }
}

fn counter(version: u64) -> ProgramRecord {
    serde_json::from_value(serde_json::json!({
        "id": "counter", "name": "counter", "text": "", "version": version, "created_at": 0, "updated_at": 0,
    }))
    .unwrap()
}

/// Adds one to the counter, whatever others do meanwhile.
async fn increment(store: &Store) {
    loop {
        let before = store.program("counter").await.unwrap().unwrap().version;
        match store.write(Store::edit_program(&counter(before + 1), &LogChange::default())).await {
            Ok(_) => return,
            Err(StoreError::Stale(_)) => {}
            Err(error) => panic!("a conflict came to the surface: {error}"),
        }
    }
}

async fn numbers(store: &Store) -> Vec<u64> {
    let mut numbers = Vec::new();
    loop {
        let events = store.events_after(numbers.len() as u64, 1000).await.unwrap();
        if events.is_empty() {
            return numbers;
        }
        numbers.extend(events.iter().map(|event| event.seq));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_conflict_of_thirty_two_writers_comes_to_the_surface() {
    // Each success makes others stale: `WRITES=160` is the whole bar of 10,000.
    let writes: u64 = std::env::var("WRITES").ok().and_then(|writes| writes.parse().ok()).unwrap_or(2);
    let (_server, first, second) = two_stores().await;
    first.write(Store::create_program(&counter(0))).await.unwrap();
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let store = if writer % 2 == 0 { first.clone() } else { second.clone() };
            tokio::spawn(async move {
                for number in 0..writes {
                    increment(&store).await;
                    store.write(Store::create_task(&task(&format!("{writer}-{number}")))).await.unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    let total = WRITERS * writes;
    for store in [first, second] {
        assert_eq!(store.program("counter").await.unwrap().unwrap().version, total);
        assert_eq!(store.task_counts().await.unwrap(), [("queued".to_owned(), total)]);
        assert_eq!(numbers(&store).await, (1..=1 + 2 * total).collect::<Vec<_>>());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn events_of_one_store_reach_who_listens_to_the_other() {
    let (_server, first, second) = two_stores().await;
    let mut heard = second.subscribe();
    for number in 0..5 {
        first.write(Store::create_task(&task(&format!("first-{number}")))).await.unwrap();
    }
    // Nothing is written through the second store: it looks for itself.
    for number in 0..5 {
        let event = heard.recv().await.unwrap();
        assert_eq!((event.seq, &event.id), (number + 1, &format!("first-{number}")));
    }
    second.write(Store::create_task(&task("second"))).await.unwrap();
    assert_eq!(heard.recv().await.unwrap().seq, 6);
    assert_eq!(second.newest_seq(), 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_comes_back_is_used_again_and_nothing_is_written_twice() {
    let data = datastore().await;
    let server = DatabaseServer::start(data.clone()).await;
    let mut settings = on(&server);
    settings.patience = Duration::from_millis(300);
    let store = Store::open(&settings).await.unwrap();
    store.write(Store::create_task(&task("before"))).await.unwrap();
    let address = server.stop().await;
    let read = store.task("before").await;
    assert!(matches!(&read, Err(StoreError::Unreachable { .. })), "{read:?}");
    assert!(read.unwrap_err().to_string().contains("does not answer"));
    let write = store.write(Store::create_task(&task("meanwhile"))).await;
    assert!(matches!(&write, Err(StoreError::Unreachable { .. })), "{write:?}");
    let server = DatabaseServer::start_on(data, address).await;
    while store.task("before").await.is_err() {}
    store.write(Store::create_task(&task("after"))).await.unwrap();
    // What was given up may have reached the server late, but at most once, and numbered like everything else.
    let tasks = store.task_counts().await.unwrap()[0].1;
    let numbers = numbers(&store).await;
    assert_eq!(numbers, (1..=tasks).collect::<Vec<_>>());
    drop(server);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_whose_answer_is_lost_is_found_and_not_repeated() {
    let server = DatabaseServer::start(datastore().await).await;
    let store = Store::open(&on(&server)).await.unwrap();
    let mut heard = store.subscribe();
    server.swallow.store(true, Ordering::Relaxed);
    let numbered = store.write(Store::create_task(&task("a")).and(Store::create_task(&task("b")))).await;
    assert_eq!(numbered.unwrap(), 2);
    assert!(!server.swallow.load(Ordering::Relaxed), "no answer was lost");
    assert_eq!(store.write(Store::create_task(&task("c"))).await.unwrap(), 3);
    for seq in 1..=3 {
        assert_eq!(heard.recv().await.unwrap().seq, seq);
    }
    assert_eq!(numbers(&store).await, [1, 2, 3]);
}

async fn refusal(settings: &Settings) -> String {
    Store::open(settings).await.err().expect("a refusal").to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_cannot_be_used_is_named_with_what_to_do() {
    let server = DatabaseServer::start(datastore().await).await;
    for (user, password) in [(USER, "wrong"), ("nobody", PASSWORD)] {
        let refused = refusal(&remote(server.url(), user, password)).await;
        assert!(refused.contains(&format!("does not let '{user}' in")), "{refused}");
        assert!(refused.contains("--database-password") && !refused.contains(password), "{refused}");
    }
    let refused = refusal(&remote("http://127.0.0.1:8000".to_owned(), USER, PASSWORD)).await;
    assert!(refused.contains("starts with ws:// or wss://"), "{refused}");
    let refused = refusal(&remote("ws://root:secret@127.0.0.1:8000".to_owned(), USER, PASSWORD)).await;
    assert!(refused.contains("--database-user") && !refused.contains("secret"), "{refused}");
    let url = server.url();
    server.stop().await;
    let refused = refusal(&remote(url.clone(), USER, PASSWORD)).await;
    assert!(refused.contains(&url) && refused.contains("cannot be reached"), "{refused}");
}
