//! Metrics: how far each service's signals left their range.
//!
//! The weight grows with the logarithm of the distance, since spreads of different metrics are not comparable in
//! detail, and is capped by how much the level itself changed: a hundred spreads of a hair's breadth are a hair.

use std::collections::BTreeSet;

use model::finding::SignalKind;
use model::text::Text;
use model::words::signal_name;

use super::{Channel, Clue};
use crate::detect::rules::shipped;
use crate::detect::shift::{Course, Shape, Stretch, stretches};
use crate::frame::Phase;
use crate::robust::median;
use crate::series::Series;
use crate::signal::{Bad, Edge, Measure, Signal, edge_of};
use crate::study::Study;
use crate::wording::{amount, change};

/// From this many requests since detection on, traces are believed to show them.
const LEAST_REQUESTS: usize = 20;
/// A CPU at this share of its usual use does no more work: none reaches it, or it is stuck.
const IDLE: f64 = 0.05;
/// A signal with this many times fewer normal samples than others has no normal worth the name.
const RARE: usize = 8;

pub fn clues(study: &Study<'_>) -> Vec<Clue> {
    let measured = Measured::of(study);
    let mut clues = Vec::new();
    for (series, course) in study.catalogue.iter().zip(&study.courses) {
        let Some(course) = course else { continue };
        if series.kind == SignalKind::Metric {
            clues.extend(of(study, &measured, series, course));
        }
    }
    clues
}

/// Clues from rules that hold in the window: limits reached, disks full, services down.
pub fn ruled(study: &Study<'_>) -> Vec<Clue> {
    let hits = shipped().hits(&study.catalogue, &study.frame);
    hits.into_iter()
        .filter_map(|hit| {
            let series = &study.catalogue[hit.series];
            let signal = Signal::of_metric(&series.signal);
            let weight = match hit.fact.as_str() {
                "disk_full" | "down" => 3.0,
                "saturation" | "pool_wait" | "lock_wait" => 1.0,
                "clock_skew" => 1.5,
                // Errors are symptoms, which the distance from normal already weighs.
                _ => return None,
            };
            let name = signal_name(&series.signal);
            let value = amount(series.values[hit.last], series.unit.as_deref());
            Some(Clue {
                channel: Channel::Resource,
                service: series.service.clone(),
                weight: if signal.of_host { 0.2 * weight } else { weight },
                signal: Some(series.signal.clone()),
                signal_kind: Some(SignalKind::Metric),
                fault: Some(hit.fact),
                onset: series.times.get(hit.first).copied(),
                says: Text::new(
                    format!("{name} {}, at {value}", hit.says.en),
                    format!("{name} {}，为 {value}", hit.says.zh),
                ),
            })
        })
        .collect()
}

/// What is known of the capture as a whole before single series are weighed.
struct Measured<'a> {
    /// Services and measures that have a utilisation, which tells more than the absolute amount.
    utilised: BTreeSet<(&'a str, Measure)>,
    /// Traces tell latency better than sums over all requests do.
    has_traces: bool,
    /// Services with spans since detection.
    traced: BTreeSet<&'a str>,
    /// Normal samples of a series in the middle.
    usual_count: usize,
    /// What the alert is about.
    alarmed: Option<Measure>,
    /// Services on the way of the alarmed or entry service's requests; empty when not known.
    concerned: BTreeSet<&'a str>,
}

impl<'a> Measured<'a> {
    fn of(study: &'a Study<'_>) -> Self {
        let is_share = |series: &&Series| matches!(series.unit.as_deref(), Some("%" | "ratio"));
        let utilised = study
            .catalogue
            .iter()
            .filter(|series| series.kind == SignalKind::Metric)
            .filter(is_share)
            .map(|series| (series.service.as_str(), Signal::of_metric(&series.signal).measure))
            .filter(|(_, measure)| measure.is_resource())
            .collect();
        let frame = &study.frame;
        let roots = study.trees.parent.iter().zip(&study.capture.telemetry.spans.start);
        let requests =
            roots.filter(|(parent, start)| parent.is_none() && frame.phase(**start) == Phase::After).count();
        let alert = study.capture.telemetry.happenings.iter().find(|one| one.event_type == "alert");
        let alarmed =
            alert.map(|alert| Signal::of_metric(&alert.title).measure).filter(|measure| measure.is_symptom());
        let origin = alert.and_then(|alert| alert.service.as_deref()).or(study
            .capture
            .header
            .entry_service
            .as_deref());
        let mut concerned = BTreeSet::new();
        if let Some(origin) = origin.filter(|origin| study.graph.has(origin)) {
            concerned = study.graph.below(origin);
            concerned.extend(study.graph.services().get(origin).map(String::as_str));
        }
        if concerned.len() < 3 {
            concerned.clear();
        }
        let spans = &study.capture.telemetry.spans;
        let recent =
            spans.start.iter().zip(&spans.service).filter(|(start, _)| frame.phase(**start) == Phase::After);
        let symbols: BTreeSet<_> = recent.map(|(_, service)| *service).collect();
        let traced = symbols.into_iter().map(|symbol| study.capture.telemetry.symbols.name(symbol)).collect();
        let counts: Vec<f64> =
            study.courses.iter().flatten().map(|course| course.normal.count as f64).collect();
        let usual_count = median(&counts) as usize;
        Self { utilised, has_traces: requests >= LEAST_REQUESTS, traced, usual_count, alarmed, concerned }
    }

