//! Which events belong together, how strongly, and why.
//!
//! Every event looks back at few others only: the latest of its service, of its neighbours in the call graph, of the
//! same ids and requests, and the latest changes and onsets anywhere. So the work grows with the number of events,
//! not with its square. A relation is told at both of its ends.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use model::event::{Correlation, Reason};
use model::telemetry::{Symbol, Symbols};

use crate::curves::{Curve, co_movement};
use crate::draft::{Draft, Role};
use crate::settings::Correlating;
use crate::topology::Graph;

/// Attributes whose equal values tie events together.
const IDENTITIES: &[&str] = &[
    "version",
    "previous_version",
    "commit",
    "fingerprint",
    "alertname",
    "finding",
    "request_id",
    "trace_id",
    "container_id",
    "pod",
    "setting",
    "flag",
];

/// What correlation looks at besides the events themselves.
pub struct Setting<'a> {
    pub graph: &'a Graph<'a>,
    pub curves: &'a [Option<Curve>],
    /// Length of a point of the curves.
    pub point_us: i64,
    pub weights: &'a Correlating,
}

/// Gives each event its related ones, strongest first. `drafts` are in the order of time.
pub fn correlate(drafts: &mut [Draft], setting: &Setting<'_>) {
    let mut names = Symbols::default();
    let traits: Vec<Traits> = drafts.iter().map(|draft| Traits::of(draft, &mut names)).collect();
    let mut related: Vec<Vec<(usize, f64, Vec<Reason>)>> = vec![Vec::new(); drafts.len()];
    let mut index = Index::default();
    for later in 0..drafts.len() {
        for earlier in index.candidates(drafts, &traits, later, setting) {
            let pair = Pair {
                earlier: &drafts[earlier],
                later: &drafts[later],
                of_earlier: &traits[earlier],
                of_later: &traits[later],
                names: &names,
            };
            let reasons = pair.reasons(setting);
            let score = rounded(reasons.iter().map(|reason| reason.weight).sum());
            let proves = reasons.iter().any(|reason| reason.name != "time");
            if score >= setting.weights.least_score && proves {
                keep(&mut related[later], (earlier, score, reasons.clone()), setting.weights.most_related);
                keep(&mut related[earlier], (later, score, reasons), setting.weights.most_related);
            }
        }
        index.add(drafts, &traits, later, setting.weights.look_back);
    }
    let ids: Vec<_> = drafts.iter().map(|draft| draft.event.id.clone()).collect();
    for (draft, related) in drafts.iter_mut().zip(related) {
        draft.event.correlations = related
            .into_iter()
            .map(|(other, score, reasons)| Correlation { other: ids[other].clone(), score, reasons })
            .collect();
    }
}

/// Inserts in the order of scores; of equal scores the earlier event comes first.
fn keep(related: &mut Vec<(usize, f64, Vec<Reason>)>, one: (usize, f64, Vec<Reason>), most: usize) {
    let place = related.partition_point(|known| (known.1, one.0) > (one.1, known.0));
    related.insert(place, one);
    related.truncate(most);
}

/// The latest events of each kind of tie.
#[derive(Default)]
struct Index {
    services: HashMap<String, VecDeque<usize>>,
    identities: HashMap<Symbol, VecDeque<usize>>,
    traces: HashMap<Symbol, VecDeque<usize>>,
    roles: BTreeMap<Role, VecDeque<usize>>,
}

impl Index {
    fn add(&mut self, drafts: &[Draft], traits: &[Traits], place: usize, most: usize) {
        let draft = &drafts[place];
        if let Some(service) = &draft.event.service {
            push(self.services.entry(service.clone()).or_default(), place, most);
        }
        for &identity in &traits[place].identities {
            push(self.identities.entry(identity).or_default(), place, most);
        }
        for &trace in &draft.traces {
            push(self.traces.entry(trace).or_default(), place, most);
        }
        if matches!(draft.role, Role::Change | Role::Onset | Role::Death | Role::Alert) {
            push(self.roles.entry(draft.role).or_default(), place, most);
        }
    }

