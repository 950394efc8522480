//! Who asks: a browser's session cookie or a bearer token, never both.

use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::{StatusCode, header, request::Parts};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use model::Person;
use serde::Deserialize;
use services::{Caller, ServiceError, Services};

use super::body::JsonBody;
use super::problem::Failure;

const COOKIE: &str = "agent_lightning_session";

/// Someone who has shown who they are.
pub(super) struct SignedIn(pub(super) Caller);

impl FromRequestParts<Services> for SignedIn {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, services: &Services) -> Result<Self, Failure> {
        let bearer =
            parts.headers.get(header::AUTHORIZATION).map(|value| value.to_str().unwrap_or_default().to_owned());
        let cookie = CookieJar::from_headers(&parts.headers).get(COOKIE).map(|cookie| cookie.value().to_owned());
        let caller = match (bearer, cookie) {
            (Some(header), _) => {
                let token = header.strip_prefix("Bearer ").map(str::trim).unwrap_or_default();
                services.token(token).await?
            }
            (None, Some(secret)) => services.session(&secret).await?,
            (None, None) => {
                let message = "sign in with the link that the server printed, or send a token: Authorization: Bearer …";
                return Err(ServiceError::Unauthorized(message.to_owned()).into());
            }
        };
        Ok(Self(caller))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SignIn {
    secret: String,
}

/// Signs a browser in with a link's secret.
pub(super) async fn sign_in(
    State(services): State<Services>,
    jar: CookieJar,
    JsonBody(body): JsonBody<SignIn>,
) -> Result<(CookieJar, StatusCode), Failure> {
    let session = services.sign_in(&body.secret).await?;
    let cookie =
        Cookie::build((COOKIE, session)).path("/").http_only(true).same_site(SameSite::Strict).permanent().build();
    Ok((jar.add(cookie), StatusCode::NO_CONTENT))
}

/// Ends a browser's session.
pub(super) async fn sign_out(
    State(services): State<Services>,
    jar: CookieJar,
) -> Result<(CookieJar, StatusCode), Failure> {
    if let Some(cookie) = jar.get(COOKIE) {
        services.sign_out(cookie.value()).await?;
    }
    Ok((jar.remove(Cookie::build(COOKIE).path("/").build()), StatusCode::NO_CONTENT))
}

/// Who is signed in; `null` for nobody, which is no error.
pub(super) async fn me(signed_in: Result<SignedIn, Failure>) -> Json<Option<Person>> {
    Json(signed_in.ok().map(|SignedIn(caller)| caller.person().clone()))
}
