//! An easy method to measure against: N-sigma. Nothing in the product uses it; `evaluate` shows it beside our own.
//!
//! Per service the largest over its metrics of |mean after - mean before| / standard deviation before, where before
//! is the baseline and the window up to detection; a metric that never moved has a deviation of 1.

use std::collections::BTreeMap;

use model::telemetry::Capture;

use crate::frame::{Frame, Phase};

/// Services, the most suspicious first.
pub fn n_sigma(capture: &Capture) -> Vec<String> {
    let frame = Frame::of(&capture.header);
    let mut best: BTreeMap<&str, f64> = BTreeMap::new();
    for series in &capture.telemetry.metrics {
        let (mut before, mut after) = (Vec::new(), Vec::new());
        for (time, value) in series.times.iter().zip(&series.values) {
            match frame.phase(*time) {
                Phase::Normal | Phase::Lead => before.push(*value),
                Phase::After => after.push(*value),
                Phase::Outside => {}
            }
        }
        if before.len() < 2 || after.is_empty() {
            continue;
        }
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        let center = mean(&before);
        let variance = before.iter().map(|value| (value - center).powi(2)).sum::<f64>() / before.len() as f64;
        let deviation = if variance > 0.0 { variance.sqrt() } else { 1.0 };
        let sigmas = (mean(&after) - center).abs() / deviation;
        let known = best.entry(capture.telemetry.symbols.name(series.service)).or_insert(0.0);
        *known = known.max(sigmas);
    }
    let mut ranked: Vec<(&str, f64)> = best.into_iter().collect();
    ranked.sort_by(|left, right| right.1.total_cmp(&left.1).then_with(|| left.0.cmp(right.0)));
    ranked.into_iter().map(|(service, _)| service.to_owned()).collect()
}
