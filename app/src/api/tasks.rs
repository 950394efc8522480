//! Tasks.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{Feedback, NewTask, Task, TaskPage, TaskQuery};

use super::ApiError;
#[cfg(feature = "ssr")]
use super::{context, failed};

/// Asks a task.
#[server(prefix = "/rpc", endpoint = "task_create", input = Json, output = Json)]
pub async fn task_create(
    /// What is asked.
    new: NewTask,
) -> Result<Task, ApiError> {
    let (services, caller) = context()?;
    services.create_task(&caller, new).await.map_err(failed)
}

/// Shows a task.
#[server(prefix = "/rpc", endpoint = "task_get", input = Json, output = Json)]
pub async fn task_get(
    /// Its id.
    id: String,
) -> Result<Task, ApiError> {
    let (services, caller) = context()?;
    services.task(&caller, &id).await.map_err(failed)
}

/// Lists tasks, the newest first.
#[server(prefix = "/rpc", endpoint = "task_list", input = Json, output = Json)]
pub async fn task_list(
    /// Which ones.
    query: TaskQuery,
) -> Result<TaskPage, ApiError> {
    let (services, caller) = context()?;
    services.list_tasks(&caller, &query).await.map_err(failed)
}

/// Cancels a task.
#[server(prefix = "/rpc", endpoint = "task_cancel", input = Json, output = Json)]
pub async fn task_cancel(
    /// Its id.
    id: String,
) -> Result<Task, ApiError> {
    let (services, caller) = context()?;
    services.cancel_task(&caller, &id).await.map_err(failed)
}

/// Says whether the answer was useful.
#[server(prefix = "/rpc", endpoint = "task_feedback", input = Json, output = Json)]
pub async fn task_feedback(
    /// Its id.
    id: String,
    /// What a person says.
    feedback: Feedback,
) -> Result<Task, ApiError> {
    let (services, caller) = context()?;
    services.give_feedback(&caller, &id, feedback).await.map_err(failed)
}
