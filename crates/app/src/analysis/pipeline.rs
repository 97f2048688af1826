//! Capture -> templates -> anomalies -> timeline -> findings. Pure: the same capture gives the same bytes.

use model::event::Event;
use model::finding::{Anomaly, Findings};
use model::id::{EventId, FindingId, IncidentId};
use model::telemetry::Capture;
use model::template::Templates;
use timeline::Timeline;

/// All that is computed from a capture.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    pub templates: Templates,
    /// Events by time, then id, correlated, key events chosen; calls, groups, proposed clocks and phases.
    pub timeline: Timeline,
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
    Analysis { templates, timeline, findings }
}

impl Analysis {
    /// Gives every event and finding an identity of its own within an incident. The ids of [`analyze_capture`] come
    /// from content alone, so a capture imported twice would otherwise meet itself in the store.
    pub fn of_incident(mut self, incident: &IncidentId) -> Self {
        let scope = incident.as_str().as_bytes();
        let event = |id: &mut EventId| *id = EventId::of_content(&[scope, id.as_str().as_bytes()]);
        let finding = |id: &mut FindingId| *id = FindingId::of_content(&[scope, id.as_str().as_bytes()]);
        self.timeline.events.iter_mut().for_each(|one| rename(one, &event, &finding));
        self.timeline.events.sort_by(|a, b| (a.occurred_at, &a.id).cmp(&(b.occurred_at, &b.id)));
        for group in &mut self.timeline.groups {
            event(&mut group.first);
            group.events.iter_mut().for_each(&event);
        }
        let Findings { anomalies, patterns, hypotheses } = &mut self.findings;
        for Anomaly { id, events, .. } in anomalies {
            finding(id);
            events.iter_mut().for_each(&event);
        }
        for pattern in patterns {
            finding(&mut pattern.id);
            pattern.evidence.iter_mut().for_each(&event);
        }
        for hypothesis in hypotheses {
            finding(&mut hypothesis.id);
            hypothesis.evidence.iter_mut().for_each(&event);
            hypothesis.counter_evidence.iter_mut().for_each(&event);
        }
        self
    }
}

fn rename(one: &mut Event, event: &impl Fn(&mut EventId), finding: &impl Fn(&mut FindingId)) {
    event(&mut one.id);
    for correlation in &mut one.correlations {
        event(&mut correlation.other);
    }
    if let Some(text) = one.attributes.get_mut(model::event::GROUP)
        && let Ok(mut id) = text.parse()
    {
        event(&mut id);
        *text = id.as_str().to_owned();
    }
    if let Some(text) = one.attributes.get_mut("finding")
        && let Ok(mut id) = text.parse()
    {
        finding(&mut id);
        *text = id.as_str().to_owned();
    }
}
