//! Server functions of the app.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use leptos::prelude::provide_context;
use services::Services;

use super::auth::SignedIn;

/// Calls the server function that the path names, with the services and the caller in its context.
pub(super) async fn call(
    SignedIn(caller): SignedIn,
    State(services): State<Services>,
    request: Request<Body>,
) -> Response {
    let provide = move || {
        provide_context(services.clone());
        provide_context(caller.clone());
    };
    axum::response::IntoResponse::into_response(leptos_axum::handle_server_fns_with_context(provide, request).await)
}
