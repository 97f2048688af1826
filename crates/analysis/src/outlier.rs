//! How anomalous each row of a whole series is, looking back (`fupan detect`).
//!
//! What a series usually does within one period spans a small space: the leading principal components of its
//! windows. A window that this space cannot rebuild is unlike the rest (Sub-PCA, as in Aggarwal, Outlier Analysis,
//! 2017, ch. 3; strong in TSB-AD, Liu and Paparrizos, NeurIPS 2024). The error is spread over a neighbourhood, since
//! people call a stretch anomalous and not a sample, and set against the series' own median error, so that a score
//! means the same on every series.

mod eigen;

use crate::robust::{deviation, median, quantile, sorted};

/// Share of the variance that the usual space must hold.
const USUAL_SHARE: f64 = 0.9;
/// Longest window after thinning.
const MOST_POINTS: usize = 48;
/// Windows that the space is learnt from, evenly chosen.
const MOST_WINDOWS: usize = 4000;
/// Lags at which a period is looked for, and the window of a series that has none.
const MOST_LAG: usize = 400;
const NO_PERIOD: usize = 125;
/// Neighbourhood as a share of the series.
const SPREAD: f64 = 0.05;
/// An error this many times the median is as likely an anomaly as not.
const EVEN_ODDS: f64 = 3.0;

/// One score from 0 to 1 a row. All columns have the same length.
pub fn score_rows(columns: &[Vec<f64>]) -> Vec<f64> {
    let rows = columns.first().map_or(0, Vec::len);
    let mut total = vec![0.0; rows];
    let mut count = 0.0_f64;
    for column in columns.iter().filter(|column| column.len() == rows) {
        let errors = spread(&errors(column), ((rows as f64 * SPREAD) as usize).max(1));
        let usual = median(&errors);
        let floor = errors.iter().copied().fold(0.0, f64::max) * 1e-6;
        if usual.max(floor) > 0.0 {
            total.iter_mut().zip(&errors).for_each(|(sum, error)| *sum += error / usual.max(floor));
        }
        count += 1.0;
    }
    let score = |sum: f64| {
        let times = sum / count.max(1.0);
        times / (times + EVEN_ODDS)
    };
    total.into_iter().map(score).collect()
}

/// What the usual space leaves unexplained at each row.
fn errors(values: &[f64]) -> Vec<f64> {
    let rows = values.len();
    let z = standardised(values);
    let window = period(&z).min(rows / 4);
    let step = window.div_ceil(MOST_POINTS).max(1);
    let thin: Vec<f64> = z.chunks(step).map(|part| part.iter().sum::<f64>() / part.len() as f64).collect();
    let width = window / step;
    if width < 3 || thin.len() < 2 * width {
        return z.iter().map(|value| value * value).collect();
    }
    let windows: Vec<&[f64]> = thin.windows(width).collect();
    let count = windows.len() as f64;
    let center: Vec<f64> =
        (0..width).map(|at| windows.iter().map(|window| window[at]).sum::<f64>() / count).collect();
    let usual = usual_space(&windows, &center);
    let mut sums = vec![0.0; thin.len()];
    let mut seen = vec![0.0_f64; thin.len()];
    for (start, window) in windows.iter().enumerate() {
        let away: Vec<f64> = window.iter().zip(&center).map(|(value, center)| value - center).collect();
        let whole: f64 = away.iter().map(|value| value * value).sum();
        let explained: f64 = usual.iter().map(|axis| dot(axis, &away).powi(2)).sum();
        let error = (whole - explained).max(0.0);
        for at in start..start + width {
            sums[at] += error;
            seen[at] += 1.0;
        }
    }
    (0..rows).map(|row| sums[row / step] / seen[row / step].max(1.0)).collect()
}

