//! Two events, and what ties them: weighed for every pair that is looked at, put into words for those that are kept.

use model::event::Reason;
use model::telemetry::{Symbol, Symbols};

use super::Setting;
use super::index::Traits;
use crate::curves::co_movement;
use crate::draft::{Draft, Role};
use crate::settings::Correlating;

pub struct Pair<'a> {
    pub earlier: &'a Draft,
    pub later: &'a Draft,
    pub of_earlier: &'a Traits,
    pub of_later: &'a Traits,
    pub names: &'a Symbols,
}

/// One reason before it is put into words.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    weight: f64,
    tie: Tie,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Tie {
    Time { gap_us: i64 },
    SameService,
    CallEdge { forward: bool },
    SharedTrace { count: usize },
    SharedId(Symbol),
    CoMovement { r: f64, lag_us: i64 },
    Text,
    TypePair(&'static str),
}

impl Tie {
    const fn name(self) -> &'static str {
        match self {
            Self::Time { .. } => "time",
            Self::SameService => "same_service",
            Self::CallEdge { .. } => "call_edge",
            Self::SharedTrace { .. } => "shared_trace",
            Self::SharedId(_) => "shared_id",
            Self::CoMovement { .. } => "co_movement",
            Self::Text => "text",
            Self::TypePair(_) => "type_pair",
        }
    }
}

/// The sum of the parts, when they are worth showing; nearness in time alone proves nothing.
pub fn score(parts: &[Part], weights: &Correlating) -> Option<f64> {
    let score = rounded(parts.iter().map(|part| part.weight).sum());
    let proves = parts.iter().any(|part| part.tie.name() != "time");
    (score >= weights.least_score && proves).then_some(score)
}

impl Pair<'_> {
    pub fn reasons(&self, setting: &Setting<'_>) -> Vec<Reason> {
        let mut parts = Vec::new();
        self.weigh(setting, &mut parts);
        parts.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.tie.name().cmp(b.tie.name())));
        let tell = |part: Part| Reason {
            name: part.tie.name().to_owned(),
            weight: part.weight,
            detail: self.detail(part.tie),
        };
        parts.into_iter().map(tell).collect()
    }

    /// Puts into `parts` what ties the two, in no order.
    pub fn weigh(&self, setting: &Setting<'_>, parts: &mut Vec<Part>) {
        parts.clear();
        if self.is_of_one_thing() {
            return;
        }
        let weights = setting.weights;
        let nearness = self.nearness(setting);
        let shared = self.earlier.traces.iter().filter(|trace| self.later.traces.contains(trace)).count();
        let identity = self.shared_identity();
        let gap_us = self.later.event.occurred_at.since(self.earlier.event.occurred_at);
        let halvings = gap_us as f64 / weights.half_life_us as f64;
        let time = weights.time * 0.5_f64.powf(halvings);
        let has_tie = nearness.is_some() || shared > 0 || identity.is_some();
        let may_move = self.earlier.curve.is_some() && self.later.curve.is_some();
        if !has_tie && !may_move && time + weights.text < weights.least_score {
            return;
        }
        let mut add = |tie: Tie, weight: f64| {
            let weight = rounded(weight);
            if weight > 0.0 {
                parts.push(Part { weight, tie });
            }
        };
        add(Tie::Time { gap_us }, time);
        match nearness {
            Some(tie @ Tie::CallEdge { .. }) => add(tie, weights.call_edge),
            Some(tie) => add(tie, weights.same_service),
            None => {}
        }
        if shared > 0 {
            let of = self.earlier.traces.len().min(self.later.traces.len()) as f64;
            let weight = weights.shared_trace * (0.5 + 0.5 * shared as f64 / of);
            add(Tie::SharedTrace { count: shared }, weight);
        }
        if let Some(identity) = identity {
            add(Tie::SharedId(identity), weights.shared_id);
        }
        if let Some((r, lag)) = self.co_movement(setting) {
            let weight = weights.co_movement * (r.abs() - weights.least_r) / (1.0 - weights.least_r);
            add(Tie::CoMovement { r, lag_us: lag * setting.point_us }, weight);
        }
        let likeness = self.likeness();
        if likeness >= weights.least_likeness {
            add(Tie::Text, weights.text * likeness);
        }
        let (prior, pair) = type_pair(self.earlier.role, self.later.role);
        if prior > 0.0 && nearness.is_some() {
            add(Tie::TypePair(pair), weights.type_pair * prior);
        }
        hold_within_one(parts);
    }

    /// What a reason rests on.
    fn detail(&self, tie: Tie) -> Option<String> {
        let service = |draft: &Draft| draft.event.service.clone().unwrap_or_default();
        let (one, other) = (self.earlier, self.later);
        Some(match tie {
            Tie::Time { gap_us } => apart(gap_us),
            Tie::SameService => service(other),
            Tie::CallEdge { forward: true } => format!("{} → {}", service(one), service(other)),
            Tie::CallEdge { forward: false } => format!("{} → {}", service(other), service(one)),
            Tie::SharedTrace { count } => count.to_string(),
            Tie::SharedId(identity) => self.names.name(identity).split('@').next()?.to_owned(),
            Tie::CoMovement { r, lag_us } => format!("r {r:.2}, lag {}", apart(lag_us)),
            Tie::Text => {
                let words: Vec<&str> =
                    self.common_words().take(4).map(|word| self.names.name(word)).collect();
                words.join(" ")
            }
            Tie::TypePair(pair) => pair.to_owned(),
        })
    }

    fn common_words(&self) -> impl Iterator<Item = Symbol> {
        let (one, other) = (&self.of_earlier.words, &self.of_later.words);
        one.iter().copied().filter(|word| other.binary_search(word).is_ok())
    }

    /// Share of the words that both titles have.
    fn likeness(&self) -> f64 {
        let common = self.common_words().count();
        let all = self.of_earlier.words.len() + self.of_later.words.len() - common;
        common as f64 / all.max(1) as f64
    }

    /// The same service, or one that calls the other.
    fn nearness(&self, setting: &Setting<'_>) -> Option<Tie> {
        let one = self.earlier.event.service.as_deref()?;
        let other = self.later.event.service.as_deref()?;
        if one == other {
            Some(Tie::SameService)
        } else if setting.graph.calls(one, other) {
            Some(Tie::CallEdge { forward: true })
        } else if setting.graph.calls(other, one) {
            Some(Tie::CallEdge { forward: false })
        } else {
            None
        }
    }

    /// An alert and its end, or its return, are one thing, and so are the beginning, the peak and the end of an anomaly:
    /// that they belong together is told by `ended_at`, and they would push aside what led to them.
    fn is_of_one_thing(&self) -> bool {
        let alert = self.earlier.alert.is_some() && self.earlier.alert == self.later.alert;
        alert || (self.of_earlier.anomaly.is_some() && self.of_earlier.anomaly == self.of_later.anomaly)
    }

    fn shared_identity(&self) -> Option<Symbol> {
        let is_shared = |one: &&Symbol| self.of_earlier.identities.contains(one);
        self.of_later.identities.iter().find(is_shared).copied()
    }

    /// Correlation of the two curves, when it is strong.
    fn co_movement(&self, setting: &Setting<'_>) -> Option<(f64, i64)> {
        let (one, other) = (self.earlier.curve?, self.later.curve?);
        if one == other {
            return None;
        }
        let (one, other) = (setting.curves.get(one)?.as_ref()?, setting.curves.get(other)?.as_ref()?);
        let (r, lag) = co_movement(one, other, setting.weights.most_lag);
        (r.abs() > setting.weights.least_r).then_some((r, lag))
    }
}

