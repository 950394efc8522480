//! Guards and repositories, in one process.

use model::{AgentStats, KnowledgeItem, Priority, Task, TaskState};
use store::{Location, Settings, Store, StoreError, TaskFilter};

fn task(id: &str) -> Task {
    let json = serde_json::json!({
        "id": id, "description": "d", "state": TaskState::Queued, "priority": Priority::Normal, "created_at": 5,
    });
    serde_json::from_value(json).unwrap()
}

async fn memory() -> Store {
    Store::open(&Settings::new(Location::Memory)).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_is_final() {
    let store = memory().await;
    let mut task = task("a");
    store.write(Store::create_task(&task)).await.unwrap();
    task.state = TaskState::Cancelled;
    store.write(Store::update_task(6, &task, "cancelled")).await.unwrap();
    task.state = TaskState::Succeeded;
    let late = store.write(Store::update_task(7, &task, "succeeded")).await;
    assert!(matches!(late, Err(StoreError::Stale(_))), "{late:?}");
    assert_eq!(store.task("a").await.unwrap().unwrap().state, TaskState::Cancelled);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idempotency_key_makes_one_task() {
    let store = memory().await;
    for id in ["a", "b"] {
        let task = Task { idempotency_key: Some("key with spaces".to_owned()), ..task(id) };
        let written = store.write(Store::create_task(&task)).await;
        assert_eq!(matches!(written, Err(StoreError::Exists(_))), id == "b", "{written:?}");
    }
    assert_eq!(store.task_of_key("key with spaces").await.unwrap().unwrap().id, "a");
    assert!(store.task("b").await.unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrent_writes_share_commits_and_numbers_have_no_gap() {
    let store = memory().await;
    let mut events = store.subscribe();
    let writers = (0..64).map(|number| {
        let store = store.clone();
        tokio::spawn(async move {
            // Every fourth write fails its guard, also amid a batch.
            let id = format!("{:04}", number - number % 4);
            store.write(Store::create_task(&task(&id))).await.is_ok()
        })
    });
    let mut succeeded = 0;
    for writer in writers.collect::<Vec<_>>() {
        succeeded += u64::from(writer.await.unwrap());
    }
    assert_eq!(succeeded, 16);
    assert_eq!(store.newest_seq(), 16);
    for seq in 1..=16 {
        assert_eq!(events.recv().await.unwrap().seq, seq);
    }
    let kept: Vec<u64> = store.events_after(4, 5).await.unwrap().iter().map(|event| event.seq).collect();
    assert_eq!(kept, [5, 6, 7, 8, 9]);
}

#[tokio::test(flavor = "multi_thread")]
async fn tasks_are_listed_newest_first_in_pages() {
    let store = memory().await;
    for id in ["a", "b", "c"] {
        store.write(Store::create_task(&task(id))).await.unwrap();
    }
    let list = async |filter: TaskFilter| {
        store.tasks(&filter).await.unwrap().into_iter().map(|task| task.id).collect::<Vec<_>>()
    };
    assert_eq!(list(TaskFilter { limit: 2, ..TaskFilter::default() }).await, ["c", "b"]);
    assert_eq!(list(TaskFilter { limit: 2, before: Some("b".to_owned()), ..TaskFilter::default() }).await, ["a"]);
    let failed = TaskFilter { limit: 2, state: Some(TaskState::Failed), ..TaskFilter::default() };
    assert_eq!(list(failed).await, Vec::<String>::new());
    assert_eq!(store.task_counts().await.unwrap(), [("queued".to_owned(), 3)]);
    assert_eq!(store.open_tasks().await.unwrap().len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_finds_what_matches_and_nothing_else() {
    let store = memory().await;
    for (id, content) in
        [("a", "Use a B-tree index for range queries"), ("b", "Keep Docker images small"), ("c", "Queries cost time")]
    {
        let item: KnowledgeItem = serde_json::from_value(serde_json::json!({
            "id": id, "agent": "shared", "category": "general", "content": content, "created_at": 0, "updated_at": 0, "relevance": 0.5,
        }))
        .unwrap();
        store.write(Store::put_knowledge(0, &item, "created")).await.unwrap();
    }
    let found = store.search_knowledge("indexed query", None, None, 10).await.unwrap();
    let mut ids: Vec<&str> = found.iter().map(|hit| hit.id.as_str()).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["a", "c"]);
    assert!(found.iter().any(|hit| hit.highlight.contains("[[queries]]")), "{found:?}");
    assert!(store.search_knowledge("kubernetes", None, None, 10).await.unwrap().is_empty());
    store.write(Store::delete_knowledge(0, "a")).await.unwrap();
    assert!(store.search_knowledge("index", None, None, 10).await.unwrap().is_empty());
    assert_eq!(store.count_knowledge().await.unwrap(), 2);
}

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
