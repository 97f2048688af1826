//! Signs: what happened, in the few words that patterns are written in.

use model::event::{Event, Kind};
use model::finding::{Anomaly, SignalKind};
use model::id::EventId;
use model::instant::Instant;
use model::text::Text;

use crate::detect::rules::shipped;
use crate::series::meaning;
use crate::signal::{Measure, words};
use crate::study::Study;
use crate::wording::cut;

#[derive(Debug, Clone, PartialEq)]
pub struct Sign {
    pub fact: String,
    pub service: String,
    pub at: Instant,
    /// 0..=1
    pub strength: f64,
    pub events: Vec<EventId>,
    pub says: Text,
    /// What it was read from: two signs of one source fill two slots only once.
    source: String,
}

impl Sign {
    pub fn is_same(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

/// Changes by people, as event types name them.
const CHANGES: [(&str, &str); 9] = [
    ("deploy", "deploy"),
    ("release", "deploy"),
    ("rollout", "deploy"),
    ("config_change", "config_change"),
    ("config", "config_change"),
    ("feature_flag", "feature_flag"),
    ("command", "command"),
    ("migration", "command"),
    ("scale", "command"),
];

/// Something that a person did.
pub fn is_act(fact: &str) -> bool {
    CHANGES.iter().any(|(_, known)| *known == fact)
}

#[cfg(test)]
const OF_SIGNALS: [&str; 17] = [
    "errors_up",
    "latency_up",
    "traffic_up",
    "traffic_down",
    "traffic_zero",
    "cpu_up",
    "memory_up",
    "memory_growth",
    "memory_saturation",
    "disk_up",
    "limit_down",
    "retries_up",
    "timeouts_up",
    "log_new",
    "absence",
    "restart",
    "saturation",
];

/// Signs of signals and of rules on metrics that patterns may name, besides changes and the phrases of the rules.
#[cfg(test)]
pub fn is_known(fact: &str) -> bool {
    let of_rules = ["down", "error_burst", "clock_skew", "queue_backlog"];
    is_act(fact) || OF_SIGNALS.contains(&fact) || of_rules.contains(&fact) || shipped().knows(fact)
}

/// In the order of time.
pub fn collect(study: &Study<'_>, anomalies: &[Anomaly], events: &[Event]) -> Vec<Sign> {
    let mut signs: Vec<Sign> = anomalies.iter().flat_map(of_anomaly).collect();
    for happening in &study.capture.telemetry.happenings {
        let Some(service) = &happening.service else { continue };
        let ids = at_once(events, happening.kind, happening.time, service);
        let title = cut(&happening.title, 90);
        let mut add = |fact: &str, strength: f64| {
            signs.push(Sign {
                fact: fact.to_owned(),
                service: service.clone(),
                at: happening.time,
                strength,
                events: ids.clone(),
                says: Text::plain(format!("“{title}”")),
                source: format!("happening {}", happening.row),
            });
        };
        if happening.kind == Kind::UserAction {
            let change = CHANGES.iter().find(|(event_type, _)| *event_type == happening.event_type);
            if let Some((_, fact)) = change {
                add(fact, 1.0);
            }
            continue;
        }
        let detail = happening.detail.as_deref().unwrap_or("");
        let is_alert = happening.event_type == "alert";
        for fact in shipped().facts_of(&format!("{} {} {detail}", happening.event_type, happening.title)) {
            add(&fact.name, if is_alert { 0.5 } else { 0.95 });
        }
        if happening.event_type == "restart" || happening.event_type == "started" {
            add("restart", 0.8);
        }
    }
    signs.sort_by(|left, right| {
        (left.at, &left.service, &left.fact, &left.source).cmp(&(
            right.at,
            &right.service,
            &right.fact,
            &right.source,
        ))
    });
    signs
}

/// The events of one kind and service at one moment; `events` are in the order of time.
fn at_once(events: &[Event], kind: Kind, at: Instant, service: &str) -> Vec<EventId> {
    let from = events.partition_point(|event| event.occurred_at < at);
    let now = events[from..].iter().take_while(|event| event.occurred_at == at);
    let is_it = |event: &&Event| event.kind == kind && event.service.as_deref() == Some(service);
    now.filter(is_it).map(|event| event.id.clone()).take(3).collect()
}

fn of_anomaly(anomaly: &Anomaly) -> Vec<Sign> {
    let mut facts = vec![anomaly.anomaly_type.clone()];
    let up = anomaly.baseline.is_none_or(|band| anomaly.peak > band.high);
    let names = words(&anomaly.signal);
    let has = |list: &[&str]| names.iter().any(|word| list.contains(&word.as_str()));
    let measure = meaning(anomaly.signal_kind, &anomaly.signal).measure;
    let grows = anomaly.anomaly_type == "growth";
    let fact = match (anomaly.signal_kind, measure, up) {
        (SignalKind::Log, ..) if matches!(anomaly.anomaly_type.as_str(), "new" | "burst") => Some("log_new"),
        (SignalKind::Log, ..) => None,
        (_, Measure::Latency, true) => Some("latency_up"),
        (_, Measure::Errors, true) if has(&["retry", "retries"]) => Some("retries_up"),
        (_, Measure::Errors, true) if has(&["timeout", "timeouts"]) => Some("timeouts_up"),
        (_, Measure::Errors, true) | (_, Measure::Success, false) => Some("errors_up"),
        (_, Measure::Traffic, true) => Some("traffic_up"),
        (_, Measure::Traffic, false) if anomaly.anomaly_type == "drop_to_zero" => Some("traffic_zero"),
        (_, Measure::Traffic, false) => Some("traffic_down"),
        (_, Measure::Cpu, true) => Some("cpu_up"),
        (_, Measure::Memory, true) if grows => Some("memory_growth"),
        (_, Measure::Memory, true) => Some("memory_up"),
        (_, Measure::Disk, _) => Some("disk_up"),
        (_, Measure::Saturation, true) if has(&["waiting", "pending", "queued"]) => Some("pool_wait"),
        (_, Measure::Limit, false) => Some("limit_down"),
        _ => None,
    };
    facts.extend(fact.map(str::to_owned));
    if measure == Measure::Memory && anomaly.anomaly_type == "saturation" {
        facts.push("memory_saturation".to_owned());
    }
    if anomaly.anomaly_type == "error_burst" {
        facts.push("errors_up".to_owned());
    }
    facts.dedup();
    let sign = |fact: String| Sign {
        fact,
        service: anomaly.service.clone(),
        at: anomaly.start,
        strength: anomaly.score,
        events: anomaly.events.iter().take(2).cloned().collect(),
        says: anomaly.title.clone(),
        source: format!("anomaly {}", anomaly.id),
    };
    facts.into_iter().map(sign).collect()
}
