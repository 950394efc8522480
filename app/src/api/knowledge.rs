//! Knowledge items.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{KnowledgeDraft, KnowledgeItem, KnowledgePage, KnowledgeQuery, SearchQuery, SearchResult};

use super::ApiError;
#[cfg(feature = "ssr")]
use super::{context, failed};

/// Lists items, the newest first.
#[server(prefix = "/rpc", endpoint = "knowledge_list", input = Json, output = Json)]
pub async fn knowledge_list(
    /// Which ones.
    query: KnowledgeQuery,
) -> Result<KnowledgePage, ApiError> {
    let (services, caller) = context()?;
    services.list_knowledge(&caller, &query).await.map_err(failed)
}

/// Searches items, the best first.
#[server(prefix = "/rpc", endpoint = "knowledge_search", input = Json, output = Json)]
pub async fn knowledge_search(
    /// What for.
    query: SearchQuery,
) -> Result<SearchResult, ApiError> {
    let (services, caller) = context()?;
    services.search_knowledge(&caller, &query).await.map_err(failed)
}

/// Makes an item.
#[server(prefix = "/rpc", endpoint = "knowledge_create", input = Json, output = Json)]
pub async fn knowledge_create(
    /// What it is to be.
    draft: KnowledgeDraft,
) -> Result<KnowledgeItem, ApiError> {
    let (services, caller) = context()?;
    services.create_knowledge(&caller, draft).await.map_err(failed)
}

/// Changes an item.
#[server(prefix = "/rpc", endpoint = "knowledge_update", input = Json, output = Json)]
pub async fn knowledge_update(
    /// Its id.
    id: String,
    /// What it is to be.
    draft: KnowledgeDraft,
) -> Result<KnowledgeItem, ApiError> {
    let (services, caller) = context()?;
    services.update_knowledge(&caller, &id, draft).await.map_err(failed)
}

/// Deletes an item.
#[server(prefix = "/rpc", endpoint = "knowledge_delete", input = Json, output = Json)]
pub async fn knowledge_delete(
    /// Its id.
    id: String,
) -> Result<(), ApiError> {
    let (services, caller) = context()?;
    services.delete_knowledge(&caller, &id).await.map_err(failed)
}
