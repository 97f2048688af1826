//! An event on the wire.

use std::collections::BTreeMap;

use app::events::{Draft, Patch, Shown, Step};
use model::Instant;
use model::event::{Correlation, Kind, LinkDecision, LinkState, Recorded, Severity};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::By;
use super::names::{CauseName, ChangeKindName, KindName, LinkStateName, SeverityName};
use super::patch::{given, nullable};

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Event)]
pub struct EventView {
    id: String,
    incident_id: String,
    #[schema(value_type = KindName)]
    kind: Kind,
    /// What happened, such as `deploy` or `anomaly_start`. Open set.
    r#type: Option<String>,
    #[schema(value_type = String, format = "date-time")]
    occurred_at: Instant,
    #[schema(value_type = Option<String>, format = "date-time")]
    ended_at: Option<Instant>,
    /// Half width of what is not known about `occurred_at`.
    uncertainty_us: Option<i64>,
    #[schema(value_type = Option<String>, format = "date-time")]
    observed_at: Option<Instant>,
    #[schema(value_type = String, format = "date-time")]
    recorded_at: Instant,
    service: Option<String>,
    instance: Option<String>,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    detail: Option<String>,
    #[schema(value_type = SeverityName)]
    severity: Severity,
    key: bool,
    key_reason: Option<String>,
    starred: bool,
    hidden: bool,
    attributes: BTreeMap<String, String>,
    provenance: ProvenanceView,
    correlations: Vec<CorrelationView>,
    author: Option<By>,
    version: i64,
}

/// Where it can be checked.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Provenance)]
pub struct ProvenanceView {
    source: String,
    query: Option<String>,
    file: Option<String>,
    /// First and last row of the file, from 0.
    #[schema(min_items = 2, max_items = 2)]
    rows: Option<[u64; 2]>,
    /// Where it rests on rows here and there: the other ranges, the most telling first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    further_rows: Vec<[u64; 2]>,
    sha256: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Correlation)]
pub struct CorrelationView {
    id: String,
    score: f64,
    reasons: Vec<ReasonView>,
    #[schema(value_type = LinkStateName)]
    state: LinkState,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    by: Option<By>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Reason)]
pub struct ReasonView {
    #[schema(value_type = CauseName)]
    name: String,
    weight: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    detail: Option<String>,
}

impl EventView {
    pub fn all(shown: &Shown) -> Vec<Self> {
        shown.events.iter().map(|event| Self::new(event, shown)).collect()
    }

    /// The one event of `shown`.
    pub fn only(shown: &Shown) -> Option<Self> {
        shown.events.first().map(|event| Self::new(event, shown))
    }

    fn new(recorded: &Recorded, shown: &Shown) -> Self {
        let event = &recorded.event;
        let provenance = &event.provenance;
        let files = shown.known.capture.as_ref().map_or(&[][..], |capture| &capture.files);
        let file = files.iter().find(|file| Some(&file.name) == provenance.file.as_ref());
        let correlation = |correlation| correlation_view(recorded, correlation, &shown.links);
        Self {
            id: event.id.to_string(),
            incident_id: recorded.incident.to_string(),
            kind: event.kind,
            r#type: event.event_type.clone(),
            occurred_at: event.occurred_at,
            ended_at: event.ended_at,
            uncertainty_us: event.uncertainty_us,
            observed_at: event.observed_at,
            recorded_at: recorded.recorded_at,
            service: event.service.clone(),
            instance: event.instance.clone(),
            title: event.title.clone(),
            detail: event.detail.clone(),
            severity: event.severity,
            key: event.key,
            key_reason: event.key_reason.clone(),
            starred: recorded.starred,
            hidden: recorded.hidden,
            attributes: event.attributes.clone(),
            provenance: ProvenanceView {
                source: provenance.source.clone(),
                query: provenance.query.clone(),
                file: provenance.file.clone(),
                rows: provenance.rows.map(<[u64; 2]>::from),
                further_rows: provenance.further_rows.iter().copied().map(<[u64; 2]>::from).collect(),
                sha256: file.map(|file| file.sha256.clone()),
            },
            correlations: event.correlations.iter().map(correlation).collect(),
            author: recorded.author.as_ref().map(By::from),
            version: recorded.version,
        }
    }
}

