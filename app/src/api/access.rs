//! Tokens.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{TokenCreated, TokenInfo};

use super::ApiError;
#[cfg(feature = "ssr")]
use super::{context, failed};

/// Lists tokens.
#[server(prefix = "/rpc", endpoint = "token_list", input = Json, output = Json)]
pub async fn token_list() -> Result<Vec<TokenInfo>, ApiError> {
    let (services, caller) = context()?;
    services.tokens(&caller).await.map_err(failed)
}

/// Makes a token.
#[server(prefix = "/rpc", endpoint = "token_create", input = Json, output = Json)]
pub async fn token_create(
    /// What it is for.
    name: String,
) -> Result<TokenCreated, ApiError> {
    let (services, caller) = context()?;
    services.create_token(&caller, &name).await.map_err(failed)
}

/// Ends a token.
#[server(prefix = "/rpc", endpoint = "token_revoke", input = Json, output = Json)]
pub async fn token_revoke(
    /// Its id.
    id: String,
) -> Result<(), ApiError> {
    let (services, caller) = context()?;
    services.revoke_token(&caller, &id).await.map_err(failed)
}
