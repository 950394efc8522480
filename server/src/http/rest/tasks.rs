//! Tasks.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use model::{Feedback, NewTask, Problem, Task, TaskPage, TaskQuery};
use services::Services;

use crate::http::auth::SignedIn;
use crate::http::body::{JsonBody, PathOf, QueryOf};
use crate::http::problem::Failure;

/// Asks a task.
#[utoipa::path(post, path = "/tasks", tag = "tasks", request_body = NewTask,
    responses((status = 201, body = Task), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem), (status = 413, body = Problem),
        (status = 415, body = Problem), (status = 422, body = Problem), (status = 507, body = Problem)))]
pub(super) async fn create(
    SignedIn(caller): SignedIn,
    State(services): State<Services>,
    JsonBody(new): JsonBody<NewTask>,
) -> Result<(StatusCode, Json<Task>), Failure> {
    Ok((StatusCode::CREATED, Json(services.create_task(&caller, new).await?)))
}

/// Lists tasks, the newest first.
#[utoipa::path(get, path = "/tasks", tag = "tasks", params(TaskQuery),
    responses((status = 200, body = TaskPage), (status = 400, body = Problem), (status = 401, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn list(
    SignedIn(caller): SignedIn,
    State(services): State<Services>,
    QueryOf(query): QueryOf<TaskQuery>,
) -> Result<Json<TaskPage>, Failure> {
    Ok(Json(services.list_tasks(&caller, &query).await?))
}

/// Shows a task.
#[utoipa::path(get, path = "/tasks/{id}", tag = "tasks", params(("id" = String, Path, description = "The task's id.")),
    responses((status = 200, body = Task), (status = 401, body = Problem), (status = 404, body = Problem)))]
pub(super) async fn get(
    SignedIn(caller): SignedIn,
    State(services): State<Services>,
    PathOf(id): PathOf<String>,
) -> Result<Json<Task>, Failure> {
    Ok(Json(services.task(&caller, &id).await?))
}

/// Cancels a task.
#[utoipa::path(post, path = "/tasks/{id}/cancel", tag = "tasks", params(("id" = String, Path, description = "The task's id.")),
    responses((status = 200, body = Task), (status = 401, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub(super) async fn cancel(
    SignedIn(caller): SignedIn,
    State(services): State<Services>,
    PathOf(id): PathOf<String>,
) -> Result<Json<Task>, Failure> {
    Ok(Json(services.cancel_task(&caller, &id).await?))
}

/// Says whether the answer was useful.
#[utoipa::path(post, path = "/tasks/{id}/feedback", tag = "tasks", params(("id" = String, Path, description = "The task's id.")), request_body = Feedback,
    responses((status = 200, body = Task), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem), (status = 415, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn feedback(
    SignedIn(caller): SignedIn,
    State(services): State<Services>,
    PathOf(id): PathOf<String>,
    JsonBody(feedback): JsonBody<Feedback>,
) -> Result<Json<Task>, Failure> {
    Ok(Json(services.give_feedback(&caller, &id, feedback).await?))
}
