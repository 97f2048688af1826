//! Every signal of a capture as one series: metrics as recorded, logs as counts, spans as latency, errors, throughput.

use model::finding::SignalKind;
use model::id::SeriesId;
use model::instant::Instant;
use model::telemetry::Capture;
use model::template::Templates;

/// One signal of one service over time.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    pub id: SeriesId,
    pub kind: SignalKind,
    pub service: String,
    /// Metric name, log template, or `operation measure` of spans, such as `GET /cart p95`.
    pub signal: String,
    pub instance: Option<String>,
    /// As the metrics file gave them.
    pub labels: Option<String>,
    pub unit: Option<String>,
    pub times: Vec<Instant>,
    /// Same length as `times`, all finite.
    pub values: Vec<f64>,
    /// First and last row of the metrics file that belong to it.
    pub rows: Option<(u64, u64)>,
}

/// The catalogue of series, ordered by service, kind, signal, instance and labels.
pub fn series(capture: &Capture, templates: &Templates) -> Vec<Series> {
    let _ = (capture, templates);
    Vec::new()
}
