//! What analysis found, on the wire: DESIGN 4.3, in the reader's language.

use app::analysis::curves::{About, Curve, Stretch};
use app::analysis::findings::{Judged, Place, Report};
use model::Instant;
use model::finding::{Anomaly, Band, Detector, FoundBy, Hypothesis, Pattern, SignalKind};
use model::id::EventId;
use model::text::Language;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::event::EventView;
use super::incident::WindowView;
use super::names::{DetectorFamilyName, FindingKindName, FindingStateName, FoundByName, SignalKindName};

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Analysis)]
pub struct AnalysisView {
    window: Option<WindowView>,
    timeline: Vec<EventView>,
    anomalies: Vec<AnomalyView>,
    patterns: Vec<PatternView>,
    hypotheses: Vec<HypothesisView>,
    stats: StatsView,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AnalysisStats)]
pub struct StatsView {
    events: i64,
    key_events: i64,
    anomalies: usize,
    patterns: usize,
    hypotheses: usize,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Anomaly)]
pub struct AnomalyView {
    id: String,
    title: String,
    why: String,
    service: String,
    signal: String,
    #[schema(value_type = SignalKindName)]
    signal_kind: SignalKind,
    series_id: String,
    r#type: String,
    #[schema(value_type = String, format = "date-time")]
    start: Instant,
    #[schema(value_type = String, format = "date-time")]
    end: Instant,
    score: f64,
    #[schema(value_type = Vec<DetectorView>)]
    detectors: Vec<Detector>,
    #[schema(value_type = Option<BandView>)]
    baseline: Option<Band>,
    peak: f64,
    unit: Option<String>,
    /// First and last row of the file, from 0.
    #[schema(min_items = 2, max_items = 2)]
    rows: Option<[u64; 2]>,
    events: Vec<String>,
    #[schema(value_type = FindingStateName)]
    state: String,
    version: i64,
}

/// The range in which a signal lies when nothing is wrong.
#[derive(ToSchema)]
#[schema(as = Band)]
#[expect(dead_code, reason = "only the document reads it")]
pub struct BandView {
    low: f64,
    high: f64,
}

/// One detector's word on an anomaly.
#[derive(ToSchema)]
#[schema(as = Detector)]
#[expect(dead_code, reason = "only the document reads it")]
pub struct DetectorView {
    name: String,
    family: DetectorFamilyName,
    score: f64,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Pattern)]
pub struct PatternView {
    id: String,
    r#type: String,
    title: String,
    why: String,
    confidence: f64,
    services: Vec<String>,
    evidence: Vec<String>,
    #[schema(value_type = Vec<FoundByName>)]
    found_by: Vec<FoundBy>,
    recommendation: String,
    #[schema(value_type = FindingStateName)]
    state: String,
    version: i64,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Hypothesis)]
pub struct HypothesisView {
    id: String,
    rank: u32,
    title: String,
    why: String,
    service: String,
    signal: Option<String>,
    fault: Option<String>,
    score: f64,
    evidence: Vec<String>,
    /// What speaks against it, one sentence each.
    against: Vec<String>,
    /// The events that `against` rests on.
    counter_evidence: Vec<String>,
    /// Telemetry that is missing for the service: absence of data is not health.
    #[schema(value_type = Vec<SignalKindName>)]
    not_seen: Vec<SignalKind>,
    #[schema(value_type = FindingStateName)]
    state: String,
    version: i64,
}

fn texts(ids: &[EventId]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}

impl AnalysisView {
    pub fn new(report: &Report, language: Language) -> Self {
        let findings = &report.findings;
        let counts = report.known.incident.counts;
        Self {
            window: report.known.incident.window.map(WindowView::from),
            timeline: EventView::all(&report.timeline),
            anomalies: findings.anomalies.iter().map(|judged| anomaly(judged, language)).collect(),
            patterns: findings.patterns.iter().map(|judged| pattern(judged, language)).collect(),
            hypotheses: findings.hypotheses.iter().map(|judged| hypothesis(judged, language)).collect(),
            stats: StatsView {
                events: counts.events,
                key_events: counts.key_events,
                anomalies: findings.anomalies.len(),
                patterns: findings.patterns.len(),
                hypotheses: findings.hypotheses.len(),
            },
        }
    }
}

fn anomaly(judged: &Judged<Anomaly>, language: Language) -> AnomalyView {
    let anomaly = &judged.finding;
    AnomalyView {
        id: anomaly.id.to_string(),
        title: anomaly.title.in_language(language).to_owned(),
        why: anomaly.why.in_language(language).to_owned(),
        service: anomaly.service.clone(),
        signal: anomaly.signal.clone(),
        signal_kind: anomaly.signal_kind,
        series_id: anomaly.series.to_string(),
        r#type: anomaly.anomaly_type.clone(),
        start: anomaly.start,
        end: anomaly.end,
        score: anomaly.score,
        detectors: anomaly.detectors.clone(),
        baseline: anomaly.baseline,
        peak: anomaly.peak,
        unit: anomaly.unit.clone(),
        rows: anomaly.rows.map(|(first, last)| [first, last]),
        events: texts(&anomaly.events),
        state: judged.judgement.state.clone(),
        version: judged.judgement.version,
    }
}

