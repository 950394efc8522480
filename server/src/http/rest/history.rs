//! What becomes of a program: the log of its edits, versions, branches, merges, and links to it.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use model::{
    EditsKept, EditsSent, MergeDraft, MergeReport, Problem, ProgramLog, ProgramRecord, ProgramVersion, ShareCreated,
    ShareDraft, ShareInfo, SharedProgram, VersionDraft,
};
use serde::Deserialize;
use services::Services;
use utoipa::ToSchema;

use crate::http::auth::SignedIn;
use crate::http::body::{JsonBody, PathOf};
use crate::http::problem::Failure;

/// The log of a program's edits, for a replica that starts.
#[utoipa::path(get, path = "/programs/{id}/log", tag = "programs", params(("id" = String, Path, description = "The program's id.")),
    responses((status = 200, body = ProgramLog), (status = 401, body = Problem), (status = 404, body = Problem)))]
pub(super) async fn log(
    SignedIn(caller): SignedIn,
    State(services): State<Services>,
    PathOf(id): PathOf<String>,
) -> Result<Json<ProgramLog>, Failure> {
    Ok(Json(services.program_log(&caller, &id).await?))
}

/// Keeps the edits of a replica, and gives it those that it does not have.
#[utoipa::path(post, path = "/programs/{id}/edits", tag = "programs", params(("id" = String, Path, description = "The program's id.")), request_body = EditsSent,
    responses((status = 200, body = EditsKept), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem), (status = 413, body = Problem), (status = 415, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn edit(
    SignedIn(caller): SignedIn,
    State(services): State<Services>,
    PathOf(id): PathOf<String>,
    JsonBody(sent): JsonBody<EditsSent>,
) -> Result<Json<EditsKept>, Failure> {
    Ok(Json(services.sync_program(&caller, &id, &sent).await?))
}

/// Names the program as it is.
#[utoipa::path(post, path = "/programs/{id}/versions", tag = "programs", params(("id" = String, Path, description = "The program's id.")), request_body = VersionDraft,
    responses((status = 201, body = ProgramVersion), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem), (status = 415, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn name_version(
    SignedIn(caller): SignedIn,
    State(services): State<Services>,
    PathOf(id): PathOf<String>,
    JsonBody(draft): JsonBody<VersionDraft>,
) -> Result<(StatusCode, Json<ProgramVersion>), Failure> {
    Ok((StatusCode::CREATED, Json(services.name_version(&caller, &id, &draft).await?)))
}

/// The versions of a program, the newest first, without their texts.
#[utoipa::path(get, path = "/programs/{id}/versions", tag = "programs", params(("id" = String, Path, description = "The program's id.")),
    responses((status = 200, body = [ProgramVersion]), (status = 401, body = Problem), (status = 404, body = Problem)))]
pub(super) async fn versions(
    SignedIn(caller): SignedIn,
    State(services): State<Services>,
    PathOf(id): PathOf<String>,
) -> Result<Json<Vec<ProgramVersion>>, Failure> {
    Ok(Json(services.versions(&caller, &id).await?))
}

/// A version with its text.
#[utoipa::path(get, path = "/programs/{id}/versions/{number}", tag = "programs",
    params(("id" = String, Path, description = "The program's id."), ("number" = u64, Path, description = "The version's number.")),
    responses((status = 200, body = ProgramVersion), (status = 400, body = Problem), (status = 401, body = Problem), (status = 404, body = Problem)))]
pub(super) async fn version(
    SignedIn(caller): SignedIn,
    State(services): State<Services>,
    PathOf((id, number)): PathOf<(String, u64)>,
) -> Result<Json<ProgramVersion>, Failure> {
    Ok(Json(services.version(&caller, &id, number).await?))
}

