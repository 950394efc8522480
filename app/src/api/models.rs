//! Model providers.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{ProviderDraft, ProviderInfo};

use super::ApiError;
#[cfg(feature = "ssr")]
use super::{context, failed};

/// Lists providers, without their keys.
#[server(prefix = "/rpc", endpoint = "provider_list", input = Json, output = Json)]
pub async fn provider_list() -> Result<Vec<ProviderInfo>, ApiError> {
    let (services, caller) = context()?;
    services.providers(&caller).await.map_err(failed)
}

/// Adds a provider.
#[server(prefix = "/rpc", endpoint = "provider_add", input = Json, output = Json)]
pub async fn provider_add(
    /// Its settings.
    draft: ProviderDraft,
) -> Result<ProviderInfo, ApiError> {
    let (services, caller) = context()?;
    services.add_provider(&caller, draft).await.map_err(failed)
}

/// Removes a provider.
#[server(prefix = "/rpc", endpoint = "provider_remove", input = Json, output = Json)]
pub async fn provider_remove(
    /// Its id.
    id: String,
) -> Result<(), ApiError> {
    let (services, caller) = context()?;
    services.remove_provider(&caller, &id).await.map_err(failed)
}

/// Asks a provider for one word, to show that its settings work.
#[server(prefix = "/rpc", endpoint = "provider_test", input = Json, output = Json)]
pub async fn provider_test(
    /// Its id.
    id: String,
) -> Result<String, ApiError> {
    let (services, caller) = context()?;
    services.test_provider(&caller, &id).await.map_err(failed)
}
