//! How often signing in may fail: for each account from one address, for an address, and for an account from anywhere.
//!
//! The last bound slows down a guess from many addresses, but an address from which the person has signed in before is
//! not subject to it: nobody can lock others out of their own account. In memory only, so a restart forgives.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::error::Error;

const WINDOW: Duration = Duration::from_secs(15 * 60);
const FROM_ONE_ADDRESS: u32 = 10;
const OF_ONE_ADDRESS: u32 = 100;
const FROM_ANYWHERE: u32 = 100;
/// Entries of each table. Beyond it the oldest are forgotten: bounded memory at the price of a bound.
const MOST: usize = 20_000;

#[derive(Debug, Default)]
pub(crate) struct Attempts {
    tables: Mutex<Tables>,
}

#[derive(Debug, Default)]
struct Tables {
    pairs: HashMap<(String, IpAddr), Failures>,
    addresses: HashMap<IpAddr, Failures>,
    accounts: HashMap<String, Failures>,
    familiar: HashMap<(String, IpAddr), Instant>,
}

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    since: Instant,
}

impl Attempts {
    /// Counts an attempt before its password is looked at, so that many at once count as many.
    ///
    /// # Errors
    /// [`Error::RateLimited`].
    pub fn begin(&self, email: &str, address: IpAddr, now: Instant) -> Result<(), Error> {
        let mut tables = self.lock();
        let pair = (email.to_owned(), address);
        let is_familiar = tables.familiar.contains_key(&pair);
        count(&mut tables.pairs, pair, FROM_ONE_ADDRESS, now)?;
        count(&mut tables.addresses, address, OF_ONE_ADDRESS, now)?;
        if is_familiar { Ok(()) } else { count(&mut tables.accounts, email.to_owned(), FROM_ANYWHERE, now) }
    }

    /// The password was right: forgets the failures of this person here.
    pub fn succeed(&self, email: &str, address: IpAddr, now: Instant) {
        let mut tables = self.lock();
        let pair = (email.to_owned(), address);
        tables.pairs.remove(&pair);
        if let Some(failures) = tables.addresses.get_mut(&address) {
            failures.count = failures.count.saturating_sub(1);
        }
        if tables.familiar.len() >= MOST {
            tables.familiar.clear();
        }
        tables.familiar.insert(pair, now);
    }

    fn lock(&self) -> MutexGuard<'_, Tables> {
        self.tables.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn count<K: Eq + Hash + Clone>(
    table: &mut HashMap<K, Failures>,
    key: K,
    most: u32,
    now: Instant,
) -> Result<(), Error> {
    if table.len() >= MOST && !table.contains_key(&key) {
        forget(table, now);
    }
    let failures = table.entry(key).or_insert(Failures { count: 0, since: now });
    let age = now.saturating_duration_since(failures.since);
    if age >= WINDOW {
        *failures = Failures { count: 0, since: now };
    }
    if failures.count >= most {
        return Err(Error::RateLimited { retry_after_s: WINDOW.saturating_sub(age).as_secs().max(1) });
    }
    failures.count += 1;
    Ok(())
}

fn forget<K: Eq + Hash + Clone>(table: &mut HashMap<K, Failures>, now: Instant) {
    table.retain(|_, failures| now.saturating_duration_since(failures.since) < WINDOW);
    while table.len() >= MOST {
        let oldest = table.iter().min_by_key(|(_, failures)| failures.since).map(|(key, _)| key.clone());
        let Some(oldest) = oldest else { return };
        table.remove(&oldest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(last: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, last])
    }

    #[test]
    fn guessing_from_one_address_is_stopped_for_a_while() {
        let (attempts, now) = (Attempts::default(), Instant::now());
        let allowed = (0..50).filter(|_| attempts.begin("a@x", address(1), now).is_ok()).count();
        assert_eq!(allowed, FROM_ONE_ADDRESS as usize);
        assert!(attempts.begin("a@x", address(2), now).is_ok(), "the person elsewhere is not locked out");
        assert!(attempts.begin("a@x", address(1), now + WINDOW).is_ok());
    }

    #[test]
    fn guessing_from_everywhere_does_not_lock_out_who_signed_in_before() {
        let (attempts, now) = (Attempts::default(), Instant::now());
        attempts.begin("a@x", address(1), now).unwrap();
        attempts.succeed("a@x", address(1), now);
        for last in 2..=200 {
            let _ = attempts.begin("a@x", address(last), now);
        }
        assert!(attempts.begin("a@x", address(201), now).is_err());
        assert!(attempts.begin("a@x", address(1), now).is_ok());
    }
}
