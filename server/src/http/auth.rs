//! Who asks: a browser's session cookie or a bearer token, never both.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use axum::extract::{ConnectInfo, FromRequestParts, State};
use axum::http::{HeaderValue, Request, StatusCode, header, request::Parts};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use model::Person;
use serde::Deserialize;
use services::{Caller, ServiceError, Services};
use tower_governor::governor::GovernorConfigBuilder;
use tower_governor::key_extractor::KeyExtractor;
use tower_governor::{GovernorError, GovernorLayer};

use super::body::JsonBody;
use super::problem::Failure;

const COOKIE: &str = "agent_lightning_session";
/// How often one address may try to sign in: so many times at once, and again after each pause.
const TRIES: u32 = 10;
const PAUSE: Duration = Duration::from_secs(6);

/// Signing in and out.
pub(super) fn routes() -> Router<Services> {
    let limit = GovernorConfigBuilder::default().period(PAUSE).burst_size(TRIES).key_extractor(Peer).finish();
    let sign_in = match limit {
        Some(limit) => post(sign_in).layer(GovernorLayer::new(limit).error_handler(too_many)),
        None => post(sign_in),
    };
    Router::new().route("/sign-in", sign_in).route("/sign-out", post(sign_out)).route("/me", get(me))
}

/// Counts by the peer's address; what a proxy says about it is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Peer;

impl KeyExtractor for Peer {
    type Key = IpAddr;

    fn extract<T>(&self, request: &Request<T>) -> Result<IpAddr, GovernorError> {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
        Ok(peer.map_or(IpAddr::from([0, 0, 0, 0]), |ConnectInfo(address)| address.ip()))
    }
}

fn too_many(error: GovernorError) -> Response {
    let wait = match error {
        GovernorError::TooManyRequests { wait_time, .. } => wait_time + 1,
        _ => PAUSE.as_secs(),
    };
    let message = format!("too many tries to sign in; try again in {wait} seconds");
    let mut response = Failure::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", message).into_response();
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
    response
}

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
struct SignIn {
    secret: String,
}

/// Signs a browser in with a link's secret.
async fn sign_in(
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
async fn sign_out(State(services): State<Services>, jar: CookieJar) -> Result<(CookieJar, StatusCode), Failure> {
    if let Some(cookie) = jar.get(COOKIE) {
        services.sign_out(cookie.value()).await?;
    }
    Ok((jar.remove(Cookie::build(COOKIE).path("/").build()), StatusCode::NO_CONTENT))
}

/// Who is signed in; `null` for nobody, which is no error.
async fn me(signed_in: Result<SignedIn, Failure>) -> Json<Option<Person>> {
    Json(signed_in.ok().map(|SignedIn(caller)| caller.person().clone()))
}
