//! What the gate found out about a request, and what its headers ask for.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr};

use app::idempotency::Attempt;
use app::{Actor, Error};
use axum::extract::FromRequestParts;
use http::request::Parts;
use http::{StatusCode, header};
use model::text::Language;

use crate::error::Problem;
use crate::gate::address::ClientAddress;
use crate::gate::intake::Announced;

/// The caller, known by the gate. A handler of a public operation cannot have one.
#[derive(Debug)]
pub struct Authorized(pub Actor);

impl<S: Send + Sync> FromRequestParts<S> for Authorized {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Actor>().cloned().map(Self).ok_or_else(|| Error::Unauthenticated.into())
    }
}

/// The caller's `Idempotency-Key` with the fingerprint of the request.
#[derive(Debug)]
pub struct Idempotency(pub Option<Attempt>);

impl<S: Send + Sync> FromRequestParts<S> for Idempotency {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(parts.extensions.get::<Attempt>().cloned()))
    }
}

/// The same for an operation that streams its body, whose fingerprint is not known yet.
#[derive(Debug)]
pub struct AnnouncedKey(pub Option<Announced>);

impl<S: Send + Sync> FromRequestParts<S> for AnnouncedKey {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(parts.extensions.get::<Announced>().cloned()))
    }
}

/// The host that the request was sent to, as the client names it: good for telling that client where it is.
#[derive(Debug)]
pub struct Host(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Host {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let named = parts.headers.get(header::HOST).and_then(|value| value.to_str().ok());
        Ok(Self(named.unwrap_or("localhost").to_owned()))
    }
}

/// `If-Match: "7"`: do it only while the thing has this version.
#[derive(Debug)]
pub struct IfVersion(pub Option<i64>);

impl<S: Send + Sync> FromRequestParts<S> for IfVersion {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let Some(value) = parts.headers.get(header::IF_MATCH) else {
            return Ok(Self(None));
        };
        let digits = value.to_str().ok().map(|text| text.trim().trim_matches('"'));
        match digits.and_then(|digits| digits.parse().ok()) {
            Some(version) => Ok(Self(Some(version))),
            None => {
                Err(Problem::new(StatusCode::BAD_REQUEST, "invalid_if_match", "If-Match must be a version"))
            }
        }
    }
}

/// The language of what analysis says: Chinese when it is the first that the reader accepts.
#[derive(Debug)]
pub struct ReaderLanguage(pub Language);

impl<S: Send + Sync> FromRequestParts<S> for ReaderLanguage {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let accepted = parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        Ok(Self(if is_chinese(accepted.unwrap_or_default()) { Language::Chinese } else { Language::English }))
    }
}

fn is_chinese(accepted: &str) -> bool {
    let first = accepted.split([',', ';']).next().unwrap_or_default().trim();
    first.split('-').next().is_some_and(|tag| tag.eq_ignore_ascii_case("zh"))
}

impl<S: Send + Sync> FromRequestParts<S> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let unknown = Self(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
        Ok(parts.extensions.get::<Self>().copied().unwrap_or(unknown))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_language_accepted_decides() {
        assert!(is_chinese("zh-CN,zh;q=0.9,en;q=0.8"));
        assert!(is_chinese("zh"));
        assert!(!is_chinese("en-US,zh;q=0.9"));
        assert!(!is_chinese(""));
        assert!(!is_chinese("zha-Latn"));
    }
}
