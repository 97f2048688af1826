//! One id, one log line, one measurement for each request; and the last word on its answer.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;

use axum::body::Body;
use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::FutureExt;
use http::{HeaderValue, StatusCode};
use tracing::Instrument;

use crate::error::Problem;

/// Ours, never the client's, so that it can be trusted in logs and in the audit.
#[derive(Debug, Clone)]
pub struct RequestId(pub Arc<str>);

/// Middleware, outermost but for compression.
pub async fn observe(mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id: Arc<str> = uuid::Uuid::now_v7().simple().to_string().into();
    request.extensions_mut().insert(RequestId(Arc::clone(&id)));
    let route =
        request.extensions().get::<MatchedPath>().map_or("none".to_owned(), |path| path.as_str().to_owned());
    let method = request.method().clone();

    let span = tracing::info_span!("request", request.id = %id, http.method = %method, http.route = %route);
    let work = AssertUnwindSafe(next.run(request)).catch_unwind().instrument(span.clone());
    let response = work.await.unwrap_or_else(|_| panicked());
    let response = span.in_scope(|| finish(response, &id));

    let duration = started.elapsed();
    let status = response.status();
    metrics::histogram!("fupan_http_request_seconds", "route" => route, "method" => method.to_string())
        .record(duration.as_secs_f64());
    metrics::counter!("fupan_http_answers_total", "status" => status.as_str().to_owned()).increment(1);
    span.in_scope(|| {
        tracing::info!(http.status = status.as_u16(), duration_ms = duration.as_millis() as u64, "answered");
    });
    response
}

fn panicked() -> Response {
    metrics::counter!("fupan_panics_total").increment(1);
    Problem::from(app::Error::internal("a handler panicked")).into_response()
}

/// Writes the body of a problem, logs what only an operator may know, and names the request.
fn finish(mut response: Response, id: &str) -> Response {
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        if let Some(source) = &problem.source {
            tracing::error!(error = %Chain(source.as_ref()), "request failed");
        }
        *response.body_mut() = Body::from(problem.to_json(id).to_string());
    } else if response.status() == StatusCode::INTERNAL_SERVER_ERROR {
        tracing::error!("request failed without a reason");
    }
    if let Ok(value) = HeaderValue::from_str(id) {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}

/// An error with everything that led to it, on one line and without control characters.
pub struct Chain<'a>(pub &'a (dyn std::error::Error + 'static));

impl std::fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.to_string().escape_debug())?;
        let mut cause = self.0.source();
        while let Some(error) = cause {
            write!(f, ": {}", error.to_string().escape_debug())?;
            cause = error.source();
        }
        Ok(())
    }
}
