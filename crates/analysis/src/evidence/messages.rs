//! What is said in words: log lines and system events that state a fact or name a dependency.

use std::collections::{BTreeMap, BTreeSet};

use model::event::{Kind, Severity};
use model::finding::SignalKind;
use model::text::Text;

use super::{Channel, Clue};
use crate::detect::rules::{Fact, shipped};
use crate::frame::Phase;
use crate::study::Study;
use crate::wording::cut;

pub fn clues(study: &Study<'_>) -> Vec<Clue> {
    let mut clues = of_lines(study);
    clues.extend(of_happenings(study));
    clues
}

/// Facts about the machine or the process itself: who says so has the trouble.
fn is_own(fact: &str) -> bool {
    matches!(
        fact,
        "oom_kill"
            | "disk_full"
            | "lock_wait"
            | "slow_query"
            | "pool_wait"
            | "crash"
            | "corrupt"
            | "read_only"
            | "certificate"
    )
}

fn weight_of(fact: &str) -> f64 {
    match fact {
        "oom_kill" | "disk_full" | "certificate" => 3.0,
        "crash" | "lock_wait" | "slow_query" | "read_only" => 2.0,
        "pool_wait" | "corrupt" => 1.5,
        _ => 0.8,
    }
}

fn of_lines(study: &Study<'_>) -> Vec<Clue> {
    let logs = &study.capture.telemetry.logs;
    let mut counts: BTreeMap<(model::telemetry::Symbol, u32), [u32; 2]> = BTreeMap::new();
    let mut first = BTreeMap::new();
    let mut lines = [0_u32; 2];
    for (line, time) in logs.time.iter().enumerate() {
        let side = match study.frame.phase(*time) {
            Phase::Normal => 0,
            Phase::Lead | Phase::After => 1,
            Phase::Outside => continue,
        };
        let Some(template) = study.templates.of_line.get(line) else { continue };
        lines[side] += 1;
        let key = (logs.service[line], *template);
        counts.entry(key).or_default()[side] += 1;
        if side == 1 {
            first.entry(key).or_insert(line);
        }
    }
    let scale = f64::from(lines[1].max(1)) / f64::from(lines[0].max(1));
    let mut clues = Vec::new();
    for ((service, template), [before, after]) in counts {
        let Some(known) = study.templates.templates.get(template as usize) else { continue };
        let facts = shipped().facts_of(&known.text);
        let is_loud = known.level.is_some_and(|level| level >= Severity::Warning);
        let expected = f64::from(before) * if lines[0] > 0 { scale } else { 0.0 };
        let more = f64::from(after) - expected;
        if (facts.is_empty() && !is_loud) || more < 1.0 || f64::from(after) < 3.0 * expected {
            continue;
        }
        let service = study.capture.telemetry.symbols.name(service);
        let line = first.get(&(logs_symbol(study, service), template)).copied();
        let text = line.map_or(known.text.as_str(), |line| logs.message.get(line));
        let grown = (1.0 + more).ln() / 4.0;
        let onset = line.map(|line| logs.time[line]);
        if facts.is_empty() {
            clues.push(clue(service, 0.5 * grown.min(1.0), "errors", onset, text, &known.text));
        }
        for fact in &facts {
            let weight = weight_of(&fact.name) * (0.4 + grown).min(1.0);
            let blamed = named(study, service, text);
            if is_own(&fact.name) || blamed.is_empty() {
                clues.push(clue(
                    service,
                    if is_own(&fact.name) { weight } else { weight * 0.3 },
                    &fact.name,
                    onset,
                    text,
                    &known.text,
                ));
            } else {
                for other in blamed {
                    clues.push(clue(&other, weight * 1.5, &fact.name, onset, text, &known.text));
                }
            }
        }
    }
    clues
}

fn logs_symbol(study: &Study<'_>, service: &str) -> model::telemetry::Symbol {
    study.capture.telemetry.symbols.find(service).unwrap_or(study.capture.telemetry.logs.service[0])
}

fn of_happenings(study: &Study<'_>) -> Vec<Clue> {
    let mut clues = Vec::new();
    for happening in &study.capture.telemetry.happenings {
        if happening.kind != Kind::SystemEvent {
            continue;
        }
        // An alert repeats what a metric showed.
        let share = if happening.event_type == "alert" { 0.5 } else { 1.0 };
        let Some(service) = &happening.service else { continue };
        if !matches!(study.frame.phase(happening.time), Phase::Lead | Phase::After) {
            continue;
        }
        let text = format!(
            "{} {} {}",
            happening.event_type,
            happening.title,
            happening.detail.as_deref().unwrap_or("")
        );
        for Fact { name, .. } in shipped().facts_of(&text) {
            let weight = share * if is_own(&name) { weight_of(&name) } else { 0.5 };
            clues.push(clue(
                service,
                weight,
                &name,
                Some(happening.time),
                &happening.title,
                &happening.title,
            ));
        }
    }
    clues
}

/// Who quotes a callee's trouble does not have it: a fact that a callee states too, or shows, is the callee's.
pub fn leave_to_callees(study: &Study<'_>, clues: &mut [Clue]) {
    let mut stated: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for clue in clues.iter() {
        if let (Channel::Message | Channel::Resource, Some(fault)) = (clue.channel, &clue.fault) {
            stated.entry(fault.clone()).or_default().insert(clue.service.clone());
        }
    }
    for clue in clues.iter_mut().filter(|clue| clue.channel == Channel::Message) {
        let Some(speakers) = clue.fault.as_ref().and_then(|fault| stated.get(fault)) else { continue };
        if study.graph.below(&clue.service).iter().any(|callee| speakers.contains(*callee)) {
            clue.weight *= 0.2;
        }
    }
}

/// Other services that a text names, as whole words.
fn named(study: &Study<'_>, speaker: &str, text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let is_word =
        |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    let names = |service: &str| {
        let service = service.to_lowercase();
        service.len() >= 3
            && lower.match_indices(&service).any(|(at, _)| {
                !is_word(lower[..at].chars().next_back())
                    && !is_word(lower[at + service.len()..].chars().next())
            })
    };
    study.graph.services().iter().filter(|other| *other != speaker && names(other)).cloned().collect()
}

fn clue(
    service: &str,
    weight: f64,
    fault: &str,
    onset: Option<model::Instant>,
    text: &str,
    template: &str,
) -> Clue {
    let quoted = cut(text.trim(), 100);
    Clue {
        channel: Channel::Message,
        service: service.to_owned(),
        weight,
        signal: Some(template.to_owned()),
        signal_kind: Some(SignalKind::Log),
        fault: Some(fault.to_owned()),
        onset,
        says: Text::new(format!("“{quoted}”"), format!("“{quoted}”")),
    }
}
