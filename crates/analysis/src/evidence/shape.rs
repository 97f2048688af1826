//! The shape of requests: what a span of one kind leaves behind, in lines and in calls, and how that changed.
//!
//! A return too early or an exception shows as lines and calls that follow no more, whatever the latency does. Who
//! calls the faulty service takes another path as well, so a change counts where it is deepest: of the spans that
//! bear it, those count in which no span further down has changed too.

use std::collections::{BTreeMap, BTreeSet};

use model::finding::SignalKind;
use model::instant::Instant;
use model::text::Text;
use model::words::without_holes;

use super::{Channel, Clue};
use crate::marks::{Kind, Mark};
use crate::onset::Shift;
use crate::study::Study;
use crate::wording::{cut, number};

/// Changes that say less are left out.
const TELLING: f64 = 0.5;
/// From here on a change explains those of the callers.
const EXPLAINS: f64 = 1.0;
/// Shapes are compared in thousands of places, of which some differ by chance.
const OF_MANY: f64 = 0.75;

pub fn clues(study: &Study<'_>) -> Vec<Clue> {
    let mut shifts: Vec<Shift> = study.shifts.clone();
    shifts.retain(|shift| shift.weight() > TELLING && !matches!(shift.mark, Mark::Slow(_)));
    let seen = sightings(study, &shifts);
    let mut best: BTreeMap<Kind, (f64, usize)> = BTreeMap::new();
    for (at, (shift, seen)) in shifts.iter().zip(&seen).enumerate() {
        let weight = shift.weight() * f64::from(seen.deepest) / f64::from(seen.all.max(1));
        let known = best.entry(shift.kind).or_insert((0.0, at));
        if weight > known.0 {
            *known = (weight, at);
        }
    }
    let strongest = best.into_values().filter(|(weight, _)| *weight > TELLING);
    strongest.map(|(weight, at)| tell(study, weight, &shifts[at], seen[at].first)).collect()
}

/// Spans since the onset that bear a shift.
#[derive(Debug, Clone, Copy, Default)]
struct Sighting {
    all: u32,
    /// Those without a changed span further down.
    deepest: u32,
    first: Option<Instant>,
}

fn sightings(study: &Study<'_>, shifts: &[Shift]) -> Vec<Sighting> {
    let spans = &study.capture.telemetry.spans;
    let mut of_kind: BTreeMap<Kind, Vec<usize>> = BTreeMap::new();
    for (at, shift) in shifts.iter().enumerate() {
        of_kind.entry(shift.kind).or_default().push(at);
    }
    let mut borne: Vec<(u32, usize)> = Vec::new();
    for position in 0..spans.start.len() {
        let Some(candidates) = of_kind.get(&(spans.service[position], spans.operation[position])) else {
            continue;
        };
        if !study.is_since(spans.service[position], spans.start[position]) {
            continue;
        }
        let marks: BTreeSet<Mark> = study.marks.of(position as u32).collect();
        let bears = |at: &&usize| marks.contains(&shifts[**at].mark) == shifts[**at].rises();
        borne.extend(candidates.iter().filter(bears).map(|at| (position as u32, *at)));
    }
    let mut has_changed_below = vec![false; spans.start.len()];
    for (position, _) in borne.iter().filter(|(_, at)| shifts[*at].weight() > EXPLAINS) {
        let mut above = study.trees.parent[*position as usize];
        // Who calls itself in a circle of parents would never end.
        for _ in 0..MOST_DEPTH {
            let Some(parent) = above.map(|parent| parent as usize) else { break };
            has_changed_below[parent] = true;
            above = study.trees.parent[parent];
        }
    }
    let mut seen = vec![Sighting::default(); shifts.len()];
    for (position, at) in borne {
        let sighting = &mut seen[at];
        sighting.all += 1;
        sighting.deepest += u32::from(!has_changed_below[position as usize]);
        sighting.first.get_or_insert(spans.start[position as usize]);
    }
    seen
}

const MOST_DEPTH: usize = 100;

fn tell(study: &Study<'_>, weight: f64, shift: &Shift, onset: Option<Instant>) -> Clue {
    let name = |symbol| study.capture.telemetry.symbols.name(symbol);
    let percent = |share: crate::bayes::Share| {
        number((f64::from(share.with) / f64::from(share.all.max(1)) * 100.0).round())
    };
    let (what, signal_kind) = match shift.mark {
        Mark::Call(_, operation) => (cut(name(operation), 60), SignalKind::Trace),
        Mark::Line(_, template) => {
            let text = study.templates.templates.get(template as usize).map_or("", |template| &template.text);
            (cut(text, 80), SignalKind::Log)
        }
        Mark::Slow((owner, _)) => (name(owner).to_owned(), SignalKind::Trace),
    };
    let fault = match (shift.rises(), shift.is_failure) {
        (true, true) => "exception",
        (true, false) => "other_path",
        (false, _) => "ends_early",
    };
    let said = without_holes(&what);
    let (kind, from, to) = (name(shift.kind.1), percent(shift.before), percent(shift.since));
    Clue {
        channel: Channel::Shape,
        service: name(shift.kind.0).to_owned(),
        weight: weight * OF_MANY,
        signal: Some(what),
        signal_kind: Some(signal_kind),
        fault: Some(fault.to_owned()),
        onset,
        says: Text::new(
            format!("“{said}” follows {kind} in {from} → {to} % of cases"),
            format!("{kind} 之后出现“{said}”的比例 {from} → {to} %"),
        ),
    }
}
