//! Instances against their siblings, above all new ones against old ones.
//!
//! A canary is an experiment: the same load at the same moment, one version or the other. When the instances that a
//! deploy started fail or are slow while their siblings are not, the release is bad whatever else happened; when
//! they never report at all, it did not come up.

use std::collections::{BTreeMap, BTreeSet};

use model::finding::SignalKind;
use model::instant::Instant;
use model::text::Text;
use model::words::signal_name;

use super::{Channel, Clue};
use crate::robust::{Normal, median};
use crate::series::Series;
use crate::signal::{Bad, Measure, Signal};
use crate::study::Study;
use crate::wording::{change, number};

/// Instances of one service and one metric.
type Family<'a> = BTreeMap<&'a str, &'a Series>;

pub fn clues(study: &Study<'_>) -> Vec<Clue> {
    let mut families: BTreeMap<(&str, &str), Family<'_>> = BTreeMap::new();
    for series in study.catalogue.iter().filter(|series| series.kind == SignalKind::Metric) {
        if let Some(instance) = &series.instance {
            let family = families.entry((series.service.as_str(), series.signal.as_str())).or_default();
            family.insert(instance.as_str(), series);
        }
    }
    let mut clues = Vec::new();
    for (service, release) in releases(study) {
        let started = &release.started;
        for ((_, metric), family) in
            families.range((service.as_str(), "")..).take_while(|((of, _), _)| *of == service)
        {
            clues.extend(new_against_old(study, &service, metric, family, &release));
        }
        let reported: BTreeSet<&str> = families
            .iter()
            .filter(|((of, _), _)| *of == service)
            .flat_map(|(_, family)| family.keys().copied())
            .collect();
        let silent = started.iter().filter(|instance| !reported.contains(instance.as_str())).count();
        if silent > 0 && !reported.is_empty() && release.at < study.frame.detected_at {
            clues.push(Clue {
                channel: Channel::Sibling,
                service: service.clone(),
                weight: 4.0 * silent as f64 / started.len() as f64,
                signal: None,
                signal_kind: None,
                fault: Some("bad_deploy".to_owned()),
                onset: Some(release.at),
                says: Text::new(
                    format!("{silent} of {} instances that the deploy started never report", started.len()),
                    format!("本次发布启动的 {} 个实例中有 {silent} 个始终没有上报", started.len()),
                ),
            });
        }
    }
    clues
}

struct Release {
    at: Instant,
    started: BTreeSet<String>,
}

/// The instances that deploys before detection started, by service, with the time of the first deploy.
fn releases(study: &Study<'_>) -> BTreeMap<String, Release> {
    let mut releases: BTreeMap<String, Release> = BTreeMap::new();
    for happening in &study.capture.telemetry.happenings {
        let (Some(service), Some(started)) = (&happening.service, happening.attributes.get("started")) else {
            continue;
        };
        if happening.time > study.frame.detected_at {
            continue;
        }
        let release = releases
            .entry(service.clone())
            .or_insert_with(|| Release { at: happening.time, started: BTreeSet::new() });
        let names = started.split(['[', ']', ',', '"', ' ']).filter(|name| !name.is_empty());
        release.started.extend(names.map(str::to_owned));
    }
    releases
}

fn new_against_old(
    study: &Study<'_>,
    service: &str,
    metric: &str,
    family: &Family<'_>,
    release: &Release,
) -> Option<Clue> {
    let signal = Signal::of_metric(metric);
    let worth = match signal.measure {
        Measure::Errors | Measure::Success => 1.2,
        Measure::Latency => 0.9,
        Measure::Cpu | Measure::Saturation => 0.5,
        _ => return None,
    };
    if signal.of_host {
        return None;
    }
    let values = |series: &Series, from: Instant, to: Instant| -> Vec<f64> {
        let points = series.times.iter().zip(&series.values);
        points.filter(|(time, _)| from <= **time && **time <= to).map(|(_, value)| *value).collect()
    };
    let end = study.frame.window.end;
    let mut new = Vec::new();
    let mut old = Vec::new();
    for (instance, series) in family {
        if release.started.contains(*instance) {
            new.extend(values(series, release.at, end));
        } else {
            old.extend(values(series, study.frame.window.start, release.at));
        }
    }
    let normal = Normal::of(&old)?;
    if new.len() < 2 {
        return None;
    }
    let level = median(&new);
    let distance = normal.distance(level);
    let hurts = match signal.bad {
        Bad::Up => distance,
        Bad::Down => -distance,
        Bad::Either => distance.abs(),
    };
    if hurts < 2.0 {
        return None;
    }
    let unit = crate::signal::unit_of(metric);
    let size = match unit {
        Some("%") => (level - normal.center).abs() / 10.0,
        Some("ratio") => (level - normal.center).abs() / 0.1,
        _ => (level.abs().max(1e-9) / normal.center.abs().max(1e-9)).ln().abs(),
    };
    let weight = (1.0 + hurts / 2.0).ln().min(0.3 + 2.0 * size).min(4.0) * worth;
    let shown = change(normal.center, level, unit);
    let name = signal_name(metric);
    let count = number(release.started.len() as f64);
    Some(Clue {
        channel: Channel::Sibling,
        service: service.to_owned(),
        weight,
        signal: Some(metric.to_owned()),
        signal_kind: Some(SignalKind::Metric),
        fault: Some("bad_deploy".to_owned()),
        onset: Some(release.at),
        says: Text::new(
            format!("{name} of the {count} new instances against the old ones: {shown}"),
            format!("{count} 个新实例的 {name} 与旧实例相比：{shown}"),
        ),
    })
}
