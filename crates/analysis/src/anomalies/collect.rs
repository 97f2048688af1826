//! Runs the detectors over the catalogue and brings what they mark of one stretch together.

use std::collections::BTreeMap;

use model::event::Severity;
use model::finding::{Band, Detector, Family, SignalKind};
use model::instant::Instant;
use model::template::Templates;

use super::Candidate;
use crate::detect::forest::Forest;
use crate::detect::shift::{Course, Shape, Stretch, measure, stretches};
use crate::detect::{peers, rules};
use crate::frame::Frame;
use crate::robust::{self, strength};
use crate::series::{ERROR_LINES, Series};
use crate::signal::{Bad, Measure, Signal};

/// A line that states a fact says as much as this many lines that state none.
const STATED: f64 = 4.0;
/// A sibling difference counts from this many spreads on.
const UNLIKE_SIBLINGS: f64 = 6.0;

pub fn candidates(catalogue: &[Series], templates: &Templates, frame: &Frame) -> Vec<Candidate> {
    let levels: BTreeMap<&str, Option<Severity>> =
        templates.templates.iter().map(|template| (template.text.as_str(), template.level)).collect();
    let courses: Vec<Option<Course>> = catalogue
        .iter()
        .map(|series| measure(&series.times, &series.values, series.unit.as_deref(), frame))
        .collect();
    let mut found = Vec::new();
    for (position, series) in catalogue.iter().enumerate() {
        let trait_ = Trait::of(series, &levels);
        if let Some(course) = &courses[position] {
            let stated;
            let course = if trait_.facts.is_empty() {
                course
            } else {
                stated = course.closer_by(STATED);
                &stated
            };
            let marked = stretches(course, trait_.bad);
            let unusual = marked.iter().filter(|one| !is_seen_before(series, course, one));
            found.extend(unusual.map(|one| of_stretch(position, series, course, one, &trait_)));
        }
        found.extend(absence(position, series, frame, &trait_));
    }
    add_rules(&mut found, catalogue, &courses, frame);
    add_siblings(&mut found, catalogue, frame);
    add_forest(&mut found, catalogue, &courses);
    found
}

/// A spike no higher than those of quiet times: many spreads away, when quiet times are flat but for a few of the kind.
fn is_seen_before(series: &Series, course: &Course, one: &Stretch) -> bool {
    let peak = series.values[course.first + one.peak];
    one.shape == Shape::Spike && (course.normal.low..=course.normal.high).contains(&peak)
}

/// What kind of signal a series is.
struct Trait {
    bad: Bad,
    weight: f64,
    measure: Measure,
    facts: Vec<rules::Fact>,
    is_uptime: bool,
}

impl Trait {
    fn of(series: &Series, levels: &BTreeMap<&str, Option<Severity>>) -> Self {
        match series.kind {
            SignalKind::Metric => {
                let signal = Signal::of_metric(&series.signal);
                let weight = weight_of(signal.measure) * if signal.of_host { 0.8 } else { 1.0 };
                let is_uptime = crate::signal::words(&series.signal).iter().any(|word| word == "uptime");
                Self { bad: signal.bad, weight, measure: signal.measure, facts: Vec::new(), is_uptime }
            }
            SignalKind::Trace => {
                let Signal { measure, bad, .. } = series.meaning();
                let weight = match measure {
                    Measure::Errors => 1.0,
                    Measure::Latency => 0.95,
                    _ => 0.7,
                };
                Self { bad, weight, measure, facts: Vec::new(), is_uptime: false }
            }
            SignalKind::Log => {
                let level = levels.get(series.signal.as_str()).copied().flatten();
                let facts = rules::shipped().facts_of(&series.signal);
                let weight = match level {
                    _ if series.signal == ERROR_LINES => 1.0,
                    Some(level) if level >= Severity::Error => 1.0,
                    Some(Severity::Warning) => 0.9,
                    _ if !facts.is_empty() => 0.95,
                    _ => 0.65,
                };
                let bad = if weight > 0.65 { Bad::Up } else { Bad::Either };
                Self { bad, weight, measure: Measure::Other, facts, is_uptime: false }
            }
        }
    }
}

fn weight_of(measure: Measure) -> f64 {
    match measure {
        Measure::Errors | Measure::Success | Measure::Life => 1.0,
        Measure::Latency | Measure::Saturation => 0.97,
        Measure::Cpu | Measure::Disk => 0.92,
        Measure::Traffic | Measure::Memory => 0.85,
        Measure::Limit => 0.8,
        Measure::Network | Measure::Other => 0.7,
    }
}

