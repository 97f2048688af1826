//! When it began: the moment that best splits the window into what is as before and what is not.
//!
//! `detected_at` is when someone noticed. The fault is older than that, or clocks differ, and requests that it hit
//! already must not pass for normal ones. So each share of [`crate::marks`] is compared before and since each of a
//! few moments of the window, evenly chosen among its requests; the moment at which the services say most together
//! is the onset, and a service that says clearly more at another moment has that one. A moment must say clearly more
//! than `detected_at` to replace it.

use std::collections::{BTreeMap, BTreeSet};

use model::instant::Instant;
use model::telemetry::{Capture, Symbol};
use model::template::Templates;

use crate::bayes::{Prior, Share, surprise};
use crate::frame::{Frame, Phase};
use crate::marks::{Kind, Mark, Marks, is_failure};
use crate::traces::Trees;

/// Moments that are tried.
const MOMENTS: usize = 24;
/// Share of the window's requests that must lie after a moment.
const LEAST_AFTER: f64 = 0.2;
/// Spans of a kind that a side must have.
const LEAST: u32 = 3;
/// Natural logarithm of how much likelier another moment than detection must be.
const CLEARLY: f64 = 1.0;

/// Counts of each slice of time: slice 0 is all that is normal, slice `n` begins at the `n`th moment.
type Counts = [u32; MOMENTS + 1];

/// How often spans of each kind bear each mark, before and since any of the moments.
#[derive(Debug, Default)]
pub struct Tally {
    moments: Vec<Instant>,
    spans: BTreeMap<Kind, Counts>,
    marked: BTreeMap<(Kind, Mark), Marked>,
}

#[derive(Debug, Default)]
struct Marked {
    counts: Counts,
    is_failure: bool,
}

/// A mark's share before and since the onset.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shift {
    pub kind: Kind,
    pub mark: Mark,
    pub before: Share,
    pub since: Share,
    /// 0..=[`crate::bayes::MOST`]
    pub surprise: f64,
    pub is_failure: bool,
}

impl Shift {
    pub fn service(&self) -> Symbol {
        service_of(self.kind, self.mark)
    }

    pub fn rises(&self) -> bool {
        self.since.is_above(self.before)
    }

    /// What it says for a fault. Failures that end are none, and what only appears may be a new use.
    pub fn weight(&self) -> f64 {
        match (self.is_failure, self.rises()) {
            (true, true) | (false, false) => self.surprise,
            (false, true) => 0.5 * self.surprise,
            (true, false) => 0.0,
        }
    }
}

/// Whose shift it is.
fn service_of(kind: Kind, mark: Mark) -> Symbol {
    match mark {
        Mark::Slow((owner, _)) => owner,
        Mark::Call(..) | Mark::Line(..) => kind.0,
    }
}

/// When it began.
#[derive(Debug, Clone, PartialEq)]
pub struct Onsets {
    of_all: Instant,
    /// Of services that clearly changed at another moment.
    own: BTreeMap<Symbol, Instant>,
}

impl Onsets {
    pub fn of(&self, service: Symbol) -> Instant {
        self.own.get(&service).copied().unwrap_or(self.of_all)
    }
}

impl Tally {
    pub fn count(
        capture: &Capture,
        templates: &Templates,
        trees: &Trees,
        marks: &Marks,
        frame: &Frame,
    ) -> Self {
        let spans = &capture.telemetry.spans;
        let moments = moments(capture, trees, frame);
        let slice = |at: usize| match frame.phase(spans.start[at]) {
            Phase::Outside => None,
            Phase::Normal => Some(0),
            Phase::Lead | Phase::After => Some(moments.partition_point(|moment| *moment <= spans.start[at])),
        };
        let mut tally = Self::default();
        for at in 0..spans.start.len() {
            if let Some(slice) = slice(at) {
                tally.spans.entry((spans.service[at], spans.operation[at])).or_default()[slice] += 1;
            }
        }
        for (at, mark) in &marks.of_spans {
            let at = *at as usize;
            if let Some(slice) = slice(at) {
                let kind = (spans.service[at], spans.operation[at]);
                tally.marked.entry((kind, *mark)).or_default().counts[slice] += 1;
            }
        }
        // What all spans of a kind bear at all times says nothing.
        let spans = &tally.spans;
        tally.marked.retain(|(kind, _), marked| spans.get(kind).is_some_and(|all| *all != marked.counts));
        for ((_, mark), marked) in &mut tally.marked {
            marked.is_failure = is_failure(capture, templates, *mark);
        }
        tally.moments = moments;
        tally
    }

