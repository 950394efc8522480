//! Tasks.

use model::{Millis, Subject, Task, TaskState};
use surrealdb::types::{SurrealValue, Value};

use super::{variables, write};
use crate::error::StoreError;
use crate::open::Store;
use crate::write::Write;

/// Which tasks to list.
#[derive(Clone, Debug, Default)]
pub struct TaskFilter {
    /// Only tasks in this state.
    pub state: Option<TaskState>,
    /// Only tasks of this agent.
    pub agent: Option<String>,
    /// Only tasks before this id.
    pub before: Option<String>,
    /// How many.
    pub limit: u32,
}

impl Store {
    /// A new task; fails with [`StoreError::Exists`] if its idempotency key is taken.
    pub fn create_task(task: &Task) -> Write {
        let mut create = Write::new(task.created_at, Subject::Task, &task.id, "created").with_body(&brief(task));
        if let Some(key) = &task.idempotency_key {
            create = create
                .set("key", key.as_str())
                .statement("CREATE type::record('task_key', $w.key) SET task = $w.id RETURN NONE");
        }
        columns(create, task).statement(
            "CREATE type::record('task', $w.id) SET state = $w.state, final = $w.final, agent = $w.agent, body = $w.body RETURN NONE",
        )
    }

    /// A task that goes on; fails with [`StoreError::Stale`] if it has ended: an end is final.
    pub fn update_task(at: Millis, task: &Task, what: &str) -> Write {
        let update = Write::new(at, Subject::Task, &task.id, what).with_body(&brief(task));
        columns(update, task).statement(
            "IF array::is_empty((UPDATE type::record('task', $w.id) SET state = $w.state, final = $w.final, agent = $w.agent, \
             body = $w.body WHERE final = false RETURN VALUE final)) { THROW 'the task has ended' }",
        )
    }

    /// Feedback on a task that has ended.
    pub fn set_task_feedback(at: Millis, task: &Task) -> Write {
        let update = Write::new(at, Subject::Task, &task.id, "feedback").with_body(&brief(task));
        columns(update, task)
            .statement("UPDATE type::record('task', $w.id) SET body = $w.body WHERE final = true RETURN NONE")
    }

    /// The task of that id.
    ///
    /// # Errors
    /// Errors of the database.
    pub async fn task(&self, id: &str) -> Result<Option<Task>, StoreError> {
        let tasks = self.bodies(
            "task",
            "SELECT VALUE body FROM type::record('task', $id)",
            variables([("id", id.into_value())]),
        );
        Ok(tasks.await?.pop())
    }

    /// The task made with an idempotency key.
    ///
    /// # Errors
    /// Errors of the database.
    pub async fn task_of_key(&self, key: &str) -> Result<Option<Task>, StoreError> {
        let sql = "SELECT VALUE body FROM type::record('task', type::record('task_key', $key).task)";
        Ok(self.bodies("task", sql, variables([("key", key.into_value())])).await?.pop())
    }

    /// Tasks, the newest first.
    ///
    /// # Errors
    /// Errors of the database.
    pub async fn tasks(&self, filter: &TaskFilter) -> Result<Vec<Task>, StoreError> {
        let mut conditions = Vec::new();
        if filter.state.is_some() {
            conditions.push("state = $state");
        }
        if filter.agent.is_some() {
            conditions.push("agent = $agent");
        }
        if filter.before.is_some() {
            conditions.push("id < type::record('task', $before)");
        }
        let clause = if conditions.is_empty() { String::new() } else { format!("WHERE {}", conditions.join(" AND ")) };
        let sql = format!("SELECT VALUE body FROM (SELECT id, body FROM task {clause} ORDER BY id DESC LIMIT $limit)");
        let text = |value: Option<&str>| value.map_or(Value::None, |value| value.into_value());
        let variables = variables([
            ("state", text(filter.state.map(TaskState::name))),
            ("agent", text(filter.agent.as_deref())),
            ("before", text(filter.before.as_deref())),
            ("limit", i64::from(filter.limit).into_value()),
        ]);
        self.bodies("task", &sql, variables).await
    }

    /// Tasks that have not ended, the oldest first.
    ///
    /// # Errors
    /// Errors of the database.
    pub async fn open_tasks(&self) -> Result<Vec<Task>, StoreError> {
        let mut tasks: Vec<Task> =
            self.bodies("task", "SELECT VALUE body FROM task WHERE final = false", variables([])).await?;
        tasks.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(tasks)
    }

    /// How many tasks are in each state.
    ///
    /// # Errors
    /// Errors of the database.
    pub async fn task_counts(&self) -> Result<Vec<(String, u64)>, StoreError> {
        self.counts("SELECT state AS name, count() AS count FROM task GROUP BY state").await
    }

    /// The one number that a query gives; 0 for none.
    pub(super) async fn count(&self, sql: &str) -> Result<u64, StoreError> {
        let mut results = self.connection.run(sql, variables([])).await?;
        let counts: Vec<i64> = results.take(0).map_err(|error| StoreError::Database(error.to_string()))?;
        Ok(counts.first().map_or(0, |count| u64::try_from(*count).unwrap_or(0)))
    }

    async fn counts(&self, sql: &str) -> Result<Vec<(String, u64)>, StoreError> {
        #[derive(SurrealValue)]
        struct Row {
            name: String,
            count: i64,
        }
        let mut results = self.connection.run(sql, variables([])).await?;
        let rows: Vec<Row> = results.take(0).map_err(|error| StoreError::Database(error.to_string()))?;
        Ok(rows.into_iter().map(|row| (row.name, u64::try_from(row.count).unwrap_or(0))).collect())
    }
}

fn columns(to: Write, task: &Task) -> Write {
    to.set("id", task.id.as_str())
        .set("state", task.state.name())
        .set("final", task.state.is_final())
        .set("agent", task.agent.clone())
        .set("body", write(task))
}

/// What goes along with events: without attachments and files, which can be large.
fn brief(task: &Task) -> Task {
    let mut brief = Task { attachments: Vec::new(), ..task.clone() };
    if let Some(answer) = &mut brief.answer {
        answer.files.clear();
    }
    brief
}
