//! Anomalies as events: a signal leaves its range, is farthest from it, comes back.

use model::event::{Kind, Provenance, SIGNAL, Severity};
use model::finding::{Anomaly, SignalKind};
use model::instant::Instant;
use model::telemetry::{Capture, Series};
use model::text::Text;
use model::words::signal_name;

use crate::draft::{Draft, Role, Seed, cut};
use crate::settings::SECOND_US;
use crate::witnesses;

/// Weaker anomalies only begin; their peak and end would be noise.
const TOLD_WHOLE: f64 = 0.5;

/// The events of the anomalies of metrics and spans. Those of logs are told by [`crate::voices`].
pub fn drafts(capture: &Capture, anomalies: &mut [Anomaly]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for anomaly in anomalies.iter_mut().filter(|anomaly| anomaly.signal_kind != SignalKind::Log) {
        let mut told = of_anomaly(capture, anomaly);
        if anomaly.signal_kind == SignalKind::Trace {
            let rows = witnesses::rows(capture, anomaly);
            told.iter_mut().for_each(|draft| rest_on(&rows, &mut draft.event.provenance));
        }
        anomaly.events.extend(told.iter().map(|draft| draft.event.id.clone()));
        drafts.extend(told);
    }
    drafts
}

fn rest_on(rows: &[(u64, u64)], provenance: &mut Provenance) {
    if let Some((first, further)) = rows.split_first() {
        provenance.rows = Some(*first);
        provenance.further_rows = further.to_vec();
    }
}

fn of_anomaly(capture: &Capture, anomaly: &Anomaly) -> Vec<Draft> {
    let mut drafts =
        vec![draft(capture, anomaly, "anomaly_start", anomaly.start, anomaly.title.clone(), Role::Onset)];
    if anomaly.score < TOLD_WHOLE {
        return drafts;
    }
    let signal = cut(&signal_name(&anomaly.signal), 80);
    if let Some(peak) = peak_time(capture, anomaly)
        && peak.since(anomaly.start) > 20 * SECOND_US
    {
        let title = Text::new(format!("{signal} at its farthest"), format!("{signal} 偏离最大"));
        drafts.push(draft(capture, anomaly, "anomaly_peak", peak, title, Role::Peak));
    }
    let window = capture.header.window;
    let is_over = window.end.since(anomaly.end) * 20 > window.length_us();
    if is_over && anomaly.end > anomaly.start {
        let title = Text::new(format!("{signal} back in its range"), format!("{signal} 恢复正常"));
        drafts.push(draft(capture, anomaly, "anomaly_end", anomaly.end, title, Role::Return));
    }
    drafts
}

fn draft(
    capture: &Capture,
    anomaly: &Anomaly,
    event_type: &str,
    at: Instant,
    title: Text,
    role: Role,
) -> Draft {
    let (kind, file) = match anomaly.signal_kind {
        SignalKind::Metric => (Kind::Metric, &capture.telemetry.files.metrics),
        SignalKind::Trace => (Kind::Trace, &capture.telemetry.files.traces),
        SignalKind::Log => (Kind::Log, &capture.telemetry.files.logs),
    };
    let severity = match (role, anomaly.score) {
        (Role::Onset, score) if score >= 0.8 => Severity::Error,
        (Role::Onset, score) if score >= TOLD_WHOLE => Severity::Warning,
        (Role::Return, _) => Severity::Info,
        _ => Severity::Notice,
    };
    let mut draft = Draft::of(Seed {
        kind,
        event_type,
        at,
        service: Some(&anomaly.service),
        title,
        severity,
        role,
        identity: anomaly.id.as_str().as_bytes(),
    });
    let event = &mut draft.event;
    if role == Role::Onset {
        event.ended_at = Some(anomaly.end).filter(|&end| end > anomaly.start);
        event.detail = Some(anomaly.why.en.clone());
        event.attributes.insert(model::event::DETAIL_ZH.to_owned(), anomaly.why.zh.clone());
    }
    event.weight = match role {
        Role::Onset => anomaly.score,
        _ => anomaly.score * 0.5,
    };
    event.attributes.insert(SIGNAL.to_owned(), anomaly.signal.clone());
    event.attributes.insert("finding".to_owned(), anomaly.id.as_str().to_owned());
    event.attributes.insert("score".to_owned(), format!("{:.2}", anomaly.score));
    event.attributes.insert("change".to_owned(), anomaly.anomaly_type.clone());
    event.provenance.source = "analysis".to_owned();
    event.provenance.file.clone_from(file);
    event.provenance.rows = anomaly.rows;
    draft
}

/// When the signal was farthest, where the metrics say.
fn peak_time(capture: &Capture, anomaly: &Anomaly) -> Option<Instant> {
    let at = |series: &Series| {
        let from = series.times.partition_point(|&time| time < anomaly.start);
        let to = series.times.partition_point(|&time| time <= anomaly.end);
        let place = series.values.get(from..to)?.iter().position(|&value| value == anomaly.peak)?;
        series.times.get(from + place).copied()
    };
    series_of(capture, anomaly).find_map(at)
}

/// The recorded series that carry the signal of an anomaly.
pub fn series_of<'a>(capture: &'a Capture, anomaly: &Anomaly) -> impl Iterator<Item = &'a Series> {
    let telemetry = &capture.telemetry;
    let service = telemetry.symbols.find(&anomaly.service);
    let metric = telemetry.symbols.find(&anomaly.signal);
    let is_metric = anomaly.signal_kind == SignalKind::Metric;
    telemetry
        .metrics
        .iter()
        .filter(move |series| is_metric && Some(series.service) == service && Some(series.metric) == metric)
}
