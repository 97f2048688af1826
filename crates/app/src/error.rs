//! Why a use case refuses or fails. A closed set: each variant has one stable code, and `server` alone turns it into
//! an HTTP answer. What stands in `Display` may be read by the caller; what an operator needs travels as `#[source]`.

use std::error::Error as StdError;
use std::fmt;

/// One wrong field of an input: where, a stable code, and what is wrong in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// `title`, `events[3].occurred_at`; empty when it is the whole input.
    pub path: String,
    pub code: &'static str,
    pub detail: String,
}

impl FieldError {
    pub fn new(path: impl Into<String>, code: &'static str, detail: impl Into<String>) -> Self {
        Self { path: path.into(), code, detail: detail.into() }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("sign in, or send a valid token")]
    Unauthenticated,
    /// Wrong e-mail or password, or an account that may not sign in: never said which.
    #[error("e-mail or password is wrong")]
    WrongCredentials,
    /// A one-time link that was used, has expired or never was.
    #[error("this link has been used, has expired or was never valid")]
    LinkSpent,
    #[error("{0}")]
    Forbidden(Forbidden),
    /// Absent, or invisible to the caller: the two look the same.
    #[error("no such {noun}")]
    NotFound { noun: &'static str },
    #[error("{}", InvalidText(.0))]
    Invalid(Vec<FieldError>),
    /// The thing changed since the caller read it. `current` is its present form on the wire.
    #[error("changed by someone else since version {based_on}")]
    VersionConflict { based_on: i64, current: Box<serde_json::Value> },
    /// Not possible in the present state of the thing: `code` says which rule, stable like the other codes.
    #[error("{detail}")]
    Conflict { code: &'static str, detail: String },
    #[error("this Idempotency-Key was used with another request")]
    IdempotencyMismatch,
    #[error("the first request with this Idempotency-Key is still running")]
    IdempotencyRunning,
    #[error("too many requests; try again in {retry_after_s} s")]
    RateLimited { retry_after_s: u64 },
    #[error("the server is busy; try again in {retry_after_s} s")]
    Overloaded { retry_after_s: u64 },
    /// Disk full, quota, read-only file system. Nothing was written.
    #[error("no space left to store this")]
    StorageFull,
    /// The node refuses to write after a failed fsync or a corrupt page.
    #[error("this server can read but not write")]
    ReadOnly,
    #[error("something went wrong on the server")]
    Internal(#[source] Box<dyn StdError + Send + Sync>),
}

/// Why someone known may not do this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Forbidden {
    #[error("your role does not allow this")]
    Role,
    #[error("this needs a person signed in, not a token")]
    NeedsSession,
    #[error("this token may not do this")]
    TokenScope,
    #[error("the request comes from another site")]
    ForeignOrigin,
}

impl Forbidden {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Role => "forbidden",
            Self::NeedsSession => "needs_session",
            Self::TokenScope => "token_scope",
            Self::ForeignOrigin => "foreign_origin",
        }
    }
}

impl Error {
    pub const fn not_found(noun: &'static str) -> Self {
        Self::NotFound { noun }
    }

    pub const fn forbidden() -> Self {
        Self::Forbidden(Forbidden::Role)
    }

    pub fn invalid(path: impl Into<String>, code: &'static str, detail: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldError::new(path, code, detail)])
    }

    pub fn conflict(code: &'static str, detail: impl Into<String>) -> Self {
        Self::Conflict { code, detail: detail.into() }
    }

    /// Someone else was faster; the use case adds what the thing is now.
    pub(crate) fn stale(based_on: i64) -> Self {
        Self::VersionConflict { based_on, current: Box::default() }
    }

    pub fn internal(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::Internal(source.into())
    }

    /// Stable for ever: clients branch on it.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unauthenticated => "unauthenticated",
            Self::WrongCredentials => "wrong_credentials",
            Self::LinkSpent => "link_spent",
            Self::Forbidden(why) => why.code(),
            Self::NotFound { .. } => "not_found",
            Self::Invalid(_) => "invalid",
            Self::VersionConflict { .. } => "version_conflict",
            Self::Conflict { code, .. } => code,
            Self::IdempotencyMismatch => "idempotency_mismatch",
            Self::IdempotencyRunning => "idempotency_running",
            Self::RateLimited { .. } => "rate_limited",
            Self::Overloaded { .. } => "overloaded",
            Self::StorageFull => "storage_full",
            Self::ReadOnly => "read_only",
            Self::Internal(_) => "internal",
        }
    }
}

struct InvalidText<'a>(&'a [FieldError]);

impl fmt::Display for InvalidText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            [one] if one.path.is_empty() => f.write_str(&one.detail),
            [one] => write!(f, "{}: {}", one.path, one.detail),
            many => write!(f, "{} fields are wrong", many.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_wrong_field_is_named_in_the_sentence() {
        assert_eq!(
            Error::invalid("title", "too_short", "must not be empty").to_string(),
            "title: must not be empty"
        );
        assert_eq!(Error::invalid("", "type", "must be an object").to_string(), "must be an object");
    }

    #[test]
    fn what_failed_inside_is_not_in_the_sentence() {
        let error = Error::internal("connection to 10.0.0.7 refused");
        assert_eq!(error.to_string(), "something went wrong on the server");
    }
}
