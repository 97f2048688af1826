//! Location and spread that a few wild values cannot move.
//!
//! Median and median absolute deviation, scaled by 1.4826 to agree with the standard deviation of a normal
//! distribution (Rousseeuw and Croux, JASA 1993). A series that hardly moves has a spread near zero and would make
//! every tremor a thousand sigma, so [`Normal`] never believes a spread below what the numbers can resolve: a share
//! of their level, the noise of counting, the step between neighbouring values.

/// The value below which the share `q` of `sorted` lies, interpolated; 0 of nothing.
pub fn quantile(sorted: &[f64], q: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return 0.0 };
    let place = q.clamp(0.0, 1.0) * last as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(last);
    sorted[below] + (sorted[above] - sorted[below]) * (place - below as f64)
}

pub fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

pub fn median(values: &[f64]) -> f64 {
    quantile(&sorted(values), 0.5)
}

/// Median absolute deviation from `center`, on the scale of a standard deviation.
pub fn deviation(values: &[f64], center: f64) -> f64 {
    let distances: Vec<f64> = values.iter().map(|value| (value - center).abs()).collect();
    1.4826 * median(&distances)
}

/// How a series is when nothing is wrong.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Normal {
    pub center: f64,
    /// At least what the numbers resolve; 0 only for a series that never moved.
    pub scale: f64,
    /// 1st and 99th percentile.
    pub low: f64,
    pub high: f64,
    pub count: usize,
}

/// Smallest share of its level that a change must have to be worth a sigma.
const LEVEL_SHARE: f64 = 0.05;
/// The same for shares of a whole, whatever their level.
const LEAST_SHARE: f64 = 0.003;

impl Normal {
    /// `None` of fewer than three values.
    pub fn of(values: &[f64]) -> Option<Self> {
        Self::in_unit(values, None)
    }

    /// As [`Normal::of`], with what the unit says about resolution. `None` of fewer than three values.
    pub fn in_unit(values: &[f64], unit: Option<&str>) -> Option<Self> {
        if values.len() < 3 {
            return None;
        }
        let sorted = sorted(values);
        let center = quantile(&sorted, 0.5);
        let (low, high) = (quantile(&sorted, 0.01), quantile(&sorted, 0.99));
        let (first, last) = (sorted[0], sorted[sorted.len() - 1]);
        let floor = match unit {
            // Shares are as telling near 100 % as near 0 %.
            Some("%") if (0.0..=100.0).contains(&first) && last <= 100.0 => {
                (LEVEL_SHARE * center.min(100.0 - center)).max(LEAST_SHARE * 100.0)
            }
            Some("ratio") if first >= 0.0 && last <= 1.0 => {
                (LEVEL_SHARE * center.min(1.0 - center)).max(LEAST_SHARE)
            }
            _ if is_counting(&sorted) && last > 0.0 => center.max(1.0).sqrt(),
            _ => LEVEL_SHARE * center.abs(),
        };
        let scale = if last > first {
            let middle_half = 0.7413 * (quantile(&sorted, 0.75) - quantile(&sorted, 0.25));
            // Bursty series sit on one value for most of the time; their range is their noise.
            let range = (high - low) / 6.0;
            deviation(values, center).max(middle_half).max(range).max(floor)
        } else {
            floor
        };
        Some(Self { center, scale, low, high, count: sorted.len() })
    }

    /// Distance from the centre in spreads, signed. A series that never moved from 0 gives [`NEVER_MOVED`] for any move.
    pub fn distance(&self, value: f64) -> f64 {
        let away = value - self.center;
        if self.scale > 0.0 {
            away / self.scale
        } else if away == 0.0 {
            0.0
        } else {
            NEVER_MOVED.copysign(away)
        }
    }
}

/// What the first move of a series that stood at 0 is worth, in spreads.
pub const NEVER_MOVED: f64 = 8.0;

fn is_counting(sorted: &[f64]) -> bool {
    sorted.iter().all(|value| *value >= 0.0 && value.fract() == 0.0 && *value < 1e6)
}

/// 0 at no distance, 0.5 at five spreads, towards 1 beyond.
pub fn strength(distance: f64) -> f64 {
    let beyond = (distance.abs() - 2.0).max(0.0);
    1.0 - (-beyond / 4.3).exp()
}

/// Largest distance between the two distribution functions (Kolmogorov-Smirnov), 0..=1.
pub fn distribution_distance(before: &[f64], after: &[f64]) -> f64 {
    if before.is_empty() || after.is_empty() {
        return 0.0;
    }
    let (before, after) = (sorted(before), sorted(after));
    let (mut left, mut right, mut widest) = (0, 0, 0.0_f64);
    while left < before.len() && right < after.len() {
        let at = before[left].min(after[right]);
        while left < before.len() && before[left] <= at {
            left += 1;
        }
        while right < after.len() && after[right] <= at {
            right += 1;
        }
        let gap = left as f64 / before.len() as f64 - right as f64 / after.len() as f64;
        widest = widest.max(gap.abs());
    }
    widest
}
