//! Every signal of a capture as one series: metrics as recorded, logs as counts, spans as latency, errors, throughput.
//!
//! A counter that only grows becomes its rate. Log lines and spans are counted in bins of time; a bin in which the
//! whole capture has no line (or span) is no zero but a hole, since absence of data is not health.

mod bins;
mod logs;
mod metrics;
mod spans;

pub use logs::ERROR_LINES;

use model::finding::SignalKind;
use model::id::SeriesId;
use model::instant::Instant;
use model::telemetry::Capture;
use model::template::Templates;

use crate::signal::{Bad, Measure, Signal};

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

impl Series {
    pub(crate) fn identity(
        kind: SignalKind,
        service: &str,
        signal: &str,
        instance: Option<&str>,
        labels: Option<&str>,
    ) -> SeriesId {
        let kind = match kind {
            SignalKind::Metric => "metric",
            SignalKind::Log => "log",
            SignalKind::Trace => "trace",
        };
        let parts = [kind, service, signal, instance.unwrap_or(""), labels.unwrap_or("")];
        SeriesId::of_content(&parts.map(str::as_bytes))
    }

    /// What it measures and which direction hurts.
    pub(crate) fn meaning(&self) -> Signal {
        meaning(self.kind, &self.signal)
    }
}

pub(crate) fn meaning(kind: SignalKind, signal: &str) -> Signal {
    let (measure, bad) = match (kind, signal.rsplit_once(' ')) {
        (SignalKind::Metric, _) => return Signal::of_metric(signal),
        (SignalKind::Trace, Some((_, "p95"))) => (Measure::Latency, Bad::Up),
        (SignalKind::Trace, Some((_, "errors"))) => (Measure::Errors, Bad::Up),
        (SignalKind::Trace, _) => (Measure::Traffic, Bad::Either),
        (SignalKind::Log, _) => (Measure::Other, Bad::Either),
    };
    Signal { measure, bad, of_host: false, of_callees: false }
}

/// The catalogue of series, ordered by service, kind, signal, instance and labels.
pub fn series(capture: &Capture, templates: &Templates) -> Vec<Series> {
    let mut all = metrics::series(&capture.telemetry);
    all.extend(logs::series(capture, templates));
    all.extend(spans::series(capture));
    all.sort_by(|left, right| {
        let key = |series: &Series| (series.kind, series.instance.clone(), series.labels.clone());
        (&left.service, &left.signal, key(left)).cmp(&(&right.service, &right.signal, key(right)))
    });
    all
}
