//! What the operator decides about HTTP. Each field is a flag of `fupan serve` and a `FUPAN_…` variable.

use std::net::IpAddr;

#[derive(Debug, Clone)]
pub struct Config {
    /// Address under which browsers reach this instance, such as `https://fupan.example.com`. Decides whether cookies
    /// are `Secure`, which origin may write, and how links in messages begin.
    pub public_url: Option<String>,
    /// Rate limits for each caller and address. Off only in tests and behind a gateway that has its own.
    pub rate_limits: bool,
    /// Requests worked on at the same time; the next one is told to come back.
    pub max_concurrent_requests: usize,
    /// Connections open at the same time; the next one waits to be accepted.
    pub max_connections: usize,
    /// Whether this instance shows the examples to someone who tries it out; browsers are told.
    pub demo: bool,
    /// Reverse proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            public_url: None,
            rate_limits: true,
            max_concurrent_requests: 512,
            max_connections: 4_096,
            demo: false,
            trusted_proxies: Vec::new(),
        }
    }
}

impl Config {
    /// Whether browsers reach this instance over TLS.
    pub fn is_https(&self) -> bool {
        self.public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }

    /// `scheme://host[:port]` of the public address, as browsers send it in `Origin`.
    pub fn public_origin(&self) -> Option<String> {
        let (scheme, rest) = self.public_url.as_deref()?.split_once("://")?;
        let host = rest.split('/').next()?;
        Some(format!("{}://{}", scheme.to_ascii_lowercase(), host.to_ascii_lowercase()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_origin_of_an_address_has_no_path() {
        let config =
            Config { public_url: Some("https://Fupan.example.com/x/".to_owned()), ..Config::default() };
        assert_eq!(config.public_origin().as_deref(), Some("https://fupan.example.com"));
        assert!(config.is_https());
        assert!(!Config::default().is_https());
    }
}