fn of_stretch(position: usize, series: &Series, course: &Course, one: &Stretch, trait_: &Trait) -> Candidate {
    let at = |in_window: usize| course.first + in_window;
    let down = one.distance < 0.0;
    let peak_value = series.values[at(one.peak)];
    let gone = down && peak_value.abs() <= 0.05 * course.normal.center.abs();
    let anomaly_type = match (series.kind, one.shape) {
        _ if trait_.is_uptime => "restart",
        (SignalKind::Log, _) if !trait_.facts.is_empty() && !down => trait_.facts[0].name.as_str(),
        (SignalKind::Log, _) if down => "vanished",
        (SignalKind::Log, _) if course.normal.high <= 0.0 => "new",
        (SignalKind::Log, _) => "burst",
        (_, _) if gone && trait_.measure == Measure::Traffic => "drop_to_zero",
        (_, Shape::Growth) => "growth",
        (_, Shape::LevelShift) if down => "drop",
        (_, Shape::LevelShift) => "level_shift",
        (_, Shape::Spike) if down => "dip",
        (_, Shape::Spike) => "spike",
    };
    let lasting = 1.0 - 0.5_f64.powi(one.outside.min(20) as i32);
    let mut detectors = vec![Detector {
        name: "robust_z".to_owned(),
        family: Family::Statistical,
        score: super::rounded(strength(one.distance) * (0.6 + 0.4 * lasting)),
    }];
    if one.shape != Shape::Spike {
        let name = if one.shape == Shape::Growth { "growth" } else { "level_shift" };
        let score = super::rounded(strength(course.level.abs().max(one.distance.abs() * 0.5)) * lasting);
        detectors.push(Detector { name: name.to_owned(), family: Family::Statistical, score });
    }
    if let Some(score) = distribution(series, course) {
        detectors.push(Detector { name: "distribution".to_owned(), family: Family::Statistical, score });
    }
    if !trait_.facts.is_empty() && !down {
        detectors.push(Detector { name: trait_.facts[0].name.clone(), family: Family::Rule, score: 0.9 });
    }
    // What was as far out when the window began is older than the incident.
    let age = if course.began_normal == Some(false) { 0.5 } else { 1.0 };
    Candidate {
        series: position,
        first: at(one.first),
        last: at(one.last),
        peak: at(one.peak),
        anomaly_type: anomaly_type.to_owned(),
        band: Some(Band { low: course.normal.low, high: course.normal.high }),
        detectors,
        says: trait_.facts.first().filter(|_| !down).map(|fact| fact.says.clone()),
        weight: trait_.weight * age * material(series, course, peak_value),
        outside: one.outside,
        alike: Vec::new(),
    }
}

/// 1 for a change of some size, down to a half for one that barely leaves the usual range, however still that is.
fn material(series: &Series, course: &Course, peak: f64) -> f64 {
    if series.kind == SignalKind::Log {
        return 1.0;
    }
    let edge = peak.clamp(course.normal.low, course.normal.high);
    let size = match series.unit.as_deref() {
        Some("%") => (peak - edge).abs() / 10.0,
        Some("ratio") => (peak - edge).abs() / 0.1,
        _ => (peak.abs().max(1e-9) / edge.abs().max(1e-9)).ln().abs(),
    };
    (0.5 + size).min(1.0)
}

/// How far the window's values are distributed unlike those before, when there are enough of both.
fn distribution(series: &Series, course: &Course) -> Option<f64> {
    if course.after_count < 12 || course.normal.count < 12 {
        return None;
    }
    let before = &series.values[..course.first];
    let after = &series.values[series.values.len().saturating_sub(course.after_count)..];
    if before.len() < 12 {
        return None;
    }
    let gap = robust::distribution_distance(before, after);
    let noise = (1.0 / before.len() as f64 + 1.0 / after.len() as f64).sqrt();
    Some(super::rounded(strength((gap / noise - 1.0).max(0.0) * 3.0) * gap))
}

/// A series that had a regular pulse and loses it while the window goes on.
fn absence(position: usize, series: &Series, frame: &Frame, trait_: &Trait) -> Option<Candidate> {
    if series.kind != SignalKind::Metric || series.times.len() < 6 {
        return None;
    }
    let gaps: Vec<f64> = series.times.windows(2).map(|pair| pair[1].since(pair[0]) as f64).collect();
    let pulse = robust::median(&gaps);
    let is_regular = gaps.iter().filter(|gap| **gap <= 1.5 * pulse).count() * 10 >= gaps.len() * 9;
    let last = series.times.len() - 1;
    let inside = |at: &Instant| frame.window.start <= *at && *at <= frame.window.end;
    let hole = (1..series.times.len())
        .filter(|at| inside(&series.times[*at]) && inside(&series.times[at - 1]))
        .map(|at| (at - 1, at, series.times[at].since(series.times[at - 1])))
        .max_by_key(|(_, _, length)| *length);
    let tail = inside(&series.times[last]).then(|| (last, last, frame.window.end.since(series.times[last])));
    let (first, end, silence) = hole.into_iter().chain(tail).max_by_key(|(_, _, length)| *length)?;
    let missed = silence as f64 / pulse.max(1.0);
    if !is_regular || missed < 5.0 || pulse <= 0.0 {
        return None;
    }
    let score = super::rounded(strength(missed));
    Some(Candidate {
        series: position,
        first,
        last: end,
        peak: first,
        anomaly_type: "absence".to_owned(),
        band: None,
        detectors: vec![Detector { name: "absence".to_owned(), family: Family::Statistical, score }],
        says: None,
        weight: trait_.weight * 0.6,
        outside: missed as usize,
        alike: Vec::new(),
    })
}

