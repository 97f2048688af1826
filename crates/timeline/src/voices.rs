//! Logs as events: a template that is new, bursts or falls silent, and errors that were not there before. One event
//! for what may be ten thousand lines.

use std::collections::BTreeSet;

use model::event::{Kind, Severity};
use model::finding::{Anomaly, SignalKind};
use model::instant::Instant;
use model::telemetry::Capture;
use model::template::Templates;
use model::text::Text;

use crate::counts::{Counts, Voice, count};
use crate::draft::{Draft, Role, Seed, cut};
use crate::settings::LogEvents;

const TITLE_LETTERS: usize = 140;

/// What happened to a voice.
struct Tale {
    event_type: &'static str,
    at: Instant,
    until: Option<Instant>,
    lines: u64,
    /// How far from normal, in standard errors: orders what is kept.
    deviation: f64,
    title: Text,
}

/// The log events of a capture; anomalies of logs are told which of them they are.
pub fn drafts(
    capture: &Capture,
    templates: &Templates,
    settings: &LogEvents,
    anomalies: &mut [Anomaly],
) -> Vec<Draft> {
    let counts = count(capture, templates, settings);
    let mut drafts = Vec::new();
    for (service, chorus) in &counts.services {
        let mut told: Vec<(f64, Draft)> = Vec::new();
        for voice in counts.voices.values().filter(|voice| voice.service == *service) {
            let severity = severity_of(templates, voice.template);
            let tale = tell(capture, &counts, voice, severity, templates, settings);
            if let Some(tale) = tale {
                let loudness = tale.deviation * (1.0 + severity as u8 as f64);
                told.push((loudness, draft(capture, templates, voice, severity, tale)));
            }
        }
        told.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.event.id.cmp(&b.1.event.id)));
        told.truncate(settings.most_a_service);
        drafts.extend(told.into_iter().map(|(_, draft)| draft));
        drafts.extend(level_change(capture, &counts, *service, chorus));
    }
    let texts: BTreeSet<&str> = templates.templates.iter().map(|template| template.text.as_str()).collect();
    for anomaly in anomalies.iter_mut().filter(|anomaly| anomaly.signal_kind == SignalKind::Log) {
        claim(capture, &texts, &mut drafts, anomaly);
    }
    drafts
}

fn tell(
    capture: &Capture,
    counts: &Counts,
    voice: &Voice,
    severity: Severity,
    templates: &Templates,
    settings: &LogEvents,
) -> Option<Tale> {
    let chorus = counts.services.get(&voice.service)?;
    if chorus.normal_bins == 0 {
        return None;
    }
    let text = cut(&templates.templates.get(voice.template as usize)?.text, TITLE_LETTERS);
    let rate = voice.normal as f64 / chorus.normal_bins as f64;
    let lines: u64 = voice.bins.iter().skip(counts.suspected_from).map(|&lines| u64::from(lines)).sum();
    let heard_bins =
        chorus.bins.iter().skip(counts.suspected_from).filter(|&&lines| lines > 0).count() as f64;
    if voice.normal == 0 {
        let is_loud = severity >= Severity::Warning;
        if lines == 0 || (!is_loud && lines < settings.new_lines) {
            return None;
        }
        // A line as rare as this may have stayed away in a short normal period by chance.
        let by_chance = (-(lines as f64) * chorus.normal_bins as f64 / heard_bins.max(1.0)).exp();
        if by_chance > 0.2 && !is_loud {
            return None;
        }
        let times = if lines > 1 { format!(" ({lines} ×)") } else { String::new() };
        return Some(Tale {
            event_type: "log_new",
            at: time_of(capture, voice.first)?,
            until: time_of(capture, voice.last),
            lines,
            deviation: 8.0 + (lines as f64).sqrt(),
            title: Text::new(format!("new: {text}{times}"), format!("新出现：{text}{times}")),
        });
    }
    burst(counts, voice, rate, settings, &text).or_else(|| silence(counts, voice, rate, settings, &text))
}

