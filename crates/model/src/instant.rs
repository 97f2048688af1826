//! Time as integer microseconds since the epoch, UTC. The zone is a matter of display.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A moment: microseconds since 1970-01-01T00:00:00Z. As text, RFC 3339 with a `Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Instant(i64);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Invalid {
    #[error("not an RFC 3339 time with a zone: {0:?}")]
    Text(String),
    #[error("time outside the years 1970 to 9999: {0}")]
    Range(i64),
    #[error("a span that ends before it starts: {start} to {end}")]
    Order { start: Instant, end: Instant },
}

/// The last microsecond of the year 9999.
const LAST: i64 = 253_402_300_799_999_999;

impl Instant {
    pub const EPOCH: Self = Self(0);

    /// # Errors
    /// [`Invalid::Range`] before 1970 or after 9999: no telemetry lies there, so it is a wrong unit or a typo.
    pub fn from_micros(micros: i64) -> Result<Self, Invalid> {
        if (0..=LAST).contains(&micros) { Ok(Self(micros)) } else { Err(Invalid::Range(micros)) }
    }

    /// An epoch number whose unit (s, ms, µs or ns) is told by its magnitude: good for the years 1973 to 5138.
    ///
    /// # Errors
    /// [`Invalid::Range`] when no unit gives a plausible year.
    pub fn from_epoch(number: i64) -> Result<Self, Invalid> {
        let out_of_range = Invalid::Range(number);
        let micros = match number {
            0..100_000_000_000 => number.checked_mul(1_000_000),
            100_000_000_000..100_000_000_000_000 => number.checked_mul(1_000),
            100_000_000_000_000..100_000_000_000_000_000 => Some(number),
            100_000_000_000_000_000.. => Some(number / 1_000),
            i64::MIN..0 => None,
        };
        Self::from_micros(micros.ok_or_else(|| out_of_range.clone())?).map_err(|_| out_of_range)
    }

    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// Signed distance in microseconds: positive when `self` is later.
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Moves by `micros`, staying within the representable years.
    pub fn saturating_add(self, micros: i64) -> Self {
        Self(self.0.saturating_add(micros).clamp(0, LAST))
    }
}

impl FromStr for Instant {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let shown = || Invalid::Text(text.chars().take(64).collect());
        let stamp: jiff::Timestamp = text.parse().map_err(|_| shown())?;
        Self::from_micros(stamp.as_microsecond())
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_microsecond(self.0) {
            Ok(stamp) => write!(f, "{stamp}"),
            Err(_) => write!(f, "{} µs", self.0),
        }
    }
}

impl TryFrom<String> for Instant {
    type Error = Invalid;

    fn try_from(text: String) -> Result<Self, Invalid> {
        text.parse()
    }
}

impl From<Instant> for String {
    fn from(instant: Instant) -> String {
        instant.to_string()
    }
}

/// From `start` up to, not including, `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Span {
    pub start: Instant,
    pub end: Instant,
}

impl Span {
    /// # Errors
    /// [`Invalid::Order`] when it would end before it starts.
    pub fn new(start: Instant, end: Instant) -> Result<Self, Invalid> {
        if start <= end { Ok(Self { start, end }) } else { Err(Invalid::Order { start, end }) }
    }

    pub fn contains(&self, at: Instant) -> bool {
        self.start <= at && at < self.end
    }

    pub fn length_us(&self) -> i64 {
        self.end.since(self.start)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Ends {
            start: Instant,
            end: Instant,
        }
        let ends = Ends::deserialize(deserializer)?;
        Self::new(ends.start, ends.end).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_of_an_epoch_is_told_by_its_magnitude() {
        let expected = "2026-11-12T14:04:50Z".parse::<Instant>();
        let seconds = 1_794_492_290_i64;
        for number in [seconds, seconds * 1_000, seconds * 1_000_000, seconds * 1_000_000_000] {
            assert_eq!(Instant::from_epoch(number), expected, "{number}");
        }
        assert!(Instant::from_epoch(-1).is_err());
    }

    #[test]
    fn a_time_without_a_zone_is_refused() {
        assert!("2026-11-12T14:04:50".parse::<Instant>().is_err());
        assert!("2026-11-12T14:04:50+08:00".parse::<Instant>().is_ok());
        assert!("0000-01-01T00:00:00Z".parse::<Instant>().is_err());
    }
}
