//! The REST interface and its OpenAPI document.

mod access;
mod agents;
mod health;
mod history;
mod knowledge;
mod programs;
mod tasks;

use axum::Router;
use services::Services;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

#[derive(OpenApi)]
#[openapi(
    info(title = "Agent Lightning", description = "Build and run AI agents. Errors are `Problem` objects with a stable code. \
        Events come over the WebSocket `/api/v1/events?after=SEQ`, one JSON object each. An event whose `subject` is `stream` \
        and whose `what` is `reset` says that events behind SEQ are not kept any more: read anew what you show, and go on \
        from its `seq`."),
    servers((url = "/api/v1")),
    security(("bearer" = [])),
    modifiers(&Bearer)
)]
struct Document;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("A token of the Settings page."))
            .build();
        document.components.get_or_insert_default().add_security_scheme("bearer", SecurityScheme::Http(scheme));
    }
}

/// The routes below `/api/v1`, and the document that describes them.
pub(super) fn routes() -> (Router<Services>, utoipa::openapi::OpenApi) {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(health::get))
        .routes(routes!(access::create_token))
        .routes(routes!(access::create_link))
        .routes(routes!(tasks::create, tasks::list))
        .routes(routes!(tasks::get))
        .routes(routes!(tasks::cancel))
        .routes(routes!(tasks::feedback))
        .routes(routes!(agents::list))
        .routes(routes!(agents::get))
        .routes(routes!(knowledge::create, knowledge::list))
        .routes(routes!(knowledge::search))
        .routes(routes!(knowledge::import))
        .routes(routes!(knowledge::get, knowledge::update, knowledge::delete))
        .routes(routes!(programs::create, programs::list))
        .routes(routes!(programs::get, programs::update, programs::delete))
        .routes(routes!(programs::run))
        .routes(routes!(programs::test))
        .routes(routes!(programs::code))
        .routes(routes!(history::log))
        .routes(routes!(history::edit))
        .routes(routes!(history::name_version, history::versions))
        .routes(routes!(history::version))
        .routes(routes!(history::restore))
        .routes(routes!(history::branch))
        .routes(routes!(history::merge))
        .routes(routes!(history::share, history::shares))
        .routes(routes!(history::revoke_share))
        .routes(routes!(history::shared))
        .split_for_parts()
}

/// The OpenAPI document.
pub fn document() -> utoipa::openapi::OpenApi {
    routes().1
}
