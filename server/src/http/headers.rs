//! Headers: what is sent with every answer, and what a request must show.

use std::net::SocketAddr;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::problem::Failure;

/// `'wasm-unsafe-eval'` allows WebAssembly and nothing else; there is no inline script.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; \
    font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; \
    form-action 'self'; object-src 'none'";

/// Adds the headers that every answer carries.
pub(super) async fn secure(request: Request, next: Next) -> Response {
    let dynamic = ["/api/", "/rpc/", "/auth/"].iter().any(|prefix| request.uri().path().starts_with(prefix));
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if dynamic {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// The names under which a server on a loopback address may be asked for; any name elsewhere.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hosts {
    loopback_only: bool,
}

impl Hosts {
    pub(super) fn of(address: SocketAddr) -> Self {
        Self { loopback_only: address.ip().is_loopback() }
    }

    /// A page of another name that points to this machine (DNS rebinding) is no page of this server.
    fn allow(self, host: Option<&str>) -> bool {
        let Some(host) = host.filter(|_| self.loopback_only) else { return true };
        let name = if host.starts_with('[') {
            host.split(']').next().unwrap_or("").trim_start_matches('[')
        } else {
            host.split(':').next().unwrap_or("")
        };
        matches!(name, "localhost" | "127.0.0.1" | "::1")
    }
}

/// Refuses requests for another host, and changes that another site's page asks for.
pub(super) async fn guard(State(hosts): State<Hosts>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let host = text(headers, &header::HOST);
    if !hosts.allow(host) {
        return Failure::new(StatusCode::MISDIRECTED_REQUEST, "wrong_host", "this server answers to localhost only")
            .into_response();
    }
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let upgrade = headers.contains_key(header::UPGRADE);
    if (!reads || upgrade) && !headers.contains_key(header::AUTHORIZATION) && !same_origin(headers, host) {
        return Failure::new(StatusCode::FORBIDDEN, "cross_site", "the request comes from another site")
            .into_response();
    }
    next.run(request).await
}

/// Whether a browser says that the request comes from a page of this server. Without a browser's headers there is no
/// cookie to misuse either.
fn same_origin(headers: &HeaderMap, host: Option<&str>) -> bool {
    match (text(headers, &HeaderName::from_static("sec-fetch-site")), text(headers, &header::ORIGIN)) {
        (Some(site), None) => matches!(site, "same-origin" | "none"),
        (_, Some(origin)) => origin.split_once("://").map(|(_, rest)| rest) == host,
        (None, None) => true,
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
