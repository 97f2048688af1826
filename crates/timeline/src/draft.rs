//! An event being made: what it will say, and what only its making needs.

use std::collections::BTreeMap;

use model::event::{Event, Kind, Provenance, Severity, TITLE_ZH};
use model::id::EventId;
use model::instant::Instant;
use model::telemetry::Symbol;
use model::text::Text;

/// An event with what correlates it.
#[derive(Debug, Clone)]
pub struct Draft {
    pub event: Event,
    /// Requests it was seen in.
    pub traces: Vec<Symbol>,
    /// Number of the alert that it fires or ends.
    pub alert: Option<u32>,
    /// Place of its curve, for co-movement.
    pub curve: Option<usize>,
    /// What happened, coarsely, for pairs of types.
    pub role: Role,
}

/// The part an event plays in a course of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Someone changed something: deploy, configuration, flag, scale, rollback, restart by hand.
    Change,
    /// Someone looked or typed without changing.
    Act,
    /// A signal left its normal range.
    Onset,
    Peak,
    /// A signal came back.
    Return,
    Alert,
    AlertEnd,
    /// A process died or was killed.
    Death,
    /// A log template appeared or burst.
    Voice,
    /// A log template fell silent.
    Silence,
    /// Anything else.
    Other,
}

/// What every event has; the rest is filled in by who makes it.
pub struct Seed<'a> {
    pub kind: Kind,
    pub event_type: &'a str,
    pub at: Instant,
    pub service: Option<&'a str>,
    pub title: Text,
    pub severity: Severity,
    pub role: Role,
    /// What else makes it itself, besides kind, type, time and service.
    pub identity: &'a [u8],
}

impl Draft {
    pub fn of(seed: Seed<'_>) -> Self {
        let service = seed.service.filter(|service| !service.is_empty());
        let id = EventId::of_content(&[
            seed.kind.as_str().as_bytes(),
            seed.event_type.as_bytes(),
            &seed.at.as_micros().to_le_bytes(),
            service.unwrap_or("").as_bytes(),
            seed.identity,
        ]);
        let mut attributes = BTreeMap::new();
        if seed.title.zh != seed.title.en {
            attributes.insert(TITLE_ZH.to_owned(), seed.title.zh);
        }
        let event = Event {
            id,
            kind: seed.kind,
            event_type: Some(seed.event_type.to_owned()),
            occurred_at: seed.at,
            ended_at: None,
            uncertainty_us: None,
            observed_at: None,
            service: service.map(str::to_owned),
            instance: None,
            title: seed.title.en,
            detail: None,
            severity: seed.severity,
            key: false,
            key_reason: None,
            weight: weight_of(seed.severity),
            attributes,
            provenance: Provenance { source: "capture".to_owned(), ..Provenance::default() },
            correlations: Vec::new(),
        };
        Self { event, traces: Vec::new(), alert: None, curve: None, role: seed.role }
    }
}

/// How much an event matters before its place in the story is known.
const fn weight_of(severity: Severity) -> f64 {
    match severity {
        Severity::Info => 0.1,
        Severity::Notice => 0.25,
        Severity::Warning => 0.4,
        Severity::Error => 0.55,
        Severity::Critical => 0.7,
    }
}

/// At most `most` characters, with an ellipsis where it was cut.
pub fn cut(text: &str, most: usize) -> String {
    let squeezed = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if squeezed.chars().count() <= most {
        return squeezed;
    }
    let mut short: String = squeezed.chars().take(most.saturating_sub(1)).collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}
