//! Writes tasks to a folder until it is killed, for the crash tests: `writer FOLDER [--accept-loss]`.
//!
//! Below the free bytes of the variable `MIN_FREE` nothing is written; without it the limit is 0.
//!
//! Prints `newest SEQ` once open and `ack SEQ` after every commit. Ends with 0 once its input ends.

use model::{Priority, Task, TaskState};
use store::{Location, Settings, Store};

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().thread_stack_size(10 << 20).build().unwrap();
    runtime.block_on(async {
        let mut arguments = std::env::args().skip(1);
        let folder = arguments.next().expect("a folder");
        let mut settings = Settings::new(Location::Folder(folder.into()));
        let limit = std::env::var("MIN_FREE").ok().and_then(|limit| limit.parse().ok());
        settings.min_free_bytes = Some(limit.unwrap_or(0));
        settings.accept_loss = arguments.next().is_some();
        let store = match Store::open(&settings).await {
            Ok(store) => store,
            Err(error) => {
                println!("refused {error}");
                std::process::exit(2);
            }
        };
        println!("newest {}", store.newest_seq());
        check(&store).await;
        let done = tokio::task::spawn_blocking(|| std::io::stdin().read_line(&mut String::new()));
        let mut number = store.newest_seq();
        while !done.is_finished() {
            number += 1;
            match store.write(Store::create_task(&task(number))).await {
                Ok(seq) => println!("ack {seq}"),
                Err(error) => {
                    println!("error {error}");
                    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                }
            }
        }
        store.close().await;
        println!("closed");
    });
}

/// Every event has its task, and there is no gap.
async fn check(store: &Store) {
    let mut seq = 0;
    loop {
        let events = store.events_after(seq, 1000).await.unwrap();
        let Some(last) = events.last().map(|event| event.seq) else { break };
        for event in &events {
            seq += 1;
            assert_eq!(event.seq, seq, "a gap in the events");
        }
        assert!(store.task(&events[events.len() - 1].id).await.unwrap().is_some(), "event {last} has no task");
    }
    assert_eq!(seq, store.newest_seq());
}

fn task(number: u64) -> Task {
    let json = serde_json::json!({
        "id": format!("{number:016x}"), "description": "x".repeat(300), "state": TaskState::Queued,
        "priority": Priority::Normal, "created_at": 0,
    });
    serde_json::from_value(json).unwrap()
}
