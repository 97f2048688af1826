//! What speaks against a hypothesis: who would defend the service would say this.
//!
//! A cause shows before its damage, shows in the service's own signals, is felt by those who call it, and is not
//! shared by services that stay well. Whatever of that is missing is said, each with the events it rests on.

use std::collections::{BTreeMap, BTreeSet};

use model::event::{Event, Kind};
use model::finding::SignalKind;
use model::id::EventId;
use model::instant::Instant;
use model::text::Text;

use super::telling::{Case, of_clue};
use super::{Account, TELLING};
use crate::detect::shift::stretches;
use crate::evidence::{Channel, Clue};
use crate::signal::Measure;
use crate::study::Study;
use crate::wording::{length, list};

/// More is not read.
const MOST: usize = 4;
const MOST_EVENTS: usize = 6;
const MOST_NAMES: usize = 3;
/// Who shows less than this share of what a service shows is no rival: its first sign may be anything.
const RIVAL: f64 = 0.5;
/// Samples lie so far apart that a smaller gap between first signs is none.
const SIMULTANEOUS_US: i64 = 20_000_000;

#[derive(Debug, Default)]
pub struct Objections {
    pub said: Vec<Text>,
    pub events: Vec<EventId>,
}

impl Objections {
    fn add(&mut self, (says, events): (Text, Vec<EventId>)) {
        if self.said.len() == MOST {
            return;
        }
        self.said.push(says);
        for event in events {
            if self.events.len() < MOST_EVENTS && !self.events.contains(&event) {
                self.events.push(event);
            }
        }
    }
}

pub fn objections(case: &Case<'_>, service: &str, account: &Account) -> Objections {
    let mut found = Objections::default();
    let all = [
        callee_shows_as_much(case, account),
        others_were_first(case, service, account),
        same_change_elsewhere(case, service, account),
        only_a_change(account),
        nobody_feels_it(case, service),
        stays_healthy(case.study, service),
        not_looked_at(case.study, service),
    ];
    all.into_iter().flatten().for_each(|one| found.add(one));
    found
}

fn callee_shows_as_much(case: &Case<'_>, account: &Account) -> Option<(Text, Vec<EventId>)> {
    let callee = account.explained_by.as_deref()?;
    let of_callee = case.anomalies.iter().filter(|anomaly| anomaly.service == callee);
    let events = of_callee.filter_map(|anomaly| anomaly.events.first()).take(3).cloned().collect();
    Some((
        Text::new(format!("{callee}, which it calls, shows as much"), format!("它调用的 {callee} 同样异常")),
        events,
    ))
}

/// The service whose first sign is the earliest, when it is clearly before this one's.
fn others_were_first(case: &Case<'_>, service: &str, account: &Account) -> Option<(Text, Vec<EventId>)> {
    let own = first_sign(case.study, account)?.0;
    let (at, clue, other) = case
        .accounts
        .iter()
        .filter(|(other, rival)| *other != service && rival.total >= RIVAL * account.total)
        .filter_map(|(other, account)| first_sign(case.study, account).map(|(at, clue)| (at, clue, other)))
        .min_by(|left, right| (left.0, left.2).cmp(&(right.0, right.2)))?;
    let gap = own.since(at);
    if gap < SIMULTANEOUS_US {
        return None;
    }
    let (en, zh) = length(gap);
    let events = of_clue(case.anomalies, clue).flat_map(|anomaly| anomaly.events.first()).take(1).cloned();
    Some((
        Text::new(
            format!("its first sign comes {en} after that of {other}"),
            format!("首个异常比 {other} 晚 {zh}"),
        ),
        events.collect(),
    ))
}

/// The earliest clue that half the heaviest weighs at least; changes are no signs.
fn first_sign<'a>(study: &Study<'_>, account: &'a Account) -> Option<(Instant, &'a Clue)> {
    let shows = |clue: &&Clue| {
        !matches!(clue.channel, Channel::Change | Channel::Sibling)
            && clue.weight >= TELLING.max(0.5 * account.clues.first().map_or(0.0, |first| first.weight))
    };
    let signs = account.clues.iter().filter(shows).filter_map(|clue| Some((clue.onset?, clue)));
    signs.filter(|(at, _)| *at >= study.frame.window.start).min_by_key(|(at, _)| *at)
}