fn usual_space(windows: &[&[f64]], center: &[f64]) -> Vec<Vec<f64>> {
    let width = center.len();
    let mut covariance = vec![vec![0.0; width]; width];
    for window in windows.iter().step_by(windows.len().div_ceil(MOST_WINDOWS).max(1)) {
        let away: Vec<f64> = window.iter().zip(center).map(|(value, center)| value - center).collect();
        for (row, left) in covariance.iter_mut().zip(&away) {
            row.iter_mut().zip(&away).for_each(|(sum, right)| *sum += left * right);
        }
    }
    let axes = eigen::of_symmetric(covariance);
    let all: f64 = axes.iter().map(|(value, _)| value.max(0.0)).sum();
    let mut held = 0.0;
    let mut usual = Vec::new();
    for (value, axis) in axes {
        if held >= USUAL_SHARE * all {
            break;
        }
        held += value.max(0.0);
        usual.push(axis);
    }
    usual
}

fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(left, right)| left * right).sum()
}

fn standardised(values: &[f64]) -> Vec<f64> {
    let ordered = sorted(values);
    let center = quantile(&ordered, 0.5);
    let middle_half = 0.7413 * (quantile(&ordered, 0.75) - quantile(&ordered, 0.25));
    let range = (quantile(&ordered, 0.99) - quantile(&ordered, 0.01)) / 20.0;
    let full = ordered.last().zip(ordered.first()).map_or(0.0, |(last, first)| (last - first) / 1e3);
    let scale = deviation(values, center).max(middle_half).max(range).max(full);
    let scale = if scale > 0.0 { scale } else { 1.0 };
    values.iter().map(|value| (value - center) / scale).collect()
}

/// The lag of the strongest peak of the autocorrelation.
fn period(values: &[f64]) -> usize {
    let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
    let away: Vec<f64> = values.iter().map(|value| value - mean).collect();
    let power = dot(&away, &away);
    if power <= 0.0 {
        return NO_PERIOD;
    }
    let most = MOST_LAG.min(values.len());
    let likeness: Vec<f64> = (0..most).map(|lag| dot(&away[lag..], &away) / power).collect();
    (3..most.saturating_sub(2))
        .filter(|lag| likeness[*lag] > likeness[lag - 1] && likeness[*lag] >= likeness[lag + 1])
        .filter(|lag| likeness[*lag] > 0.1)
        .max_by(|left, right| likeness[*left].total_cmp(&likeness[*right]))
        .unwrap_or(NO_PERIOD)
}

/// Moving average over `width` rows around each; at the ends over fewer.
fn spread(values: &[f64], width: usize) -> Vec<f64> {
    let mut sums = vec![0.0];
    for value in values {
        sums.push(sums[sums.len() - 1] + value);
    }
    let half = width / 2;
    (0..values.len())
        .map(|row| {
            let (from, to) = (row.saturating_sub(half), (row + half + 1).min(values.len()));
            (sums[to] - sums[from]) / width as f64
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wave() -> Vec<f64> {
        (0..600).map(|at| (f64::from(at) / 8.0).sin()).collect()
    }

    #[test]
    fn the_odd_stretch_of_a_wave_scores_highest() {
        let mut values = wave();
        values[300..330].iter_mut().for_each(|value| *value = 2.5);
        let scores = score_rows(&[values]);
        let best = (0..scores.len()).max_by(|left, right| scores[*left].total_cmp(&scores[*right])).unwrap();
        assert!((270..360).contains(&best), "{best}");
        assert!(scores.iter().all(|score| (0.0..=1.0).contains(score)));
    }

    #[test]
    fn scale_and_level_do_not_matter() {
        let values = wave();
        let moved: Vec<f64> = values.iter().map(|value| value * 1000.0 + 5e4).collect();
        let (one, other) = (score_rows(&[values]), score_rows(&[moved]));
        assert!(one.iter().zip(&other).all(|(one, other)| (one - other).abs() < 1e-3));
    }

    #[test]
    fn a_flat_series_has_no_anomaly() {
        assert!(score_rows(&[vec![7.0; 300]]).iter().all(|score| *score == 0.0));
    }
}