fn pattern(judged: &Judged<Pattern>, language: Language) -> PatternView {
    let pattern = &judged.finding;
    PatternView {
        id: pattern.id.to_string(),
        r#type: pattern.pattern_type.clone(),
        title: pattern.title.in_language(language).to_owned(),
        why: pattern.why.in_language(language).to_owned(),
        confidence: pattern.confidence,
        services: pattern.services.clone(),
        evidence: texts(&pattern.evidence),
        found_by: pattern.found_by.clone(),
        recommendation: pattern.recommendation.in_language(language).to_owned(),
        state: judged.judgement.state.clone(),
        version: judged.judgement.version,
    }
}

fn hypothesis(judged: &Judged<Hypothesis>, language: Language) -> HypothesisView {
    let hypothesis = &judged.finding;
    HypothesisView {
        id: hypothesis.id.to_string(),
        rank: hypothesis.rank,
        title: hypothesis.title.in_language(language).to_owned(),
        why: hypothesis.why.in_language(language).to_owned(),
        service: hypothesis.service.clone(),
        signal: hypothesis.signal.clone(),
        fault: hypothesis.fault.clone(),
        score: hypothesis.score,
        evidence: texts(&hypothesis.evidence),
        against: hypothesis.against.iter().map(|text| text.in_language(language).to_owned()).collect(),
        counter_evidence: texts(&hypothesis.counter_evidence),
        not_seen: hypothesis.not_seen.clone(),
        state: judged.judgement.state.clone(),
        version: judged.judgement.version,
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FindingPatch {
    #[schema(value_type = FindingStateName)]
    pub state: String,
    /// The version that the change is based on.
    pub version: i64,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Finding)]
pub struct FindingView {
    id: String,
    incident_id: String,
    #[schema(value_type = FindingKindName)]
    kind: &'static str,
    #[schema(value_type = FindingStateName)]
    state: String,
    version: i64,
}

impl From<&Place> for FindingView {
    fn from(place: &Place) -> Self {
        Self {
            id: place.id.to_string(),
            incident_id: place.incident.to_string(),
            kind: place.kind.as_str(),
            state: place.judgement.state.clone(),
            version: place.judgement.version,
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Series)]
pub struct SeriesView {
    id: String,
    service: String,
    /// Metric name, log template, or operation and measure of spans.
    metric: String,
    unit: Option<String>,
    #[schema(value_type = SignalKindName)]
    kind: SignalKind,
    instance: Option<String>,
    labels: Option<String>,
    point_count: usize,
    min: f64,
    max: f64,
    /// Of the strongest anomaly in it; 0 when there is none.
    anomaly_score: f64,
    anomalies: Vec<StretchView>,
    #[schema(value_type = Option<BandView>)]
    baseline: Option<Band>,
    /// Proposed as a strip.
    shown: bool,
    /// Microseconds since the epoch; only when points were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    t: Option<Vec<i64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    v: Option<Vec<Option<f64>>>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AnomalyStretch)]
pub struct StretchView {
    id: String,
    #[schema(value_type = String, format = "date-time")]
    start: Instant,
    #[schema(value_type = String, format = "date-time")]
    end: Instant,
    score: f64,
    r#type: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SeriesList {
    pub items: Vec<SeriesView>,
}

impl From<About> for SeriesView {
    fn from(about: About) -> Self {
        Self {
            id: about.id.to_string(),
            service: about.service,
            metric: about.signal,
            unit: about.unit,
            kind: about.kind,
            instance: about.instance,
            labels: about.labels,
            point_count: about.point_count,
            min: about.min,
            max: about.max,
            anomaly_score: about.anomaly_score,
            anomalies: about.anomalies.into_iter().map(StretchView::from).collect(),
            baseline: about.baseline,
            shown: about.is_proposed,
            t: None,
            v: None,
        }
    }
}

impl From<Stretch> for StretchView {
    fn from(stretch: Stretch) -> Self {
        let Stretch { id, start, end, score, anomaly_type } = stretch;
        Self { id: id.to_string(), start, end, score, r#type: anomaly_type }
    }
}

impl From<Curve> for SeriesView {
    fn from(curve: Curve) -> Self {
        let (t, v) = curve.points.into_iter().map(|(time, value)| (time, Some(value))).unzip();
        Self { t: Some(t), v: Some(v), ..Self::from(curve.about) }
    }
}
