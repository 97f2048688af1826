//! Who asks: a token in `Authorization`, or the session cookie.

use app::accounts::Credential;
use app::{Actor, Error};
use http::request::Parts;
use http::{HeaderMap, header};

use crate::error::Problem;
use crate::gate::trace::RequestId;
use crate::state::Server;

/// Over TLS the name makes browsers refuse a cookie set by a neighbour (`__Host-` needs `Secure` and no domain); over
/// plain HTTP, as on loopback, they would refuse that name.
pub const fn cookie_name(is_https: bool) -> &'static str {
    if is_https { "__Host-fupan" } else { "fupan" }
}

/// # Errors
/// [`Error::Unauthenticated`] without a valid credential. A bad token is not saved by a good cookie.
pub async fn authenticate(server: &Server, parts: &Parts) -> Result<Actor, Problem> {
    let Some(credential) = credential(&parts.headers, server.config.is_https()) else {
        return Err(Error::Unauthenticated.into());
    };
    let actor = app::accounts::authenticate(&server.app, credential).await?;
    let request_id = parts.extensions.get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    Ok(Actor { request_id, ..actor })
}

/// Whether the request brings its own authority, which no other site can make a browser send.
pub fn has_token(parts: &Parts) -> bool {
    parts.headers.contains_key(header::AUTHORIZATION)
}

fn credential(headers: &HeaderMap, is_https: bool) -> Option<Credential<'_>> {
    match headers.get(header::AUTHORIZATION) {
        Some(value) => {
            let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
            scheme.eq_ignore_ascii_case("bearer").then(|| Credential::Token(token.trim()))
        }
        None => cookie(headers, cookie_name(is_https)).map(Credential::Session),
    }
}

/// The value of a cookie that was sent exactly once.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let mut values = pairs.filter(|(key, _)| *key == name).map(|(_, value)| value);
    let value = values.next()?;
    values.next().is_none().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_sent_twice_is_no_cookie() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, "a=1; fupan=s1; b=2".parse().unwrap());
        assert_eq!(cookie(&headers, "fupan"), Some("s1"));
        headers.append(header::COOKIE, "fupan=s2".parse().unwrap());
        assert_eq!(cookie(&headers, "fupan"), None);
    }

    #[test]
    fn a_bad_token_is_not_saved_by_a_cookie() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, "fupan=s1".parse().unwrap());
        headers.insert(header::AUTHORIZATION, "Basic abc".parse().unwrap());
        assert!(credential(&headers, false).is_none());
    }
}
