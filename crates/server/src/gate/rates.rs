//! How much one caller may ask: a bucket of tokens for each class and principal, and one for each address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use app::Error;

use crate::error::Problem;
use crate::operations::Class;

/// More callers than this at once share one bucket, so that memory stays bounded whatever they send.
const MAX_CALLERS: usize = 20_000;

#[derive(Debug, Clone, Copy)]
struct Allowance {
    per_second: f64,
    burst: f64,
}

const fn allowance(per_second: f64, burst: f64) -> Allowance {
    Allowance { per_second, burst }
}

const fn for_principal(class: Class) -> Allowance {
    match class {
        Class::Export => allowance(1.0, 20.0),
        Class::Search => allowance(20.0, 100.0),
        Class::Read => allowance(100.0, 500.0),
        Class::Write => allowance(50.0, 300.0),
        Class::Ingest => allowance(500.0, 2_000.0),
        Class::SignIn => allowance(1.0, 20.0),
        Class::Health => allowance(f64::INFINITY, f64::INFINITY),
    }
}

/// Generous except for signing in, because many people may share one address.
const fn for_address(class: Class) -> Allowance {
    match class {
        Class::SignIn => allowance(0.5, 30.0),
        Class::Health => allowance(f64::INFINITY, f64::INFINITY),
        Class::Export | Class::Search | Class::Read | Class::Write | Class::Ingest => {
            allowance(500.0, 3_000.0)
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Caller {
    Principal(Box<str>),
    Address(IpAddr),
    Overflow,
}

#[derive(Debug)]
struct Bucket {
    tokens: f64,
    at: Instant,
}

#[derive(Debug, Default)]
pub struct Rates {
    buckets: Mutex<HashMap<(Class, Caller), Bucket>>,
}

impl Rates {
    /// # Errors
    /// [`Error::RateLimited`] when this address asks more than its share.
    pub fn take_for_address(&self, class: Class, address: IpAddr) -> Result<(), Problem> {
        self.take((class, Caller::Address(network_of(address))), for_address(class), Instant::now())
    }

    /// # Errors
    /// [`Error::RateLimited`] when this principal asks more than its share.
    pub fn take_for_principal(&self, class: Class, principal: &str) -> Result<(), Problem> {
        self.take((class, Caller::Principal(principal.into())), for_principal(class), Instant::now())
    }

    fn take(&self, mut key: (Class, Caller), allowed: Allowance, now: Instant) -> Result<(), Problem> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MAX_CALLERS && !buckets.contains_key(&key) {
            forget_the_idle(&mut buckets, now);
            if buckets.len() >= MAX_CALLERS {
                key.1 = Caller::Overflow;
            }
        }
        let class = key.0;
        let bucket = buckets.entry(key).or_insert(Bucket { tokens: allowed.burst, at: now });
        let elapsed_s = now.saturating_duration_since(bucket.at).as_secs_f64();
        bucket.tokens = (bucket.tokens + elapsed_s * allowed.per_second).min(allowed.burst);
        bucket.at = now;
        if bucket.tokens >= 1.0 {
            bucket.tokens -= 1.0;
            return Ok(());
        }
        metrics::counter!("fupan_requests_limited_total", "class" => class.as_str()).increment(1);
        let wait_s = ((1.0 - bucket.tokens) / allowed.per_second).ceil().max(1.0);
        Err(Error::RateLimited { retry_after_s: wait_s as u64 }.into())
    }
}

/// A bucket that nobody touched for a minute is full again, whichever its class.
fn forget_the_idle(buckets: &mut HashMap<(Class, Caller), Bucket>, now: Instant) {
    buckets.retain(|_, bucket| now.saturating_duration_since(bucket.at).as_secs() < 60);
}

/// One customer of IPv6 has a whole /64.
fn network_of(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => IpAddr::V4(v4),
            None => IpAddr::V6((u128::from(v6) >> 64 << 64).into()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn key(name: &str) -> (Class, Caller) {
        (Class::Search, Caller::Principal(name.into()))
    }

    #[test]
    fn a_burst_is_allowed_then_a_steady_rate() {
        let rates = Rates::default();
        let start = Instant::now();
        let allowed = allowance(2.0, 3.0);
        let taken = (0..10).filter(|_| rates.take(key("a"), allowed, start).is_ok()).count();
        assert_eq!(taken, 3);
        let later = start + Duration::from_secs(1);
        let taken = (0..10).filter(|_| rates.take(key("a"), allowed, later).is_ok()).count();
        assert_eq!(taken, 2);
        assert!(rates.take(key("b"), allowed, later).is_ok(), "another caller has a bucket of their own");
    }

    #[test]
    fn memory_is_bounded_by_a_shared_bucket() {
        let rates = Rates::default();
        let now = Instant::now();
        for caller in 0..MAX_CALLERS + 500 {
            let _ = rates.take(key(&caller.to_string()), allowance(1.0, 1.0), now);
        }
        let held = rates.buckets.lock().unwrap().len();
        assert!(held <= MAX_CALLERS + 1, "{held}");
    }

    #[test]
    fn neighbours_of_one_ipv6_network_are_one_caller() {
        let one = network_of("2001:db8:1:2:3::1".parse().unwrap());
        let other = network_of("2001:db8:1:2:ffff::9".parse().unwrap());
        assert_eq!(one, other);
    }
}
