//! The rows of each table as columns of Arrow.

use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array, Int64Array, RecordBatch, StringArray, TimestampMicrosecondArray};
use arrow::error::ArrowError;
use model::event::Severity;
use model::instant::Instant;
use model::telemetry::{Series, SpanStatus, Symbol, Symbols, Telemetry};
use serde_json::json;

use super::batch;

/// Makes the rows `from..to` of a table.
pub type Chunk = fn(&Telemetry, usize, usize) -> Result<RecordBatch, ArrowError>;

fn times(times: impl Iterator<Item = Instant>) -> ArrayRef {
    let micros = TimestampMicrosecondArray::from_iter_values(times.map(Instant::as_micros));
    Arc::new(micros.with_timezone("UTC"))
}

fn maybe_times(times: impl Iterator<Item = Option<Instant>>) -> ArrayRef {
    let micros = TimestampMicrosecondArray::from_iter(times.map(|time| time.map(Instant::as_micros)));
    Arc::new(micros.with_timezone("UTC"))
}

fn texts<'a>(texts: impl Iterator<Item = Option<&'a str>>) -> ArrayRef {
    Arc::new(StringArray::from_iter(texts))
}

fn names<'a>(symbols: &'a Symbols, names: impl Iterator<Item = Symbol> + 'a) -> ArrayRef {
    texts(names.map(move |name| Some(symbols.name(name))))
}

fn maybe_names<'a>(symbols: &'a Symbols, names: impl Iterator<Item = Option<Symbol>> + 'a) -> ArrayRef {
    texts(names.map(move |name| name.map(|name| symbols.name(name))))
}

fn span_ids(ids: impl Iterator<Item = Option<u64>>) -> ArrayRef {
    Arc::new(StringArray::from_iter(ids.map(|id| id.map(|id| format!("{id:016x}")))))
}

pub fn sample_count(telemetry: &Telemetry) -> usize {
    telemetry.metrics.iter().map(|series| series.times.len()).sum()
}

/// Series one after the other.
pub fn metrics(telemetry: &Telemetry, from: usize, to: usize) -> Result<RecordBatch, ArrowError> {
    let mut samples: Vec<(&Series, usize)> = Vec::with_capacity(to - from);
    let mut before = 0;
    for series in &telemetry.metrics {
        let (start, end) = (from.max(before), to.min(before + series.times.len()));
        samples.extend((start..end).map(|sample| (series, sample - before)));
        before += series.times.len();
    }
    let symbols = &telemetry.symbols;
    batch(vec![
        ("time", times(samples.iter().map(|(series, sample)| series.times[*sample]))),
        ("service", names(symbols, samples.iter().map(|(series, _)| series.service))),
        ("metric", names(symbols, samples.iter().map(|(series, _)| series.metric))),
        (
            "value",
            Arc::new(Float64Array::from_iter_values(
                samples.iter().map(|(series, sample)| series.values[*sample]),
            )),
        ),
        ("instance", maybe_names(symbols, samples.iter().map(|(series, _)| series.instance))),
        ("labels", maybe_names(symbols, samples.iter().map(|(series, _)| series.labels))),
    ])
}

pub fn logs(telemetry: &Telemetry, from: usize, to: usize) -> Result<RecordBatch, ArrowError> {
    let (symbols, logs) = (&telemetry.symbols, &telemetry.logs);
    batch(vec![
        ("time", times(logs.time[from..to].iter().copied())),
        ("service", names(symbols, logs.service[from..to].iter().copied())),
        ("message", texts((from..to).map(|line| Some(logs.message.get(line))))),
        ("instance", maybe_names(symbols, logs.instance[from..to].iter().copied())),
        ("level", texts(logs.level[from..to].iter().map(|level| level.map(Severity::as_str)))),
        ("trace_id", maybe_names(symbols, logs.trace[from..to].iter().copied())),
        ("span_id", span_ids(logs.span[from..to].iter().copied())),
    ])
}

pub fn spans(telemetry: &Telemetry, from: usize, to: usize) -> Result<RecordBatch, ArrowError> {
    let (symbols, spans) = (&telemetry.symbols, &telemetry.spans);
    let status = |status: &SpanStatus| match status {
        SpanStatus::Unset => None,
        SpanStatus::Ok => Some("ok"),
        SpanStatus::Error => Some("error"),
    };
    batch(vec![
        ("time", times(spans.start[from..to].iter().copied())),
        ("trace_id", names(symbols, spans.trace[from..to].iter().copied())),
        ("span_id", span_ids(spans.span[from..to].iter().map(|&span| Some(span)))),
        ("parent_span_id", span_ids(spans.parent[from..to].iter().copied())),
        ("service", names(symbols, spans.service[from..to].iter().copied())),
        ("operation", names(symbols, spans.operation[from..to].iter().copied())),
        ("duration_us", Arc::new(Int64Array::from(spans.duration_us[from..to].to_vec()))),
        ("instance", maybe_names(symbols, spans.instance[from..to].iter().copied())),
        ("status", texts(spans.status[from..to].iter().map(status))),
        ("kind", maybe_names(symbols, spans.span_kind[from..to].iter().copied())),
        ("peer_service", maybe_names(symbols, spans.peer[from..to].iter().copied())),
    ])
}

pub fn events(telemetry: &Telemetry, from: usize, to: usize) -> Result<RecordBatch, ArrowError> {
    let rows = &telemetry.happenings[from..to];
    let attributes: Vec<Option<String>> = rows
        .iter()
        .map(|row| (!row.attributes.is_empty()).then(|| json!(row.attributes).to_string()))
        .collect();
    batch(vec![
        ("time", times(rows.iter().map(|row| row.time))),
        ("ended_at", maybe_times(rows.iter().map(|row| row.ended_at))),
        ("kind", texts(rows.iter().map(|row| Some(row.kind.as_str())))),
        ("type", texts(rows.iter().map(|row| Some(row.event_type.as_str())))),
        ("service", texts(rows.iter().map(|row| row.service.as_deref()))),
        ("instance", texts(rows.iter().map(|row| row.instance.as_deref()))),
        ("title", texts(rows.iter().map(|row| Some(row.title.as_str())))),
        ("detail", texts(rows.iter().map(|row| row.detail.as_deref()))),
        ("severity", texts(rows.iter().map(|row| row.severity.map(Severity::as_str)))),
        ("actor", texts(rows.iter().map(|row| row.actor.as_deref()))),
        ("attributes", texts(attributes.iter().map(|attributes| attributes.as_deref()))),
    ])
}
