//! Records become events: log templates are mined, happenings and signals brought into one schema, ordered,
//! correlated with reasons, folded into groups, and the key events chosen.
//!
//! Pure: no file, no clock, no randomness; the same capture gives the same bytes.

pub mod detail;
pub mod templates;

use model::event::Event;
use model::finding::Anomaly;
use model::telemetry::{Call, Capture};
use model::template::Templates;

/// The ordered events of a capture, and who calls whom.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Timeline {
    /// By time, then id.
    pub events: Vec<Event>,
    /// Declared, or learnt from spans.
    pub calls: Vec<Call>,
}

/// Makes the timeline of a capture and tells each anomaly which events it became.
pub fn build(_capture: &Capture, _templates: &Templates, _anomalies: &mut [Anomaly]) -> Timeline {
    Timeline::default()
}