    /// How much a change of this measure at this service is worth here.
    fn worth(&self, series: &Series, course: &Course, measure: Measure) -> f64 {
        let mut worth = worth(measure);
        let is_share = matches!(series.unit.as_deref(), Some("%" | "ratio"));
        if !is_share && self.utilised.contains(&(series.service.as_str(), measure)) {
            worth *= 0.3;
        }
        if self.has_traces && measure.is_symptom() {
            worth *= if self.traced.contains(series.service.as_str()) { 0.4 } else { 0.1 };
        }
        if course.normal.count * RARE < self.usual_count {
            worth *= 0.4;
        }
        if let Some(alarmed) = self.alarmed
            && measure.is_symptom()
            && alarmed.family() != measure.family()
        {
            worth *= 0.5;
        }
        if !self.concerned.is_empty() && !self.concerned.contains(series.service.as_str()) {
            worth *= 0.4;
        }
        worth
    }
}

fn of(study: &Study<'_>, measured: &Measured<'_>, series: &Series, course: &Course) -> Option<Clue> {
    let signal = Signal::of_metric(&series.signal);
    // A single wild sample says less than several, and much less than all since detection.
    let sustained = |outside: usize| {
        let share = outside as f64 / (course.after_count.max(2) as f64);
        (1.0 - 0.6_f64.powi(outside.min(20) as i32)) * (0.3 + 0.7 * share.min(1.0))
    };
    let usual = course.normal.center;
    let is_idle = |stretch: &Stretch| {
        let level = series.values[course.first + stretch.peak];
        signal.measure == Measure::Cpu && stretch.distance < 0.0 && level.abs() <= IDLE * usual.abs()
    };
    let counts = |stretch: &Stretch| match signal.measure {
        Measure::Cpu => stretch.distance > 0.0 || is_idle(stretch),
        _ => true,
    };
    let bad = if signal.measure == Measure::Cpu { Bad::Either } else { signal.bad };
    let (stretch, distance) = stretches(course, bad)
        .into_iter()
        .filter(counts)
        .map(|stretch| (stretch, stretch.distance.abs() * sustained(stretch.outside)))
        .max_by(|left, right| left.1.total_cmp(&right.1))?;
    let peak = series.values[course.first + stretch.peak];
    let ratio = (peak.abs().max(1e-9) / usual.abs().max(1e-9)).ln().abs();
    let size = match series.unit.as_deref() {
        Some("%") => (peak - usual).abs() / 10.0,
        Some("ratio") => (peak - usual).abs() / 0.1,
        _ => ratio,
    };
    let raw = (1.0 + distance / 3.0).ln().min(0.2 + 2.5 * size).min(4.0);
    let age = if course.began_normal == Some(false) { 0.25 } else { 1.0 };
    // A level of memory comes and goes with instances; that it grows and grows is a sign.
    let leak = if signal.measure == Measure::Memory && stretch.shape == Shape::Growth { 2.5 } else { 1.0 };
    let of_host = if signal.of_host { 0.2 } else { 1.0 };
    let idle = if is_idle(&stretch) { 0.5 } else { 1.0 };
    let of_callees = if signal.of_callees { 0.3 } else { 1.0 };
    let weight =
        raw * measured.worth(series, course, signal.measure) * age * of_host * of_callees * leak * idle;
    let edge = edge_of(&series.signal, |other| study.graph.has(other));
    let (service, fault) = match edge {
        Some(Edge::To(callee)) => (callee.to_owned(), "network_delay"),
        _ if is_idle(&stretch) => (series.service.clone(), "idle"),
        _ => (series.service.clone(), fault_of(signal.measure)),
    };
    let channel = if signal.measure.is_symptom() { Channel::Symptom } else { Channel::Resource };
    let text = format!("{} {}", signal_name(&series.signal), change(usual, peak, series.unit.as_deref()));
    Some(Clue {
        channel,
        service,
        weight,
        signal: Some(series.signal.clone()),
        signal_kind: Some(SignalKind::Metric),
        fault: Some(fault.to_owned()),
        onset: series.times.get(course.first + stretch.first).copied(),
        says: Text::plain(text),
    })
}

/// How much a change of what is measured says of its service as the origin.
const fn worth(measure: Measure) -> f64 {
    match measure {
        Measure::Cpu => 1.0,
        Measure::Errors | Measure::Success | Measure::Latency => 1.0,
        Measure::Life => 1.0,
        Measure::Disk => 0.8,
        Measure::Saturation => 0.7,
        Measure::Limit => 0.6,
        Measure::Memory => 0.35,
        Measure::Traffic => 0.3,
        Measure::Network | Measure::Other => 0.3,
    }
}

const fn fault_of(measure: Measure) -> &'static str {
    match measure {
        Measure::Cpu => "cpu",
        Measure::Memory => "memory",
        Measure::Disk => "disk",
        Measure::Network => "network",
        Measure::Saturation => "saturation",
        Measure::Errors | Measure::Success => "errors",
        Measure::Latency => "slow",
        Measure::Traffic => "traffic",
        Measure::Life => "restart",
        Measure::Limit => "limit_changed",
        Measure::Other => "other",
    }
}
