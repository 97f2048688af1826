//! A series in the width of a word.

use model::instant::{Instant, Span};

/// The mean of the samples in each of `count` equal parts of the window; `None` where there are none.
pub fn bins(times: &[Instant], values: &[f64], window: Span, count: usize) -> Vec<Option<f64>> {
    let width = (window.length_us() / count.max(1) as i64).max(1);
    let mut sums = vec![(0.0, 0_u32); count];
    for (&time, &value) in times.iter().zip(values) {
        if window.contains(time) {
            let bin =
                usize::try_from(time.since(window.start) / width).unwrap_or(0).min(count.saturating_sub(1));
            sums[bin].0 += value;
            sums[bin].1 += 1;
        }
    }
    sums.into_iter().map(|(sum, number)| (number > 0).then(|| sum / f64::from(number))).collect()
}

/// Fills what lies between two samples with the one before: a series sampled each minute is not full of holes.
pub fn carried(mut bins: Vec<Option<f64>>, most: usize) -> Vec<Option<f64>> {
    let mut last = None;
    let mut age = 0;
    for bin in &mut bins {
        match bin {
            Some(value) => {
                last = Some(*value);
                age = 0;
            }
            None => {
                age += 1;
                if age <= most {
                    *bin = last;
                }
            }
        }
    }
    bins
}

/// `▁▁▂▇█▃▁`; a gap is a space.
pub fn line(bins: &[Option<f64>]) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let known = bins.iter().flatten().copied();
    let (low, high) = known
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    let range = high - low;
    let bar = |value: f64| {
        let height = if range > 0.0 { (value - low) / range } else { 0.0 };
        BARS[((height * 7.0).round() as usize).min(7)]
    };
    bins.iter().map(|bin| bin.map_or(' ', bar)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_shows_low_high_and_gaps() {
        assert_eq!(line(&[Some(0.0), Some(7.0), None, Some(3.5)]), "▁█ ▅");
        assert_eq!(line(&[Some(2.0), Some(2.0)]), "▁▁");
        assert_eq!(carried(vec![Some(1.0), None, None, None], 2), [Some(1.0), Some(1.0), Some(1.0), None]);
    }
}
