//! The app's files, embedded in release builds, and the shell that answers every page.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

use super::problem::Failure;

#[derive(RustEmbed)]
#[folder = "../frontend/site"]
#[allow_missing = true]
struct Site;

/// Serves a file of the app, or the shell for a page's address.
pub(super) async fn serve(request: Request) -> Response {
    let path = request.uri().path();
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return super::problem::method_not_allowed().await.into_response();
    }
    let name = path.trim_start_matches('/');
    if let Some(response) = (!name.is_empty()).then(|| file(name, request.headers())).flatten() {
        return response;
    }
    // An unknown file or interface must not be answered with a page.
    let page = !["api/", "rpc/", "auth/", "pkg/"].iter().any(|prefix| name.starts_with(prefix))
        && wants_html(request.headers());
    if !page {
        return Failure::new(StatusCode::NOT_FOUND, "not_found", format!("there is nothing at {path}")).into_response();
    }
    file("index.html", request.headers()).unwrap_or_else(|| {
        let message = "the app is not built; run: make site";
        Failure::new(StatusCode::SERVICE_UNAVAILABLE, "no_site", message).into_response()
    })
}

fn wants_html(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|accept| accept.contains("text/html"))
}

/// The file in the best encoding that the client takes.
fn file(name: &str, headers: &HeaderMap) -> Option<Response> {
    if name.ends_with(".br") || name.ends_with(".gz") {
        return None;
    }
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
    let takes = |encoding: &str| accepted.split(',').any(|part| part.trim().split(';').next() == Some(encoding));
    let found = [("br", "br"), ("gzip", "gz")].into_iter().find_map(|(encoding, extension)| {
        let file = takes(encoding).then(|| Site::get(&format!("{name}.{extension}"))).flatten()?;
        Some((file, Some(encoding)))
    });
    let (file, encoding) = found.or_else(|| Site::get(name).map(|file| (file, None)))?;
    Some(respond(name, file, encoding))
}

fn respond(name: &str, file: EmbeddedFile, encoding: Option<&'static str>) -> Response {
    let mut response = Response::new(Body::from(file.data.into_owned()));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(name)));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    // Names under pkg/ carry a hash of their content.
    let cache = if name.starts_with("pkg/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or("") {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "json" | "webmanifest" => "application/json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
