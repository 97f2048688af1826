//! No handler runs for ever.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{Method, StatusCode};

use crate::error::Problem;
use crate::operations::Operation;

/// A read that takes too long is given up: 503, not done. A write may have been committed by then, so its answer says
/// that the outcome is unknown: 504; its `Idempotency-Key` finds out.
pub async fn run(operation: &Operation, request: Request, next: Next) -> Response {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let outcome = tokio::time::timeout(operation.timeout, next.run(request)).await;
    outcome.unwrap_or_else(|_| if is_read { given_up() } else { unknown() }.into_response())
}

fn given_up() -> Problem {
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, "timeout", "this took too long and was given up")
        .with_retry_after(1)
}

fn unknown() -> Problem {
    let detail =
        "this took too long; whether it was done is unknown: ask again with the same Idempotency-Key";
    Problem::new(StatusCode::GATEWAY_TIMEOUT, "timeout", detail).with_retry_after(1)
}
