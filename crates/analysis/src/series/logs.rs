//! Log lines as counts: one series for each template of each service, one for each service's errors.

use std::collections::BTreeMap;

use model::event::Severity;
use model::finding::SignalKind;
use model::telemetry::{Capture, Symbol};
use model::template::Templates;

use super::Series;
use super::bins::Bins;
use crate::frame::Frame;

/// Of more templates than this, those with the fewest lines are left out.
const MOST_SERIES: usize = 3_000;
/// Name of the series that counts a service's lines of level error and above.
pub const ERROR_LINES: &str = "error lines";

pub fn series(capture: &Capture, templates: &Templates) -> Vec<Series> {
    let logs = &capture.telemetry.logs;
    let frame = Frame::of(&capture.header);
    let bins = Bins::covering(&frame, &logs.time);
    if bins.is_empty() {
        return Vec::new();
    }
    let mut counts: BTreeMap<(Symbol, u32), BTreeMap<u32, u32>> = BTreeMap::new();
    let mut errors: BTreeMap<Symbol, BTreeMap<u32, u32>> = BTreeMap::new();
    for (line, time) in logs.time.iter().enumerate() {
        let Some(place) = bins.place(*time).map(|place| place as u32) else { continue };
        if let Some(template) = templates.of_line.get(line) {
            *counts.entry((logs.service[line], *template)).or_default().entry(place).or_default() += 1;
        }
        if logs.level[line].is_some_and(|level| level >= Severity::Error) {
            *errors.entry(logs.service[line]).or_default().entry(place).or_default() += 1;
        }
    }
    let mut chosen: Vec<_> = counts.into_iter().collect();
    chosen.sort_by_key(|(key, bins)| (std::cmp::Reverse(bins.values().sum::<u32>()), *key));
    chosen.truncate(MOST_SERIES);

    let named = chosen.into_iter().filter_map(|((service, template), counts)| {
        Some((service, templates.templates.get(template as usize)?.text.as_str(), counts))
    });
    let error_lines = errors.into_iter().map(|(service, counts)| (service, ERROR_LINES, counts));
    named
        .chain(error_lines)
        .map(|(service, signal, counts)| {
            let service = capture.telemetry.symbols.name(service);
            Series {
                id: Series::identity(SignalKind::Log, service, signal, None, None),
                kind: SignalKind::Log,
                service: service.to_owned(),
                signal: signal.to_owned(),
                instance: None,
                labels: None,
                unit: Some("lines".to_owned()),
                times: (0..bins.len()).map(|place| bins.moment(place)).collect(),
                values: (0..bins.len() as u32)
                    .map(|place| f64::from(*counts.get(&place).unwrap_or(&0)))
                    .collect(),
                rows: None,
            }
        })
        .collect()
}