    /// Earlier events worth a look, each once, in order.
    fn candidates(
        &self,
        drafts: &[Draft],
        traits: &[Traits],
        later: usize,
        setting: &Setting<'_>,
    ) -> BTreeSet<usize> {
        let draft = &drafts[later];
        let mut found: BTreeSet<usize> = BTreeSet::new();
        if let Some(service) = draft.event.service.as_deref() {
            found.extend(self.services.get(service).into_iter().flatten());
            let neighbours = setting.graph.neighbours(service);
            for neighbour in neighbours.take(setting.weights.look_back * 2) {
                found.extend(self.services.get(neighbour).into_iter().flatten());
            }
        }
        for identity in &traits[later].identities {
            found.extend(self.identities.get(identity).into_iter().flatten());
        }
        for trace in &draft.traces {
            found.extend(self.traces.get(trace).into_iter().flatten());
        }
        found.extend(self.roles.values().flatten());
        let near = |&earlier: &usize| {
            let gap = draft.event.occurred_at.since(drafts[earlier].event.occurred_at);
            gap <= setting.weights.horizon_us
        };
        found.into_iter().filter(near).collect()
    }
}

fn push(queue: &mut VecDeque<usize>, place: usize, most: usize) {
    if queue.len() == most {
        queue.pop_front();
    }
    queue.push_back(place);
}

/// `name=value` of what identifies; a version means the same whether it comes or goes.
fn identities(draft: &Draft) -> impl Iterator<Item = String> + '_ {
    IDENTITIES.iter().filter_map(|&name| {
        let value = draft.event.attributes.get(name)?;
        let name = if name == "previous_version" { "version" } else { name };
        let service = draft.event.service.as_deref().unwrap_or("");
        let scope = if matches!(name, "version" | "alertname") { service } else { "" };
        Some(format!("{name}={value}@{scope}"))
    })
}

/// What of an event is compared with others, as symbols: comparing is the inner loop.
struct Traits {
    /// In order, each once.
    words: Vec<Symbol>,
    identities: Vec<Symbol>,
}

impl Traits {
    fn of(draft: &Draft, names: &mut Symbols) -> Self {
        let mut words: Vec<Symbol> =
            words(&draft.event.title).iter().map(|word| names.intern(word)).collect();
        words.sort_unstable();
        let identities = identities(draft).map(|identity| names.intern(&identity)).collect();
        Self { words, identities }
    }
}

struct Pair<'a> {
    earlier: &'a Draft,
    later: &'a Draft,
    of_earlier: &'a Traits,
    of_later: &'a Traits,
    names: &'a Symbols,
}

