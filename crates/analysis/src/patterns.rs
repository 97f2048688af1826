//! Known courses of events, recognised by templates that people can read and edit (`patterns.toml`).
//!
//! A template is a few slots around one service. Signs come in the order of time and are indexed by what they say,
//! so each template looks only at the signs that could fill its first slot and at those that could fill the others.
//! What one service says again and again counts a bounded number of times ([`MOST_ALIKE`]), so the work does not grow
//! with the length of the timeline. Confidence is what the filled slots are worth, by how strong their
//! signs are, times how sure the template is of itself; a template whose anchor the hypotheses do not suspect says
//! less.

mod signs;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use model::event::Event;
use model::finding::{Anomaly, FoundBy, Hypothesis, Pattern};
use model::id::FindingId;
use model::text::Text;
use serde::Deserialize;

use crate::study::Study;
use signs::Sign;

/// Weaker matches are not worth reading.
const LEAST_CONFIDENCE: f64 = 0.35;
const MOST: usize = 6;
const MOST_EVENTS: usize = 10;
/// Signs of one fact at one service that are looked at: the strongest, and of equal ones those nearest to detection.
const MOST_ALIKE: usize = 48;
/// Signs are seconds apart by sampling and clocks: this much before still counts as after.
const FORGIVEN_US: i64 = 30_000_000;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Library {
    pattern: Vec<Template>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Template {
    #[serde(rename = "type")]
    name: String,
    en: String,
    zh: String,
    weight: f64,
    /// It says what is out, not why: what someone did at the same place explains it.
    #[serde(default)]
    of_effect: bool,
    recommend_en: String,
    recommend_zh: String,
    slot: Vec<Slot>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Slot {
    signs: Vec<String>,
    place: Place,
    after: Option<usize>,
    within_s: Option<i64>,
    worth: f64,
    #[serde(default)]
    optional: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Place {
    Here,
    Above,
    Below,
    Any,
}

static SHIPPED: LazyLock<Library> = LazyLock::new(|| {
    toml::from_str(include_str!("patterns.toml"))
        .expect("the shipped patterns are read by a test of this crate")
});

struct Match<'a> {
    template: &'a Template,
    /// Of each slot.
    filled: Vec<Option<&'a Sign>>,
    confidence: f64,
}

pub(crate) fn patterns(
    study: &Study<'_>,
    anomalies: &[Anomaly],
    events: &[Event],
    hypotheses: &[Hypothesis],
) -> Vec<Pattern> {
    let signs = most_telling(study, signs::collect(study, anomalies, events));
    let below: Below<'_> = signs
        .iter()
        .map(|sign| sign.service.as_str())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .map(|service| (service, study.graph.below(service)))
        .collect();
    let mut by_fact: BTreeMap<&str, Vec<&Sign>> = BTreeMap::new();
    for sign in &signs {
        by_fact.entry(sign.fact.as_str()).or_default().push(sign);
    }
    let suspicion = |service: &str| {
        let known = hypotheses.iter().find(|hypothesis| hypothesis.service == service);
        known.map_or(0.0, |hypothesis| if hypothesis.rank == 1 { 1.0 } else { hypothesis.score })
    };
    let suspect = hypotheses.first().map(|first| first.service.as_str());
    let mut found: Vec<Match<'_>> = Vec::new();
    for template in &SHIPPED.pattern {
        let candidates: Vec<Vec<&Sign>> = template.slot.iter().map(|slot| of_slot(&by_fact, slot)).collect();
        let anchors = candidates[0].iter().copied();
        let matches = anchors.filter_map(|anchor| fill(&below, &candidates, template, anchor, suspect));
        let weighed = matches.map(|mut one| {
            let concerns_suspect =
                one.filled.iter().flatten().any(|sign| Some(sign.service.as_str()) == suspect);
            let anchored = one.filled[0].map_or(0.0, |sign| suspicion(&sign.service));
            one.confidence *= 0.5 + 0.05 * anchored + if concerns_suspect { 0.45 } else { 0.0 };
            one
        });
        let better =
            |left: &Match<'_>, right: &Match<'_>| left.confidence.total_cmp(&right.confidence).is_lt();
        let best = weighed.reduce(|best, next| if better(&best, &next) { next } else { best });
        found.extend(best.filter(|best| best.confidence >= LEAST_CONFIDENCE));
    }
    yield_to_acts(&mut found);
    found.sort_by(|left, right| {
        right
            .confidence
            .total_cmp(&left.confidence)
            .then_with(|| left.template.name.cmp(&right.template.name))
    });
    found.truncate(MOST);
    found.iter().map(tell).collect()
}

/// What is left of an effect's confidence beside the act that explains it.
const EXPLAINED: f64 = 0.85;

/// Where an act at a service and what it led to are recognised, the mere outage of that service comes after it.
fn yield_to_acts(found: &mut [Match<'_>]) {
    let anchor = |one: &Match<'_>| one.filled[0].map(|sign| sign.service.clone());
    let acts: Vec<(Option<String>, f64)> = found
        .iter()
        .filter(|one| one.filled[0].is_some_and(|sign| signs::is_act(&sign.fact)))
        .map(|one| (anchor(one), one.confidence))
        .collect();
    for one in found.iter_mut().filter(|one| one.template.of_effect) {
        let service = anchor(one);
        let act = acts.iter().filter(|(at, _)| *at == service).map(|(_, confidence)| *confidence);
        if let Some(act) = act.reduce(f64::max) {
            one.confidence = one.confidence.min(EXPLAINED * act);
        }
    }
}

/// All that each service calls, directly or through others.
type Below<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// At most [`MOST_ALIKE`] signs of each fact at each service, in the order of `signs`.
fn most_telling(study: &Study<'_>, signs: Vec<Sign>) -> Vec<Sign> {
    let mut alike: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (place, sign) in signs.iter().enumerate() {
        alike.entry((&sign.fact, &sign.service)).or_default().push(place);
    }
    let distance = |place: usize| signs[place].at.since(study.frame.detected_at).abs();
    let mut is_kept = vec![true; signs.len()];
    for mut places in alike.into_values().filter(|places| places.len() > MOST_ALIKE) {
        places.sort_by(|&left, &right| {
            let stronger = signs[right].strength.total_cmp(&signs[left].strength);
            stronger.then_with(|| (distance(left), left).cmp(&(distance(right), right)))
        });
        for &place in &places[MOST_ALIKE..] {
            is_kept[place] = false;
        }
    }
    signs.into_iter().zip(is_kept).filter_map(|(sign, is_kept)| is_kept.then_some(sign)).collect()
}

fn of_slot<'a>(by_fact: &BTreeMap<&str, Vec<&'a Sign>>, slot: &Slot) -> Vec<&'a Sign> {
    let mut signs: Vec<&Sign> = slot
        .signs
        .iter()
        .flat_map(|fact| by_fact.get(fact.as_str()).into_iter().flatten().copied())
        .collect();
    signs.sort_by(|left, right| {
        (left.at, &left.service, &left.fact).cmp(&(right.at, &right.service, &right.fact))
    });
    signs
}

fn fill<'a>(
    below: &Below<'_>,
    candidates: &[Vec<&'a Sign>],
    template: &'a Template,
    anchor: &'a Sign,
    suspect: Option<&str>,
) -> Option<Match<'a>> {
    let calls = |caller: &Sign, callee: &Sign| {
        below.get(caller.service.as_str()).is_some_and(|below| below.contains(callee.service.as_str()))
    };
    let mut filled: Vec<Option<&Sign>> = vec![Some(anchor)];
    for (slot, candidates) in template.slot.iter().zip(candidates).skip(1) {
        let stands = |sign: &&&Sign| match slot.place {
            Place::Here => sign.service == anchor.service,
            Place::Above => sign.service != anchor.service && calls(sign, anchor),
            Place::Below => calls(anchor, sign),
            Place::Any => true,
        };
        let follows = |sign: &&&Sign| match slot.after.and_then(|place| filled.get(place).copied().flatten())
        {
            Some(earlier) => {
                let gap = sign.at.since(earlier.at);
                gap >= -FORGIVEN_US && slot.within_s.is_none_or(|most| gap <= most * 1_000_000)
            }
            None => true,
        };
        let is_new = |sign: &&&Sign| !filled.iter().flatten().any(|other| other.is_same(sign));
        let chosen =
            candidates.iter().filter(stands).filter(follows).filter(is_new).copied().reduce(|best, next| {
                if telling(next, suspect) > telling(best, suspect) + 0.05 { next } else { best }
            });
        if chosen.is_none() && !slot.optional {
            return None;
        }
        filled.push(chosen);
    }
    let worth = |(slot, sign): (&Slot, &Option<&Sign>)| {
        slot.worth * sign.map_or(0.0, |sign| 0.5 + 0.5 * sign.strength)
    };
    let reached: f64 = template.slot.iter().zip(&filled).map(worth).sum();
    let most: f64 = template.slot.iter().map(|slot| slot.worth).sum();
    Some(Match { template, filled, confidence: template.weight * reached / most })
}

