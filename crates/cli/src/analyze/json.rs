//! The object of `analyze --json`: `window`, `timeline`, `anomalies`, `patterns`, `hypotheses`, `stats`.

use model::event::{Correlation, Event};
use model::finding::{Anomaly, Hypothesis, Pattern};
use model::text::Language;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::Subject;

#[derive(Serialize)]
pub struct Report<'a> {
    anomalies: Vec<Value>,
    clocks: Map<String, Value>,
    hypotheses: Vec<Value>,
    patterns: Vec<Value>,
    phases: Vec<Value>,
    stats: Value,
    timeline: Events<'a>,
    title: &'a str,
    window: Value,
}

/// Written one at a time: a hundred thousand events as values would take many times the memory of the timeline.
struct Events<'a> {
    events: &'a [Event],
    language: Language,
}

impl Serialize for Events<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.events.iter().map(|one| event(one, self.language)))
    }
}

/// Without anything that depends on the moment or the machine: the same capture gives the same bytes.
pub fn of(subject: &Subject) -> Report<'_> {
    let language = subject.language;
    let findings = &subject.analysis.findings;
    let timeline = &subject.analysis.timeline;
    let clocks = timeline.clocks.iter();
    let phases = timeline.phases.iter().map(
        |phase| json!({ "name": phase.name.as_str(), "start": phase.span.start, "end": phase.span.end }),
    );
    Report {
        anomalies: findings.anomalies.iter().map(|one| anomaly(one, language)).collect(),
        clocks: clocks.map(|(name, clock)| (name.as_str().to_owned(), json!(clock))).collect(),
        hypotheses: findings.hypotheses.iter().map(|one| hypothesis(one, language)).collect(),
        patterns: findings.patterns.iter().map(|one| pattern(one, language)).collect(),
        phases: phases.collect(),
        stats: stats(subject),
        timeline: Events { events: &timeline.events, language },
        title: &subject.capture.header.title,
        window: json!(subject.capture.header.window),
    }
}

fn event(event: &Event, language: Language) -> Value {
    json!({
        "id": event.id,
        "kind": event.kind,
        "type": event.event_type,
        "occurred_at": event.occurred_at,
        "ended_at": event.ended_at,
        "service": event.service,
        "instance": event.instance,
        "title": event.title_in(language),
        "detail": event.detail_in(language),
        "severity": event.severity,
        "key": event.key,
        "key_reason": event.key_reason_in(language),
        "score": event.weight,
        "attributes": event.shown_attributes().collect::<std::collections::BTreeMap<_, _>>(),
        "provenance": event.provenance,
        "correlations": event.correlations.iter().map(correlation).collect::<Vec<_>>(),
    })
}

fn correlation(correlation: &Correlation) -> Value {
    json!({ "id": correlation.other, "score": correlation.score, "reasons": correlation.reasons })
}

fn anomaly(anomaly: &Anomaly, language: Language) -> Value {
    json!({
        "id": anomaly.id,
        "service": anomaly.service,
        "signal": anomaly.signal,
        "signal_kind": anomaly.signal_kind,
        "type": anomaly.anomaly_type,
        "start": anomaly.start,
        "end": anomaly.end,
        "score": anomaly.score,
        "detectors": anomaly.detectors,
        "series_id": anomaly.series,
        "baseline": anomaly.baseline,
        "peak": anomaly.peak,
        "unit": anomaly.unit,
        "title": anomaly.title.in_language(language),
        "why": anomaly.why.in_language(language),
        "events": anomaly.events,
    })
}

fn pattern(pattern: &Pattern, language: Language) -> Value {
    json!({
        "id": pattern.id,
        "type": pattern.pattern_type,
        "title": pattern.title.in_language(language),
        "confidence": pattern.confidence,
        "services": pattern.services,
        "evidence": pattern.evidence,
        "found_by": pattern.found_by,
        "why": pattern.why.in_language(language),
        "recommendation": pattern.recommendation.in_language(language),
    })
}

fn hypothesis(hypothesis: &Hypothesis, language: Language) -> Value {
    json!({
        "id": hypothesis.id,
        "rank": hypothesis.rank,
        "service": hypothesis.service,
        "signal": hypothesis.signal,
        "fault": hypothesis.fault,
        "score": hypothesis.score,
        "title": hypothesis.title.in_language(language),
        "why": hypothesis.why.in_language(language),
        "evidence": hypothesis.evidence,
        "against": hypothesis.against.iter().map(|text| text.in_language(language)).collect::<Vec<_>>(),
        "counter_evidence": hypothesis.counter_evidence,
        "not_seen": hypothesis.not_seen,
    })
}

fn stats(subject: &Subject) -> Value {
    let telemetry = &subject.capture.telemetry;
    let timeline = &subject.analysis.timeline;
    json!({
        "samples": telemetry.metrics.iter().map(|series| series.times.len()).sum::<usize>(),
        "series": telemetry.metrics.len(),
        "log_lines": telemetry.logs.time.len(),
        "log_templates": subject.analysis.templates.templates.len(),
        "spans": telemetry.spans.start.len(),
        "happenings": telemetry.happenings.len(),
        "calls": timeline.calls.len(),
        "events": timeline.events.len(),
        "key_events": timeline.events.iter().filter(|event| event.key).count(),
        "groups": timeline.groups.len(),
        "skipped": telemetry.skipped,
    })
}
