//! How long a request is tried again. Every write carries an `Idempotency-Key`, so nothing is done twice by it.

use std::time::Duration;

use super::refusal::Refusal;

const MOST_ATTEMPTS: u32 = 6;
/// A server that asks for more is not waited for.
const LONGEST: Duration = Duration::from_secs(30);
const FIRST: Duration = Duration::from_millis(500);

#[derive(Debug, Default)]
pub struct Patience {
    attempts: u32,
}

impl Patience {
    /// How long to wait before the next attempt; `None` when another one would not help.
    pub fn wait_after(&mut self, refusal: &Refusal) -> Option<Duration> {
        self.attempts += 1;
        let wait = match refusal {
            Refusal::Lost(_) => None,
            Refusal::Told(told) if told.is_passing() => told.retry_after,
            Refusal::Stranger(stranger) if stranger.is_passing() => None,
            Refusal::Told(_) | Refusal::Stranger(_) => return None,
        };
        let wait = wait.unwrap_or(FIRST * 2_u32.pow(self.attempts.min(MOST_ATTEMPTS) - 1));
        (self.attempts < MOST_ATTEMPTS && wait <= LONGEST).then_some(wait)
    }
}
