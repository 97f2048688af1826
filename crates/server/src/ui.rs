//! The embedded web UI: files with their type, and `index.html` for every path that the UI routes itself.

use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use rust_embed::{Embed, EmbeddedFile};

use crate::error::Problem;

#[derive(Embed)]
#[folder = "../../web/dist"]
struct Files;

const FOR_EVER: &str = "public, max-age=31536000, immutable";
const ASK_AGAIN: &str = "no-cache";

pub fn serve(request: &Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Problem::absent().into_response();
    }
    let path = request.uri().path().trim_start_matches('/');
    match Files::get(path) {
        Some(file) if path != "index.html" => answer(path, file, request.headers()),
        _ if is_file_name(path) => Problem::absent().into_response(),
        _ => index(request.headers()),
    }
}

/// A missing script must not be answered with a page: the browser would try to run it.
fn is_file_name(path: &str) -> bool {
    path.starts_with("assets/")
}

fn index(headers: &HeaderMap) -> Response {
    match Files::get("index.html") {
        Some(file) => answer("index.html", file, headers),
        None => {
            let detail = "this binary was built without the web UI: run `cargo xtask build`";
            Problem::new(StatusCode::NOT_FOUND, "ui_not_built", detail).into_response()
        }
    }
}

fn answer(path: &str, file: EmbeddedFile, headers: &HeaderMap) -> Response {
    let etag = format!("\"{}\"", hex::encode(&file.metadata.sha256_hash()[..16]));
    let is_known =
        headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes());
    let (body, encoding) = if is_known { (Body::empty(), None) } else { packed(path, file, headers) };
    let mut response = Response::new(body);
    if is_known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    let set = response.headers_mut();
    let caching = if path.starts_with("assets/") { FOR_EVER } else { ASK_AGAIN };
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    set.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        set.insert(header::ETAG, etag);
    }
    if let Some(encoding) = encoding {
        set.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    set.insert(header::CONTENT_TYPE, content_type(path));
    response
}

/// The file as the build has packed it (`name.br`, `name.gz` beside it) when the browser can read that.
fn packed(path: &str, file: EmbeddedFile, headers: &HeaderMap) -> (Body, Option<&'static str>) {
    let accepted =
        headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    for encoding in ["br", "gzip"] {
        let suffix = if encoding == "gzip" { "gz" } else { encoding };
        let is_accepted = accepted.split(',').any(|name| name.trim() == encoding);
        if let Some(packed) = is_accepted.then(|| Files::get(&format!("{path}.{suffix}"))).flatten() {
            return (Body::from(packed.data), Some(encoding));
        }
    }
    (Body::from(file.data), None)
}

fn content_type(path: &str) -> HeaderValue {
    let value = match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
    HeaderValue::from_static(value)
}
