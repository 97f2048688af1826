//! The shape of requests: what a span of one kind leaves behind, in lines and in calls, and how that changed.
//!
//! A return too early or an exception shows as lines and calls that follow no more, whatever the latency does (the
//! idea of Nezha, Yu et al., ESEC/FSE 2023: compare the patterns of normal and faulty requests). For each kind of
//! span and each kind of child, the share of spans that have such a child is compared before and after, by a Bayes
//! factor of "the share is another one" over "it is as before". Requests are not independent, since the mix of what
//! users ask for drifts, so many spans count as few ([`DRIFT`]): a share that moved from 10 to 50 % is nothing, one
//! that fell from 100 to 0 % is.

use std::collections::{BTreeMap, BTreeSet};

use model::event::Severity;
use model::finding::SignalKind;
use model::instant::Instant;
use model::telemetry::Symbol;
use model::text::Text;

use super::{Channel, Clue};
use crate::frame::Phase;
use crate::study::Study;
use crate::wording::{cut, number};

/// Correlation between requests of one period.
const DRIFT: f64 = 0.15;
const MOST: f64 = 10.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Child {
    Span(Symbol, Symbol),
    Line(Symbol, u32),
}

type Kind = (Symbol, Symbol);

/// How the share of spans of a kind that have a child changed.
struct Shift {
    weight: f64,
    kind: Kind,
    child: Child,
    /// Before and after: spans with the child, and all.
    with: [u32; 2],
    spans: [u32; 2],
}

#[derive(Default)]
struct Shares {
    /// Before and after.
    spans: BTreeMap<Kind, [u32; 2]>,
    with: BTreeMap<(Kind, Child), [u32; 2]>,
    first_after: BTreeMap<Kind, Instant>,
}

pub fn clues(study: &Study<'_>) -> Vec<Clue> {
    let shares = count(study);
    let mut recovered: BTreeSet<Symbol> = BTreeSet::new();
    let mut found: Vec<Shift> = Vec::new();
    for ((kind, child), with) in &shares.with {
        let spans = shares.spans[kind];
        let surprise = surprise(*with, spans);
        let rises = with[1] * spans[0] > with[0] * spans[1];
        let is_error = is_error(study, *child);
        if is_error && !rises && surprise > 1.0 {
            recovered.insert(kind.0);
        }
        let counts = match (is_error, rises) {
            (true, true) | (false, false) => 1.0,
            (false, true) => 0.5,
            (true, false) => 0.0,
        };
        found.push(Shift { weight: surprise * counts, kind: *kind, child: *child, with: *with, spans });
    }
    let mut best: BTreeMap<Symbol, (f64, usize)> = BTreeMap::new();
    for (at, Shift { weight, kind, .. }) in found.iter().enumerate() {
        let weight = weight * if recovered.contains(&kind.0) { 0.25 } else { 1.0 };
        let known = best.entry(kind.0).or_insert((0.0, at));
        if weight > known.0 {
            *known = (weight, at);
        }
    }
    let strongest = best.into_iter().filter(|(_, (weight, _))| *weight > 0.5);
    strongest.map(|(_, (weight, at))| tell(study, &shares, weight, &found[at])).collect()
}

fn count(study: &Study<'_>) -> Shares {
    let (spans, logs) = (&study.capture.telemetry.spans, &study.capture.telemetry.logs);
    let mut children: BTreeMap<u32, BTreeSet<Child>> = BTreeMap::new();
    for (at, parent) in study.trees.parent.iter().enumerate() {
        if let Some(parent) = parent {
            children.entry(*parent).or_default().insert(Child::Span(spans.service[at], spans.operation[at]));
        }
    }
    let place: std::collections::HashMap<(Symbol, u64), u32> = spans
        .trace
        .iter()
        .zip(&spans.span)
        .enumerate()
        .map(|(at, (trace, span))| ((*trace, *span), at as u32))
        .collect();
    for line in 0..logs.time.len() {
        let (Some(Some(trace)), Some(Some(span))) = (logs.trace.get(line), logs.span.get(line)) else {
            continue;
        };
        let (Some(at), Some(template)) = (place.get(&(*trace, *span)), study.templates.of_line.get(line))
        else {
            continue;
        };
        children.entry(*at).or_default().insert(Child::Line(logs.service[line], *template));
    }
    let mut shares = Shares::default();
    for (at, start) in spans.start.iter().enumerate() {
        let side = match study.frame.phase(*start) {
            Phase::Normal | Phase::Lead => 0,
            Phase::After => 1,
            Phase::Outside => continue,
        };
        let kind = (spans.service[at], spans.operation[at]);
        shares.spans.entry(kind).or_default()[side] += 1;
        if side == 1 {
            shares.first_after.entry(kind).or_insert(*start);
        }
        for child in children.get(&(at as u32)).into_iter().flatten() {
            shares.with.entry((kind, *child)).or_default()[side] += 1;
        }
    }
    shares
}

