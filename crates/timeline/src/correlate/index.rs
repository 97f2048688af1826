//! Earlier events that are worth a look from a later one, found without looking at all of them.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use model::telemetry::{Symbol, Symbols};

use super::Setting;
use crate::draft::{Draft, Role};
use crate::settings::Correlating;

/// Attributes whose equal values tie events together.
const IDENTITIES: &[&str] = &[
    "version",
    "previous_version",
    "commit",
    "fingerprint",
    "alertname",
    "request_id",
    "trace_id",
    "container_id",
    "pod",
    "setting",
    "flag",
];

/// What of an event is compared with others, as symbols: comparing is the inner loop.
pub struct Traits {
    pub service: Option<Symbol>,
    /// In order, each once.
    pub words: Vec<Symbol>,
    pub identities: Vec<Symbol>,
    /// The anomaly whose beginning, peak or end it is.
    pub anomaly: Option<Symbol>,
}

impl Traits {
    pub fn of(draft: &Draft, names: &mut Symbols, services: &mut Symbols) -> Self {
        let service = draft.event.service.as_deref().map(|service| services.intern(service));
        let mut words: Vec<Symbol> =
            words(&draft.event.title).iter().map(|word| names.intern(word)).collect();
        words.sort_unstable();
        let identities = identities(draft).map(|identity| names.intern(&identity)).collect();
        let anomaly = draft.event.attributes.get("finding").map(|finding| names.intern(finding));
        Self { service, words, identities, anomaly }
    }
}

/// The latest events of each kind of tie.
pub struct Index<'a> {
    weights: &'a Correlating,
    /// Neighbours of each service in the call graph.
    neighbours: HashMap<Symbol, Vec<Symbol>>,
    services: HashMap<Symbol, VecDeque<u32>>,
    identities: HashMap<Symbol, VecDeque<u32>>,
    traces: HashMap<Symbol, VecDeque<u32>>,
    roles: BTreeMap<Role, VecDeque<u32>>,
    found: Vec<u32>,
}

impl<'a> Index<'a> {
    /// `services` holds those of all events.
    pub fn new(setting: &Setting<'a>, services: &Symbols) -> Self {
        let most = setting.weights.look_back * 2;
        let of = |service: &str| -> Vec<Symbol> {
            setting.graph.neighbours(service).take(most).filter_map(|other| services.find(other)).collect()
        };
        let known = setting.graph.services();
        let neighbours = known.filter_map(|service| Some((services.find(service)?, of(service)))).collect();
        Self {
            weights: setting.weights,
            neighbours,
            services: HashMap::new(),
            identities: HashMap::new(),
            traces: HashMap::new(),
            roles: BTreeMap::new(),
            found: Vec::new(),
        }
    }

    pub fn add(&mut self, drafts: &[Draft], traits: &[Traits], place: usize) {
        let (draft, traits, most) = (&drafts[place], &traits[place], self.weights.look_back);
        let place = place as u32;
        if let Some(service) = traits.service {
            push(self.services.entry(service).or_default(), place, most);
        }
        for &identity in &traits.identities {
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
    pub fn candidates(&mut self, drafts: &[Draft], traits: &[Traits], later: usize) -> &[u32] {
        let (draft, traits) = (&drafts[later], &traits[later]);
        let found = &mut self.found;
        found.clear();
        if let Some(service) = traits.service {
            let neighbours = self.neighbours.get(&service).into_iter().flatten();
            for near in neighbours.chain([&service]) {
                found.extend(self.services.get(near).into_iter().flatten());
            }
        }
        for identity in &traits.identities {
            found.extend(self.identities.get(identity).into_iter().flatten());
        }
        for trace in &draft.traces {
            found.extend(self.traces.get(trace).into_iter().flatten());
        }
        found.extend(self.roles.values().flatten());
        let horizon_us = self.weights.horizon_us;
        let is_near = |&earlier: &u32| {
            draft.event.occurred_at.since(drafts[earlier as usize].event.occurred_at) <= horizon_us
        };
        found.retain(is_near);
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn push(queue: &mut VecDeque<u32>, place: u32, most: usize) {
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