/// Makes a program again what it was at a version, as one more change.
#[utoipa::path(post, path = "/programs/{id}/versions/{number}/restore", tag = "programs",
    params(("id" = String, Path, description = "The program's id."), ("number" = u64, Path, description = "The version's number.")),
    responses((status = 200, body = ProgramRecord), (status = 400, body = Problem), (status = 401, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub(super) async fn restore(
    SignedIn(caller): SignedIn,
    State(services): State<Services>,
    PathOf((id, number)): PathOf<(String, u64)>,
) -> Result<Json<ProgramRecord>, Failure> {
    Ok(Json(services.restore_version(&caller, &id, number).await?))
}

/// Makes a program of its own out of a program, to be merged back later.
#[utoipa::path(post, path = "/programs/{id}/branch", tag = "programs", params(("id" = String, Path, description = "The program's id.")),
    responses((status = 201, body = ProgramRecord), (status = 401, body = Problem), (status = 404, body = Problem)))]
pub(super) async fn branch(
    SignedIn(caller): SignedIn,
    State(services): State<Services>,
    PathOf(id): PathOf<String>,
) -> Result<(StatusCode, Json<ProgramRecord>), Failure> {
    Ok((StatusCode::CREATED, Json(services.branch_program(&caller, &id).await?)))
}

/// Merges into a program. With open conflicts nothing changes; they are listed with the decisions to choose from.
#[utoipa::path(post, path = "/programs/{id}/merge", tag = "programs", params(("id" = String, Path, description = "The program's id.")), request_body = MergeDraft,
    responses((status = 200, body = MergeReport), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem), (status = 413, body = Problem), (status = 415, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn merge(
    SignedIn(caller): SignedIn,
    State(services): State<Services>,
    PathOf(id): PathOf<String>,
    JsonBody(draft): JsonBody<MergeDraft>,
) -> Result<Json<MergeReport>, Failure> {
    Ok(Json(services.merge_program(&caller, &id, &draft).await?))
}

/// Makes a link by which anybody can read the program until it ends.
#[utoipa::path(post, path = "/programs/{id}/shares", tag = "programs", params(("id" = String, Path, description = "The program's id.")), request_body = ShareDraft,
    responses((status = 201, body = ShareCreated), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 404, body = Problem), (status = 415, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn share(
    SignedIn(caller): SignedIn,
    State(services): State<Services>,
    PathOf(id): PathOf<String>,
    JsonBody(draft): JsonBody<ShareDraft>,
) -> Result<(StatusCode, Json<ShareCreated>), Failure> {
    Ok((StatusCode::CREATED, Json(services.share_program(&caller, &id, &draft).await?)))
}

/// The links to a program that have not ended.
#[utoipa::path(get, path = "/programs/{id}/shares", tag = "programs", params(("id" = String, Path, description = "The program's id.")),
    responses((status = 200, body = [ShareInfo]), (status = 401, body = Problem), (status = 404, body = Problem)))]
pub(super) async fn shares(
    SignedIn(caller): SignedIn,
    State(services): State<Services>,
    PathOf(id): PathOf<String>,
) -> Result<Json<Vec<ShareInfo>>, Failure> {
    Ok(Json(services.shares(&caller, &id).await?))
}

/// Ends a link.
#[utoipa::path(delete, path = "/programs/{id}/shares/{share}", tag = "programs",
    params(("id" = String, Path, description = "The program's id."), ("share" = String, Path, description = "The link's id.")),
    responses((status = 204), (status = 401, body = Problem), (status = 404, body = Problem)))]
pub(super) async fn revoke_share(
    SignedIn(caller): SignedIn,
    State(services): State<Services>,
    PathOf((id, share)): PathOf<(String, String)>,
) -> Result<StatusCode, Failure> {
    services.revoke_share(&caller, &id, &share).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A link's secret.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LinkSecret {
    /// What stands behind `#` in the link.
    secret: String,
}

/// The program that a link shows. Nobody has to be signed in for that.
#[utoipa::path(post, path = "/shared", tag = "programs", request_body = LinkSecret, security(()),
    responses((status = 200, body = SharedProgram), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 415, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn shared(
    State(services): State<Services>,
    JsonBody(link): JsonBody<LinkSecret>,
) -> Result<Json<SharedProgram>, Failure> {
    Ok(Json(services.shared_program(&link.secret).await?))
}