    /// Detection, where nothing says clearly more.
    pub fn onsets(&self, frame: &Frame) -> Onsets {
        let said: Vec<BTreeMap<Symbol, f64>> =
            (0..self.moments.len()).map(|place| self.said(place)).collect();
        let of_all = |place: usize| said[place].values().sum::<f64>();
        let Some(detection) = self.place(frame.detected_at) else {
            return Onsets { of_all: frame.detected_at, own: BTreeMap::new() };
        };
        let best = self.best(of_all, detection);
        let services: BTreeSet<Symbol> = said.iter().flat_map(BTreeMap::keys).copied().collect();
        let own = services.into_iter().filter_map(|service| {
            let of_service = |place: usize| said[place].get(&service).copied().unwrap_or(0.0);
            let own = self.best(of_service, best);
            (own != best).then(|| (service, self.moments[own]))
        });
        Onsets { of_all: self.moments[best], own: own.collect() }
    }

    /// The moment that says most; `known` unless another says clearly more.
    fn best(&self, said: impl Fn(usize) -> f64, known: usize) -> usize {
        let more = |best: usize, place: usize| if said(place) > said(best) { place } else { best };
        let best = (0..self.moments.len()).fold(0, more);
        if said(best) > said(known) + CLEARLY { best } else { known }
    }

    /// The last moment until `at`.
    fn place(&self, at: Instant) -> Option<usize> {
        self.moments.partition_point(|moment| *moment <= at).checked_sub(1)
    }

    /// What each service's strongest shift says for a moment.
    fn said(&self, place: usize) -> BTreeMap<Symbol, f64> {
        let mut services: BTreeMap<Symbol, f64> = BTreeMap::new();
        for (kind, mark) in self.marked.keys() {
            if let Some(shift) = self.shift(*kind, *mark, place) {
                let known = services.entry(shift.service()).or_default();
                *known = known.max(shift.weight());
            }
        }
        services
    }

    /// How shares differ before and since the onsets. A service that has one of its own pays for the choice.
    pub fn shifts(&self, onsets: &Onsets) -> Vec<Shift> {
        let at_onset = |(kind, mark): &(Kind, Mark)| {
            let service = service_of(*kind, *mark);
            let mut shift = self.shift(*kind, *mark, self.place(onsets.of(service))?)?;
            if onsets.own.contains_key(&service) {
                shift.surprise = (shift.surprise - CLEARLY).max(0.0);
            }
            (shift.surprise > 0.0).then_some(shift)
        };
        self.marked.keys().filter_map(at_onset).collect()
    }

    fn shift(&self, kind: Kind, mark: Mark, place: usize) -> Option<Shift> {
        let split = |counts: &Counts| {
            let (before, since) = counts.split_at(place + 1);
            (before.iter().sum::<u32>(), since.iter().sum::<u32>())
        };
        let Marked { counts, is_failure } = self.marked.get(&(kind, mark))?;
        let ((with_before, with_since), (all_before, all_since)) =
            (split(counts), split(self.spans.get(&kind)?));
        if all_since < LEAST || (all_before < LEAST && !is_failure) {
            return None;
        }
        let before = Share { with: with_before, all: all_before };
        let since = Share { with: with_since, all: all_since };
        let prior = if *is_failure { Prior::FAILURE } else { Prior::PATH };
        let surprise = surprise(before, since, prior);
        Some(Shift { kind, mark, before, since, surprise, is_failure: *is_failure })
    }
}

/// The start of the window, detection, and starts of requests in between and after, evenly chosen.
fn moments(capture: &Capture, trees: &Trees, frame: &Frame) -> Vec<Instant> {
    let spans = &capture.telemetry.spans;
    let starts = spans.start.iter().zip(&trees.parent);
    let mut requests: Vec<Instant> = starts
        .filter(|(start, parent)| {
            parent.is_none() && matches!(frame.phase(**start), Phase::Lead | Phase::After)
        })
        .map(|(start, _)| *start)
        .collect();
    requests.sort();
    let most = MOMENTS - 2;
    let chosen = (1..most).map(|part| part as f64 / most as f64).filter(|share| *share <= 1.0 - LEAST_AFTER);
    let among = chosen.filter_map(|share| requests.get((share * requests.len() as f64) as usize));
    let all: BTreeSet<Instant> =
        among.copied().chain([frame.window.start, frame.detected_at.max(frame.window.start)]).collect();
    all.into_iter().collect()
}
