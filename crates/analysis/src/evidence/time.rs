//! Traces: to whom the added time belongs, and where failures begin.
//!
//! The latency of a request is the sum of the self times along it, so what it became slower by is a sum as well, and
//! each owner's share of that sum says how much of the damage it explains. Owners are (service, instance): a fault
//! in one instance does not drown in its healthy siblings.

use std::collections::BTreeMap;

use model::finding::SignalKind;
use model::instant::Instant;
use model::telemetry::{SpanStatus, Symbol};
use model::text::Text;

use super::{Channel, Clue};
use crate::marks::{LEAST_SPREAD, Owner};
use crate::robust;
use crate::study::Study;
use crate::wording::{amount, change};

/// Owner, the span's service and operation, whether it is a call.
type Component = (Owner, Symbol, Symbol, bool);

#[derive(Default)]
struct Sides {
    before: Vec<f64>,
    after: Vec<f64>,
    first_after: Option<Instant>,
}

struct Slower {
    component: Component,
    /// Of all requests after, in seconds.
    added_s: f64,
    /// Natural logarithm of after over before.
    ratio: f64,
    confidence: f64,
    usual_s: f64,
    now_s: f64,
    since: Option<Instant>,
}

pub fn clues(study: &Study<'_>) -> Vec<Clue> {
    let mut clues = slow(study);
    clues.extend(failures(study));
    clues
}

fn slow(study: &Study<'_>) -> Vec<Clue> {
    let spans = &study.capture.telemetry.spans;
    let mut components: BTreeMap<Component, Sides> = BTreeMap::new();
    let mut siblings: BTreeMap<(Symbol, Symbol, Symbol, bool), Vec<f64>> = BTreeMap::new();
    for at in 0..spans.start.len() {
        let owner = study.trees.owner[at];
        let (service, operation, is_call) = (spans.service[at], spans.operation[at], study.trees.is_call[at]);
        let self_s = study.trees.self_us[at] as f64 / 1e6;
        let start = spans.start[at];
        let sides = components.entry((owner, service, operation, is_call)).or_default();
        if study.is_since(owner.0, start) {
            sides.after.push(self_s);
            sides.first_after.get_or_insert(start);
        } else if study.is_before(owner.0, start) {
            sides.before.push(self_s);
            siblings.entry((owner.0, service, operation, is_call)).or_default().push(self_s);
        }
    }
    let mut slower: Vec<Slower> = Vec::new();
    let mut usual_total = 0.0;
    for (component, sides) in components {
        let (owner, service, operation, is_call) = component;
        let of_siblings =
            siblings.get(&(owner.0, service, operation, is_call)).map_or(&[][..], Vec::as_slice);
        let before = if sides.before.len() >= 4 { &sides.before[..] } else { of_siblings };
        if before.len() < 2 || sides.after.len() < 2 {
            continue;
        }
        let one = compare(component, before, &sides.after, sides.first_after);
        usual_total += one.usual_s * sides.after.len() as f64;
        slower.push(one);
    }
    let added_total: f64 = slower.iter().map(|one| one.added_s.max(0.0) * one.confidence).sum();
    if added_total <= 0.0 {
        return Vec::new();
    }
    // A system whose requests take as long as ever has no share worth having.
    let material = (added_total / (0.2 * usual_total).max(1e-9)).min(1.0);
    let mut owners: BTreeMap<Owner, Vec<&Slower>> = BTreeMap::new();
    for one in slower.iter().filter(|one| one.added_s > 0.0 && one.confidence > 0.0) {
        owners.entry(one.component.0).or_default().push(one);
    }
    owners
        .into_iter()
        .filter_map(|(owner, parts)| clue(study, owner, &parts, added_total, material))
        .collect()
}

fn compare(component: Component, before: &[f64], after: &[f64], since: Option<Instant>) -> Slower {
    let logs = |values: &[f64]| values.iter().map(|value| (value + 1e-4).ln()).collect::<Vec<f64>>();
    let (was, is) = (logs(before), logs(after));
    let center = robust::median(&was);
    let spread = robust::deviation(&was, center).max(standard_deviation(&was) * 0.7).max(LEAST_SPREAD);
    let ratio = mean(&is) - mean(&was);
    let noise = spread * (1.0 / was.len() as f64 + 1.0 / is.len() as f64).sqrt();
    let confidence = ((ratio / noise - 2.0) / 4.0).clamp(0.0, 1.0);
    let (usual_s, now_s) = (held_mean(before), held_mean(after));
    let added_s = (now_s - usual_s) * after.len() as f64;
    Slower { component, added_s, ratio, confidence, usual_s, now_s, since }
}

