//! Health.

use axum::Json;
use axum::extract::State;
use model::Health;
use services::Services;

/// Whether the server works, a line per subsystem.
#[utoipa::path(get, path = "/health", tag = "health", security(()), responses((status = 200, body = Health)))]
pub(super) async fn get(State(services): State<Services>) -> Json<Health> {
    Json(services.health().await)
}