impl Pair<'_> {
    fn reasons(&self, setting: &Setting<'_>) -> Vec<Reason> {
        let weights = setting.weights;
        let nearness = self.nearness(setting);
        let shared = self.earlier.traces.iter().filter(|trace| self.later.traces.contains(trace)).count();
        let identity = self.shared_identity();
        let gap_us = self.later.event.occurred_at.since(self.earlier.event.occurred_at);
        let halvings = gap_us as f64 / weights.half_life_us as f64;
        let time = weights.time * 0.5_f64.powf(halvings);
        let has_tie = nearness != Nearness::Apart || shared > 0 || identity.is_some();
        let may_move = self.earlier.curve.is_some() && self.later.curve.is_some();
        if !has_tie && !may_move && time + weights.text < weights.least_score {
            return Vec::new();
        }
        let mut reasons = Vec::new();
        let mut add = |name: &str, weight: f64, detail: Option<String>| {
            let weight = rounded(weight);
            if weight > 0.0 {
                reasons.push(Reason { name: name.to_owned(), weight, detail });
            }
        };
        add("time", time, Some(apart(gap_us)));
        match &nearness {
            Nearness::Same => add("same_service", weights.same_service, self.later.event.service.clone()),
            Nearness::Called(call) => add("call_edge", weights.call_edge, Some(call.clone())),
            Nearness::Apart => {}
        }
        if shared > 0 {
            let of = self.earlier.traces.len().min(self.later.traces.len()) as f64;
            let weight = weights.shared_trace * (0.5 + 0.5 * shared as f64 / of);
            add("shared_trace", weight, Some(format!("{shared}")));
        }
        if let Some(identity) = identity {
            add("shared_id", weights.shared_id, Some(identity));
        }
        if let Some((r, lag)) = self.co_movement(setting) {
            let weight = weights.co_movement * (r.abs() - weights.least_r) / (1.0 - weights.least_r);
            let lag = apart(lag * setting.point_us);
            add("co_movement", weight, Some(format!("r {r:.2}, lag {lag}")));
        }
        let (likeness, words) = self.likeness();
        if likeness >= weights.least_likeness {
            add("text", weights.text * likeness, Some(words));
        }
        let (prior, pair) = type_pair(self.earlier.role, self.later.role);
        if prior > 0.0 && nearness != Nearness::Apart {
            add("type_pair", weights.type_pair * prior, Some(pair.to_owned()));
        }
        within_one(reasons)
    }

    /// Share of the words that both titles have, and some of them.
    fn likeness(&self) -> (f64, String) {
        let (one, other) = (&self.of_earlier.words, &self.of_later.words);
        let common: Vec<Symbol> =
            one.iter().copied().filter(|word| other.binary_search(word).is_ok()).collect();
        let likeness = common.len() as f64 / (one.len() + other.len() - common.len()).max(1) as f64;
        let words: Vec<&str> = common.iter().take(4).map(|&word| self.names.name(word)).collect();
        (likeness, words.join(" "))
    }

    fn nearness(&self, setting: &Setting<'_>) -> Nearness {
        let (Some(one), Some(other)) = (&self.earlier.event.service, &self.later.event.service) else {
            return Nearness::Apart;
        };
        if one == other {
            Nearness::Same
        } else if setting.graph.calls(one, other) {
            Nearness::Called(format!("{one} → {other}"))
        } else if setting.graph.calls(other, one) {
            Nearness::Called(format!("{other} → {one}"))
        } else {
            Nearness::Apart
        }
    }

    fn shared_identity(&self) -> Option<String> {
        let shared = self.of_later.identities.iter().find(|one| self.of_earlier.identities.contains(one))?;
        self.names.name(*shared).split('@').next().map(str::to_owned)
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

#[derive(PartialEq)]
enum Nearness {
    Same,
    Called(String),
    Apart,
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
fn within_one(mut reasons: Vec<Reason>) -> Vec<Reason> {
    let sum: f64 = reasons.iter().map(|reason| reason.weight).sum();
    if sum > 1.0 {
        for reason in &mut reasons {
            reason.weight = (reason.weight / sum * 1_000.0).floor() / 1_000.0;
        }
    }
    reasons.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.name.cmp(&b.name)));
    reasons
}

fn rounded(number: f64) -> f64 {
    (number * 1_000.0).round() / 1_000.0
}

fn apart(micros: i64) -> String {
    let seconds = micros as f64 / 1e6;
    if seconds.abs() < 120.0 { format!("{seconds:.0} s") } else { format!("{:.0} min", seconds / 60.0) }
}

/// Words that carry meaning; of scripts without spaces, pairs of characters.
fn words(title: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for word in title.split(|character: char| !character.is_alphanumeric()) {
        if word.chars().any(|character| character as u32 >= 0x2e80) {
            let characters: Vec<char> = word.chars().collect();
            words.extend(characters.windows(2).map(|pair| pair.iter().collect::<String>()));
        } else if word.len() >= 3 && !word.bytes().all(|byte| byte.is_ascii_digit()) {
            words.insert(word.to_lowercase());
        }
        if words.len() > 60 {
            break;
        }
    }
    words
}
