//! Metrics as recorded; counters as rates.

use model::finding::SignalKind;
use model::telemetry::{Series as Recorded, Telemetry};

use super::Series;
use crate::signal::{unit_of, words};

pub fn series(telemetry: &Telemetry) -> Vec<Series> {
    telemetry
        .metrics
        .iter()
        .filter(|recorded| !recorded.times.is_empty())
        .map(|one| of(telemetry, one))
        .collect()
}

fn of(telemetry: &Telemetry, recorded: &Recorded) -> Series {
    let name = |symbol| telemetry.symbols.name(symbol);
    let (service, signal) = (name(recorded.service), name(recorded.metric));
    let (instance, labels) = (recorded.instance.map(name), recorded.labels.map(name));
    let mut unit = unit_of(signal).map(str::to_owned);
    let (mut times, mut values) = (recorded.times.clone(), recorded.values.clone());
    if is_counter(signal, &values) {
        (times, values) = rate(&times, &values);
        unit = Some(match unit.as_deref() {
            Some("s") => "s/s".to_owned(),
            Some(unit) => format!("{unit}/s"),
            None => "/s".to_owned(),
        });
    }
    Series {
        id: Series::identity(SignalKind::Metric, service, signal, instance, labels),
        kind: SignalKind::Metric,
        service: service.to_owned(),
        signal: signal.to_owned(),
        instance: instance.map(str::to_owned),
        labels: labels.map(str::to_owned),
        unit,
        times,
        values,
        rows: Some(recorded.rows),
    }
}

/// By Prometheus naming, and by behaviour: hardly ever falls.
fn is_counter(name: &str, values: &[f64]) -> bool {
    let named =
        words(name).last().is_some_and(|last| matches!(last.as_str(), "total" | "count" | "sum" | "bucket"));
    let falls = values.windows(2).filter(|pair| pair[1] < pair[0]).count();
    let moves = values.windows(2).filter(|pair| pair[1] != pair[0]).count();
    named && moves >= 3 && falls * 20 <= moves
}

fn rate(times: &[model::Instant], values: &[f64]) -> (Vec<model::Instant>, Vec<f64>) {
    let mut rates = (Vec::with_capacity(times.len()), Vec::with_capacity(times.len()));
    for (time, value) in times.windows(2).zip(values.windows(2)) {
        let seconds = time[1].since(time[0]) as f64 / 1e6;
        if seconds <= 0.0 {
            continue;
        }
        // After a restart a counter begins at 0 again.
        let grown = if value[1] >= value[0] { value[1] - value[0] } else { value[1] };
        rates.0.push(time[1]);
        rates.1.push(grown / seconds);
    }
    rates
}