fn clue(study: &Study<'_>, owner: Owner, parts: &[&Slower], added_total: f64, material: f64) -> Option<Clue> {
    let name = |symbol| study.capture.telemetry.symbols.name(symbol);
    let added: f64 = parts.iter().map(|one| one.added_s * one.confidence).sum();
    let share = added / added_total;
    let worst =
        parts.iter().max_by(|a, b| (a.added_s * a.confidence).total_cmp(&(b.added_s * b.confidence)))?;
    let steepest = parts.iter().map(|one| one.ratio.clamp(0.0, 4.0) * one.confidence).fold(0.0, f64::max);
    let doubled = (worst.ratio / 0.7).clamp(0.0, 1.0);
    let weight = (4.0 * share * doubled + 0.5 * steepest) * material;
    let (_, service, operation, is_call) = worst.component;
    let shown = change(worst.usual_s, worst.now_s, Some("s"));
    let percent = amount((share * 100.0).round(), Some("%"));
    let says = if service != owner.0 && !is_call {
        Text::new(
            format!(
                "{} of {} takes {shown} in it: {percent} of the added time",
                name(operation),
                name(service)
            ),
            format!("{} 的 {} 在此耗时 {shown}，占新增时间的 {percent}", name(service), name(operation)),
        )
    } else if is_call {
        Text::new(
            format!("the way from {} to it takes {shown}: {percent} of the added time", name(service)),
            format!("从 {} 到它的途中耗时 {shown}，占新增时间的 {percent}", name(service)),
        )
    } else {
        Text::new(
            format!("{} itself takes {shown}: {percent} of the added time", name(operation)),
            format!("{} 自身耗时 {shown}，占新增时间的 {percent}", name(operation)),
        )
    };
    Some(Clue {
        channel: Channel::Time,
        service: name(owner.0).to_owned(),
        weight,
        signal: Some(name(operation).to_owned()),
        signal_kind: Some(SignalKind::Trace),
        fault: Some(if is_call { "network_delay" } else { "slow" }.to_owned()),
        onset: worst.since,
        says,
    })
}

/// Spans that fail while none of their children does.
fn failures(study: &Study<'_>) -> Vec<Clue> {
    let spans = &study.capture.telemetry.spans;
    let mut child_fails = vec![false; spans.start.len()];
    for (at, parent) in study.trees.parent.iter().enumerate() {
        if spans.status[at] == SpanStatus::Error
            && let Some(parent) = parent
        {
            child_fails[*parent as usize] = true;
        }
    }
    let mut counts: BTreeMap<Symbol, [u64; 4]> = BTreeMap::new();
    let mut first: BTreeMap<Symbol, (Instant, Symbol)> = BTreeMap::new();
    for (at, child_fails) in child_fails.iter().enumerate() {
        let begins = spans.status[at] == SpanStatus::Error && !child_fails;
        let owner = study.trees.owner[at].0;
        let entry = counts.entry(owner).or_default();
        if study.is_since(owner, spans.start[at]) {
            entry[2] += 1;
            entry[3] += u64::from(begins);
            if begins {
                first.entry(owner).or_insert((spans.start[at], spans.operation[at]));
            }
        } else if study.is_before(owner, spans.start[at]) {
            entry[0] += 1;
            entry[1] += u64::from(begins);
        }
    }
    let excess = |[before, failed_before, after, failed]: [u64; 4]| {
        let expected = (failed_before as f64 + 0.5) / (before as f64 + 1.0) * after as f64;
        (failed as f64 - expected).max(0.0)
    };
    let total: f64 = counts.values().map(|count| excess(*count)).sum();
    let name = |symbol| study.capture.telemetry.symbols.name(symbol);
    counts
        .iter()
        .filter_map(|(service, count)| {
            let more = excess(*count);
            let (onset, operation) = first.get(service)?;
            if more < 2.0 {
                return None;
            }
            let share = more / total;
            let [_, _, after, failed] = *count;
            Some(Clue {
                channel: Channel::Failure,
                service: name(*service).to_owned(),
                weight: 3.0 * share * (more / (more + 3.0)),
                signal: Some(name(*operation).to_owned()),
                signal_kind: Some(SignalKind::Trace),
                fault: Some("errors".to_owned()),
                onset: Some(*onset),
                says: Text::new(
                    format!("{failed} of {after} spans fail here, with no failing callee"),
                    format!("{after} 个 span 中有 {failed} 个在此失败，且下游无失败"),
                ),
            })
        })
        .collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// Mean with the farthest twentieth pulled in.
fn held_mean(values: &[f64]) -> f64 {
    let sorted = robust::sorted(values);
    let (low, high) = (robust::quantile(&sorted, 0.05), robust::quantile(&sorted, 0.95));
    mean(&sorted.iter().map(|value| value.clamp(low, high)).collect::<Vec<_>>())
}

fn standard_deviation(values: &[f64]) -> f64 {
    let center = mean(values);
    (values.iter().map(|value| (value - center).powi(2)).sum::<f64>() / values.len().max(1) as f64).sqrt()
}
