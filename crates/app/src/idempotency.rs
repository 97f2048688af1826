//! One request, sent twice, is done once (RELIABILITY 9).

/// What tells that two requests of a principal are the same: the key that the caller chose, and the SHA-256 of method,
/// path and body, so that a key used for something else is noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    pub key: String,
    pub fingerprint: [u8; 32],
}
