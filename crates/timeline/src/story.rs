//! The story: when it began, when it was noticed, repaired and over, and the few events that carry it.

use std::collections::{BTreeMap, BTreeSet};

use model::event::{KEY_REASON_ZH, Severity};
use model::incident::{Clock, ClockName, ClockSetter, Clocks};
use model::instant::{Instant, Span};
use model::telemetry::Header;
use model::text::Text;

use crate::draft::{Draft, Role};
use crate::settings::Choosing;
use crate::topology::Graph;

/// A stretch of the incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PhaseName {
    /// Begun, and no one knows.
    Unnoticed,
    Diagnosis,
    Repair,
    Recovery,
}

impl PhaseName {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unnoticed => "unnoticed",
            Self::Diagnosis => "diagnosis",
            Self::Repair => "repair",
            Self::Recovery => "recovery",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phase {
    pub name: PhaseName,
    pub span: Span,
}

/// Who notes when it was over means the act itself, give or take.
const SAME_DEED_US: i64 = 5_000_000;

/// The turning points, as places in the drafts.
struct Turns {
    onset_at: Instant,
    /// Services with a strong anomaly from the onset on.
    affected: BTreeSet<String>,
    cause: Option<usize>,
    first_alert: Option<usize>,
    repair: Option<usize>,
    last_end: Option<usize>,
}

/// Chooses key events, proposes clocks and phases. `drafts` are in the order of time.
pub fn tell(
    header: &Header,
    graph: &Graph<'_>,
    settings: &Choosing,
    drafts: &mut [Draft],
) -> (Clocks, Vec<Phase>) {
    let turns = turns(header, graph, settings, drafts);
    choose(&turns, settings, header, drafts);
    let clocks = clocks(header, &turns, drafts);
    let phases = phases(&clocks, &turns, drafts);
    (clocks, phases)
}

fn is_strong(draft: &Draft, settings: &Choosing) -> bool {
    let is_loud_voice = draft.role == Role::Voice && draft.event.severity >= Severity::Error;
    match draft.role {
        Role::Onset => draft.event.weight >= settings.strong,
        Role::Death => true,
        _ => is_loud_voice && draft.event.weight >= settings.strong,
    }
}

fn turns(header: &Header, graph: &Graph<'_>, settings: &Choosing, drafts: &[Draft]) -> Turns {
    let onset_at = onset(header, settings, drafts);
    let time = |place: usize| drafts[place].event.occurred_at;
    let places = 0..drafts.len();
    let strong = |&place: &usize| is_strong(&drafts[place], settings) && time(place) >= onset_at;
    let affected: BTreeSet<String> =
        places.clone().filter(strong).filter_map(|place| drafts[place].event.service.clone()).collect();
    let touches = |place: usize| {
        let service = drafts[place].event.service.as_deref();
        service.is_none_or(|service| {
            affected.contains(service) || affected.iter().any(|other| graph.calls(other, service))
        })
    };
    let is_change = |place: usize| drafts[place].role == Role::Change;
    let slack = 15_000_000;
    let is_deed = |place: &usize| matches!(drafts[*place].role, Role::Change | Role::Act);
    let cause = places.clone().rev().find(|&place| {
        let before = onset_at.saturating_add(slack).since(time(place));
        let is_answer = drafts[place].role == Role::Act && time(place) >= header.detected_at;
        is_deed(&place) && !is_answer && touches(place) && (0..=settings.before_onset_us).contains(&before)
    });
    let first_alert = places
        .clone()
        .find(|&place| drafts[place].role == Role::Alert && time(place) >= onset_at.saturating_add(-slack));
    let noticed_at = header.detected_at.max(onset_at);
    let last = |is_end: &dyn Fn(&Draft) -> bool| places.clone().rev().find(|&place| is_end(&drafts[place]));
    let last_end = last(&|draft| draft.role == Role::AlertEnd)
        .or_else(|| last(&|draft| draft.role == Role::Return && draft.event.weight >= 0.5 * settings.strong));
    let said = header.mitigated_at.and_then(|at| {
        places.clone().filter(is_deed).find(|&place| time(place).since(at).abs() <= SAME_DEED_US)
    });
    let repair = said.or_else(|| {
        places.rev().find(|&place| {
            let is_followed = last_end.is_some_and(|end| time(end) > time(place));
            is_change(place) && touches(place) && time(place) > noticed_at && is_followed
        })
    });
    Turns { onset_at, affected, cause, first_alert, repair, last_end }
}

/// The first strong anomaly that does not stand alone: others begin soon after.
fn onset(header: &Header, settings: &Choosing, drafts: &[Draft]) -> Instant {
    let from =
        header.baseline.filter(|baseline| header.window.contains(baseline.end)).map(|baseline| baseline.end);
    let from = from.unwrap_or(header.window.start).saturating_add(-15_000_000);
    let times: Vec<Instant> = drafts
        .iter()
        .filter(|draft| is_strong(draft, settings) && draft.event.occurred_at >= from)
        .map(|draft| draft.event.occurred_at)
        .collect();
    let company = (times.len() / 5).clamp(1, 4);
    let is_onset = |place: &usize| {
        let soon = times[*place].saturating_add(settings.onset_spread_us);
        times.get(place + company).is_some_and(|&time| time <= soon)
    };
    let first = (0..times.len()).find(is_onset).map(|place| times[place]);
    first.or_else(|| times.first().copied()).unwrap_or(header.detected_at)
}

fn choose(turns: &Turns, settings: &Choosing, header: &Header, drafts: &mut [Draft]) {
    let mut chosen: BTreeMap<usize, (f64, Text)> = BTreeMap::new();
    let mut propose = |place: Option<usize>, weight: f64, why: Text| {
        if let Some(place) = place {
            let better = chosen.get(&place).is_none_or(|(known, _)| *known < weight);
            if better {
                chosen.insert(place, (weight, why));
            }
        }
    };
    let time = |place: usize| drafts[place].event.occurred_at;
    let places = || 0..drafts.len();
    if let Some(cause) = turns.cause {
        let gap = turns.onset_at.since(time(cause)).max(0) / 1_000_000;
        let why = Text::new(
            format!("the last act on what is affected, {gap} s before the first anomaly"),
            format!("受影响范围内的最后一次操作，{gap} 秒后出现首个异常"),
        );
        propose(Some(cause), 0.97, why);
    }
    propose(
        turns.first_alert,
        0.95,
        Text::new("the first alert: someone could know", "首个告警：此刻起有人能知道"),
    );
    propose(turns.repair, 0.96, Text::new("the last act before recovery", "恢复前的最后一次操作"));
    propose(turns.last_end, 0.9, Text::new("from here on all is quiet", "此后恢复平静"));
    for (rank, place) in first_signs(turns, settings, drafts).into_iter().enumerate() {
        let service = drafts[place].event.service.as_deref().unwrap_or("");
        let why = match rank {
            0 => Text::new("where it shows first", "最早出现异常之处"),
            _ => Text::new(format!("first sign at {service}"), format!("{service} 的首个异常")),
        };
        propose(Some(place), 0.92 - 0.02 * rank as f64, why);
    }
    let first_answer = places().find(|&place| {
        matches!(drafts[place].role, Role::Change | Role::Act) && time(place) > header.detected_at
    });
    let mut died: BTreeSet<Option<&str>> = BTreeSet::new();
    for place in places() {
        let draft = &drafts[place];
        let in_story = time(place) >= turns.onset_at;
        let is_first_of_group = draft
            .event
            .attributes
            .get(model::event::GROUP)
            .is_none_or(|group| group == draft.event.id.as_str());
        match draft.role {
            Role::Death if is_first_of_group => {
                // That it goes on dying is no new turn.
                let is_first = died.insert(draft.event.service.as_deref());
                let weight = if is_first { 0.94 } else { 0.45 };
                propose(Some(place), weight, Text::new("a process was ended", "进程被终止"));
            }
            Role::Alert if in_story && draft.event.severity >= Severity::Critical && is_first_of_group => {
                propose(Some(place), 0.6, Text::new("a critical alert", "严重告警"));
            }
            Role::Change | Role::Act if time(place) > header.detected_at && Some(place) != turns.repair => {
                let first = first_answer == Some(place);
                let why = if first {
                    Text::new("the first act after detection", "发现后的首个操作")
                } else {
                    Text::new("an act after detection", "发现后的操作")
                };
                propose(Some(place), if first { 0.75 } else { 0.62 }, why);
            }
            Role::Change => {
                let before = turns.onset_at.since(time(place));
                if (0..=settings.before_onset_us).contains(&before) {
                    propose(Some(place), 0.5, Text::new("a change shortly before", "此前不久的变更"));
                }
            }
            Role::Voice if in_story && draft.event.severity >= Severity::Warning => {
                let why = Text::new("a message that was not there before", "此前没有的日志");
                propose(Some(place), 0.4 + 0.25 * draft.event.weight, why);
            }
            _ => {}
        }
    }
    let mut ranked: Vec<(usize, (f64, Text))> = chosen.into_iter().collect();
    ranked.sort_by(|a, b| b.1.0.total_cmp(&a.1.0).then(a.0.cmp(&b.0)));
    let mut voices: BTreeSet<Option<String>> = BTreeSet::new();
    let mut kept = 0;
    for (place, (weight, why)) in ranked {
        let draft = &mut drafts[place];
        let is_repeated_voice = draft.role == Role::Voice && !voices.insert(draft.event.service.clone());
        if kept == settings.most || is_repeated_voice {
            continue;
        }
        kept += 1;
        draft.event.key = true;
        draft.event.weight = draft.event.weight.max(weight);
        draft.event.key_reason = Some(why.en);
        draft.event.attributes.insert(KEY_REASON_ZH.to_owned(), why.zh);
    }
}

/// The services that show most, and of each the sign that tells most soon after its first one. In the order of time.
fn first_signs(turns: &Turns, settings: &Choosing, drafts: &[Draft]) -> Vec<usize> {
    let mut signs: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, draft) in drafts.iter().enumerate() {
        let counts = is_strong(draft, settings) && draft.event.occurred_at >= turns.onset_at;
        if let Some(service) = draft.event.service.as_deref().filter(|_| counts) {
            signs.entry(service).or_default().push(place);
        }
    }
    let weight = |place: &usize| drafts[*place].event.weight;
    let mut loudest: Vec<(f64, usize)> = signs
        .into_values()
        .filter_map(|places| {
            let shown: f64 = places.iter().map(weight).sum();
            let soon = drafts[*places.first()?].event.occurred_at.saturating_add(settings.sign_spread_us);
            let early = places.iter().filter(|place| drafts[**place].event.occurred_at <= soon);
            let telling = early.reduce(|best, next| if weight(next) > weight(best) { next } else { best })?;
            Some((shown, *telling))
        })
        .collect();
    loudest.sort_by(|left, right| right.0.total_cmp(&left.0).then(left.1.cmp(&right.1)));
    let mut places: Vec<usize> =
        loudest.into_iter().take(settings.most_services).map(|(_, place)| place).collect();
    places.sort_unstable();
    places
}

