//! Log lines counted by template, service and time: what log events are told from.

use std::collections::BTreeMap;

use model::event::Severity;
use model::instant::Span;
use model::telemetry::{Capture, Symbol};
use model::template::Templates;

use crate::settings::{LogEvents, SECOND_US};

/// Traces remembered for each voice.
const TRACES: usize = 24;

/// One template of one service, over time.
#[derive(Debug, Clone)]
pub struct Voice {
    pub template: u32,
    pub service: Symbol,
    /// Lines in each bin of the window.
    pub bins: Vec<u32>,
    /// Lines in the normal period.
    pub normal: u64,
    /// Places of the first and last line in the log that lie in the suspected period.
    pub first: Option<usize>,
    pub last: Option<usize>,
    pub traces: Vec<Symbol>,
}

/// All lines of one service, over time.
#[derive(Debug, Clone, Default)]
pub struct Chorus {
    pub bins: Vec<u32>,
    /// Lines at error or worse, where levels are known.
    pub errors: Vec<u32>,
    pub normal_errors: u64,
    pub first_error: Option<usize>,
    /// Time of the normal period in which the service printed anything, in bins.
    pub normal_bins: u64,
}

/// The log of a capture in bins.
#[derive(Debug, Clone)]
pub struct Counts {
    pub window: Span,
    pub width_us: i64,
    /// Bins of the window that are suspected, from this one on.
    pub suspected_from: usize,
    pub voices: BTreeMap<(u32, Symbol), Voice>,
    pub services: BTreeMap<Symbol, Chorus>,
}

pub fn count(capture: &Capture, templates: &Templates, settings: &LogEvents) -> Counts {
    let header = &capture.header;
    let window = header.window;
    let width_us = (window.length_us() / settings.bins.max(1)).max(SECOND_US);
    let bin_count = usize::try_from(window.length_us() / width_us + 1).unwrap_or(1);
    let suspected = suspected(capture);
    let normal = header.baseline.unwrap_or(Span { start: window.start, end: suspected.start });
    let from = suspected.start.since(window.start).max(0) / width_us;
    let mut counts = Counts {
        window,
        width_us,
        suspected_from: usize::try_from(from).unwrap_or(0),
        voices: BTreeMap::new(),
        services: BTreeMap::new(),
    };
    let logs = &capture.telemetry.logs;
    let mut normal_bin: BTreeMap<Symbol, i64> = BTreeMap::new();
    for (line, (&time, &service)) in logs.time.iter().zip(&logs.service).enumerate() {
        let Some(&template) = templates.of_line.get(line) else { break };
        let is_error = logs.level[line].is_some_and(|level| level >= Severity::Error);
        let is_normal = normal.contains(time);
        let in_window = window.contains(time);
        if !is_normal && !in_window {
            continue;
        }
        let chorus = counts.services.entry(service).or_insert_with(|| Chorus {
            bins: vec![0; bin_count],
            errors: vec![0; bin_count],
            ..Chorus::default()
        });
        let voice = counts.voices.entry((template, service)).or_insert_with(|| Voice {
            template,
            service,
            bins: vec![0; bin_count],
            normal: 0,
            first: None,
            last: None,
            traces: Vec::new(),
        });
        if is_normal {
            voice.normal += 1;
            chorus.normal_errors += u64::from(is_error);
            let bin = time.since(normal.start) / width_us;
            if normal_bin.insert(service, bin) != Some(bin) {
                chorus.normal_bins += 1;
            }
        }
        if !in_window {
            continue;
        }
        let bin = usize::try_from(time.since(window.start) / width_us).unwrap_or(0).min(bin_count - 1);
        chorus.bins[bin] += 1;
        chorus.errors[bin] += u32::from(is_error);
        voice.bins[bin] += 1;
        if suspected.contains(time) && !is_normal {
            voice.first.get_or_insert(line);
            voice.last = Some(line);
            if is_error {
                chorus.first_error.get_or_insert(line);
            }
            if let Some(trace) = logs.trace[line]
                && voice.traces.len() < TRACES
                && !voice.traces.contains(&trace)
            {
                voice.traces.push(trace);
            }
        }
    }
    counts
}

/// The part of the window that is not known to be normal: after the baseline where that lies in the window, else
/// from detection on. A fault begins before it is detected, so a baseline elsewhere leaves the whole window.
fn suspected(capture: &Capture) -> Span {
    let window = capture.header.window;
    let start = match capture.header.baseline {
        Some(baseline) if baseline.end > window.start && baseline.end < window.end => baseline.end,
        Some(_) => window.start,
        None => capture.header.detected_at.clamp(window.start, window.end),
    };
    Span { start, end: window.end.saturating_add(1) }
}
