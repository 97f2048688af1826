//! Where an anomaly is, as a person would say it: quantiles, units and label sets of one signal are one place.

use model::finding::SignalKind;

use crate::series::{Series, meaning};
use crate::signal::{Measure, words};

/// Words of a metric's name that say how it was summed up and in what, not what it is.
const MANNERS: [&str; 33] = [
    "p50",
    "p75",
    "p90",
    "p95",
    "p99",
    "p999",
    "avg",
    "mean",
    "median",
    "max",
    "min",
    "sum",
    "count",
    "total",
    "bucket",
    "rate",
    "ratio",
    "percent",
    "percentage",
    "seconds",
    "milliseconds",
    "ms",
    "s",
    "us",
    "bytes",
    "b",
    "kb",
    "mb",
    "mi",
    "m",
    "ops",
    "per",
    "second",
];

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place<'a> {
    service: &'a str,
    kind: SignalKind,
    what: String,
    change: String,
}

impl<'a> Place<'a> {
    pub fn of(series: &'a Series, anomaly_type: &str) -> Self {
        let what = match (series.kind, anomaly_type) {
            // Lines that stop together, and samples that stop together, stop for one reason.
            (_, "absence") | (SignalKind::Log, "vanished") => String::new(),
            _ => stem(series.kind, &series.signal),
        };
        Self { service: &series.service, kind: series.kind, what, change: direction(anomaly_type).to_owned() }
    }

    /// All of one service, kind of signal, measure and change.
    pub fn wider(series: &'a Series, anomaly_type: &str) -> Self {
        let what = match anomaly_type {
            "absence" => String::new(),
            _ => format!("{:?}", series.meaning().measure),
        };
        Self { service: &series.service, kind: series.kind, what, change: anomaly_type.to_owned() }
    }
}

/// What a signal is about, without how it is summed up. Operations of a service are one place for each measure.
pub fn stem(kind: SignalKind, signal: &str) -> String {
    match kind {
        SignalKind::Log => signal.to_owned(),
        SignalKind::Trace => format!("{:?}", meaning(kind, signal).measure.family()),
        SignalKind::Metric => {
            let mut words = words(signal);
            if meaning(kind, signal).measure != Measure::Limit {
                words.retain(|word| !MANNERS.contains(&word.as_str()));
            }
            words.join(" ")
        }
    }
}

/// Types that differ in how long it lasts only are one direction.
fn direction(anomaly_type: &str) -> &str {
    match anomaly_type {
        "level_shift" | "spike" | "growth" => "up",
        "drop" | "dip" | "drop_to_zero" => "down",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_and_units_of_a_signal_are_one_place() {
        let stem = |signal| stem(SignalKind::Metric, signal);
        assert_eq!(stem("http_latency_p50_seconds"), stem("http_latency_p99_seconds"));
        assert_eq!(stem("CpuUsageRate(%)"), stem("CpuUsage(m)"));
        assert_ne!(stem("http_retries_total"), stem("http_timeouts_total"));
        assert_ne!(stem("latency_to(cart)"), stem("latency_to(orders)"));
    }
}