fn same_change_elsewhere(case: &Case<'_>, service: &str, account: &Account) -> Option<(Text, Vec<EventId>)> {
    let own = account.clues.iter().find(|clue| is_telling_change(clue))?;
    let mut others: BTreeMap<&str, Instant> = BTreeMap::new();
    for (other, account) in case.accounts.iter().filter(|(other, _)| *other != service) {
        let alike = account.clues.iter().find(|clue| is_telling_change(clue) && clue.fault == own.fault);
        if let Some(at) = alike.and_then(|clue| clue.onset) {
            others.insert(other, at);
        }
    }
    if others.is_empty() {
        return None;
    }
    let is_it = |event: &&Event| {
        event.kind == Kind::UserAction
            && event.service.as_deref().and_then(|service| others.get(service)) == Some(&event.occurred_at)
    };
    let events = case.events.iter().filter(is_it).map(|event| event.id.clone()).take(3).collect();
    let names: Vec<&str> = others.keys().copied().collect();
    let (en, zh) = list(&names, MOST_NAMES);
    Some((
        Text::new(
            format!("the same kind of change was made to {en} shortly before as well"),
            format!("{zh} 在此前不久也有同类变更"),
        ),
        events,
    ))
}

fn is_telling_change(clue: &Clue) -> bool {
    clue.channel == Channel::Change && clue.weight >= TELLING
}

fn only_a_change(account: &Account) -> Option<(Text, Vec<EventId>)> {
    let telling = account.clues.iter().filter(|clue| clue.weight >= TELLING);
    let (changes, signs): (Vec<&Clue>, Vec<&Clue>) =
        telling.partition(|clue| clue.channel == Channel::Change);
    let says = Text::new("none of its own signals shows it", "其自身信号均未体现异常");
    (!changes.is_empty() && signs.is_empty()).then_some((says, Vec::new()))
}

/// Its callers are known, and none of them shows a thing.
fn nobody_feels_it(case: &Case<'_>, service: &str) -> Option<(Text, Vec<EventId>)> {
    let callers: Vec<&str> = case.study.graph.callers(service).collect();
    let is_well = |caller: &&str| {
        let account = case.accounts.get(*caller);
        account.is_none_or(|account| !account.clues.iter().any(|clue| clue.weight >= TELLING))
    };
    if callers.is_empty() || !callers.iter().all(is_well) {
        return None;
    }
    let (en, zh) = list(&callers, MOST_NAMES);
    Some((
        Text::new(format!("{en}, calling it, stay as they were"), format!("调用它的 {zh} 没有异常")),
        Vec::new(),
    ))
}

/// What is measured of it and stays in its range throughout.
fn stays_healthy(study: &Study<'_>, service: &str) -> Option<(Text, Vec<EventId>)> {
    let mut health: BTreeMap<Measure, bool> = BTreeMap::new();
    for (series, course) in study.catalogue.iter().zip(&study.courses) {
        let Some(course) = course else { continue };
        if series.service != service || series.kind == SignalKind::Log || course.after_count == 0 {
            continue;
        }
        let signal = series.meaning();
        let is_calm = stretches(course, signal.bad).is_empty();
        let known = health.entry(signal.measure.family()).or_insert(true);
        *known = *known && is_calm;
    }
    let calm: Vec<Text> =
        health.iter().filter(|(_, calm)| **calm).filter_map(|(one, _)| named(*one)).collect();
    if calm.is_empty() {
        return None;
    }
    let en: Vec<&str> = calm.iter().map(|text| text.en.as_str()).collect();
    let zh: Vec<&str> = calm.iter().map(|text| text.zh.as_str()).collect();
    let verb = if calm.len() == 1 { "stays" } else { "stay" };
    Some((
        Text::new(
            format!("its {} {verb} in range", list(&en, en.len()).0),
            format!("其{}均在正常范围内", list(&zh, zh.len()).1),
        ),
        Vec::new(),
    ))
}

fn named(measure: Measure) -> Option<Text> {
    Some(match measure {
        Measure::Latency => Text::new("latency", "延迟"),
        Measure::Errors | Measure::Success => Text::new("error rate", "错误率"),
        Measure::Traffic => Text::new("traffic", "流量"),
        Measure::Cpu => Text::plain("CPU"),
        Measure::Memory => Text::new("memory", "内存"),
        Measure::Disk => Text::new("disk", "磁盘"),
        Measure::Saturation => Text::new("use of pools and queues", "连接池与队列占用"),
        Measure::Network | Measure::Life | Measure::Limit | Measure::Other => return None,
    })
}

/// Absence of data is not health: what could still clear or convict it.
fn not_looked_at(study: &Study<'_>, service: &str) -> Option<(Text, Vec<EventId>)> {
    let seen: BTreeSet<SignalKind> =
        study.catalogue.iter().filter(|series| series.service == service).map(|series| series.kind).collect();
    let says = Text::new(
        "it sent no telemetry of its own: what is known of it comes from others",
        "它自身没有任何遥测数据，所知均来自其他服务",
    );
    seen.is_empty().then_some((says, Vec::new()))
}
