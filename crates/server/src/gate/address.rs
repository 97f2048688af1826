//! Where a request comes from.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use http::request::Parts;

use crate::config::Config;

/// The other end of the connection, put into the request when it arrives.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

/// The client's address, made available to handlers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

/// The peer, or what a trusted proxy says stands behind it.
pub fn of(parts: &mut Parts, config: &Config) -> IpAddr {
    let peer = parts.extensions.get::<Peer>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip());
    let address =
        if config.trusted_proxies.contains(&peer) { forwarded(parts, config).unwrap_or(peer) } else { peer };
    parts.extensions.insert(ClientAddress(address));
    address
}

/// The last address of `X-Forwarded-For` that is not a trusted proxy itself: what stands before it, a client may invent.
fn forwarded(parts: &Parts, config: &Config) -> Option<IpAddr> {
    let lines = parts.headers.get_all("x-forwarded-for");
    let text: Vec<&str> = lines.iter().filter_map(|line| line.to_str().ok()).collect();
    let joined = text.join(",");
    let mut hops = joined.split(',').rev().map(|hop| hop.trim().parse::<IpAddr>());
    hops.find_map(|hop| match hop {
        Ok(address) if config.trusted_proxies.contains(&address) => None,
        other => Some(other.ok()),
    })?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(forwarded: &str, proxies: &[&str]) -> String {
        let trusted_proxies = proxies.iter().map(|proxy| proxy.parse().unwrap()).collect();
        let config = Config { trusted_proxies, ..Config::default() };
        let request = http::Request::builder().header("x-forwarded-for", forwarded).body(()).unwrap();
        let (mut parts, ()) = request.into_parts();
        parts.extensions.insert(Peer("10.0.0.1:5000".parse().unwrap()));
        of(&mut parts, &config).to_string()
    }

    #[test]
    fn a_stranger_cannot_invent_an_address() {
        assert_eq!(address("127.0.0.1", &[]), "10.0.0.1");
    }

    #[test]
    fn behind_a_trusted_proxy_the_last_untrusted_hop_counts() {
        assert_eq!(address("1.2.3.4, 9.9.9.9, 10.0.0.2", &["10.0.0.1", "10.0.0.2"]), "9.9.9.9");
        assert_eq!(address("rubbish", &["10.0.0.1"]), "10.0.0.1");
    }
}
