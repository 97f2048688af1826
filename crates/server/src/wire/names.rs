//! Closed sets of names, for the document: `model` reads and writes them, here they are only listed.

use utoipa::ToSchema;

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident as $shown:ident { $($variant:ident),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(ToSchema)]
        #[schema(as = $shown, rename_all = "snake_case")]
        pub enum $name { $($variant),* }
    )*};
}

names! {
    IncidentSeverityName as IncidentSeverity { Sev1, Sev2, Sev3, Sev4 }
    IncidentStatusName as IncidentStatus { Investigating, Mitigated, Resolved, Closed }
    VisibilityName as Visibility { Public, Private }
    ClockNameName as ClockName { StartedAt, DetectedAt, MitigatedAt, ResolvedAt }
    DutyName as IncidentRole { Commander, Operations, Communications, Scribe }
    AccessName as Access { Viewer, Commenter, Editor, Owner }
    AnalysisStateName as AnalysisState { None, Queued, Running, Done, Failed }
    KindName as EventKind { Metric, Log, Trace, UserAction, SystemEvent, Note }
    SeverityName as EventSeverity { Info, Notice, Warning, Error, Critical }
    LinkStateName as CorrelationState { Proposed, Confirmed, Rejected }
    SignalKindName as SignalKind { Metric, Log, Trace }
    ClockSetterKindName as ClockSetterKind { Person, Alert, Capture, Analysis }
    FindingKindName as FindingKind { Anomaly, Pattern, Hypothesis }
    /// A hypothesis is open, supported or refuted; an anomaly or pattern open, confirmed or dismissed.
    FindingStateName as FindingState { Open, Supported, Refuted, Confirmed, Dismissed }
    FoundByName as FoundBy { Template, Ml, Statistics }
    DetectorFamilyName as DetectorFamily { Statistical, Ml, Rule }
    NounName as Noun { Incident, Event, Capture, Analysis, Person, Token }
    ChangeKindName as ChangeKind { Created, Updated, Deleted, Restored }
    OrderName as Order { Asc, Desc }
    LanesName as Lanes { Service, Kind }
    TableName as CaptureTable { Metrics, Logs, Traces, Events }
    CauseName as CorrelationReason {
        Time, SameService, CallEdge, SharedTrace, SharedId, CoMovement, Text, TypePair, Learnt,
    }
}