fn burst(counts: &Counts, voice: &Voice, rate: f64, settings: &LogEvents, text: &str) -> Option<Tale> {
    let limit = (rate + settings.burst_deviations * rate.max(0.25).sqrt())
        .max(rate * settings.burst_ratio)
        .max(settings.burst_lines);
    let is_loud = |&bin: &usize| f64::from(voice.bins[bin]) > limit;
    let loud: Vec<usize> = (counts.suspected_from..voice.bins.len()).filter(is_loud).collect();
    let (&first, &last) = (loud.first()?, loud.last()?);
    let lines: u64 = loud.iter().map(|&bin| u64::from(voice.bins[bin])).sum();
    let most = loud.iter().map(|&bin| voice.bins[bin]).max()?;
    let times = f64::from(most) / rate.max(1e-9);
    let times = if times >= 100.0 { "100+".to_owned() } else { format!("{times:.0}") };
    Some(Tale {
        event_type: "log_burst",
        at: counts.window.start.saturating_add(first as i64 * counts.width_us),
        until: Some(counts.window.start.saturating_add((last as i64 + 1) * counts.width_us)),
        lines,
        deviation: (f64::from(most) - rate) / rate.max(1.0).sqrt(),
        title: Text::new(format!("{times} × more often: {text}"), format!("频率升至 {times} 倍：{text}")),
    })
}

fn silence(counts: &Counts, voice: &Voice, rate: f64, settings: &LogEvents, text: &str) -> Option<Tale> {
    let quiet_bins = voice.bins.iter().rev().take_while(|&&lines| lines == 0).count();
    let quiet_bins = quiet_bins.min(voice.bins.len() - counts.suspected_from.min(voice.bins.len()));
    let due = rate * quiet_bins as f64;
    if due < settings.due_lines {
        return None;
    }
    let from = voice.bins.len() - quiet_bins;
    Some(Tale {
        event_type: "log_vanished",
        at: counts.window.start.saturating_add(from as i64 * counts.width_us),
        until: None,
        lines: 0,
        deviation: due.sqrt(),
        title: Text::new(format!("no longer logged: {text}"), format!("不再出现：{text}")),
    })
}

fn draft(capture: &Capture, templates: &Templates, voice: &Voice, severity: Severity, tale: Tale) -> Draft {
    let telemetry = &capture.telemetry;
    let text = templates.templates.get(voice.template as usize).map_or("", |template| template.text.as_str());
    let (severity, role) = match tale.event_type {
        "log_vanished" => (Severity::Notice, Role::Silence),
        _ => (severity.max(Severity::Notice), Role::Voice),
    };
    let mut draft = Draft::of(Seed {
        kind: Kind::Log,
        event_type: tale.event_type,
        at: tale.at,
        service: Some(telemetry.symbols.name(voice.service)),
        title: tale.title,
        severity,
        role,
        identity: text.as_bytes(),
    });
    draft.traces.clone_from(&voice.traces);
    let event = &mut draft.event;
    event.ended_at = tale.until.filter(|&until| until > tale.at);
    event.weight = (event.weight + 0.02 * tale.deviation.max(0.0).sqrt()).min(0.8);
    event.detail = voice.first.map(|line| telemetry.logs.message.get(line).trim().to_owned());
    event.attributes.insert("template".to_owned(), text.to_owned());
    if tale.lines > 0 {
        event.attributes.insert("lines".to_owned(), tale.lines.to_string());
    }
    event.provenance.file.clone_from(&telemetry.files.logs);
    event.provenance.rows = voice.first.zip(voice.last).map(|(first, last)| {
        let (first, last) = (telemetry.logs.row[first], telemetry.logs.row[last]);
        (first.min(last), first.max(last))
    });
    draft
}

