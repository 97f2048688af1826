//! An incident: what went wrong, how badly, when it began, was noticed, was stopped and was over.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::{CaptureId, IncidentId, PersonId};
use crate::instant::{Instant, Span};
use crate::text::Text;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    Sev1,
    Sev2,
    Sev3,
    Sev4,
}

impl Severity {
    pub const ALL: [Self; 4] = [Self::Sev1, Self::Sev2, Self::Sev3, Self::Sev4];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sev1 => "sev1",
            Self::Sev2 => "sev2",
            Self::Sev3 => "sev3",
            Self::Sev4 => "sev4",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.as_str() == text)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Investigating,
    Mitigated,
    Resolved,
    Closed,
}

impl Status {
    pub const ALL: [Self; 4] = [Self::Investigating, Self::Mitigated, Self::Resolved, Self::Closed];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Investigating => "investigating",
            Self::Mitigated => "mitigated",
            Self::Resolved => "resolved",
            Self::Closed => "closed",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }
}

/// Public to everyone with an account on this instance, or private to the people named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    Public,
    Private,
}

impl Visibility {
    pub const ALL: [Self; 2] = [Self::Public, Self::Private];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Private => "private",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|visibility| visibility.as_str() == text)
    }
}

/// The four clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockName {
    StartedAt,
    DetectedAt,
    MitigatedAt,
    ResolvedAt,
}

impl ClockName {
    pub const ALL: [Self; 4] = [Self::StartedAt, Self::DetectedAt, Self::MitigatedAt, Self::ResolvedAt];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::StartedAt => "started_at",
            Self::DetectedAt => "detected_at",
            Self::MitigatedAt => "mitigated_at",
            Self::ResolvedAt => "resolved_at",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|clock| clock.as_str() == text)
    }
}

/// Who or what set a clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ClockSetter {
    Person { name: String },
    Alert { name: String },
    Capture,
    Analysis { reason: String },
}

/// One clock: the moment, who said so, and whether a person has confirmed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    pub at: Instant,
    pub by: ClockSetter,
    pub confirmed: bool,
}

/// What a person does while the incident runs. At most one person a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    Commander,
    Operations,
    Communications,
    Scribe,
}

impl Duty {
    pub const ALL: [Self; 4] = [Self::Commander, Self::Operations, Self::Communications, Self::Scribe];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Commander => "commander",
            Self::Operations => "operations",
            Self::Communications => "communications",
            Self::Scribe => "scribe",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|duty| duty.as_str() == text)
    }
}

/// How far the analysis of the incident's capture has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnalysisState {
    #[default]
    None,
    Queued,
    Running,
    Done,
    Failed,
}

impl AnalysisState {
    pub const ALL: [Self; 5] = [Self::None, Self::Queued, Self::Running, Self::Done, Self::Failed];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// The one curve that tells the incident in a list: values brought to 0..=1, and where they are out of the ordinary.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Spark {
    pub signal: String,
    pub service: String,
    pub points: Vec<f64>,
    /// First and last point of the anomaly.
    pub anomaly: Option<(usize, usize)>,
}

/// The cause that is held most likely, for a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Suspect {
    pub service: String,
    pub title: Text,
    /// 0..=1
    pub score: f64,
    /// Whether a person said that it was so.
    pub is_supported: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    pub events: i64,
    pub key_events: i64,
    pub anomalies: i64,
    pub patterns: i64,
    pub hypotheses: i64,
}

pub type Clocks = BTreeMap<ClockName, Clock>;

#[derive(Debug, Clone, PartialEq)]
pub struct Incident {
    pub id: IncidentId,
    /// Counts up from 1; how people call it.
    pub number: i64,
    pub title: String,
    pub severity: Severity,
    pub status: Status,
    pub visibility: Visibility,
    pub services: Vec<String>,
    pub impact: Option<String>,
    pub entry_service: Option<String>,
    pub timezone: Option<String>,
    /// The stretch of time that the capture covers.
    pub window: Option<Span>,
    /// Came with the product, to be looked at and thrown away.
    pub example: bool,
    pub clocks: Clocks,
    pub capture: Option<CaptureId>,
    pub counts: Counts,
    pub analysis: AnalysisState,
    pub analysis_error: Option<String>,
    pub spark: Option<Spark>,
    pub suspect: Option<Suspect>,
    /// How many calls lie between the entry and each service.
    pub depths: BTreeMap<String, u32>,
    /// Goes up with each change of the fields above that people edit.
    pub version: i64,
    /// Goes up with each change of the timeline.
    pub revision: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
}

impl Incident {
    /// Where the incident stands in a list ordered by time.
    pub fn sort_at(&self) -> Instant {
        let at = |name| self.clocks.get(&name).map(|clock| clock.at);
        at(ClockName::StartedAt).or_else(|| at(ClockName::DetectedAt)).unwrap_or(self.created_at)
    }
}

/// A person named in an incident, with their name of today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named<T> {
    pub person: PersonId,
    pub name: String,
    /// An access for a member, a duty for a role.
    pub what: T,
}
