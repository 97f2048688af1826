//! Curves on a common grid of the window, and how alike two of them move.

use model::finding::{Anomaly, SignalKind};
use model::telemetry::Capture;

use crate::signals::series_of;

/// Points of the grid.
const POINTS: usize = 120;
/// Points that a curve must have values at.
const LEAST: usize = 12;

/// One signal on the grid, brought to mean 0 and length 1.
#[derive(Debug, Clone)]
pub struct Curve {
    points: Vec<f64>,
}

/// The curves of anomalies, by their place; `None` for signals that were not recorded as metrics.
pub fn of_anomalies(capture: &Capture, anomalies: &[Anomaly]) -> Vec<Option<Curve>> {
    anomalies.iter().map(|anomaly| curve(capture, anomaly)).collect()
}

/// The mean over the instances of the signal.
fn curve(capture: &Capture, anomaly: &Anomaly) -> Option<Curve> {
    if anomaly.signal_kind != SignalKind::Metric {
        return None;
    }
    let window = capture.header.window;
    let width = (window.length_us() / POINTS as i64).max(1);
    let mut sums = vec![(0.0, 0_u32); POINTS];
    for series in series_of(capture, anomaly) {
        for (&time, &value) in series.times.iter().zip(&series.values) {
            if window.contains(time) {
                let point = usize::try_from(time.since(window.start) / width).unwrap_or(0).min(POINTS - 1);
                sums[point].0 += value;
                sums[point].1 += 1;
            }
        }
    }
    if sums.iter().filter(|(_, count)| *count > 0).count() < LEAST {
        return None;
    }
    let mut last = sums.iter().find(|(_, count)| *count > 0).map(|(sum, count)| sum / f64::from(*count))?;
    let points = sums.into_iter().map(|(sum, count)| {
        if count > 0 {
            last = sum / f64::from(count);
        }
        last
    });
    normalised(points.collect())
}

fn normalised(mut points: Vec<f64>) -> Option<Curve> {
    let mean = points.iter().sum::<f64>() / points.len() as f64;
    for point in &mut points {
        *point -= mean;
    }
    let length = points.iter().map(|point| point * point).sum::<f64>().sqrt();
    if !length.is_finite() || length < 1e-9 * (1.0 + mean.abs()) {
        return None;
    }
    for point in &mut points {
        *point /= length;
    }
    Some(Curve { points })
}

/// The strongest correlation of two curves and by how many points the second lags behind the first.
pub fn co_movement(one: &Curve, other: &Curve, most_lag: usize) -> (f64, i64) {
    let lags = -(most_lag as i64)..=most_lag as i64;
    let at = |lag: i64| {
        let (one, other) = if lag >= 0 { (&one.points, &other.points) } else { (&other.points, &one.points) };
        let shift = lag.unsigned_abs() as usize;
        one.iter().zip(other.iter().skip(shift)).map(|(a, b)| a * b).sum::<f64>()
    };
    let score = |lag: i64| (at(lag), lag);
    lags.map(score)
        .max_by(|a, b| a.0.abs().total_cmp(&b.0.abs()).then(b.1.abs().cmp(&a.1.abs())))
        .unwrap_or((0.0, 0))
}

/// Length of one point of the grid.
pub fn point_us(capture: &Capture) -> i64 {
    (capture.header.window.length_us() / POINTS as i64).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_that_comes_later_is_found_with_its_lag() {
        let bump = |at: usize| {
            (0..POINTS).map(|point| if point >= at && point < at + 20 { 1.0 } else { 0.0 }).collect()
        };
        let (Some(one), Some(other)) = (normalised(bump(40)), normalised(bump(46))) else { panic!("flat") };
        let (r, lag) = co_movement(&one, &other, 12);
        assert_eq!(lag, 6);
        assert!(r > 0.95, "{r}");
        assert!(normalised(vec![3.0; POINTS]).is_none());
    }
}
