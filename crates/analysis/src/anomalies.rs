//! What the detectors say, merged: one anomaly for one kind of change at one place.
//!
//! Each detector gives a score of its own. They are not independent, so the combined score starts from the
//! strongest and lets each further family close a part of what is left to certainty. What a signal is weighs in: a
//! latency says more than a byte counter.

mod collect;
mod place;
mod telling;

use std::collections::{BTreeMap, BTreeSet};

use model::finding::{Anomaly, Band, Detector, Family};
use model::id::FindingId;
use model::telemetry::Capture;
use model::template::Templates;
use model::text::Text;

use crate::frame::Frame;
use crate::series::{Series, series};

use place::Place;
pub(crate) use place::stem;

/// More would not be read.
const MOST: usize = 60;
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
    /// Series at the same place that say the same at the same time.
    pub alike: Vec<usize>,
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
    most_telling(found)
}

/// Of more than [`MOST`], the strongest of each service and then the strongest of all. Strongest first.
fn most_telling(found: Vec<Anomaly>) -> Vec<Anomaly> {
    let mut heard: BTreeSet<String> = BTreeSet::new();
    let (first, further): (Vec<Anomaly>, Vec<Anomaly>) =
        found.into_iter().partition(|one| heard.insert(one.service.clone()));
    let mut kept: Vec<Anomaly> = first.into_iter().chain(further).take(MOST).collect();
    kept.sort_by(|left, right| right.score.total_cmp(&left.score));
    kept
}

/// The strongest of each place speaks for all that overlap it there and say the same; of what is alike otherwise the
/// strongest few are kept.
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
    let mut of_place: BTreeMap<Place<'_>, Vec<usize>> = BTreeMap::new();
    let mut alike: BTreeMap<Place<'_>, usize> = BTreeMap::new();
    for (_, one) in ranked {
        let series = &catalogue[one.series];
        let stretch = |one: &Candidate| {
            let times = &catalogue[one.series].times;
            (times[one.first], times[one.last])
        };
        let (start, end) = stretch(&one);
        let taken = of_place.entry(Place::of(series, &one.anomaly_type)).or_default();
        let speaker = taken.iter().copied().find(|at| {
            let (from, to) = stretch(&kept[*at]);
            from <= end && start <= to
        });
        if let Some(speaker) = speaker {
            kept[speaker].alike.push(one.series);
            continue;
        }
        let count = alike.entry(Place::wider(series, &one.anomaly_type)).or_default();
        let most = if one.anomaly_type == "absence" { 1 } else { MOST_ALIKE };
        if *count >= most {
            continue;
        }
        *count += 1;
        taken.push(kept.len());
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
        why: telling::why(catalogue, one),
        events: Vec::new(),
    }
}

/// Three decimals: what follows is noise, and would differ between machines.
pub(crate) fn rounded(score: f64) -> f64 {
    (score.clamp(0.0, 1.0) * 1000.0).round() / 1000.0
}
