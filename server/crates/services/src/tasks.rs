//! Tasks: asking, watching, cancelling, judging.

mod queue;
mod work;

use model::{Feedback, Millis, NewTask, Priority, Task, TaskPage, TaskQuery, TaskState};
use store::{Store, StoreError, TaskFilter};

use crate::{Caller, ServiceError, Services, lock, page};

pub(crate) use queue::Queue;

const MAX_DESCRIPTION: usize = 10_000;
const MAX_ATTACHMENTS: usize = 16;

impl Services {
    /// Asks a task. With an idempotency key that was used before, gives the task that was made then.
    ///
    /// # Errors
    /// `Invalid`, `NotFound` for an unknown agent.
    pub async fn create_task(&self, _caller: &Caller, new: NewTask) -> Result<Task, ServiceError> {
        check_new(&new)?;
        let task = Task {
            id: self.new_id(),
            description: new.description,
            state: TaskState::Queued,
            priority: new.priority.unwrap_or(Priority::Normal),
            requested_agent: new.agent.filter(|agent| agent != "auto"),
            agent: None,
            confidence: None,
            reasons: Vec::new(),
            ranking: Vec::new(),
            stages: Vec::new(),
            language: new.language,
            attachments: new.attachments,
            answer: None,
            error: None,
            feedback: None,
            idempotency_key: new.idempotency_key,
            created_at: self.now(),
            started_at: None,
            completed_at: None,
        };
        match self.store().write(Store::create_task(&task)).await {
            Ok(_) => {}
            Err(StoreError::Exists(_)) => return self.task_of_key(&task).await,
            Err(error) => return Err(error.into()),
        }
        lock(&self.inner.metrics).moved(None, TaskState::Queued);
        self.inner.queue.push(task.clone());
        Ok(task)
    }

    /// The task that was made with the same key; another description under the same key is a mistake of the client.
    async fn task_of_key(&self, task: &Task) -> Result<Task, ServiceError> {
        let key = task.idempotency_key.as_deref().unwrap_or_default();
        match self.store().task_of_key(key).await? {
            Some(existing) if existing.description == task.description => Ok(existing),
            Some(_) => Err(ServiceError::Conflict(format!("the idempotency key '{key}' was used for another task"))),
            None => Err(ServiceError::Internal("a task's key exists without its task".to_owned())),
        }
    }

