//! Ranked root causes: what all telemetry together says for each service.
//!
//! Clues of one channel repeat each other, so the strongest counts and further ones close little of the rest. What
//! a service shares with most others is no evidence, so each channel is taken above its median over services.
//! Symptoms travel from callee to caller: a service whose callee shows as much is explained by it. The score of a
//! service says how likely it is the cause rather than its strongest rival, one of which is "none of them", so that
//! little evidence gives small scores.

mod against;
mod telling;
mod title;

use std::collections::BTreeMap;

use model::event::Event;
use model::finding::{Anomaly, Hypothesis, SignalKind};
use model::instant::Instant;

use crate::evidence::{Channel, Clue, changes, messages, metrics, shape, siblings, time};
use crate::series::Series;
use crate::signal::Signal;
use crate::study::Study;

/// Hypotheses that are worth a reader's time.
const MOST: usize = 10;
/// Clues that weigh less are not worth a reader's time.
const TELLING: f64 = 0.3;
/// Evidence of the rival that is always there: what an ordinary hour adds up to.
const ORDINARY: f64 = 0.5;
/// From this weight on a change is part of the account.
const PART: f64 = 0.6;
/// Share of cases in which a capture misleads, whatever it says: nobody who was not there is certain.
const MISLED: f64 = 0.02;

/// What speaks for one service.
#[derive(Debug, Default)]
pub(crate) struct Account {
    /// Strongest first.
    pub clues: Vec<Clue>,
    pub channels: BTreeMap<Channel, f64>,
    /// The callee that explains its symptoms, if one does.
    pub explained_by: Option<String>,
    pub total: f64,
}

impl Account {
    /// The change that is part of it, if one is.
    fn change(&self) -> Option<&Clue> {
        self.clues.iter().find(|clue| clue.channel == Channel::Change && clue.weight >= PART)
    }

    /// The heaviest clue to what is wrong.
    fn strongest(&self) -> Option<&Clue> {
        self.clues.iter().find(|clue| clue.channel != Channel::Change)
    }
}

pub(crate) fn hypotheses(study: &Study<'_>, anomalies: &[Anomaly], events: &[Event]) -> Vec<Hypothesis> {
    let accounts = accounts(study);
    let mut ranked: Vec<(&String, &Account)> =
        accounts.iter().filter(|(_, account)| account.total > 0.0).collect();
    ranked.sort_by(|left, right| right.1.total.total_cmp(&left.1.total).then_with(|| left.0.cmp(right.0)));
    ranked.truncate(MOST);
    let case = telling::Case { study, anomalies, events, accounts: &accounts };
    ranked
        .iter()
        .enumerate()
        .map(|(place, (service, account))| {
            let rival = if place == 0 { ranked.get(1) } else { ranked.first() };
            let score = odds(account.total, rival.map_or(0.0, |(_, rival)| rival.total));
            telling::tell(&case, place as u32 + 1, (service, account), score)
        })
        .collect()
}

/// Weights are logarithms of likelihood ratios, so what one service is ahead of its strongest rival are the log-odds of
/// the two. Nothing here is fitted to labelled captures.
fn odds(total: f64, rival: f64) -> f64 {
    crate::anomalies::rounded((1.0 - MISLED) / (1.0 + (rival.max(ORDINARY) - total).exp()))
}

pub(crate) fn accounts(study: &Study<'_>) -> BTreeMap<String, Account> {
    let mut clues = metrics::clues(study);
    clues.extend(metrics::ruled(study));
    clues.extend(time::clues(study));
    clues.extend(shape::clues(study));
    clues.extend(siblings::clues(study));
    clues.extend(messages::clues(study));
    clues.extend(changes::clues(study, onset(study, &clues)));

    messages::leave_to_callees(study, &mut clues);

    let mut accounts: BTreeMap<String, Account> =
        study.graph.services().iter().map(|service| (service.clone(), Account::default())).collect();
    for clue in clues {
        accounts.entry(clue.service.clone()).or_default().clues.push(clue);
    }
    for account in accounts.values_mut() {
        account.clues.sort_by(|left, right| {
            right.weight.total_cmp(&left.weight).then_with(|| left.signal.cmp(&right.signal))
        });
        account.channels = by_channel(&account.clues);
    }
    take_off_what_all_share(&mut accounts);
    explain_by_callees(study, &mut accounts);
    yield_to_broken_callees(study, &mut accounts);
    for account in accounts.values_mut() {
        account.total = total(account);
    }
    accounts
}

/// From this weight on a service is broken, not only slow.
const BROKEN: f64 = 2.0;

