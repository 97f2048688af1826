//! Refuses unsafe requests that another web site made a signed-in browser send (RELIABILITY 22).
//!
//! The rule of Go's `http.CrossOriginProtection`: `Sec-Fetch-Site` decides when present, else `Origin`, which must be
//! our own; without both, no browser of the last years sent it. Requests without our cookie carry no ambient authority.

use app::Error;
use app::error::Forbidden;
use http::request::Parts;
use http::{Method, header};

use crate::config::Config;
use crate::error::Problem;
use crate::gate::authentication;

/// # Errors
/// [`Forbidden::ForeignOrigin`] when the request would use a cookie that another site may not use.
pub fn check(parts: &Parts, config: &Config) -> Result<(), Problem> {
    let is_safe = matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS);
    if is_safe || authentication::has_token(parts) || is_from_here(parts, config) {
        Ok(())
    } else {
        Err(Error::Forbidden(Forbidden::ForeignOrigin).into())
    }
}

fn is_from_here(parts: &Parts, config: &Config) -> bool {
    let text = |name| parts.headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    let origin = text(header::ORIGIN.as_str());
    if origin.is_some() && origin.map(str::to_ascii_lowercase) == config.public_origin() {
        return true;
    }
    match (text("sec-fetch-site"), origin) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let host = text(header::HOST.as_str()).unwrap_or_default();
            origin.split_once("://").is_some_and(|(_, origin_host)| origin_host.eq_ignore_ascii_case(host))
        }
        (None, None) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(headers: &[(&str, &str)]) -> bool {
        let mut request = http::Request::builder().method("POST").header("host", "fupan.test:8080");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (parts, ()) = request.body(()).unwrap().into_parts();
        let config = Config { public_url: Some("https://fupan.example.com".to_owned()), ..Config::default() };
        check(&parts, &config).is_ok()
    }

    #[test]
    fn another_site_may_not_write_with_our_cookie() {
        assert!(!allowed(&[("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")]));
        assert!(!allowed(&[("sec-fetch-site", "same-site")]));
        assert!(!allowed(&[("origin", "https://evil.example")]));
        assert!(!allowed(&[("origin", "null")]));
    }

    #[test]
    fn our_own_pages_and_programs_may() {
        assert!(allowed(&[("sec-fetch-site", "same-origin")]));
        assert!(allowed(&[("origin", "http://fupan.test:8080")]));
        assert!(allowed(&[("origin", "https://fupan.example.com")]));
        assert!(allowed(&[]));
        assert!(allowed(&[("origin", "https://evil.example"), ("authorization", "Bearer fup_x")]));
    }
}
