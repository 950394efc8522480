//! Knowledge items.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, Request, State};
use axum::http::StatusCode;
use model::{
    ImportReport, KnowledgeDraft, KnowledgeItem, KnowledgePage, KnowledgeQuery, Problem, SearchQuery, SearchResult,
};
use serde::Deserialize;
use services::Services;
use utoipa::IntoParams;

use crate::http::auth::SignedIn;
use crate::http::body::{JsonBody, PathOf, QueryOf, too_large};
use crate::http::problem::Failure;

/// The largest import, in bytes.
const MAX_IMPORT: usize = 32 << 20;

/// Makes an item.
#[utoipa::path(post, path = "/knowledge", tag = "knowledge", request_body = KnowledgeDraft,
    responses((status = 201, body = KnowledgeItem), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 413, body = Problem), (status = 415, body = Problem), (status = 422, body = Problem), (status = 507, body = Problem)))]
pub(super) async fn create(
    SignedIn(caller): SignedIn,
    State(services): State<Services>,
    JsonBody(draft): JsonBody<KnowledgeDraft>,
) -> Result<(StatusCode, Json<KnowledgeItem>), Failure> {
    Ok((StatusCode::CREATED, Json(services.create_knowledge(&caller, draft).await?)))
}

/// Lists items, the newest first.
#[utoipa::path(get, path = "/knowledge", tag = "knowledge", params(KnowledgeQuery),
    responses((status = 200, body = KnowledgePage), (status = 400, body = Problem), (status = 401, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn list(
    SignedIn(caller): SignedIn,
    State(services): State<Services>,
    QueryOf(query): QueryOf<KnowledgeQuery>,
) -> Result<Json<KnowledgePage>, Failure> {
    Ok(Json(services.list_knowledge(&caller, &query).await?))
}

/// Searches items, the best first; what does not match is never among them.
#[utoipa::path(get, path = "/knowledge/search", tag = "knowledge", params(SearchQuery),
    responses((status = 200, body = SearchResult), (status = 400, body = Problem), (status = 401, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn search(
    SignedIn(caller): SignedIn,
    State(services): State<Services>,
    QueryOf(query): QueryOf<SearchQuery>,
) -> Result<Json<SearchResult>, Failure> {
    Ok(Json(services.search_knowledge(&caller, &query).await?))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ImportTo {
    /// The agent that gets the items, or `shared`.
    agent: String,
}

/// Imports an array of entries; good ones are kept, others reported one by one.
#[utoipa::path(post, path = "/knowledge/import", tag = "knowledge", params(ImportTo),
    request_body(content = Vec<model::Json>, content_type = "application/json"),
    responses((status = 200, body = ImportReport), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 404, body = Problem), (status = 413, body = Problem), (status = 422, body = Problem), (status = 507, body = Problem)))]
pub(super) async fn import(
    SignedIn(caller): SignedIn,
    State(services): State<Services>,
    QueryOf(to): QueryOf<ImportTo>,
    mut request: Request,
) -> Result<Json<ImportReport>, Failure> {
    DefaultBodyLimit::max(MAX_IMPORT).apply(&mut request);
    let body = Bytes::from_request(request, &services).await.map_err(too_large)?;
    Ok(Json(services.import_knowledge(&caller, &to.agent, &body).await?))
}

/// Shows an item.
#[utoipa::path(get, path = "/knowledge/{id}", tag = "knowledge", params(("id" = String, Path, description = "The item's id.")),
    responses((status = 200, body = KnowledgeItem), (status = 401, body = Problem), (status = 404, body = Problem)))]
pub(super) async fn get(
    SignedIn(caller): SignedIn,
    State(services): State<Services>,
    PathOf(id): PathOf<String>,
) -> Result<Json<KnowledgeItem>, Failure> {
    Ok(Json(services.knowledge_item(&caller, &id).await?))
}

/// Changes an item.
#[utoipa::path(put, path = "/knowledge/{id}", tag = "knowledge", params(("id" = String, Path, description = "The item's id.")), request_body = KnowledgeDraft,
    responses((status = 200, body = KnowledgeItem), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 404, body = Problem), (status = 415, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn update(
    SignedIn(caller): SignedIn,
    State(services): State<Services>,
    PathOf(id): PathOf<String>,
    JsonBody(draft): JsonBody<KnowledgeDraft>,
) -> Result<Json<KnowledgeItem>, Failure> {
    Ok(Json(services.update_knowledge(&caller, &id, draft).await?))
}

/// Deletes an item.
#[utoipa::path(delete, path = "/knowledge/{id}", tag = "knowledge", params(("id" = String, Path, description = "The item's id.")),
    responses((status = 204), (status = 401, body = Problem), (status = 404, body = Problem)))]
pub(super) async fn delete(
    SignedIn(caller): SignedIn,
    State(services): State<Services>,
    PathOf(id): PathOf<String>,
) -> Result<StatusCode, Failure> {
    services.delete_knowledge(&caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
