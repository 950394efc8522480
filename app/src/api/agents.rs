//! Agents.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::Agent;

use super::ApiError;
#[cfg(feature = "ssr")]
use super::{context, failed};

/// Lists the agents.
#[server(prefix = "/rpc", endpoint = "agent_list", input = Json, output = Json)]
pub async fn agent_list() -> Result<Vec<Agent>, ApiError> {
    let (services, caller) = context()?;
    Ok(services.agents(&caller))
}

/// Shows an agent.
#[server(prefix = "/rpc", endpoint = "agent_get", input = Json, output = Json)]
pub async fn agent_get(
    /// Its slug.
    slug: String,
) -> Result<Agent, ApiError> {
    let (services, caller) = context()?;
    services.agent(&caller, &slug).map_err(failed)
}