/// How often the later follows from the earlier, by experience, 0..=1, and what the pair is called.
fn type_pair(earlier: Role, later: Role) -> (f64, &'static str) {
    use Role::{Act, Alert, AlertEnd, Change, Death, Onset, Return, Silence, Voice};
    match (earlier, later) {
        (Change, Onset) => (1.0, "change → anomaly"),
        (Change, Voice) => (0.9, "change → log"),
        (Change, Death) => (0.9, "change → kill"),
        (Change, Alert) => (0.8, "change → alert"),
        (Change, Return | AlertEnd) => (0.9, "change → recovery"),
        (Change, Silence) => (0.6, "change → silence"),
        (Onset, Alert) => (0.8, "anomaly → alert"),
        (Onset | Voice, Death) => (0.8, "anomaly → kill"),
        (Death, Onset | Voice | Alert) => (0.9, "kill → damage"),
        (Onset, Voice) => (0.6, "anomaly → log"),
        (Voice, Alert) => (0.5, "log → alert"),
        (Alert, Change | Act) => (0.6, "alert → response"),
        (Alert, AlertEnd) => (0.5, "alert → resolved"),
        (Onset, Return) => (0.4, "anomaly → recovery"),
        (Onset, Onset) => (0.3, "anomaly → anomaly"),
        _ => (0.0, ""),
    }
}

/// Scales the weights so that they add up to at most one.
fn hold_within_one(parts: &mut [Part]) {
    let sum: f64 = parts.iter().map(|part| part.weight).sum();
    if sum > 1.0 {
        for part in parts {
            part.weight = (part.weight / sum * 1_000.0).floor() / 1_000.0;
        }
    }
}

fn rounded(number: f64) -> f64 {
    (number * 1_000.0).round() / 1_000.0
}

fn apart(micros: i64) -> String {
    let seconds = micros as f64 / 1e6;
    if seconds.abs() < 120.0 { format!("{seconds:.0} s") } else { format!("{:.0} min", seconds / 60.0) }
}