fn add_rules(found: &mut Vec<Candidate>, catalogue: &[Series], courses: &[Option<Course>], frame: &Frame) {
    for hit in rules::shipped().hits(catalogue, frame) {
        let detector = Detector { name: hit.fact.clone(), family: Family::Rule, score: 0.9 };
        let same = |one: &&mut Candidate| one.series == hit.series && one.overlaps(hit.first, hit.last);
        if let Some(known) = found.iter_mut().filter(same).max_by(|a, b| a.score().total_cmp(&b.score())) {
            known.detectors.push(detector);
            known.anomaly_type = hit.fact;
            known.says = Some(hit.says);
            continue;
        }
        let values = &catalogue[hit.series].values;
        let center = courses[hit.series].as_ref().map_or(0.0, |course| course.normal.center);
        let away = |at: &usize| (values[*at] - center).abs();
        let peak = (hit.first..=hit.last).max_by(|a, b| away(a).total_cmp(&away(b))).unwrap_or(hit.first);
        found.push(Candidate {
            series: hit.series,
            first: hit.first,
            last: hit.last,
            peak,
            anomaly_type: hit.fact,
            band: courses[hit.series]
                .as_ref()
                .map(|course| Band { low: course.normal.low, high: course.normal.high }),
            detectors: vec![detector],
            says: Some(hit.says),
            weight: 0.9,
            outside: hit.last - hit.first + 1,
            alike: Vec::new(),
        });
    }
}

fn add_siblings(found: &mut [Candidate], catalogue: &[Series], frame: &Frame) {
    for difference in peers::compare(catalogue, frame) {
        if difference.distance.abs() < UNLIKE_SIBLINGS {
            continue;
        }
        let score = super::rounded(strength(difference.distance) * 0.9);
        for one in found.iter_mut().filter(|one| one.series == difference.series) {
            one.detectors.push(Detector { name: "siblings".to_owned(), family: Family::Ml, score });
        }
    }
}

/// Series of a service that go into its forest at most.
const MOST_FEATURES: usize = 16;
const LEAST_POINTS: usize = 16;

/// Lets each service's forest say how unusual the moments of its anomalies are.
fn add_forest(found: &mut [Candidate], catalogue: &[Series], courses: &[Option<Course>]) {
    let mut services: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (position, series) in catalogue.iter().enumerate() {
        if series.kind == SignalKind::Metric && courses[position].is_some() {
            services.entry(series.service.as_str()).or_default().push(position);
        }
    }
    for members in services.values_mut() {
        let mut marked: Vec<&mut Candidate> =
            found.iter_mut().filter(|one| members.binary_search(&one.series).is_ok()).collect();
        if marked.is_empty() {
            continue;
        }
        members.truncate(MOST_FEATURES);
        let Some((longest, course)) = members
            .iter()
            .filter_map(|at| Some((*at, courses[*at].as_ref()?)))
            .max_by_key(|(_, c)| c.normal.count)
        else {
            continue;
        };
        let clock = &catalogue[longest].times;
        let point = |at: usize| -> Vec<f64> { moment(catalogue, courses, members, clock[at]) };
        let before: Vec<Vec<f64>> = (0..course.first.min(clock.len())).map(point).collect();
        if before.len() < LEAST_POINTS {
            continue;
        }
        let forest = Forest::grow(&before);
        let usual = robust::sorted(&before.iter().map(|point| forest.score(point)).collect::<Vec<_>>());
        let high = robust::quantile(&usual, 0.95);
        for one in &mut marked {
            let time = catalogue[one.series].times[one.peak];
            let score = forest.score(&moment(catalogue, courses, members, time));
            let unusual = ((score - high) / (0.85 - high).max(0.05)).clamp(0.0, 1.0);
            if unusual > 0.0 {
                let score = super::rounded(unusual);
                one.detectors.push(Detector {
                    name: "isolation_forest".to_owned(),
                    family: Family::Ml,
                    score,
                });
            }
        }
    }
}

/// What the members' series are at `time`, in spreads.
fn moment(catalogue: &[Series], courses: &[Option<Course>], members: &[usize], time: Instant) -> Vec<f64> {
    members
        .iter()
        .map(|member| {
            let series = &catalogue[*member];
            let nearest = series.times.partition_point(|other| *other <= time).saturating_sub(1);
            let normal = courses[*member].as_ref().map(|course| course.normal);
            normal.map_or(0.0, |normal| normal.distance(series.values[nearest]).clamp(-30.0, 30.0))
        })
        .collect()
}
