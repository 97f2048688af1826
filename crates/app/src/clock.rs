//! Time and chance, so that tests can drive them.

use std::time::{SystemTime, UNIX_EPOCH};

use model::Instant;

pub trait Clock: Send + Sync + 'static {
    /// Wall clock: for display and hints of order, never for leases within the process.
    fn now(&self) -> Instant;

    /// For ids: unique, and in the order of making.
    fn new_bits(&self) -> u128;
}

#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let micros = i64::try_from(since.as_micros()).unwrap_or(i64::MAX);
        Instant::from_micros(micros).unwrap_or(Instant::EPOCH)
    }

    fn new_bits(&self) -> u128 {
        uuid::Uuid::now_v7().as_u128()
    }
}
