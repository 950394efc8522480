//! HTTP: who asks, what is asked, and the answer. No rules here.

mod assets;
mod auth;
mod body;
mod headers;
mod live;
mod problem;
mod rest;
mod rpc;

use std::net::SocketAddr;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use services::Services;
use tower_http::catch_panic::CatchPanicLayer;

pub use rest::document;

/// The largest body of a request, in bytes; imports may be larger.
const MAX_BODY: usize = 1 << 20;

/// All routes.
pub fn router(services: &Services, address: SocketAddr) -> Router {
    let (rest, document) = rest::routes();
    Router::new()
        .nest("/api/v1", rest)
        .route("/api/v1/events", get(live::events))
        .route("/api/v1/openapi.json", get(move || async move { axum::Json(document) }))
        .nest("/auth", auth::routes())
        .route("/rpc/{*name}", post(rpc::call))
        .fallback(assets::serve)
        .method_not_allowed_fallback(problem::method_not_allowed)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(from_fn_with_state(headers::Hosts::of(address), headers::guard))
        .layer(from_fn(headers::secure))
        .layer(CatchPanicLayer::custom(problem::panicked))
        .with_state(services.clone())
}
