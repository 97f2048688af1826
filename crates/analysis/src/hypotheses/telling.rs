//! A hypothesis in words: what it claims, why, which events speak for and against it, what was not seen.

use std::collections::{BTreeMap, BTreeSet};

use model::event::{Event, Kind};
use model::finding::{Anomaly, Hypothesis, SignalKind};
use model::id::{EventId, FindingId};
use model::text::Text;

use super::against::objections;
use super::title::title;
use super::{Account, TELLING};
use crate::anomalies::stem;
use crate::evidence::{Channel, Clue};
use crate::study::Study;

const MOST_EVENTS: usize = 12;

/// All that a hypothesis is told from.
pub struct Case<'a> {
    pub study: &'a Study<'a>,
    pub anomalies: &'a [Anomaly],
    pub events: &'a [Event],
    pub accounts: &'a BTreeMap<String, Account>,
}

pub fn tell(case: &Case<'_>, rank: u32, (service, account): (&str, &Account), score: f64) -> Hypothesis {
    let fault = fault(account);
    let leading = account.clues.iter().find(|clue| clue.signal.is_some());
    let objections = objections(case, service, account);
    Hypothesis {
        id: FindingId::of_content(&[b"hypothesis", service.as_bytes()]),
        rank,
        service: service.to_owned(),
        signal: leading.and_then(|clue| clue.signal.clone()),
        fault,
        score,
        title: title(case.study, service, account),
        why: why(account),
        evidence: evidence(case.anomalies, case.events, service, account),
        against: objections.said,
        counter_evidence: objections.events,
        not_seen: not_seen(case.study, service),
    }
}

/// The fault of the heaviest clue; a change names the fault when it is part of the account.
fn fault(account: &Account) -> Option<String> {
    match (account.change(), account.strongest()) {
        (Some(change), Some(_)) => change.fault.clone(),
        (None, Some(strongest)) => strongest.fault.clone(),
        (change, None) => change.and_then(|change| change.fault.clone()),
    }
}

fn why(account: &Account) -> Text {
    let mut en: Vec<&str> = Vec::new();
    let mut zh: Vec<&str> = Vec::new();
    let mut seen = BTreeSet::new();
    for clue in account.clues.iter().filter(|clue| clue.weight >= TELLING) {
        if seen.insert(clue.channel) && en.len() < 3 {
            en.push(&clue.says.en);
            zh.push(&clue.says.zh);
        }
    }
    let mut text = if en.is_empty() {
        Text::new("Not enough evidence", "证据不足")
    } else {
        Text::new(en.join("; "), zh.join("；"))
    };
    text.en.push('.');
    text.zh.push('。');
    text
}

fn evidence(anomalies: &[Anomaly], events: &[Event], service: &str, account: &Account) -> Vec<EventId> {
    let mut chosen: Vec<EventId> = Vec::new();
    let mut add = |id: &EventId| {
        if chosen.len() < MOST_EVENTS && !chosen.contains(id) {
            chosen.push(id.clone());
        }
    };
    // What someone changed comes first: it is what can be undone.
    let (changes, signs): (Vec<&Clue>, Vec<&Clue>) = account
        .clues
        .iter()
        .filter(|clue| clue.weight >= TELLING)
        .partition(|clue| clue.channel == Channel::Change);
    for clue in changes.into_iter().chain(signs).take(MOST_EVENTS) {
        if clue.channel == Channel::Change || clue.signal.is_none() {
            let is_it = |event: &&Event| {
                event.kind == Kind::UserAction
                    && event.service.as_deref() == Some(service)
                    && Some(event.occurred_at) == clue.onset
            };
            events.iter().filter(is_it).for_each(|event| add(&event.id));
            continue;
        }
        of_clue(anomalies, clue).for_each(|anomaly| anomaly.events.iter().for_each(&mut add));
        if clue.channel == Channel::Message {
            let is_it =
                |event: &&Event| event.kind == Kind::SystemEvent && Some(event.occurred_at) == clue.onset;
            events.iter().filter(is_it).for_each(|event| add(&event.id));
        }
    }
    chosen
}

pub fn of_clue<'a>(anomalies: &'a [Anomaly], clue: &'a Clue) -> impl Iterator<Item = &'a Anomaly> {
    anomalies.iter().filter(|anomaly| {
        let signal = clue.signal.as_deref().unwrap_or("");
        let is_same_place = clue.signal_kind == Some(anomaly.signal_kind)
            && stem(anomaly.signal_kind, &anomaly.signal) == stem(anomaly.signal_kind, signal);
        let speaks = anomaly.signal == signal
            || (is_same_place && anomaly.signal_kind == SignalKind::Metric)
            || anomaly.signal.strip_prefix(signal).is_some_and(|rest| rest.starts_with(' '));
        speaks
            && (anomaly.service == clue.service
                || clue.channel == Channel::Symptom
                || clue.channel == Channel::Message)
    })
}

/// Absence of data is not health.
fn not_seen(study: &Study<'_>, service: &str) -> Vec<SignalKind> {
    [SignalKind::Metric, SignalKind::Log, SignalKind::Trace]
        .into_iter()
        .filter(|kind| {
            !study.catalogue.iter().any(|series| series.kind == *kind && series.service == service)
        })
        .collect()
}
