//! From a failure to `application/problem+json` (RFC 9457). The only place that knows which failure is which status.

use std::sync::Arc;

use app::Error;
use app::error::FieldError;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use serde_json::{Value, json};

/// A refusal on its way out. [`gate::trace`](crate::gate::trace) writes its body, because it knows the request id.
#[derive(Debug, Clone)]
pub struct Problem {
    pub status: StatusCode,
    pub code: &'static str,
    pub detail: String,
    pub fields: Vec<FieldError>,
    /// What the thing looks like now, when the caller's version is out of date.
    pub current: Option<Box<Value>>,
    pub retry_after_s: Option<u64>,
    /// For the log, never for the caller.
    pub source: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

impl Problem {
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        Self { status, code, detail, fields: Vec::new(), current: None, retry_after_s: None, source: None }
    }

    pub fn bad_request(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, detail)
    }

    /// For a path that names nothing: no route, or an id that cannot be one.
    pub fn absent() -> Self {
        Error::not_found("resource").into()
    }

    pub fn with_retry_after(mut self, seconds: u64) -> Self {
        self.retry_after_s = Some(seconds);
        self
    }

    pub fn with_fields(mut self, fields: Vec<FieldError>) -> Self {
        self.fields = fields;
        self
    }

    /// The body as the caller reads it.
    pub fn to_json(&self, request_id: &str) -> Value {
        let mut body = json!({
            "type": format!("urn:fupan:problem:{}", self.code),
            "title": self.status.canonical_reason().unwrap_or("Error"),
            "status": self.status.as_u16(),
            "code": self.code,
            "detail": self.detail,
            "request_id": request_id,
        });
        if !self.fields.is_empty() {
            body["fields"] = self.fields.iter().map(field_to_json).collect();
        }
        if let Some(current) = &self.current {
            body["current"] = current.as_ref().clone();
        }
        body
    }
}

fn field_to_json(field: &FieldError) -> Value {
    json!({ "path": field.path, "code": field.code, "detail": field.detail })
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let problem = Self::new(status_of(&error), error.code(), error.to_string());
        match error {
            Error::Invalid(fields) => problem.with_fields(fields),
            Error::VersionConflict { current, .. } => Self { current: Some(current), ..problem },
            Error::IdempotencyRunning => problem.with_retry_after(1),
            Error::RateLimited { retry_after_s } | Error::Overloaded { retry_after_s } => {
                problem.with_retry_after(retry_after_s)
            }
            Error::Internal(source) => Self { source: Some(Arc::from(source)), ..problem },
            Error::Unauthenticated
            | Error::WrongCredentials
            | Error::LinkSpent
            | Error::Forbidden(_)
            | Error::NotFound { .. }
            | Error::Conflict { .. }
            | Error::IdempotencyMismatch
            | Error::StorageFull
            | Error::ReadOnly => problem,
        }
    }
}

const fn status_of(error: &Error) -> StatusCode {
    match error {
        Error::Unauthenticated | Error::WrongCredentials | Error::LinkSpent => StatusCode::UNAUTHORIZED,
        Error::Forbidden(_) => StatusCode::FORBIDDEN,
        Error::NotFound { .. } => StatusCode::NOT_FOUND,
        Error::Invalid(_) | Error::IdempotencyMismatch => StatusCode::UNPROCESSABLE_ENTITY,
        Error::VersionConflict { .. } | Error::Conflict { .. } | Error::IdempotencyRunning => {
            StatusCode::CONFLICT
        }
        Error::RateLimited { .. } => StatusCode::TOO_MANY_REQUESTS,
        Error::Overloaded { .. } => StatusCode::SERVICE_UNAVAILABLE,
        Error::StorageFull | Error::ReadOnly => StatusCode::INSUFFICIENT_STORAGE,
        Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = self.retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_failed_inside_stays_inside() {
        let problem = Problem::from(Error::internal("no such table: people"));
        let body = problem.to_json("r1").to_string();
        assert_eq!(problem.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(!body.contains("table"), "{body}");
        assert!(problem.source.is_some());
    }

    #[test]
    fn wrong_fields_are_named() {
        let body = Problem::from(Error::invalid("title", "too_short", "must not be empty")).to_json("r1");
        assert_eq!(body["fields"][0]["path"], "title");
        assert_eq!(body["status"], 422);
        assert_eq!(body["request_id"], "r1");
    }
}