fn correlation_view(
    recorded: &Recorded,
    correlation: &Correlation,
    links: &[LinkDecision],
) -> CorrelationView {
    let (one, other) = (&recorded.event.id, &correlation.other);
    let decision = links.iter().find(|link| {
        (&link.event == one && &link.other == other) || (&link.event == other && &link.other == one)
    });
    CorrelationView {
        id: other.to_string(),
        score: correlation.score,
        reasons: correlation
            .reasons
            .iter()
            .map(|reason| ReasonView {
                name: reason.name.clone(),
                weight: reason.weight,
                detail: reason.detail.clone(),
            })
            .collect(),
        state: decision.map(|decision| decision.state).unwrap_or_default(),
        by: decision.map(|decision| By::from(&decision.by)),
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EventDraft {
    #[schema(min_length = 1, max_length = 300)]
    title: String,
    #[schema(value_type = String, format = "date-time")]
    occurred_at: Instant,
    #[schema(value_type = Option<String>, format = "date-time")]
    ended_at: Option<Instant>,
    #[schema(value_type = Option<KindName>)]
    kind: Option<Kind>,
    r#type: Option<String>,
    service: Option<String>,
    detail: Option<String>,
    #[schema(value_type = Option<SeverityName>)]
    severity: Option<Severity>,
    uncertainty_us: Option<i64>,
    #[serde(default)]
    starred: bool,
    #[serde(default)]
    key: bool,
    #[serde(default)]
    attributes: BTreeMap<String, String>,
}

impl From<EventDraft> for Draft {
    fn from(draft: EventDraft) -> Self {
        Self {
            title: draft.title,
            occurred_at: draft.occurred_at,
            ended_at: draft.ended_at,
            kind: draft.kind.unwrap_or(Kind::Note),
            event_type: draft.r#type,
            service: draft.service,
            detail: draft.detail,
            severity: draft.severity.unwrap_or_default(),
            uncertainty_us: draft.uncertainty_us,
            starred: draft.starred,
            key: draft.key,
            attributes: draft.attributes,
        }
    }
}

/// Many at once: all of them are added, or none.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EventDrafts {
    #[schema(min_items = 1, max_items = 500)]
    pub events: Vec<EventDraft>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Events {
    pub items: Vec<EventView>,
}

/// What changes. A field that is left out stays; one that may be `null` is emptied by it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EventPatch {
    /// The version that the change is based on.
    version: i64,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    title: Option<String>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, format = "date-time", nullable = false)]
    occurred_at: Option<Instant>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, format = "date-time")]
    ended_at: Option<Option<Instant>>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    service: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    detail: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<SeverityName>, nullable = false)]
    severity: Option<Severity>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    starred: Option<bool>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    key: Option<bool>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    hidden: Option<bool>,
}

impl From<EventPatch> for Patch {
    fn from(patch: EventPatch) -> Self {
        let EventPatch {
            version,
            title,
            occurred_at,
            ended_at,
            service,
            detail,
            severity,
            starred,
            key,
            hidden,
        } = patch;
        Self { version, title, occurred_at, ended_at, service, detail, severity, starred, key, hidden }
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EventStep)]
pub struct StepView {
    version: i64,
    #[schema(value_type = String, format = "date-time")]
    at: Instant,
    by: Option<By>,
    #[schema(value_type = ChangeKindName)]
    change: &'static str,
    /// The fields that changed, as they were.
    #[schema(value_type = Option<ChangedFields>)]
    before: Value,
    #[schema(value_type = ChangedFields)]
    after: Value,
}

/// Those fields of an event that a change touched; the first step has all of them.
#[derive(ToSchema)]
#[schema(min_properties = 0)]
#[expect(dead_code, reason = "only the document reads it")]
pub struct ChangedFields {
    #[schema(nullable = false)]
    title: Option<String>,
    #[schema(value_type = Option<String>, format = "date-time", nullable = false)]
    occurred_at: Option<Instant>,
    #[schema(value_type = Option<String>, format = "date-time")]
    ended_at: Option<Instant>,
    service: Option<String>,
    detail: Option<String>,
    #[schema(value_type = Option<SeverityName>, nullable = false)]
    severity: Option<Severity>,
    #[schema(nullable = false)]
    key: Option<bool>,
    #[schema(nullable = false)]
    starred: Option<bool>,
    #[schema(nullable = false)]
    hidden: Option<bool>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct History {
    pub items: Vec<StepView>,
}

impl From<Step> for StepView {
    fn from(step: Step) -> Self {
        Self {
            version: step.version,
            at: step.at,
            by: step.by.as_ref().map(By::from),
            change: step.change.map_or("created", |change| change.as_str()),
            before: step.before,
            after: step.after,
        }
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrelationDecision {
    #[schema(value_type = LinkStateName)]
    pub state: LinkState,
}
