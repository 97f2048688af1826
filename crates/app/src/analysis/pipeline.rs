//! Capture -> templates -> anomalies -> timeline -> findings. Pure: the same capture gives the same bytes.

use model::event::Event;
use model::finding::Findings;
use model::telemetry::{Call, Capture};
use model::template::Templates;

/// All that is computed from a capture.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    pub templates: Templates,
    /// By time, then id; correlated, key events chosen.
    pub events: Vec<Event>,
    /// Who calls whom, declared or learnt from spans.
    pub calls: Vec<Call>,
    pub findings: Findings,
}

/// What the work is at, for whoever waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    Templates,
    Anomalies,
    Timeline,
    Findings,
}

/// Analyses a capture. Takes seconds for a million rows: never on a thread that answers requests.
pub fn analyze_capture(capture: &Capture, mut at: impl FnMut(Step)) -> Analysis {
    at(Step::Templates);
    let templates = timeline::templates::mine(&capture.telemetry.logs);
    at(Step::Anomalies);
    let mut anomalies = analysis::anomalies(capture, &templates);
    at(Step::Timeline);
    let timeline = timeline::build(capture, &templates, &mut anomalies);
    at(Step::Findings);
    let (patterns, hypotheses) = analysis::explain(capture, &templates, &anomalies, &timeline.events);
    let findings = Findings { anomalies, patterns, hypotheses };
    Analysis { templates, events: timeline.events, calls: timeline.calls, findings }
}
