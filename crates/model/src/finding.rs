//! What analysis says of a capture: anomalies, patterns and ranked hypotheses, each with its evidence.
//!
//! The serde form of these values is the contract of DESIGN.md 4.3; bilingual texts are stored whole and cut to the
//! reader's language at the edge.

use serde::{Deserialize, Serialize};

use crate::id::{EventId, FindingId, SeriesId};
use crate::instant::Instant;
use crate::text::Text;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignalKind {
    Metric,
    Log,
    Trace,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    Statistical,
    Ml,
    Rule,
}

/// One detector's word on an anomaly.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Detector {
    pub name: String,
    pub family: Family,
    /// 0..=1
    pub score: f64,
}

/// The range in which a signal lies when nothing is wrong, in the signal's unit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Band {
    pub low: f64,
    pub high: f64,
}

/// A stretch in which a signal of a service is not as it was before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Anomaly {
    pub id: FindingId,
    pub service: String,
    /// Metric name, log template or span operation.
    pub signal: String,
    pub signal_kind: SignalKind,
    /// The series it was found on.
    pub series: SeriesId,
    /// `level_shift`, `spike`, `drop`, `absence`, `new`, `burst`, `saturation`, …
    #[serde(rename = "type")]
    pub anomaly_type: String,
    pub start: Instant,
    pub end: Instant,
    /// Combined, 0..=1.
    pub score: f64,
    pub detectors: Vec<Detector>,
    pub baseline: Option<Band>,
    /// The value farthest from the baseline, in the signal's unit.
    pub peak: f64,
    pub unit: Option<String>,
    /// First and last row of the capture file it rests on.
    pub rows: Option<(u64, u64)>,
    pub title: Text,
    pub why: Text,
    /// The events of the timeline that this anomaly became.
    pub events: Vec<EventId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FoundBy {
    Template,
    Ml,
    Statistics,
}

/// A known course of events, recognised in this one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pattern {
    pub id: FindingId,
    #[serde(rename = "type")]
    pub pattern_type: String,
    pub title: Text,
    pub confidence: f64,
    pub services: Vec<String>,
    pub evidence: Vec<EventId>,
    pub found_by: Vec<FoundBy>,
    pub why: Text,
    pub recommendation: Text,
}

/// A possible root cause.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hypothesis {
    pub id: FindingId,
    /// From 1.
    pub rank: u32,
    pub service: String,
    pub signal: Option<String>,
    pub fault: Option<String>,
    pub score: f64,
    pub title: Text,
    pub why: Text,
    pub evidence: Vec<EventId>,
    /// What speaks against it, one sentence each, the weightiest first.
    #[serde(default)]
    pub against: Vec<Text>,
    /// The events that `against` rests on.
    pub counter_evidence: Vec<EventId>,
    /// Telemetry that is missing for this service: absence of data is not health.
    pub not_seen: Vec<SignalKind>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Findings {
    /// Highest score first.
    pub anomalies: Vec<Anomaly>,
    pub patterns: Vec<Pattern>,
    /// Most likely first.
    pub hypotheses: Vec<Hypothesis>,
}