/// Of the signs that could fill a slot, those of the suspect service tell more.
fn telling(sign: &Sign, suspect: Option<&str>) -> f64 {
    sign.strength + if Some(sign.service.as_str()) == suspect { 0.3 } else { 0.0 }
}

fn tell(found: &Match<'_>) -> Pattern {
    let template = found.template;
    let signs: Vec<&Sign> = found.filled.iter().flatten().copied().collect();
    let mut services: Vec<String> = Vec::new();
    let mut evidence = Vec::new();
    for sign in &signs {
        if !services.contains(&sign.service) {
            services.push(sign.service.clone());
        }
        for event in &sign.events {
            if evidence.len() < MOST_EVENTS && !evidence.contains(event) {
                evidence.push(event.clone());
            }
        }
    }
    let en: Vec<String> = signs.iter().map(|sign| format!("{}: {}", sign.service, sign.says.en)).collect();
    let zh: Vec<String> = signs.iter().map(|sign| format!("{}：{}", sign.service, sign.says.zh)).collect();
    Pattern {
        id: FindingId::of_content(&[b"pattern", template.name.as_bytes(), services[0].as_bytes()]),
        pattern_type: template.name.clone(),
        title: Text::new(&*template.en, &*template.zh),
        confidence: crate::anomalies::rounded(found.confidence),
        services,
        evidence,
        found_by: vec![FoundBy::Template],
        why: Text::new(format!("{}.", en.join("; ")), format!("{}。", zh.join("；"))),
        recommendation: Text::new(&*template.recommend_en, &*template.recommend_zh),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_patterns_can_be_read_and_refer_to_earlier_slots() {
        assert!(SHIPPED.pattern.len() >= 12);
        for template in &SHIPPED.pattern {
            assert_eq!(template.slot[0].place, Place::Here, "{}", template.name);
            for (place, slot) in template.slot.iter().enumerate() {
                assert!(slot.after.is_none_or(|after| after < place), "{}", template.name);
                for sign in &slot.signs {
                    assert!(signs::is_known(sign), "{}: {sign}", template.name);
                }
            }
        }
    }
}
