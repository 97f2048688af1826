//! Level of detail: how a timeline of any length is drawn from a few hundred marks.
//!
//! Time is cut into buckets whose width is a power of two in microseconds and whose borders are multiples of that
//! width since the epoch. So a bucket never moves while a person pans, and a coarser bucket is exactly two finer ones.

/// Narrowest bucket: 2^10 µs, about a millisecond.
pub const FINEST: u32 = 10;
/// Widest bucket: 2^46 µs, about two years.
pub const COARSEST: u32 = 46;

/// The events of a timeline as columns of the same length, in the order of time.
#[derive(Debug, Clone, Copy)]
pub struct Columns<'a> {
    /// Microseconds since the epoch, ascending.
    pub times: &'a [i64],
    pub kinds: &'a [u8],
    /// 0..=4
    pub severities: &'a [u8],
    /// Place of the lane each event lies in.
    pub lanes: &'a [u32],
}

/// Some events of one lane and kind that fall into the same stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bucket {
    pub lane: u32,
    pub kind: u8,
    /// Time of the first and of the last event in it.
    pub first: i64,
    pub last: i64,
    pub count: u32,
    /// The highest of its events.
    pub severity: u8,
    /// Place of the event that stands for it: the first of the highest severity.
    pub sample: u32,
}

/// The exponent of the power-of-two width at or above `resolution_us`.
pub fn exponent(resolution_us: i64) -> u32 {
    let wanted = u64::try_from(resolution_us).unwrap_or(1).max(1);
    wanted.checked_next_power_of_two().unwrap_or(1 << COARSEST).trailing_zeros().clamp(FINEST, COARSEST)
}

/// Buckets of the events in `from..to`, each 2^`exponent` µs wide, ordered by lane, kind, time.
pub fn buckets(columns: Columns<'_>, from: i64, to: i64, exponent: u32) -> Vec<Bucket> {
    let begin = columns.times.partition_point(|&time| time < from);
    let end = columns.times.partition_point(|&time| time < to).max(begin);
    let mut rows = Rows::default();
    for place in begin..end {
        let (Some(&kind), Some(&severity), Some(&lane)) =
            (columns.kinds.get(place), columns.severities.get(place), columns.lanes.get(place))
        else {
            break;
        };
        let time = columns.times[place];
        let row = rows.of(lane, kind);
        match row.last_mut() {
            Some(bucket) if bucket.last >> exponent == time >> exponent => {
                bucket.last = time;
                bucket.count += 1;
                if severity > bucket.severity {
                    bucket.severity = severity;
                    bucket.sample = place as u32;
                }
            }
            _ => {
                let sample = place as u32;
                row.push(Bucket { lane, kind, first: time, last: time, count: 1, severity, sample });
            }
        }
    }
    rows.in_order()
}

/// One row of buckets for each lane and kind, found by position: events arrive in the order of time, so only the
/// last bucket of a row can still grow.
#[derive(Default)]
struct Rows {
    places: Vec<u32>,
    rows: Vec<Vec<Bucket>>,
}

/// Kinds are few; a lane has this many places.
const KINDS: usize = 16;

impl Rows {
    fn of(&mut self, lane: u32, kind: u8) -> &mut Vec<Bucket> {
        let slot = lane as usize * KINDS + usize::from(kind) % KINDS;
        if slot >= self.places.len() {
            self.places.resize(slot + 1, u32::MAX);
        }
        if self.places[slot] == u32::MAX {
            self.places[slot] = self.rows.len() as u32;
            self.rows.push(Vec::new());
        }
        &mut self.rows[self.places[slot] as usize]
    }

    fn in_order(mut self) -> Vec<Bucket> {
        let mut buckets = Vec::with_capacity(self.rows.iter().map(Vec::len).sum());
        for place in self.places {
            if let Some(row) = self.rows.get_mut(place as usize) {
                buckets.append(row);
            }
        }
        buckets
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn events() -> impl Strategy<Value = Vec<(i64, u8, u8, u32)>> {
        prop::collection::vec((0..5_000_000_i64, 0..6_u8, 0..5_u8, 0..40_u32), 0..400).prop_map(
            |mut events| {
                events.sort_unstable();
                events
            },
        )
    }

    fn with_columns<T>(events: &[(i64, u8, u8, u32)], ask: impl FnOnce(Columns<'_>) -> T) -> T {
        let times: Vec<i64> = events.iter().map(|event| event.0).collect();
        let kinds: Vec<u8> = events.iter().map(|event| event.1).collect();
        let severities: Vec<u8> = events.iter().map(|event| event.2).collect();
        let lanes: Vec<u32> = events.iter().map(|event| event.3).collect();
        ask(Columns { times: &times, kinds: &kinds, severities: &severities, lanes: &lanes })
    }

    proptest! {
        #[test]
        fn every_event_is_in_exactly_one_bucket(events in events(), from in 0..5_000_000_i64, length in 0..5_000_000_i64, exponent in 10..24_u32) {
            let to = from + length;
            let inside = events.iter().filter(|event| (from..to).contains(&event.0)).count();
            let buckets = with_columns(&events, |columns| buckets(columns, from, to, exponent));
            prop_assert_eq!(buckets.iter().map(|bucket| bucket.count as usize).sum::<usize>(), inside);
            for bucket in &buckets {
                prop_assert_eq!(bucket.first >> exponent, bucket.last >> exponent);
                let sample = events[bucket.sample as usize];
                prop_assert_eq!((sample.1, sample.2, sample.3), (bucket.kind, bucket.severity, bucket.lane));
            }
            for pair in buckets.windows(2) {
                let key = |bucket: &Bucket| (bucket.lane, bucket.kind, bucket.first >> exponent);
                prop_assert!(key(&pair[0]) < key(&pair[1]));
            }
        }

        #[test]
        fn a_coarser_level_is_the_sum_of_the_finer(events in events(), exponent in 10..22_u32) {
            let counted = |exponent: u32| with_columns(&events, |columns| {
                let mut counts = std::collections::BTreeMap::new();
                for bucket in buckets(columns, 0, i64::MAX, exponent) {
                    *counts.entry((bucket.lane, bucket.kind, bucket.first >> 22)).or_insert(0) += bucket.count;
                }
                counts
            });
            prop_assert_eq!(counted(exponent), counted(22));
        }
    }

    #[test]
    fn the_width_is_the_next_power_of_two() {
        assert_eq!(exponent(1_000_000), 20);
        assert_eq!(exponent(1 << 20), 20);
        assert_eq!(exponent((1 << 20) + 1), 21);
        assert_eq!(exponent(0), FINEST);
        assert_eq!(exponent(i64::MAX), COARSEST);
    }
}
