//! What a report tells, before it is decided how it looks.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use app::analysis::{Series, in_call_order};
use jiff::tz::TimeZone;
use model::event::{Event, Kind};
use model::finding::{Anomaly, Hypothesis, SignalKind};
use model::id::EventId;
use model::incident::{Clock, ClockName};
use model::instant::{Instant, Span};

use crate::analyze::Subject;

/// Signals shown with a curve.
const MOST_SIGNALS: usize = 12;
/// Of one service.
const MOST_OF_A_SERVICE: usize = 2;
/// Under this a cause is as good as excluded.
const LEAST_SCORE: f64 = 0.01;
/// Lanes drawn.
const MOST_LANES: usize = 12;

/// One row of the drawn timeline.
pub struct Lane<'a> {
    /// Empty for events of no service.
    pub service: &'a str,
    pub key_events: Vec<&'a Event>,
    /// All of its events.
    pub events: Vec<&'a Event>,
    /// When at least one of its strong anomalies holds.
    pub anomalous: Vec<Span>,
}

/// An anomaly with its curve.
pub struct Signal<'a> {
    pub anomaly: &'a Anomaly,
    pub series: &'a Series,
}

pub struct Outline<'a> {
    pub subject: &'a Subject,
    pub zone: TimeZone,
    /// More than one day is shown, so that a time of day says nothing without its date.
    is_dated: bool,
    /// In the order of time.
    pub clocks: Vec<(ClockName, &'a Clock)>,
    pub key_events: Vec<&'a Event>,
    /// In call order, people's acts within the lane of the service they changed.
    pub lanes: Vec<Lane<'a>>,
    pub signals: Vec<Signal<'a>>,
    by_id: HashMap<&'a EventId, &'a Event>,
}

impl<'a> Outline<'a> {
    pub fn of(subject: &'a Subject) -> Self {
        let header = &subject.capture.header;
        let timeline = &subject.analysis.timeline;
        let zone =
            header.timezone.as_deref().and_then(|name| TimeZone::get(name).ok()).unwrap_or(TimeZone::UTC);
        let mut clocks: Vec<_> = timeline.clocks.iter().map(|(&name, clock)| (name, clock)).collect();
        clocks.sort_by_key(|(name, clock)| (clock.at, *name));
        let shown = [header.window.start, header.window.end].into_iter();
        let shown = shown.chain(clocks.iter().map(|(_, clock)| clock.at));
        let mut days = shown.map(|at| formatted(&zone, at, "%F"));
        let first = days.next();
        let is_dated = days.any(|day| Some(day) != first);
        Self {
            subject,
            zone,
            is_dated,
            clocks,
            key_events: timeline.events.iter().filter(|event| event.key).collect(),
            lanes: lanes(subject),
            signals: signals(subject),
            by_id: timeline.events.iter().map(|event| (&event.id, event)).collect(),
        }
    }

    pub fn event(&self, id: &EventId) -> Option<&'a Event> {
        self.by_id.get(id).copied()
    }

    /// The events that say most for a statement about a service, at most `most`, in the order of time: beginnings before
    /// ends, its own before those of others, what carries the story before what fills it in.
    pub fn telling(&self, ids: &[EventId], service: &str, most: usize) -> Vec<&'a Event> {
        let mut events: Vec<&Event> = ids.iter().filter_map(|id| self.event(id)).collect();
        let is_aftermath = |event: &Event| {
            matches!(
                event.event_type.as_deref(),
                Some("anomaly_end" | "anomaly_peak" | "alert_resolved" | "log_vanished")
            )
        };
        let is_of_others = |event: &Event| event.service.as_deref() != Some(service);
        events.sort_by_key(|event| (is_aftermath(event), is_of_others(event), !event.key));
        events.truncate(most);
        events.sort_by_key(|event| event.occurred_at);
        events
    }

    /// Hypotheses that are not all but excluded.
    pub fn hypotheses(&self) -> impl Iterator<Item = &'a Hypothesis> {
        self.subject.analysis.findings.hypotheses.iter().filter(|one| one.score >= LEAST_SCORE)
    }

    pub fn window(&self) -> Span {
        self.subject.capture.header.window
    }

    /// `14:04:50` in the incident's zone; with its date where that is not clear by itself.
    pub fn time(&self, at: Instant) -> String {
        self.formatted(at, if self.is_dated { "%m-%d %H:%M:%S" } else { "%H:%M:%S" })
    }

    /// Columns of [`Self::time`].
    pub fn time_width(&self) -> usize {
        if self.is_dated { 14 } else { 8 }
    }

    /// A label of the axis, no finer than its ticks, which lie `step_us` apart.
    pub fn tick(&self, at: Instant, step_us: i64) -> String {
        let is_fine = step_us < 60_000_000;
        let is_coarse = self.is_dated && self.window().length_us() > 86_400_000_000;
        self.formatted(
            at,
            if is_fine {
                "%H:%M:%S"
            } else if is_coarse {
                "%m-%d %H:%M"
            } else {
                "%H:%M"
            },
        )
    }

    pub fn date(&self, at: Instant) -> String {
        use model::text::Language;
        match self.subject.language {
            Language::English => self.formatted(at, "%-d %b %Y"),
            Language::Chinese => self.formatted(at, "%Y 年 %-m 月 %-d 日"),
        }
    }

    fn formatted(&self, at: Instant, format: &str) -> String {
        formatted(&self.zone, at, format)
    }

    /// `Europe/Berlin`, or `UTC`.
    pub fn zone_name(&self) -> &str {
        self.zone.iana_name().unwrap_or("UTC")
    }

    /// Kinds of telemetry that the capture does not hold at all.
    pub fn missing(&self) -> Vec<SignalKind> {
        let telemetry = &self.subject.capture.telemetry;
        let empty = [
            (SignalKind::Metric, telemetry.metrics.is_empty()),
            (SignalKind::Log, telemetry.logs.time.is_empty()),
            (SignalKind::Trace, telemetry.spans.start.is_empty()),
        ];
        empty.into_iter().filter(|(_, is_empty)| *is_empty).map(|(kind, _)| kind).collect()
    }
}

