//! What the detectors say, merged: one anomaly for one kind of change at one place.
//!
//! Each detector gives a score of its own. They are not independent, so the combined score starts from the
//! strongest and lets each further family close a part of what is left to certainty. What a signal is weighs in: a
//! latency says more than a byte counter.

mod collect;
mod telling;

use std::collections::BTreeMap;

use model::finding::{Anomaly, Band, Detector, Family, SignalKind};
use model::id::FindingId;
use model::instant::Instant;
use model::telemetry::Capture;
use model::template::Templates;
use model::text::Text;

use crate::frame::Frame;
use crate::series::{Series, series};

/// More would not be read.
const MOST: usize = 200;
/// Of one service, one kind of signal and one type, the strongest are enough.
const MOST_ALIKE: usize = 4;
/// Below this an anomaly is noise.
const LEAST_SCORE: f64 = 0.25;

/// A stretch of one series that at least one detector marked.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    /// Position in the catalogue.
    pub series: usize,
    /// First and last position in the series, and the one farthest from normal.
    pub first: usize,
    pub last: usize,
    pub peak: usize,
    pub anomaly_type: String,
    pub band: Option<Band>,
    pub detectors: Vec<Detector>,
    /// What a rule says, when one holds.
    pub says: Option<Text>,
    /// How much the signal matters, 0..=1.
    pub weight: f64,
    /// Samples outside the normal range.
    pub outside: usize,
}

impl Candidate {
    fn score(&self) -> f64 {
        let mut best: BTreeMap<Family, f64> = BTreeMap::new();
        for detector in &self.detectors {
            let family = best.entry(detector.family).or_default();
            *family = family.max(detector.score);
        }
        let mut scores: Vec<f64> = best.into_values().collect();
        scores.sort_by(|left, right| right.total_cmp(left));
        let mut combined = scores.first().copied().unwrap_or(0.0);
        for further in scores.iter().skip(1) {
            combined += (1.0 - combined) * 0.5 * further;
        }
        rounded(combined * self.weight)
    }

    fn overlaps(&self, first: usize, last: usize) -> bool {
        self.first <= last && first <= self.last
    }
}

/// Where signals are not as they were before, strongest first. `events` of each stays empty: `timeline` fills it.
pub fn anomalies(capture: &Capture, templates: &Templates) -> Vec<Anomaly> {
    let catalogue = series(capture, templates);
    let frame = Frame::of(&capture.header);
    let candidates = collect::candidates(&catalogue, templates, &frame);
    let mut found: Vec<Anomaly> =
        strongest_of_each_place(&catalogue, candidates).iter().map(|one| describe(&catalogue, one)).collect();
    found.sort_by(|left, right| {
        let key = |anomaly: &Anomaly| (anomaly.start, anomaly.service.clone(), anomaly.signal.clone());
        right.score.total_cmp(&left.score).then_with(|| key(left).cmp(&key(right)))
    });
    found.truncate(MOST);
    found
}

/// Service, signal, type.
type Place<'a> = (&'a str, &'a str, String);

/// Instances, label sets and quantiles of one signal tell the same: the strongest speaks for all.
fn strongest_of_each_place(catalogue: &[Series], candidates: Vec<Candidate>) -> Vec<Candidate> {
    let mut ranked: Vec<(f64, Candidate)> = candidates
        .into_iter()
        .map(|one| (one.score(), one))
        .filter(|(score, _)| *score >= LEAST_SCORE)
        .collect();
    ranked.sort_by(|(left, a), (right, b)| {
        right.total_cmp(left).then_with(|| (a.series, a.first).cmp(&(b.series, b.first)))
    });
    let mut kept: Vec<Candidate> = Vec::new();
    let mut alike: BTreeMap<(&str, SignalKind, String, String), usize> = BTreeMap::new();
    let mut places: BTreeMap<Place<'_>, Vec<(Instant, Instant)>> = BTreeMap::new();
    for (_, one) in ranked {
        let series = &catalogue[one.series];
        let (start, end) = (series.times[one.first], series.times[one.last]);
        let place = (series.service.as_str(), series.signal.as_str(), one.anomaly_type.clone());
        let taken = places.entry(place).or_default();
        if taken.iter().any(|(from, to)| *from <= end && start <= *to) {
            continue;
        }
        let measure = match one.anomaly_type.as_str() {
            "absence" => String::new(),
            _ => format!("{:?}", crate::signal::Signal::of_metric(&series.signal).measure),
        };
        let likeness = (series.service.as_str(), series.kind, measure, one.anomaly_type.clone());
        let count = alike.entry(likeness).or_default();
        let most = if one.anomaly_type == "absence" { 1 } else { MOST_ALIKE };
        if *count >= most {
            continue;
        }
        *count += 1;
        taken.push((start, end));
        kept.push(one);
    }
    kept
}

fn describe(catalogue: &[Series], one: &Candidate) -> Anomaly {
    let series = &catalogue[one.series];
    let (start, end) = (series.times[one.first], series.times[one.last]);
    let identity = [
        series.id.as_str().as_bytes(),
        one.anomaly_type.as_bytes(),
        &start.as_micros().to_le_bytes(),
        &end.as_micros().to_le_bytes(),
    ];
    let mut detectors = one.detectors.clone();
    detectors
        .sort_by(|left, right| right.score.total_cmp(&left.score).then_with(|| left.name.cmp(&right.name)));
    Anomaly {
        id: FindingId::of_content(&identity),
        service: series.service.clone(),
        signal: series.signal.clone(),
        signal_kind: series.kind,
        series: series.id.clone(),
        anomaly_type: one.anomaly_type.clone(),
        start,
        end,
        score: one.score(),
        detectors,
        baseline: one.band,
        peak: series.values[one.peak],
        unit: series.unit.clone(),
        rows: series.rows,
        title: telling::title(series, one),
        why: telling::why(series, one),
        events: Vec::new(),
    }
}

/// Three decimals: what follows is noise, and would differ between machines.
pub(crate) fn rounded(score: f64) -> f64 {
    (score.clamp(0.0, 1.0) * 1000.0).round() / 1000.0
}
