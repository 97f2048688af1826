//! An incident on the wire.

use std::collections::BTreeMap;

use app::incidents::{Draft, Patch, Shown};
use model::Instant;
use model::access::Access;
use model::incident::{
    AnalysisState, ClockName, ClockSetter, Duty, Incident, Severity, Status, Suspect, Visibility,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::By;
use super::names::{
    AccessName, AnalysisStateName, ClockNameName, ClockSetterKindName, DutyName, IncidentSeverityName,
    IncidentStatusName, VisibilityName,
};
use super::patch::{given, nullable};

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Incident)]
pub struct IncidentView {
    id: String,
    /// How people call it: `#7`.
    number: i64,
    title: String,
    #[schema(value_type = IncidentSeverityName)]
    severity: Severity,
    #[schema(value_type = IncidentStatusName)]
    status: Status,
    services: Vec<String>,
    #[schema(value_type = VisibilityName)]
    visibility: Visibility,
    #[schema(value_type = Option<String>, format = "date-time")]
    started_at: Option<Instant>,
    #[schema(value_type = Option<String>, format = "date-time")]
    detected_at: Option<Instant>,
    #[schema(value_type = Option<String>, format = "date-time")]
    mitigated_at: Option<Instant>,
    #[schema(value_type = Option<String>, format = "date-time")]
    resolved_at: Option<Instant>,
    clocks: ClocksView,
    roles: Vec<RoleView>,
    /// Only for one incident, not in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    members: Option<Vec<MemberView>>,
    impact: Option<String>,
    entry_service: Option<String>,
    timezone: Option<String>,
    window: Option<WindowView>,
    /// Came with the product.
    example: bool,
    capture: Option<CaptureRef>,
    counts: CountsView,
    #[schema(value_type = AnalysisStateName)]
    analysis_state: AnalysisState,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    analysis_error: Option<String>,
    spark: Option<SparkView>,
    suspect: Option<SuspectView>,
    /// What the caller may do with it.
    #[schema(value_type = AccessName)]
    access: Access,
    version: i64,
    #[schema(value_type = String, format = "date-time")]
    created_at: Instant,
    #[schema(value_type = String, format = "date-time")]
    updated_at: Instant,
}

/// Who said so of each clock.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Clocks)]
pub struct ClocksView {
    started_at: Option<ClockView>,
    detected_at: Option<ClockView>,
    mitigated_at: Option<ClockView>,
    resolved_at: Option<ClockView>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Clock)]
pub struct ClockView {
    by: ClockSetterView,
    confirmed: bool,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ClockSetter)]
pub struct ClockSetterView {
    #[schema(value_type = ClockSetterKindName)]
    kind: &'static str,
    name: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RoleHolder)]
pub struct RoleView {
    #[schema(value_type = DutyName)]
    role: Duty,
    person: By,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Member)]
pub struct MemberView {
    person: By,
    #[schema(value_type = AccessName)]
    access: Access,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Window)]
pub struct WindowView {
    #[schema(value_type = String, format = "date-time")]
    pub start: Instant,
    #[schema(value_type = String, format = "date-time")]
    pub end: Instant,
}

impl From<model::Span> for WindowView {
    fn from(span: model::Span) -> Self {
        Self { start: span.start, end: span.end }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct CaptureRef {
    id: String,
    size_bytes: i64,
    file_count: usize,
    sha256: String,
    #[schema(value_type = String, format = "date-time")]
    collected_at: Instant,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Counts)]
pub struct CountsView {
    events: i64,
    key_events: i64,
    anomalies: i64,
    patterns: i64,
    hypotheses: i64,
}

/// The cause that is held most likely: what people support, else the first hypothesis that nobody refuted.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Suspect)]
pub struct SuspectView {
    service: String,
    title: BothLanguages,
    /// 0 to 1.
    score: f64,
    /// Whether a person said that it was so.
    supported: bool,
}

/// A list stays when its reader changes the language.
#[derive(Debug, Serialize, ToSchema)]
pub struct BothLanguages {
    en: String,
    #[serde(rename = "zh-CN")]
    zh: String,
}

impl From<Suspect> for SuspectView {
    fn from(suspect: Suspect) -> Self {
        let Suspect { service, title, score, is_supported } = suspect;
        let title = BothLanguages { en: title.en, zh: title.zh };
        Self { service, title, score, supported: is_supported }
    }
}

/// The curve that tells the incident, each point brought to 0..=1.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Spark)]
pub struct SparkView {
    signal: String,
    service: String,
    points: Vec<f64>,
    /// First and last point of the anomaly.
    #[schema(min_items = 2, max_items = 2)]
    anomaly: Option<[usize; 2]>,
}

impl IncidentView {
    /// One incident, with its members.
    pub fn whole(shown: &Shown) -> Self {
        let members = shown.known.members.iter().map(|(id, member)| MemberView {
            person: By { id: id.to_string(), name: member.name.clone() },
            access: member.access,
        });
        Self { members: Some(members.collect()), ..Self::of_list(shown) }
    }

