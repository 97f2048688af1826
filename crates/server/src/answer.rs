//! From the outcome of a use case to an HTTP answer; the same bytes again when the request is repeated.

use app::idempotency::Attempt;
use app::{Answer, Outcome, Reply};
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;

/// How a use case answers: `status`, and what `wire` makes of its result, as JSON.
pub fn json<T, W: Serialize>(
    attempt: Option<Attempt>,
    status: StatusCode,
    wire: impl Fn(&T) -> W + Send + Sync + 'static,
) -> Reply<T> {
    let status = status.as_u16();
    Reply::new(attempt, move |value| {
        let body = serde_json::to_string(&wire(value)).unwrap_or_default();
        Answer { status, body }
    })
}

/// How a use case answers that has nothing to say but that it was done.
pub fn nothing<T>(attempt: Option<Attempt>) -> Reply<T> {
    Reply::new(attempt, |_| Answer { status: StatusCode::NO_CONTENT.as_u16(), body: String::new() })
}

/// An answer on its way out.
pub struct Sent(pub Answer);

impl<T> From<Outcome<T>> for Sent {
    fn from(outcome: Outcome<T>) -> Self {
        Self(outcome.into_answer())
    }
}

impl IntoResponse for Sent {
    fn into_response(self) -> Response {
        let Answer { status, body } = self.0;
        let has_body = !body.is_empty();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
        if has_body {
            let json = HeaderValue::from_static("application/json");
            response.headers_mut().insert(header::CONTENT_TYPE, json);
        }
        response
    }
}

/// JSON that may be kept and sent again.
pub fn bytes<W: Serialize>(wire: &W) -> Bytes {
    serde_json::to_vec(wire).unwrap_or_default().into()
}

/// JSON that was made before.
pub fn ready(body: Bytes) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], body)
}