fn formatted(zone: &TimeZone, at: Instant, format: &str) -> String {
    let stamp = jiff::Timestamp::from_microsecond(at.as_micros());
    stamp.map_or_else(|_| at.to_string(), |stamp| stamp.to_zoned(zone.clone()).strftime(format).to_string())
}

fn lanes(subject: &Subject) -> Vec<Lane<'_>> {
    let timeline = &subject.analysis.timeline;
    let symbols = &subject.capture.telemetry.symbols;
    let mut by_service: BTreeMap<&str, Lane<'_>> = BTreeMap::new();
    for event in &timeline.events {
        let service = event.service.as_deref().unwrap_or("");
        let lane = by_service.entry(service).or_insert_with(|| Lane {
            service,
            key_events: Vec::new(),
            events: Vec::new(),
            anomalous: Vec::new(),
        });
        lane.events.push(event);
        if event.key {
            lane.key_events.push(event);
        }
        let is_anomaly = matches!(event.kind, Kind::Metric | Kind::Trace | Kind::Log) && event.weight >= 0.6;
        if let (true, Some(end)) = (is_anomaly, event.ended_at) {
            lane.anomalous.extend(Span::new(event.occurred_at, end).ok());
        }
    }
    let calls: Vec<(String, String)> = timeline
        .calls
        .iter()
        .map(|call| (symbols.name(call.caller).to_owned(), symbols.name(call.callee).to_owned()))
        .collect();
    let services: BTreeSet<String> = by_service.keys().map(|&service| service.to_owned()).collect();
    let order = in_call_order(&services, &calls, subject.capture.header.entry_service.as_deref());
    let mut loudest: Vec<&str> = by_service.keys().copied().collect();
    let loudness = |service: &str| {
        by_service.get(service).map_or((0, 0), |lane| (lane.key_events.len(), lane.anomalous.len()))
    };
    loudest.sort_by_key(|service| std::cmp::Reverse(loudness(service)));
    let shown: BTreeSet<String> = loudest.into_iter().take(MOST_LANES).map(str::to_owned).collect();
    let shown = order.into_iter().filter(|(service, _)| shown.contains(service));
    shown.filter_map(|(service, _)| by_service.remove(service.as_str())).collect()
}

/// Those of the suspect first, then the strongest of the others.
fn signals(subject: &Subject) -> Vec<Signal<'_>> {
    let by_id: HashMap<_, &Series> = subject.series.iter().map(|series| (&series.id, series)).collect();
    let mut of_service: BTreeMap<&str, usize> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let mut signals = Vec::new();
    let findings = &subject.analysis.findings;
    let suspect = findings.hypotheses.first().map(|best| best.service.as_str());
    let is_of_suspect = |anomaly: &&Anomaly| suspect == Some(anomaly.service.as_str());
    let others = findings.anomalies.iter().filter(|anomaly| !is_of_suspect(anomaly));
    for anomaly in findings.anomalies.iter().filter(is_of_suspect).chain(others) {
        let Some(&series) = by_id.get(&anomaly.series) else { continue };
        let count = of_service.entry(anomaly.service.as_str()).or_default();
        if *count >= MOST_OF_A_SERVICE || !seen.insert((&anomaly.service, &anomaly.signal)) {
            continue;
        }
        *count += 1;
        signals.push(Signal { anomaly, series });
        if signals.len() == MOST_SIGNALS {
            break;
        }
    }
    signals
}