/// A service that waits for a broken callee shows time, failures and missing lines of its own; they are the callee's.
fn yield_to_broken_callees(study: &Study<'_>, accounts: &mut BTreeMap<String, Account>) {
    let breaks = |clue: &&Clue| {
        matches!(clue.fault.as_deref(), Some("down" | "disk_full" | "oom_kill" | "crash" | "read_only"))
    };
    let broken: BTreeMap<String, f64> = accounts
        .iter()
        .map(|(service, account)| {
            (service.clone(), account.clues.iter().filter(breaks).map(|clue| clue.weight).fold(0.0, f64::max))
        })
        .collect();
    for (service, account) in accounts.iter_mut() {
        let worst = study
            .graph
            .callees(service)
            .map(|callee| (broken.get(callee).copied().unwrap_or(0.0), callee))
            .max_by(|left, right| left.0.total_cmp(&right.0).then_with(|| right.1.cmp(left.1)));
        let Some((how_broken, callee)) = worst else { continue };
        if how_broken < BROKEN || broken.get(service).is_some_and(|own| *own >= how_broken) {
            continue;
        }
        for channel in [Channel::Time, Channel::Shape, Channel::Failure, Channel::Symptom] {
            if let Some(level) = account.channels.get_mut(&channel) {
                *level *= 0.35;
            }
        }
        account.explained_by = Some(callee.to_owned());
    }
}

/// When the first strong sign was seen: one that weighs at least half as much as the heaviest of all. Resources come
/// and go with instances and load; they count where nothing that users feel is seen.
fn onset(study: &Study<'_>, clues: &[Clue]) -> Instant {
    let is_felt =
        |clue: &Clue| !matches!(clue.channel, Channel::Sibling | Channel::Resource) && clue.onset.is_some();
    let any_felt = clues.iter().any(is_felt);
    let shows = |clue: &&Clue| if any_felt { is_felt(clue) } else { clue.onset.is_some() };
    let heaviest = clues.iter().filter(shows).map(|clue| clue.weight).fold(0.0, f64::max);
    let strong = clues.iter().filter(shows).filter(|clue| clue.weight >= 0.5 * heaviest);
    strong
        .filter_map(|clue| clue.onset)
        .filter(|onset| *onset >= study.frame.window.start)
        .min()
        .map_or(study.frame.detected_at, |first| first.min(study.frame.detected_at))
}

fn by_channel(clues: &[Clue]) -> BTreeMap<Channel, f64> {
    let mut weights: BTreeMap<Channel, Vec<f64>> = BTreeMap::new();
    for clue in clues {
        weights.entry(clue.channel).or_default().push(clue.weight);
    }
    let sum = |weights: Vec<f64>| {
        let further: f64 = weights.iter().skip(1).take(3).map(|weight| 0.2 * weight).sum();
        weights.first().copied().unwrap_or(0.0) + further
    };
    weights.into_iter().map(|(channel, weights)| (channel, sum(weights))).collect()
}

fn take_off_what_all_share(accounts: &mut BTreeMap<String, Account>) {
    for channel in [Channel::Resource, Channel::Symptom, Channel::Time, Channel::Shape] {
        let of = |account: &Account| account.channels.get(&channel).copied().unwrap_or(0.0);
        let levels: Vec<f64> = accounts.values().map(of).collect();
        if levels.len() < 5 {
            continue;
        }
        let shared = crate::robust::median(&levels);
        for account in accounts.values_mut() {
            if let Some(level) = account.channels.get_mut(&channel) {
                *level = (*level - shared).max(0.0);
            }
        }
    }
}

/// An endpoint that one caller alone has seen, and only from outside, may as well be that caller's trouble.
const HEARSAY: f64 = 0.7;

fn is_hearsay(study: &Study<'_>, service: &str) -> bool {
    let is_own = |series: &Series| {
        series.service == service
            && (series.kind != SignalKind::Metric || Signal::of_metric(&series.signal).measure.is_resource())
    };
    study.graph.callees(service).next().is_none()
        && study.graph.callers(service).count() == 1
        && !study.catalogue.iter().any(is_own)
}

fn explain_by_callees(study: &Study<'_>, accounts: &mut BTreeMap<String, Account>) {
    let mut symptoms: BTreeMap<String, f64> = BTreeMap::new();
    for (service, account) in accounts.iter_mut() {
        let Some(own) = account.channels.get_mut(&Channel::Symptom) else { continue };
        if *own > 0.0 && is_hearsay(study, service) {
            *own *= HEARSAY;
        }
        symptoms.insert(service.clone(), *own);
    }
    for (service, account) in accounts.iter_mut() {
        let below = study.graph.below(service);
        let strongest = below
            .into_iter()
            .map(|callee| (symptoms.get(callee).copied().unwrap_or(0.0), callee))
            .max_by(|left, right| left.0.total_cmp(&right.0).then_with(|| right.1.cmp(left.1)));
        let (Some((explained, callee)), Some(own)) = (strongest, account.channels.get_mut(&Channel::Symptom))
        else {
            continue;
        };
        if explained > 0.5 * *own && *own > 0.0 {
            account.explained_by = Some(callee.to_owned());
        }
        *own -= 0.8 * explained.min(*own);
    }
}

fn total(account: &Account) -> f64 {
    let of = |channel| account.channels.get(&channel).copied().unwrap_or(0.0);
    let seen = of(Channel::Resource)
        + of(Channel::Symptom)
        + of(Channel::Time)
        + of(Channel::Shape)
        + of(Channel::Failure)
        + of(Channel::Message)
        + of(Channel::Sibling);
    // A change counts in full only where something else is seen as well.
    seen + of(Channel::Change) * (0.4 + 0.6 * (seen / 1.5).min(1.0))
}
