//! One entry of a timeline: one schema for all five kinds of sources and for what people remember.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::{EventId, IncidentId, PersonId};
use crate::instant::Instant;
use crate::text::Language;

/// Where an event comes from: the five kinds of sources, and notes by people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Metric,
    Log,
    Trace,
    UserAction,
    SystemEvent,
    Note,
}

impl Kind {
    pub const ALL: [Self; 6] =
        [Self::Metric, Self::Log, Self::Trace, Self::UserAction, Self::SystemEvent, Self::Note];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Metric => "metric",
            Self::Log => "log",
            Self::Trace => "trace",
            Self::UserAction => "user_action",
            Self::SystemEvent => "system_event",
            Self::Note => "note",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// How loud an event is on its own. Not the severity of the incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    #[default]
    Info,
    Notice,
    Warning,
    Error,
    Critical,
}

impl Severity {
    pub const ALL: [Self; 5] = [Self::Info, Self::Notice, Self::Warning, Self::Error, Self::Critical];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Notice => "notice",
            Self::Warning => "warning",
            Self::Error => "error",
            Self::Critical => "critical",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.as_str() == text)
    }
}

/// Where an event can be checked: the source, the query that gave it, the rows of the capture.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Provenance {
    /// `capture`, `analysis`, `person`, or the name of a source.
    pub source: String,
    pub query: Option<String>,
    /// File of the capture, such as `metrics.parquet`.
    pub file: Option<String>,
    /// First and last row in that file, counted from 0, both included.
    pub rows: Option<(u64, u64)>,
    /// Where it rests on rows here and there: the other ranges, the most telling first. Few.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further_rows: Vec<(u64, u64)>,
}

/// One part of the reason why two events belong together. The weights of a correlation add up to its score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// `time`, `same_service`, `call_edge`, `shared_trace`, `shared_id`, `co_movement`, `text`, `type_pair`, `learnt`.
    pub name: String,
    pub weight: f64,
    /// What it rests on, such as `r 0.97, lag 24 s`.
    pub detail: Option<String>,
}

/// What people said of a correlation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    #[default]
    Proposed,
    Confirmed,
    Rejected,
}

impl LinkState {
    pub const ALL: [Self; 3] = [Self::Proposed, Self::Confirmed, Self::Rejected];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Confirmed => "confirmed",
            Self::Rejected => "rejected",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// A related event with a score in 0..=1 and the reasons that make it up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Correlation {
    pub other: EventId,
    pub score: f64,
    pub reasons: Vec<Reason>,
}

/// What an event says, whoever made it. An event in the store adds identity of the incident, author and version.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    pub id: EventId,
    pub kind: Kind,
    /// What happened, in snake case: `deploy`, `alert`, `log_new`, `anomaly_start`. Open set.
    pub event_type: Option<String>,
    pub occurred_at: Instant,
    pub ended_at: Option<Instant>,
    /// Half width of what is not known about `occurred_at`.
    pub uncertainty_us: Option<i64>,
    /// When the source noticed it.
    pub observed_at: Option<Instant>,
    pub service: Option<String>,
    pub instance: Option<String>,
    pub title: String,
    pub detail: Option<String>,
    pub severity: Severity,
    /// A key event carries the story; the reason says why it was chosen.
    pub key: bool,
    pub key_reason: Option<String>,
    /// How much it matters to the story, 0..=1; orders key events when not all fit.
    pub weight: f64,
    pub attributes: BTreeMap<String, String>,
    pub provenance: Provenance,
    /// Strongest first.
    pub correlations: Vec<Correlation>,
}

/// Attributes that hold a text of the event in Chinese. Never shown as attributes: see [`Event::title_in`].
pub const TITLE_ZH: &str = "title.zh";
pub const DETAIL_ZH: &str = "detail.zh";
pub const KEY_REASON_ZH: &str = "key_reason.zh";
/// Attribute of an event that an anomaly became: the name of the signal that its title speaks of.
pub const SIGNAL: &str = "signal";
/// Attribute of an event that repeats another: the id of the first of them.
pub const GROUP: &str = "group";

impl Event {
    /// The title in the reader's language. What a source or a person wrote stays as it is.
    pub fn title_in(&self, language: Language) -> &str {
        self.in_language(language, TITLE_ZH).unwrap_or(&self.title)
    }

    pub fn detail_in(&self, language: Language) -> Option<&str> {
        self.in_language(language, DETAIL_ZH).or(self.detail.as_deref())
    }

    pub fn key_reason_in(&self, language: Language) -> Option<&str> {
        self.in_language(language, KEY_REASON_ZH).or(self.key_reason.as_deref())
    }

    fn in_language(&self, language: Language, name: &str) -> Option<&str> {
        match language {
            Language::English => None,
            Language::Chinese => self.attributes.get(name).map(String::as_str),
        }
    }

    /// The attributes that a reader sees.
    pub fn shown_attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        let hidden = [TITLE_ZH, DETAIL_ZH, KEY_REASON_ZH];
        let attributes = self.attributes.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        attributes.filter(move |(name, _)| !hidden.contains(name))
    }
}

/// Who wrote or changed something by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    pub id: PersonId,
    pub name: String,
}

/// An event as it stands in the timeline of an incident.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    pub event: Event,
    pub incident: IncidentId,
    /// In the order of arrival; breaks ties of `occurred_at`.
    pub seq: i64,
    pub recorded_at: Instant,
    pub updated_at: Instant,
    /// `None`: it came out of a capture.
    pub author: Option<Author>,
    pub starred: bool,
    pub hidden: bool,
    pub version: i64,
    /// A deleted event stays, so that it can be restored.
    pub deleted_at: Option<Instant>,
}

/// What a person decided about a correlation.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkDecision {
    pub event: EventId,
    pub other: EventId,
    pub state: LinkState,
    pub by: Author,
    pub at: Instant,
}
