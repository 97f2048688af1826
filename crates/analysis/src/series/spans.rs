//! Spans as latency, errors and throughput of each operation of each service.

use std::collections::BTreeMap;

use model::finding::SignalKind;
use model::instant::Instant;
use model::telemetry::{Capture, SpanStatus, Symbol};

use super::Series;
use super::bins::Bins;
use crate::frame::Frame;
use crate::robust::{quantile, sorted};

/// Of more operations than this, those with the fewest spans are left out.
const MOST_OPERATIONS: usize = 400;

#[derive(Default)]
struct Bin {
    duration_s: Vec<f64>,
    errors: u32,
}

pub fn series(capture: &Capture) -> Vec<Series> {
    let spans = &capture.telemetry.spans;
    let bins = Bins::covering(&Frame::of(&capture.header), &spans.start);
    let mut operations: BTreeMap<(Symbol, Symbol), BTreeMap<usize, Bin>> = BTreeMap::new();
    for (position, start) in spans.start.iter().enumerate() {
        let Some(place) = bins.place(*start) else { continue };
        let operation = operations.entry((spans.service[position], spans.operation[position])).or_default();
        let bin = operation.entry(place).or_default();
        bin.duration_s.push(spans.duration_us[position] as f64 / 1e6);
        bin.errors += u32::from(spans.status[position] == SpanStatus::Error);
    }
    let span_count = |operation: &BTreeMap<usize, Bin>| -> usize {
        operation.values().map(|bin| bin.duration_s.len()).sum()
    };
    let mut chosen: Vec<_> = operations.into_iter().collect();
    chosen.sort_by_key(|(key, operation)| (std::cmp::Reverse(span_count(operation)), *key));
    chosen.truncate(MOST_OPERATIONS);

    let mut all = Vec::new();
    for ((service, operation), filled) in chosen {
        let name = |symbol| capture.telemetry.symbols.name(symbol);
        let mut add = |measure: &str, unit: &str, points: Vec<(Instant, f64)>| {
            let signal = format!("{} {measure}", name(operation));
            let (times, values) = points.into_iter().unzip();
            all.push(Series {
                id: Series::identity(SignalKind::Trace, name(service), &signal, None, None),
                kind: SignalKind::Trace,
                service: name(service).to_owned(),
                signal,
                instance: None,
                labels: None,
                unit: Some(unit.to_owned()),
                times,
                values,
                rows: None,
            });
        };
        let moment = |place: &usize| bins.moment(*place);
        let slow = |bin: &Bin| quantile(&sorted(&bin.duration_s), 0.95);
        add("p95", "s", filled.iter().map(|(place, bin)| (moment(place), slow(bin))).collect());
        if filled.values().any(|bin| bin.errors > 0) {
            let share = |bin: &Bin| f64::from(bin.errors) / bin.duration_s.len() as f64;
            add("errors", "ratio", filled.iter().map(|(place, bin)| (moment(place), share(bin))).collect());
        }
        let rate =
            |place: usize| filled.get(&place).map_or(0, |bin| bin.duration_s.len()) as f64 / bins.width_s();
        add("rate", "/s", (0..bins.len()).map(|place| (bins.moment(place), rate(place))).collect());
    }
    all
}
