//! The one curve that tells an incident in a list: the series of its strongest anomaly.

use analysis::series::Series;
use model::finding::Findings;
use model::incident::Spark;
use model::telemetry::Header;

const POINTS: usize = 60;

pub(super) fn choose(catalogue: &[Series], findings: &Findings, header: &Header) -> Option<Spark> {
    let told = findings.anomalies.iter().find_map(|anomaly| {
        let series = catalogue.iter().find(|series| series.id == anomaly.series)?;
        Some((series, anomaly))
    });
    let (series, anomaly) = told?;
    let (from, to) = (header.window.start.as_micros(), header.window.end.as_micros());
    let width = (to - from).max(1);
    let place = |micros: i64| {
        (((micros - from).clamp(0, width - 1) as i128 * POINTS as i128) / i128::from(width)) as usize
    };
    let mut peaks: Vec<Option<f64>> = vec![None; POINTS];
    for (time, &value) in series.times.iter().zip(&series.values) {
        if (from..to).contains(&time.as_micros())
            && let Some(peak) = peaks.get_mut(place(time.as_micros()))
        {
            *peak =
                Some(peak.map_or(value, |known: f64| if value.abs() > known.abs() { value } else { known }));
        }
    }
    let points = to_unit(fill(peaks)?);
    let range = (place(anomaly.start.as_micros()), place(anomaly.end.as_micros()));
    Some(Spark {
        signal: series.signal.clone(),
        service: series.service.clone(),
        points,
        anomaly: Some(range),
    })
}

/// Holes take the value before them, those at the front the first that comes.
fn fill(peaks: Vec<Option<f64>>) -> Option<Vec<f64>> {
    let mut last = peaks.iter().flatten().copied().next()?;
    Some(
        peaks
            .into_iter()
            .map(|peak| {
                last = peak.unwrap_or(last);
                last
            })
            .collect(),
    )
}

fn to_unit(values: Vec<f64>) -> Vec<f64> {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let range = if high > low { high - low } else { 1.0 };
    values.into_iter().map(|value| ((value - low) / range * 1_000.0).round() / 1_000.0).collect()
}