/// Errors begin: the first bin in which a service prints clearly more lines at error than it normally does.
fn level_change(
    capture: &Capture,
    counts: &Counts,
    service: model::telemetry::Symbol,
    chorus: &crate::counts::Chorus,
) -> Option<Draft> {
    if chorus.normal_bins == 0 {
        return None;
    }
    let rate = chorus.normal_errors as f64 / chorus.normal_bins as f64;
    let limit = (rate + 6.0 * rate.max(0.25).sqrt()).max(rate * 3.0).max(5.0);
    let loud = |&bin: &usize| f64::from(chorus.errors[bin]) > limit;
    let first = (counts.suspected_from..chorus.errors.len()).find(loud)?;
    let last = (first..chorus.errors.len()).rfind(loud)?;
    let most = chorus.errors[first..=last].iter().max()?;
    let seconds = counts.width_us as f64 / 1e6;
    let (from, to) = (short(rate / seconds), short(f64::from(*most) / seconds));
    let mut draft = Draft::of(Seed {
        kind: Kind::Log,
        event_type: "log_level",
        at: counts.window.start.saturating_add(first as i64 * counts.width_us),
        service: Some(capture.telemetry.symbols.name(service)),
        title: Text::new(
            format!("error lines {from} → {to} a second"),
            format!("错误日志 {from} → {to} 行/秒"),
        ),
        severity: Severity::Error,
        role: Role::Voice,
        identity: b"",
    });
    draft.event.ended_at = Some(counts.window.start.saturating_add((last as i64 + 1) * counts.width_us));
    draft.event.uncertainty_us = Some(counts.width_us / 2);
    let provenance = &mut draft.event.provenance;
    provenance.file.clone_from(&capture.telemetry.files.logs);
    let row = chorus.first_error.and_then(|line| capture.telemetry.logs.row.get(line));
    provenance.rows = row.map(|&row| (row, row));
    Some(draft)
}

/// An anomaly of a log count is the event that tells the same template of the same service; if there is none yet,
/// it becomes one.
/// A log signal that is no template counts all lines of a level.
fn claim(capture: &Capture, texts: &BTreeSet<&str>, drafts: &mut Vec<Draft>, anomaly: &mut Anomaly) {
    let event_type = match anomaly.anomaly_type.as_str() {
        "new" => "log_new",
        "vanished" | "absence" | "drop" => "log_vanished",
        _ => "log_burst",
    };
    let is_of_all_lines = !texts.contains(anomaly.signal.as_str());
    let is_same = |draft: &&mut Draft| {
        let event = &draft.event;
        event.kind == Kind::Log
            && event.service.as_deref() == Some(anomaly.service.as_str())
            && match event.attributes.get("template") {
                Some(template) => *template == anomaly.signal,
                None => is_of_all_lines && event.event_type.as_deref() == Some("log_level"),
            }
    };
    if let Some(known) = drafts.iter_mut().find(is_same) {
        let event = &mut known.event;
        event.weight = event.weight.max(anomaly.score * 0.9);
        event.attributes.insert("finding".to_owned(), anomaly.id.as_str().to_owned());
        anomaly.events.push(event.id.clone());
        return;
    }
    let role = if event_type == "log_vanished" { Role::Silence } else { Role::Voice };
    let mut draft = Draft::of(Seed {
        kind: Kind::Log,
        event_type,
        at: anomaly.start,
        service: Some(&anomaly.service),
        title: anomaly.title.clone(),
        severity: if anomaly.score >= 0.7 { Severity::Warning } else { Severity::Notice },
        role,
        identity: anomaly.signal.as_bytes(),
    });
    let event = &mut draft.event;
    event.ended_at = Some(anomaly.end).filter(|&end| end > anomaly.start);
    event.weight = anomaly.score * 0.9;
    event.attributes.insert("template".to_owned(), anomaly.signal.clone());
    event.attributes.insert("finding".to_owned(), anomaly.id.as_str().to_owned());
    event.provenance.source = "analysis".to_owned();
    event.provenance.file.clone_from(&capture.telemetry.files.logs);
    event.provenance.rows = anomaly.rows;
    anomaly.events.push(event.id.clone());
    drafts.push(draft);
}

/// One decimal where it says something.
fn short(number: f64) -> String {
    let text = format!("{number:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

fn time_of(capture: &Capture, line: Option<usize>) -> Option<Instant> {
    capture.telemetry.logs.time.get(line?).copied()
}

/// The level that the program gave; else what the words say.
fn severity_of(templates: &Templates, template: u32) -> Severity {
    const BAD: &[&str] = &[
        "error",
        "exception",
        "fail",
        "refused",
        "timed out",
        "timeout",
        "denied",
        "panic",
        "fatal",
        "killed",
        "unable",
        "cannot",
        "exhausted",
        "deadlock",
        "rejected",
        "错误",
        "异常",
        "失败",
        "超时",
        "拒绝",
        "无法",
        "耗尽",
        "中断",
    ];
    let Some(template) = templates.templates.get(template as usize) else { return Severity::Info };
    if let Some(level) = template.level {
        return level;
    }
    let text = template.text.to_lowercase();
    if BAD.iter().any(|word| text.contains(word)) { Severity::Warning } else { Severity::Info }
}
