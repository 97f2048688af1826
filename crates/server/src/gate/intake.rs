//! Reads bodies within their limits, so that handlers never wait for a slow sender and never hold too much.

use std::time::Duration;

use app::idempotency::{Attempt, Claim};
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderMap, StatusCode, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use sha2::{Digest, Sha256};

use crate::error::Problem;
use crate::operations::{Intake, MIB, Operation};

/// The most time that a sender may take for a body that is read whole.
const READ_TIMEOUT: Duration = Duration::from_secs(10);

/// The `Idempotency-Key` of a request whose body the handler reads as it arrives.
#[derive(Debug, Clone)]
pub struct Announced {
    pub key: String,
    /// Of method and path so far.
    hash: Sha256,
}

impl Announced {
    /// Now that the body is there; `claim` was taken when it began to arrive.
    pub fn arrived(self, body_sha256: &[u8; 32], claim: Claim) -> Attempt {
        let fingerprint = finish_fingerprint(self.hash, body_sha256);
        Attempt { key: self.key, fingerprint, claim: Some(claim) }
    }
}

/// # Errors
/// 400, 408, 413, 415: see the functions below.
pub async fn read(operation: &Operation, mut parts: Parts, body: Body) -> Result<Request, Problem> {
    check_encoding(&parts.headers)?;
    check_announced_length(&parts.headers, operation.body_limit_bytes)?;
    let key = idempotency_key(&parts.headers)?;
    let limit_bytes = usize::try_from(operation.body_limit_bytes).unwrap_or(usize::MAX);
    if operation.intake == Intake::Stream {
        if let Some(key) = key {
            let hash = begin_fingerprint(&parts);
            parts.extensions.insert(Announced { key, hash });
        }
        return Ok(Request::from_parts(parts, Body::new(Limited::new(body, limit_bytes))));
    }
    let bytes = collect(body, limit_bytes).await?;
    if let Some(key) = key {
        let fingerprint = finish_fingerprint(begin_fingerprint(&parts), &bytes);
        parts.extensions.insert(Attempt { key, fingerprint, claim: None });
    }
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

async fn collect(body: Body, limit_bytes: usize) -> Result<Bytes, Problem> {
    let collected = tokio::time::timeout(READ_TIMEOUT, Limited::new(body, limit_bytes).collect()).await;
    match collected {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(too_large(limit_bytes as u64)),
        Ok(Err(_)) => Err(Problem::bad_request("incomplete_body", "the body ended early or is badly framed")),
        Err(_) => {
            let detail = "the body came too slowly";
            Err(Problem::new(StatusCode::REQUEST_TIMEOUT, "request_timeout", detail))
        }
    }
}

fn too_large(limit_bytes: u64) -> Problem {
    let detail = format!("the body is larger than {limit_bytes} bytes");
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", detail)
}

fn check_announced_length(headers: &HeaderMap, limit_bytes: u64) -> Result<(), Problem> {
    let announced =
        headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > limit_bytes) { Err(too_large(limit_bytes)) } else { Ok(()) }
}

/// Compressed bodies are refused: nobody needs them here, and they hide their size.
fn check_encoding(headers: &HeaderMap) -> Result<(), Problem> {
    match headers.get(header::CONTENT_ENCODING) {
        Some(encoding) if encoding != "identity" => {
            let detail = "send the body without Content-Encoding";
            Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_encoding", detail))
        }
        _ => Ok(()),
    }
}

/// # Errors
/// 400 unless it is 1 to 255 visible ASCII characters.
pub fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(value) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    let bytes = value.as_bytes();
    if (1..=255).contains(&bytes.len()) && bytes.iter().all(u8::is_ascii_graphic) {
        return Ok(Some(bytes.iter().copied().map(char::from).collect()));
    }
    let detail = "Idempotency-Key must be 1 to 255 visible ASCII characters";
    Err(Problem::bad_request("invalid_idempotency_key", detail))
}

fn begin_fingerprint(parts: &Parts) -> Sha256 {
    let target = parts.uri.path_and_query().map_or("", |target| target.as_str());
    let mut hash = Sha256::new();
    for part in [parts.method.as_str().as_bytes(), target.as_bytes()] {
        add_part(&mut hash, part);
    }
    hash
}

fn finish_fingerprint(mut hash: Sha256, body: &[u8]) -> [u8; 32] {
    add_part(&mut hash, body);
    hash.finalize().into()
}

fn add_part(hash: &mut Sha256, part: &[u8]) {
    hash.update((part.len() as u64).to_le_bytes());
    hash.update(part);
}

/// Answers a request that is not let in. What the client is still sending is read and thrown away for a moment:
/// closing a connection with unread data resets it, and the client would never see why.
pub async fn refuse(body: Body, problem: Problem) -> Response {
    let drain = Limited::new(body, 2 * MIB as usize).collect();
    let _ = tokio::time::timeout(Duration::from_secs(1), drain).await;
    problem.into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(value: &[u8]) -> Result<Option<String>, &'static str> {
        let mut headers = HeaderMap::new();
        headers.insert("idempotency-key", http::HeaderValue::from_bytes(value).unwrap());
        idempotency_key(&headers).map_err(|problem| problem.code)
    }

    #[test]
    fn keys_are_short_and_visible() {
        assert_eq!(key(b"a-1"), Ok(Some("a-1".to_owned())));
        assert_eq!(key(&[b'x'; 255]).map(|key| key.map(|key| key.len())), Ok(Some(255)));
        for bad in [&b""[..], b"a b", "é".as_bytes(), &[b'x'; 256]] {
            assert_eq!(key(bad), Err("invalid_idempotency_key"));
        }
    }
}
