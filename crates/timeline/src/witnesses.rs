//! The spans that an event of traces rests on: the few that tell most, as rows that a person can open.

use model::finding::Anomaly;
use model::instant::Instant;
use model::telemetry::{Capture, SpanStatus};

/// More is not opened.
const MOST: usize = 12;
/// Points of a series of spans stand for the middle of a stretch of at most the window's 96th part to either side.
const PARTS: i64 = 96;

/// Ranges of rows of the traces file, the most telling first: the slowest spans, the first that fail, the first of
/// unusually many; of what came no more, the last that came.
pub fn rows(capture: &Capture, anomaly: &Anomaly) -> Vec<(u64, u64)> {
    let spans = &capture.telemetry.spans;
    let symbols = &capture.telemetry.symbols;
    let Some((operation, measure)) = anomaly.signal.rsplit_once(' ') else { return Vec::new() };
    let (Some(service), Some(operation)) = (symbols.find(&anomaly.service), symbols.find(operation)) else {
        return Vec::new();
    };
    let margin_us = capture.header.window.length_us() / PARTS;
    let place = |at: Instant| spans.start.partition_point(|&start| start < at);
    let from = place(anomaly.start.saturating_add(-margin_us));
    let to = place(anomaly.end.saturating_add(margin_us + 1));
    let is_meant = |&at: &usize| spans.service[at] == service && spans.operation[at] == operation;
    let mut telling: Vec<usize> = (from..to).filter(is_meant).collect();
    match measure {
        "p95" => telling.sort_by_key(|&at| (std::cmp::Reverse(spans.duration_us[at]), spans.row[at])),
        "errors" => telling.retain(|&at| spans.status[at] == SpanStatus::Error),
        _ if telling.is_empty() => telling = (0..from).rev().filter(is_meant).take(MOST).collect(),
        _ => {}
    }
    telling.truncate(MOST);
    joined(telling.into_iter().map(|at| spans.row[at]))
}

/// Rows beside each other become one range, which stands where the first of them stood.
fn joined(rows: impl Iterator<Item = u64>) -> Vec<(u64, u64)> {
    let mut ranges: Vec<(u64, u64)> = Vec::new();
    for row in rows {
        let beside = |range: &&mut (u64, u64)| row + 1 == range.0 || range.1 + 1 == row;
        match ranges.iter_mut().find(beside) {
            Some(range) => *range = (range.0.min(row), range.1.max(row)),
            None => ranges.push((row, row)),
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_beside_each_other_are_one_range() {
        assert_eq!(joined([40, 7, 41, 9, 39].into_iter()), [(39, 41), (7, 7), (9, 9)]);
        assert!(joined([].into_iter()).is_empty());
    }
}