fn is_error(study: &Study<'_>, child: Child) -> bool {
    let says_error = |text: &str| {
        let text = text.to_lowercase();
        ["error", "exception", "fail", "错误", "异常", "失败"].iter().any(|word| text.contains(word))
    };
    match child {
        Child::Span(_, operation) => says_error(study.capture.telemetry.symbols.name(operation)),
        Child::Line(_, template) => study
            .templates
            .templates
            .get(template as usize)
            .is_some_and(|template| template.level >= Some(Severity::Error) || says_error(&template.text)),
    }
}

/// Logarithm of the Bayes factor, 0..=[`MOST`]; 0 with too few spans on either side.
fn surprise(with: [u32; 2], spans: [u32; 2]) -> f64 {
    if spans[0] < 3 || spans[1] < 3 {
        return 0.0;
    }
    let (total, had) = (f64::from(spans[0]), f64::from(with[0]));
    let believed = 1.0 / (1.0 + (total - 1.0) * DRIFT);
    let (yes, no) = (had * believed + 0.5, (total - had) * believed + 0.5);
    let after = f64::from(spans[1]);
    let weight_after = 1.0 / (1.0 + (after - 1.0) * DRIFT * 0.5);
    let (has, lacks) = (f64::from(with[1]) * weight_after, (after - f64::from(with[1])) * weight_after);
    let other = ln_beta(has + 1.0, lacks + 1.0) - ln_beta(1.0, 1.0);
    let same = ln_beta(has + yes, lacks + no) - ln_beta(yes, no);
    (other - same).clamp(0.0, MOST)
}

fn ln_beta(left: f64, right: f64) -> f64 {
    ln_gamma(left) + ln_gamma(right) - ln_gamma(left + right)
}

/// Stirling's series after shifting the argument up; good to 1e-9 for positive arguments.
fn ln_gamma(x: f64) -> f64 {
    let (mut x, mut shift) = (x, 0.0);
    while x < 8.0 {
        shift += x.ln();
        x += 1.0;
    }
    let inverse = 1.0 / x;
    let square = inverse * inverse;
    let series = inverse * (1.0 / 12.0 - square * (1.0 / 360.0 - square * (1.0 / 1260.0 - square / 1680.0)));
    (x - 0.5) * x.ln() - x + 0.918_938_533_204_672_7 + series - shift
}

fn tell(
    study: &Study<'_>,
    shares: &Shares,
    weight: f64,
    Shift { kind, child, with, spans, .. }: &Shift,
) -> Clue {
    let name = |symbol| study.capture.telemetry.symbols.name(symbol);
    let percent = |side: usize| number((f64::from(with[side]) / f64::from(spans[side]) * 100.0).round());
    let (what, signal_kind) = match child {
        Child::Span(_, operation) => (cut(name(*operation), 60), SignalKind::Trace),
        Child::Line(_, template) => {
            let text =
                study.templates.templates.get(*template as usize).map_or("", |template| &template.text);
            (cut(text, 80), SignalKind::Log)
        }
    };
    let (from, to) = (percent(0), percent(1));
    let rises = with[1] * spans[0] > with[0] * spans[1];
    let fault = match (rises, is_error(study, *child)) {
        (true, true) => "exception",
        (true, false) => "other_path",
        (false, _) => "ends_early",
    };
    Clue {
        channel: Channel::Shape,
        service: name(kind.0).to_owned(),
        weight: weight * 0.75,
        signal: Some(what.clone()),
        signal_kind: Some(signal_kind),
        fault: Some(fault.to_owned()),
        onset: shares.first_after.get(kind).copied(),
        says: Text::new(
            format!("“{what}” follows {} in {from} → {to} % of cases", name(kind.1)),
            format!("{} 之后出现“{what}”的比例 {from} → {to} %", name(kind.1)),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_always_followed_and_no_more_does_is_a_surprise() {
        assert!(surprise([8, 0], [8, 7]) > 2.0);
        assert!(surprise([62, 0], [88, 46]) > 2.0);
        assert!(surprise([10, 34], [114, 72]) < 2.0, "{}", surprise([10, 34], [114, 72]));
        assert!(surprise([50, 50], [100, 100]) < 1e-9);
    }

    #[test]
    fn gamma_is_the_factorial() {
        assert!((ln_gamma(5.0) - 24.0_f64.ln()).abs() < 1e-9);
        assert!((ln_gamma(0.5) - std::f64::consts::PI.sqrt().ln()).abs() < 1e-9);
    }
}
