//! Server functions, one domain per file.

pub mod access;
pub mod agents;
mod error;
pub mod knowledge;
pub mod models;
pub mod overview;
pub mod programs;
pub mod tasks;

pub use error::ApiError;

#[cfg(feature = "ssr")]
mod context {
    use leptos::prelude::use_context;
    use services::{Caller, ServiceError, Services};

    use super::ApiError;

    /// The services and the caller, which the server puts into the context of each call.
    pub(super) fn context() -> Result<(Services, Caller), ApiError> {
        use_context().zip(use_context()).ok_or_else(|| ApiError::internal("the call has no context"))
    }

    /// Maps a service's error, and sets the status that says it.
    pub(super) fn failed(error: ServiceError) -> ApiError {
        if let Some(options) = use_context::<leptos_axum::ResponseOptions>()
            && let Ok(status) = leptos::server_fn::http_export::StatusCode::from_u16(error.status())
        {
            options.set_status(status);
        }
        ApiError::new(error.code(), error.public_message())
    }
}

#[cfg(feature = "ssr")]
use context::{context, failed};
