//! What the server says about itself in the Prometheus format.

use std::sync::OnceLock;

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

const SECONDS: &[f64] = &[0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0];

static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Begins to collect. Once a process; later calls change nothing.
pub fn install() {
    RECORDER.get_or_init(|| {
        let suffix = Matcher::Suffix("_seconds".to_owned());
        PrometheusBuilder::new().set_buckets_for_metric(suffix, SECONDS).ok()?.install_recorder().ok()
    });
}

/// All measurements so far; empty when nobody called [`install`].
pub fn render() -> String {
    let Some(Some(recorder)) = RECORDER.get() else {
        return String::new();
    };
    recorder.run_upkeep();
    recorder.render()
}