fn clocks(header: &Header, turns: &Turns, drafts: &[Draft]) -> Clocks {
    let mut clocks = Clocks::new();
    let by_capture = |at| Clock { at, by: ClockSetter::Capture, confirmed: false };
    let by_analysis = |at, reason: &str| Clock {
        at,
        by: ClockSetter::Analysis { reason: reason.to_owned() },
        confirmed: false,
    };
    let at = |place: usize| drafts[place].event.occurred_at;
    let started = match header.started_at {
        Some(at) => Some(by_capture(at)),
        None if !turns.affected.is_empty() => Some(by_analysis(
            turns.onset_at.min(header.detected_at),
            "the first strong anomaly that others follow",
        )),
        None => None,
    };
    let mitigated = header.mitigated_at.map(by_capture);
    let mitigated = mitigated
        .or_else(|| turns.repair.map(|place| by_analysis(at(place), "the last change before recovery")));
    let resolved = header.resolved_at.map(by_capture);
    let resolved = resolved.or_else(|| {
        turns.last_end.map(|place| by_analysis(at(place), "the last alert or strong anomaly ends"))
    });
    clocks.insert(ClockName::DetectedAt, by_capture(header.detected_at));
    let rest = [
        (ClockName::StartedAt, started),
        (ClockName::MitigatedAt, mitigated),
        (ClockName::ResolvedAt, resolved),
    ];
    for (name, clock) in rest {
        let Some(clock) = clock else { continue };
        let is_late_enough = name == ClockName::StartedAt || clock.at >= header.detected_at;
        if is_late_enough {
            clocks.insert(name, clock);
        }
    }
    clocks
}

fn phases(clocks: &Clocks, turns: &Turns, drafts: &[Draft]) -> Vec<Phase> {
    let clock = |name| clocks.get(&name).map(|clock| clock.at);
    let repair = turns.repair.map(|place| drafts[place].event.occurred_at);
    let mitigated = clock(ClockName::MitigatedAt);
    let ends = [
        (PhaseName::Unnoticed, clock(ClockName::StartedAt), clock(ClockName::DetectedAt)),
        (PhaseName::Diagnosis, clock(ClockName::DetectedAt), repair.or(mitigated)),
        (PhaseName::Repair, repair, mitigated),
        (PhaseName::Recovery, mitigated, clock(ClockName::ResolvedAt)),
    ];
    let phase = |(name, start, end): (PhaseName, Option<Instant>, Option<Instant>)| {
        let span = Span::new(start?, end?).ok()?;
        (span.length_us() > 0).then_some(Phase { name, span })
    };
    ends.into_iter().filter_map(phase).collect()
}
