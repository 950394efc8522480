//! Agents.

use axum::Json;
use axum::extract::State;
use model::{Agent, Problem};
use serde::Serialize;
use services::Services;
use utoipa::ToSchema;

use crate::http::auth::SignedIn;
use crate::http::body::PathOf;
use crate::http::problem::Failure;

/// All agents.
#[derive(Serialize, ToSchema)]
pub(super) struct AgentList {
    /// The agents.
    items: Vec<Agent>,
}

/// Lists the agents.
#[utoipa::path(get, path = "/agents", tag = "agents", responses((status = 200, body = AgentList), (status = 401, body = Problem)))]
pub(super) async fn list(SignedIn(caller): SignedIn, State(services): State<Services>) -> Json<AgentList> {
    Json(AgentList { items: services.agents(&caller) })
}

/// Shows an agent.
#[utoipa::path(get, path = "/agents/{slug}", tag = "agents", params(("slug" = String, Path, description = "The agent's slug.")),
    responses((status = 200, body = Agent), (status = 401, body = Problem), (status = 404, body = Problem)))]
pub(super) async fn get(
    SignedIn(caller): SignedIn,
    State(services): State<Services>,
    PathOf(slug): PathOf<String>,
) -> Result<Json<Agent>, Failure> {
    Ok(Json(services.agent(&caller, &slug)?))
}
