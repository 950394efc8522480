//! Counts and measurements.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::Overview;

use super::ApiError;
#[cfg(feature = "ssr")]
use super::{context, failed};

/// Says what is going on.
#[server(prefix = "/rpc", endpoint = "overview_get", input = Json, output = Json)]
pub async fn overview_get() -> Result<Overview, ApiError> {
    let (services, caller) = context()?;
    services.overview(&caller).await.map_err(failed)
}
