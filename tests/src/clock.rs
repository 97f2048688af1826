//! A clock that runs, and can be moved forward.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use app::clock::{Clock, SystemClock};
use model::Instant;

#[derive(Debug, Clone, Default)]
pub struct MovableClock {
    ahead_us: Arc<AtomicI64>,
}

impl MovableClock {
    pub fn advance(&self, hours: i64) {
        self.ahead_us.fetch_add(hours * 3_600 * 1_000_000, Ordering::SeqCst);
    }
}

impl Clock for MovableClock {
    fn now(&self) -> Instant {
        SystemClock.now().saturating_add(self.ahead_us.load(Ordering::SeqCst))
    }

    fn new_bits(&self) -> u128 {
        SystemClock.new_bits()
    }
}
