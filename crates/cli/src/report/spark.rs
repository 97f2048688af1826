//! A series in the width of a word.

use model::finding::Band;
use model::instant::{Instant, Span};

/// The mean of the samples in each of `count` equal parts of the window; `None` where nothing was measured. Between two
/// samples that follow each other as they usually do, the one before holds.
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
    let measured = sums.into_iter().map(|(sum, number)| (number > 0).then(|| sum / f64::from(number)));
    carried(measured.collect(), usize::try_from(usual_gap(times) / 2 * 3 / width).unwrap_or(0))
}

/// The median time between two samples.
fn usual_gap(times: &[Instant]) -> i64 {
    let mut gaps: Vec<i64> =
        times.iter().zip(times.iter().skip(1)).map(|(one, next)| next.since(*one)).collect();
    let middle = gaps.len() / 2;
    if gaps.is_empty() { 0 } else { *gaps.select_nth_unstable(middle).1 }
}

/// Fills what lies between two samples with the one before: a series sampled each minute is not full of holes.
fn carried(mut bins: Vec<Option<f64>>, most: usize) -> Vec<Option<f64>> {
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

/// `▁▁▂▇█▃▁`; a gap is a space. What is usual is within the scale: a curve that is far from it all the time would look
/// as if it swung around it.
pub fn line(bins: &[Option<f64>], usual: Option<Band>) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let known =
        bins.iter().flatten().copied().chain(usual.into_iter().flat_map(|band| [band.low, band.high]));
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
        assert_eq!(line(&[Some(0.0), Some(7.0), None, Some(3.5)], None), "▁█ ▅");
        assert_eq!(line(&[Some(2.0), Some(2.0)], None), "▁▁");
        let usual = Some(Band { low: 1.0, high: 2.0 });
        assert_eq!(line(&[Some(99.0), Some(98.0), Some(100.0)], usual), "███", "never in its range");
    }

    #[test]
    fn a_series_is_whole_between_its_samples_and_has_a_hole_where_it_was_silent() {
        let at = |second: i64| Instant::from_micros(second * 1_000_000).unwrap();
        let window = Span::new(at(0), at(120)).unwrap();
        let times: Vec<Instant> = [0, 30, 90].map(at).into();
        let drawn = bins(&times, &[1.0, 2.0, 3.0], window, 12);
        let (one, two, three) = (Some(1.0), Some(2.0), Some(3.0));
        assert_eq!(usual_gap(&times), 60_000_000);
        assert_eq!(drawn, [one, one, one, two, two, two, two, two, two, three, three, three]);
        let times: Vec<Instant> = [0, 10, 20, 90].map(at).into();
        let drawn = bins(&times, &[1.0, 1.0, 1.0, 3.0], window, 12);
        assert_eq!(drawn[2..10], [one, one, None, None, None, None, None, three]);
    }
}
