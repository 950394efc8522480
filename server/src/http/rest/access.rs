//! Tokens and sign-in links.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use model::{NewToken, Problem, SignInLink, TokenCreated};
use services::Services;

use crate::http::auth::SignedIn;
use crate::http::body::JsonBody;
use crate::http::problem::Failure;

/// Makes a token; its secret is shown this once.
#[utoipa::path(post, path = "/tokens", tag = "access", request_body = NewToken,
    responses((status = 201, body = TokenCreated), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 413, body = Problem), (status = 415, body = Problem), (status = 422, body = Problem), (status = 507, body = Problem)))]
pub(super) async fn create_token(
    SignedIn(caller): SignedIn,
    State(services): State<Services>,
    JsonBody(new): JsonBody<NewToken>,
) -> Result<(StatusCode, Json<TokenCreated>), Failure> {
    Ok((StatusCode::CREATED, Json(services.create_token(&caller, &new.name).await?)))
}

/// Makes a link that signs a browser in once.
#[utoipa::path(post, path = "/sign-in-links", tag = "access",
    responses((status = 201, body = SignInLink), (status = 401, body = Problem), (status = 507, body = Problem)))]
pub(super) async fn create_link(
    SignedIn(caller): SignedIn,
    State(services): State<Services>,
) -> Result<(StatusCode, Json<SignInLink>), Failure> {
    let secret = services.create_link(&caller).await?;
    Ok((StatusCode::CREATED, Json(SignInLink { path: format!("/sign-in#{secret}") })))
}
