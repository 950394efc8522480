//! Repositories, guards of writes, and the numbering of events.

use model::{KnowledgeItem, ProgramRecord, Task, TaskState};
use store::{AccessKind, AccessRow, LogChange, Store, StoreError, TaskFilter};

use crate::{everywhere, task};

#[tokio::test(flavor = "multi_thread")]
async fn an_end_is_final() {
    everywhere(async |store| {
        let mut task = task("a");
        store.write(Store::create_task(&task)).await.unwrap();
        task.state = TaskState::Cancelled;
        store.write(Store::update_task(6, &task, "cancelled")).await.unwrap();
        task.state = TaskState::Succeeded;
        let late = store.write(Store::update_task(7, &task, "succeeded")).await;
        assert!(matches!(late, Err(StoreError::Stale(_))), "{late:?}");
        assert_eq!(store.task("a").await.unwrap().unwrap().state, TaskState::Cancelled);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idempotency_key_makes_one_task() {
    everywhere(async |store| {
        for id in ["a", "b"] {
            let task = Task { idempotency_key: Some("key with spaces".to_owned()), ..task(id) };
            let written = store.write(Store::create_task(&task)).await;
            assert_eq!(matches!(written, Err(StoreError::Exists(_))), id == "b", "{written:?}");
        }
        assert_eq!(store.task_of_key("key with spaces").await.unwrap().unwrap().id, "a");
        assert!(store.task("b").await.unwrap().is_none());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrent_writes_share_commits_and_numbers_have_no_gap() {
    everywhere(async |store| {
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
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tasks_are_listed_newest_first_in_pages() {
    everywhere(async |store| {
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
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_finds_what_matches_and_nothing_else() {
    everywhere(async |store| {
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
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_is_changed_only_from_the_version_before() {
    everywhere(async |store| {
        let mut program: ProgramRecord = serde_json::from_value(serde_json::json!({
            "id": "p", "name": "p", "text": "", "version": 1, "created_at": 0, "updated_at": 0,
        }))
        .unwrap();
        store.write(Store::create_program(&program)).await.unwrap();
        program.version = 2;
        store.write(Store::edit_program(&program, &LogChange::default())).await.unwrap();
        let again = store.write(Store::edit_program(&program, &LogChange::default())).await;
        assert!(matches!(again, Err(StoreError::Stale(_))), "{again:?}");
        assert_eq!(store.program("p").await.unwrap().unwrap().version, 2);
        assert_eq!(store.count_programs().await.unwrap(), 1);
        assert_eq!(store.newest_seq(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_signs_in_once() {
    everywhere(async |store| {
        let row = AccessRow {
            id: "a".to_owned(),
            hash: "h".to_owned(),
            kind: AccessKind::SignIn,
            name: "link".to_owned(),
            prefix: String::new(),
            created_at: 0,
            expires_at: None,
            last_used_at: None,
            program: None,
        };
        store.write(Store::put_access(0, &row, "created")).await.unwrap();
        assert_eq!(store.access("h").await.unwrap(), Some(row.clone()));
        store.write(Store::use_up_access(1, &row)).await.unwrap();
        let again = store.write(Store::use_up_access(2, &row)).await;
        assert!(matches!(again, Err(StoreError::Stale(_))), "{again:?}");
        assert_eq!(store.access("h").await.unwrap(), None);
    })
    .await;
}
