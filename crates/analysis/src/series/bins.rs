//! Bins of time that only exist where there is data.

use model::instant::Instant;

use crate::frame::{Frame, Phase};

const NICE_WIDTHS_S: [i64; 11] = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 3600];
/// Bins that a window should have at least.
const WANTED: i64 = 120;
/// Bins without any data that are still believed to be zeros.
const BRIDGED: i64 = 3;

/// Which bins are covered by data, in the order of time.
#[derive(Debug)]
pub struct Bins {
    width_us: i64,
    covered: Vec<i64>,
}

impl Bins {
    /// From the times of all rows of one table, which must be in order.
    pub fn covering(frame: &Frame, times: &[Instant]) -> Self {
        let wanted_us = frame.window.length_us() / WANTED;
        let width_us = NICE_WIDTHS_S.iter().map(|width| width * 1_000_000).find(|width| *width >= wanted_us);
        let width_us = width_us.unwrap_or(3_600_000_000);
        let mut covered: Vec<i64> = Vec::new();
        for time in times.iter().filter(|time| frame.phase(**time) != Phase::Outside) {
            let bin = time.as_micros() / width_us;
            match covered.last() {
                Some(&last) if last >= bin => {}
                Some(&last) if bin - last <= BRIDGED => covered.extend(last + 1..=bin),
                _ => covered.push(bin),
            }
        }
        Self { width_us, covered }
    }

    pub fn is_empty(&self) -> bool {
        self.covered.is_empty()
    }

    pub fn len(&self) -> usize {
        self.covered.len()
    }

    pub fn width_s(&self) -> f64 {
        self.width_us as f64 / 1e6
    }

    /// Position of the bin that a moment falls into.
    pub fn place(&self, at: Instant) -> Option<usize> {
        self.covered.binary_search(&(at.as_micros() / self.width_us)).ok()
    }

    /// The moment that stands for a bin: its middle, which is neither too early nor too late on average.
    pub fn moment(&self, place: usize) -> Instant {
        Instant::EPOCH.saturating_add(self.covered[place] * self.width_us + self.width_us / 2)
    }
}