    /// A task.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn task(&self, _caller: &Caller, id: &str) -> Result<Task, ServiceError> {
        self.store().task(id).await?.ok_or_else(|| ServiceError::NotFound { what: "task", id: id.to_owned() })
    }

    /// Tasks, the newest first.
    ///
    /// # Errors
    /// `Invalid` for a limit or a cursor that is none.
    pub async fn list_tasks(&self, _caller: &Caller, query: &TaskQuery) -> Result<TaskPage, ServiceError> {
        let limit = page::limit(query.limit)?;
        let filter = TaskFilter {
            state: query.state,
            agent: page::given(query.agent.as_deref()).map(str::to_owned),
            before: page::cursor(query.cursor.as_deref())?.map(str::to_owned),
            limit: limit + 1,
        };
        let mut items = self.store().tasks(&filter).await?;
        let more = items.len() > limit as usize;
        items.truncate(limit as usize);
        let next_cursor = more.then(|| items.last().map(|task| task.id.clone())).flatten();
        Ok(TaskPage { items, next_cursor })
    }

    /// Cancels a task.
    ///
    /// # Errors
    /// `Conflict` if it has ended, `NotFound`.
    pub async fn cancel_task(&self, caller: &Caller, id: &str) -> Result<Task, ServiceError> {
        let mut task = self.task(caller, id).await?;
        let ended = || ServiceError::Conflict("the task has ended already".to_owned());
        if task.state.is_final() {
            return Err(ended());
        }
        let before = task.state;
        task.state = TaskState::Cancelled;
        task.completed_at = Some(self.now());
        match self.store().write(Store::update_task(self.now(), &task, "cancelled")).await {
            Err(StoreError::Stale(_)) => return Err(ended()),
            other => other?,
        };
        lock(&self.inner.metrics).moved(Some(before), TaskState::Cancelled);
        self.inner.queue.cancel(id);
        Ok(task)
    }

    /// Says whether an answer was useful. What was said before is replaced.
    ///
    /// # Errors
    /// `Conflict` if there is no answer, `Invalid`, `NotFound`.
    pub async fn give_feedback(&self, caller: &Caller, id: &str, feedback: Feedback) -> Result<Task, ServiceError> {
        if feedback.comment.as_deref().is_some_and(|comment| comment.chars().count() > 2000) {
            return Err(ServiceError::Invalid("a comment has at most 2,000 characters".to_owned()));
        }
        let mut task = self.task(caller, id).await?;
        let Some(agent) = task.agent.clone().filter(|_| task.answer.is_some()) else {
            return Err(ServiceError::Conflict("only an answered task can be judged".to_owned()));
        };
        let before = task.feedback.replace(feedback.clone());
        let learned = self.learn(&agent, |stats| {
            match before.map(|before| before.useful) {
                Some(true) => stats.useful = stats.useful.saturating_sub(1),
                Some(false) => stats.not_useful = stats.not_useful.saturating_sub(1),
                None => {}
            }
            if feedback.useful { stats.useful += 1 } else { stats.not_useful += 1 }
        });
        self.store().write(Store::set_task_feedback(self.now(), &task).and(learned)).await?;
        Ok(task)
    }

    /// Takes up tasks that were open when the server stopped. Recall's work leaves no trace outside
    /// before its end is committed, so it starts again; a model's answer costs money and is not asked for twice.
    pub(crate) async fn recover_tasks(&self) -> Result<(), ServiceError> {
        let open = self.store().open_tasks().await?;
        if !open.is_empty() {
            tracing::info!(count = open.len(), "taking up tasks that were open");
        }
        for mut task in open {
            let asked = task.stages.last().is_some_and(|stage| stage.name == work::MODEL);
            if task.state != TaskState::Running || !asked {
                self.inner.queue.push(task);
                continue;
            }
            task.state = TaskState::Interrupted;
            task.completed_at = Some(self.now());
            task.error = Some("the server stopped while a model was answering; ask again".to_owned());
            self.store().write(Store::update_task(self.now(), &task, "interrupted")).await?;
            lock(&self.inner.metrics).moved(Some(TaskState::Running), TaskState::Interrupted);
        }
        Ok(())
    }
}

fn check_new(new: &NewTask) -> Result<(), ServiceError> {
    let invalid = |message: String| Err(ServiceError::Invalid(message));
    let length = new.description.chars().count();
    if new.description.trim().is_empty() || length > MAX_DESCRIPTION {
        return invalid(format!("a task needs a description of 1 to {MAX_DESCRIPTION} characters, not {length}"));
    }
    if new.description.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return invalid("the description must not contain control characters".to_owned());
    }
    if let Some(agent) = new.agent.as_deref().filter(|agent| *agent != "auto")
        && recall::agents::find(agent).is_none()
    {
        return Err(ServiceError::NotFound { what: "agent", id: agent.to_owned() });
    }
    if new.language.as_deref().is_some_and(|language| language.is_empty() || language.len() > 32) {
        return invalid("a language has 1 to 32 characters".to_owned());
    }
    if new.attachments.len() > MAX_ATTACHMENTS {
        return invalid(format!("a task has at most {MAX_ATTACHMENTS} attachments"));
    }
    if new
        .idempotency_key
        .as_deref()
        .is_some_and(|key| key.is_empty() || key.len() > 200 || key.chars().any(char::is_control))
    {
        return invalid("an idempotency key has 1 to 200 characters".to_owned());
    }
    Ok(())
}

/// How long it took from one time to another.
fn duration(from: Millis, to: Millis) -> f64 {
    (to - from).max(0) as f64
}
