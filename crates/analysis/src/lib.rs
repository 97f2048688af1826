//! What the evidence says: anomalies in its series, known courses of events, and ranked root causes.
//!
//! Everything here is pure. It reads a [`model::telemetry::Capture`], knows no clock and no file, and the same
//! capture gives the same findings to the byte.
//!
//! Start with [`series`] (every signal as a series), then [`anomalies`] and [`explain`].

mod bayes;
mod frame;
mod robust;
mod signal;
mod wording;

pub mod series;

mod detect;
mod graph;
mod marks;
mod onset;
mod study;
mod traces;

mod anomalies;
pub mod easy;
mod evidence;
mod hypotheses;
mod patterns;

mod outlier;

use model::event::Event;
use model::finding::{Anomaly, Hypothesis, Pattern};
use model::telemetry::Capture;
use model::template::Templates;

pub use anomalies::anomalies;
pub use outlier::score_rows;
pub use series::series;

/// Known courses of events, most certain first, and possible root causes, most likely first.
pub fn explain(
    capture: &Capture,
    templates: &Templates,
    anomalies: &[Anomaly],
    events: &[Event],
) -> (Vec<Pattern>, Vec<Hypothesis>) {
    let study = study::Study::of(capture, templates);
    let hypotheses = hypotheses::hypotheses(&study, anomalies, events);
    (patterns::patterns(&study, anomalies, events, &hypotheses), hypotheses)
}
