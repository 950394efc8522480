//! Programs.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use model::{GeneratedFile, Problem, ProgramDraft, ProgramPage, ProgramRecord, RunReport, RunRequest, TestReport};
use serde::{Deserialize, Serialize};
use services::Services;
use utoipa::{IntoParams, ToSchema};

use crate::http::auth::SignedIn;
use crate::http::body::{JsonBody, PathOf, QueryOf};
use crate::http::problem::Failure;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct PageOf {
    /// How many, 1 to 200; 50 if not given.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// Where the page before ended.
    cursor: Option<String>,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct CodeIn {
    /// `python`, `javascript`, `typescript` or `rust`.
    language: String,
}

/// Generated code.
#[derive(Serialize, ToSchema)]
pub(super) struct Code {
    /// The files: the program, then its tests.
    files: Vec<GeneratedFile>,
}

/// Keeps a new program.
#[utoipa::path(post, path = "/programs", tag = "programs", request_body = ProgramDraft,
    responses((status = 201, body = ProgramRecord), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 413, body = Problem), (status = 415, body = Problem), (status = 422, body = Problem), (status = 507, body = Problem)))]
pub(super) async fn create(
    SignedIn(caller): SignedIn,
    State(services): State<Services>,
    JsonBody(draft): JsonBody<ProgramDraft>,
) -> Result<(StatusCode, Json<ProgramRecord>), Failure> {
    Ok((StatusCode::CREATED, Json(services.create_program(&caller, &draft).await?)))
}

/// Lists programs, the newest first.
#[utoipa::path(get, path = "/programs", tag = "programs", params(PageOf),
    responses((status = 200, body = ProgramPage), (status = 400, body = Problem), (status = 401, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn list(
    SignedIn(caller): SignedIn,
    State(services): State<Services>,
    QueryOf(page): QueryOf<PageOf>,
) -> Result<Json<ProgramPage>, Failure> {
    Ok(Json(services.list_programs(&caller, page.limit, page.cursor.as_deref()).await?))
}

/// Shows a program.
#[utoipa::path(get, path = "/programs/{id}", tag = "programs", params(("id" = String, Path, description = "The program's id.")),
    responses((status = 200, body = ProgramRecord), (status = 401, body = Problem), (status = 404, body = Problem)))]
pub(super) async fn get(
    SignedIn(caller): SignedIn,
    State(services): State<Services>,
    PathOf(id): PathOf<String>,
) -> Result<Json<ProgramRecord>, Failure> {
    Ok(Json(services.program(&caller, &id).await?))
}

/// Changes a program.
#[utoipa::path(put, path = "/programs/{id}", tag = "programs", params(("id" = String, Path, description = "The program's id.")), request_body = ProgramDraft,
    responses((status = 200, body = ProgramRecord), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem), (status = 415, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn update(
    SignedIn(caller): SignedIn,
    State(services): State<Services>,
    PathOf(id): PathOf<String>,
    JsonBody(draft): JsonBody<ProgramDraft>,
) -> Result<Json<ProgramRecord>, Failure> {
    Ok(Json(services.update_program(&caller, &id, &draft).await?))
}

/// Deletes a program.
#[utoipa::path(delete, path = "/programs/{id}", tag = "programs", params(("id" = String, Path, description = "The program's id.")),
    responses((status = 204), (status = 401, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub(super) async fn delete(
    SignedIn(caller): SignedIn,
    State(services): State<Services>,
    PathOf(id): PathOf<String>,
) -> Result<StatusCode, Failure> {
    services.delete_program(&caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Runs a program.
#[utoipa::path(post, path = "/programs/{id}/run", tag = "programs", params(("id" = String, Path, description = "The program's id.")), request_body = RunRequest,
    responses((status = 200, body = RunReport), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 404, body = Problem), (status = 415, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn run(
    SignedIn(caller): SignedIn,
    State(services): State<Services>,
    PathOf(id): PathOf<String>,
    JsonBody(request): JsonBody<RunRequest>,
) -> Result<Json<RunReport>, Failure> {
    Ok(Json(services.run_program(&caller, &id, request.inputs.as_str()).await?))
}

/// Runs a program's tests.
#[utoipa::path(post, path = "/programs/{id}/test", tag = "programs", params(("id" = String, Path, description = "The program's id.")),
    responses((status = 200, body = TestReport), (status = 401, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn test(
    SignedIn(caller): SignedIn,
    State(services): State<Services>,
    PathOf(id): PathOf<String>,
) -> Result<Json<TestReport>, Failure> {
    Ok(Json(services.test_program(&caller, &id).await?))
}

/// The code of a program in a language, with its tests.
#[utoipa::path(get, path = "/programs/{id}/code", tag = "programs", params(("id" = String, Path, description = "The program's id."), CodeIn),
    responses((status = 200, body = Code), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn code(
    SignedIn(caller): SignedIn,
    State(services): State<Services>,
    PathOf(id): PathOf<String>,
    QueryOf(code): QueryOf<CodeIn>,
) -> Result<Json<Code>, Failure> {
    Ok(Json(Code { files: services.program_code(&caller, &id, &code.language).await? }))
}
