//! Records become events: log templates are mined, happenings and signals brought into one schema, ordered,
//! correlated with reasons, folded into groups, and the key events chosen.
//!
//! Pure: no file, no clock, no randomness; the same capture gives the same bytes.
//!
//! Start with [`build`], which tells the order of the work. [`templates`] stands for itself, and so does [`detail`],
//! which draws a timeline of any length.

pub mod detail;
pub mod templates;

pub mod settings;

mod alerts;
mod counts;
mod curves;
mod draft;
mod happenings;
mod signals;
mod voices;
mod witnesses;

mod correlate;
pub mod groups;
pub mod story;
pub mod topology;

use std::collections::HashMap;

use model::event::Event;
use model::finding::Anomaly;
use model::incident::Clocks;
use model::telemetry::{Call, Capture};
use model::template::Templates;

use draft::Draft;
use groups::Group;
use settings::Settings;
use story::Phase;
use topology::Graph;

/// The ordered events of a capture, who calls whom, and what is proposed about the incident.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Timeline {
    /// By time, then id.
    pub events: Vec<Event>,
    /// Declared, or learnt from spans.
    pub calls: Vec<Call>,
    /// Events that say the same again.
    pub groups: Vec<Group>,
    /// From the capture where it says so, else proposed; a person confirms or corrects.
    pub clocks: Clocks,
    /// In order; what lies between two clocks.
    pub phases: Vec<Phase>,
}

/// Makes the timeline of a capture and tells each anomaly which events it became.
pub fn build(capture: &Capture, templates: &Templates, anomalies: &mut [Anomaly]) -> Timeline {
    build_with(&Settings::default(), capture, templates, anomalies)
}

/// As [`build`], with other weights.
pub fn build_with(
    settings: &Settings,
    capture: &Capture,
    templates: &Templates,
    anomalies: &mut [Anomaly],
) -> Timeline {
    for anomaly in anomalies.iter_mut() {
        anomaly.events.clear();
    }
    let mut drafts = happenings::drafts(capture);
    drafts.extend(voices::drafts(capture, templates, &settings.log_events, anomalies));
    drafts.extend(signals::drafts(capture, anomalies));
    in_order(&mut drafts);
    alerts::join(&mut drafts);

    let curves = curves::of_anomalies(capture, anomalies);
    give_curves(&mut drafts, anomalies);
    let groups = groups::fold(&mut drafts);
    let calls = topology::calls(&capture.telemetry);
    let graph = Graph::of(&capture.telemetry, &calls);
    let setting = correlate::Setting {
        graph: &graph,
        curves: &curves,
        point_us: curves::point_us(capture),
        weights: &settings.correlating,
    };
    correlate::correlate(&mut drafts, &setting);
    let (clocks, phases) = story::tell(&capture.header, &graph, &settings.choosing, &mut drafts);
    let events = drafts.into_iter().map(|draft| draft.event).collect();
    Timeline { events, calls, groups, clocks, phases }
}

/// By time, then id; what has the same id is the same event, once.
fn in_order(drafts: &mut Vec<Draft>) {
    drafts.sort_by(|a, b| (a.event.occurred_at, &a.event.id).cmp(&(b.event.occurred_at, &b.event.id)));
    drafts.dedup_by(|a, b| a.event.id == b.event.id);
}

/// The events in which a metric leaves its range carry the curve of that metric.
fn give_curves(drafts: &mut [Draft], anomalies: &[Anomaly]) {
    let starts =
        anomalies.iter().enumerate().filter_map(|(place, anomaly)| Some((anomaly.events.first()?, place)));
    let starts: HashMap<_, usize> = starts.collect();
    for draft in drafts {
        if draft.role == draft::Role::Onset {
            draft.curve = starts.get(&draft.event.id).copied();
        }
    }
}