    pub fn of_list(shown: &Shown) -> Self {
        let (known, counts) = (&shown.known, shown.tally.counts);
        let incident = known.incident.clone();
        let at = |name| incident.clocks.get(&name).map(|clock| clock.at);
        Self {
            id: incident.id.to_string(),
            number: incident.number,
            severity: incident.severity,
            status: incident.status,
            visibility: incident.visibility,
            started_at: at(ClockName::StartedAt),
            detected_at: at(ClockName::DetectedAt),
            mitigated_at: at(ClockName::MitigatedAt),
            resolved_at: at(ClockName::ResolvedAt),
            clocks: clocks(&incident),
            roles: known
                .duties
                .iter()
                .map(|(&role, holder)| RoleView {
                    role,
                    person: By { id: holder.access.to_string(), name: holder.name.clone() },
                })
                .collect(),
            members: None,
            window: incident.window.map(WindowView::from),
            example: incident.example,
            capture: known.capture.as_ref().map(|capture| CaptureRef {
                id: capture.id.to_string(),
                size_bytes: capture.size_bytes,
                file_count: capture.files.len(),
                sha256: capture.sha256.clone(),
                collected_at: capture.collected_at,
            }),
            counts: CountsView {
                events: counts.events,
                key_events: counts.key_events,
                anomalies: counts.anomalies,
                patterns: counts.patterns,
                hypotheses: counts.hypotheses,
            },
            analysis_state: incident.analysis,
            spark: incident.spark.map(|spark| SparkView {
                signal: spark.signal,
                service: spark.service,
                points: spark.points,
                anomaly: spark.anomaly.map(|(first, last)| [first, last]),
            }),
            suspect: incident.suspect.map(SuspectView::from),
            access: shown.access,
            version: incident.version,
            created_at: incident.created_at,
            updated_at: incident.updated_at,
            title: incident.title,
            services: incident.services,
            impact: incident.impact,
            entry_service: incident.entry_service,
            timezone: incident.timezone,
            analysis_error: incident.analysis_error,
        }
    }
}

fn clocks(incident: &Incident) -> ClocksView {
    let clock = |name| {
        incident.clocks.get(&name).map(|clock| {
            let (kind, name) = match &clock.by {
                ClockSetter::Person { name } => ("person", Some(name.clone())),
                ClockSetter::Alert { name } => ("alert", Some(name.clone())),
                ClockSetter::Capture => ("capture", None),
                ClockSetter::Analysis { reason } => ("analysis", Some(reason.clone())),
            };
            ClockView { by: ClockSetterView { kind, name }, confirmed: clock.confirmed }
        })
    };
    ClocksView {
        started_at: clock(ClockName::StartedAt),
        detected_at: clock(ClockName::DetectedAt),
        mitigated_at: clock(ClockName::MitigatedAt),
        resolved_at: clock(ClockName::ResolvedAt),
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IncidentDraft {
    #[schema(min_length = 1, max_length = 300)]
    title: String,
    #[schema(value_type = Option<IncidentSeverityName>)]
    severity: Option<Severity>,
    #[schema(value_type = Option<IncidentStatusName>)]
    status: Option<Status>,
    #[serde(default)]
    services: Vec<String>,
    #[schema(value_type = Option<VisibilityName>)]
    visibility: Option<Visibility>,
    #[schema(value_type = Option<String>, format = "date-time")]
    started_at: Option<Instant>,
    #[schema(value_type = Option<String>, format = "date-time")]
    detected_at: Option<Instant>,
    #[schema(value_type = Option<String>, format = "date-time")]
    mitigated_at: Option<Instant>,
    #[schema(value_type = Option<String>, format = "date-time")]
    resolved_at: Option<Instant>,
    impact: Option<String>,
    timezone: Option<String>,
    entry_service: Option<String>,
}

impl From<IncidentDraft> for Draft {
    fn from(draft: IncidentDraft) -> Self {
        let clocks = BTreeMap::from([
            (ClockName::StartedAt, draft.started_at),
            (ClockName::DetectedAt, draft.detected_at),
            (ClockName::MitigatedAt, draft.mitigated_at),
            (ClockName::ResolvedAt, draft.resolved_at),
        ]);
        Self {
            title: draft.title,
            severity: draft.severity,
            status: draft.status,
            services: draft.services,
            visibility: draft.visibility,
            clocks: clocks.into_iter().filter_map(|(name, at)| Some((name, at?))).collect(),
            impact: draft.impact,
            timezone: draft.timezone,
            entry_service: draft.entry_service,
        }
    }
}

/// What changes. A field that is left out stays; one that may be `null` is emptied by it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IncidentPatch {
    /// The version that the change is based on.
    version: i64,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    title: Option<String>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<IncidentSeverityName>, nullable = false)]
    severity: Option<Severity>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<IncidentStatusName>, nullable = false)]
    status: Option<Status>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    services: Option<Vec<String>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<VisibilityName>, nullable = false)]
    visibility: Option<Visibility>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, format = "date-time")]
    started_at: Option<Option<Instant>>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, format = "date-time")]
    detected_at: Option<Option<Instant>>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, format = "date-time")]
    mitigated_at: Option<Option<Instant>>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, format = "date-time")]
    resolved_at: Option<Option<Instant>>,
    /// Clocks that are right as they are.
    #[serde(default)]
    #[schema(value_type = Vec<ClockNameName>)]
    confirm: Vec<ClockName>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    impact: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    timezone: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    entry_service: Option<Option<String>>,
}

impl From<IncidentPatch> for Patch {
    fn from(patch: IncidentPatch) -> Self {
        let clocks = [
            (ClockName::StartedAt, patch.started_at),
            (ClockName::DetectedAt, patch.detected_at),
            (ClockName::MitigatedAt, patch.mitigated_at),
            (ClockName::ResolvedAt, patch.resolved_at),
        ];
        Self {
            version: patch.version,
            title: patch.title,
            severity: patch.severity,
            status: patch.status,
            visibility: patch.visibility,
            services: patch.services,
            clocks: clocks.into_iter().filter_map(|(name, at)| Some((name, at?))).collect(),
            confirm: patch.confirm,
            impact: patch.impact,
            timezone: patch.timezone,
            entry_service: patch.entry_service,
        }
    }
}
