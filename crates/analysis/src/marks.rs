//! Marks: what a span leaves behind and how it went, as plain yes or no.
//!
//! A span of one kind usually leaves the same lines and calls behind, and is rarely slow (the idea of Nezha, Yu et
//! al., ESEC/FSE 2023: compare the patterns of normal and faulty requests). As yes and no, lines, calls and slowness
//! are comparable: each is a share of the spans of a kind, and a fault is what moves shares.

use std::collections::{BTreeMap, HashMap};

use model::event::Severity;
use model::telemetry::{Capture, Symbol};
use model::template::Templates;

use crate::frame::{Frame, Phase};
use crate::robust;
use crate::traces::Trees;

/// Service and operation of a span.
pub type Kind = (Symbol, Symbol);
/// The service and instance that a span's own time belongs to.
pub type Owner = (Symbol, Option<Symbol>);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// It has a child of this service and operation.
    Call(Symbol, Symbol),
    /// A line of this service and template was printed in it.
    Line(Symbol, u32),
    /// Its own time is far above what is usual, and this is whose time it is.
    Slow(Owner),
}

/// Natural logarithms of durations are spread at least so much.
pub const LEAST_SPREAD: f64 = 0.35;
/// Own time is slow from so many spreads above the usual on.
const SLOW: f64 = 3.0;
/// With so many normal spans the lead is not needed to know what is usual.
const ENOUGH: usize = 2;

#[derive(Debug, Default)]
pub struct Marks {
    /// Position of a span and its mark, in order, each once.
    pub of_spans: Vec<(u32, Mark)>,
}

impl Marks {
    pub fn read(capture: &Capture, templates: &Templates, trees: &Trees, frame: &Frame) -> Self {
        let spans = &capture.telemetry.spans;
        let mut of_spans: Vec<(u32, Mark)> = Vec::new();
        for (at, parent) in trees.parent.iter().enumerate() {
            if let Some(parent) = parent {
                of_spans.push((*parent, Mark::Call(spans.service[at], spans.operation[at])));
            }
        }
        add_lines(&mut of_spans, capture, templates);
        add_slow(&mut of_spans, capture, trees, frame);
        of_spans.sort_unstable();
        of_spans.dedup();
        Self { of_spans }
    }

    /// The marks of the span at `position`.
    pub fn of(&self, position: u32) -> impl Iterator<Item = Mark> {
        let from = self.of_spans.partition_point(|(span, _)| *span < position);
        self.of_spans[from..].iter().take_while(move |(span, _)| *span == position).map(|(_, mark)| *mark)
    }
}

fn add_lines(of_spans: &mut Vec<(u32, Mark)>, capture: &Capture, templates: &Templates) {
    let (spans, logs) = (&capture.telemetry.spans, &capture.telemetry.logs);
    if !logs.span.iter().any(Option::is_some) {
        return;
    }
    let ids = spans.trace.iter().zip(&spans.span).enumerate();
    let place: HashMap<(Symbol, u64), u32> =
        ids.map(|(at, (trace, span))| ((*trace, *span), at as u32)).collect();
    for line in 0..logs.time.len() {
        let (Some(Some(trace)), Some(Some(span))) = (logs.trace.get(line), logs.span.get(line)) else {
            continue;
        };
        if let (Some(at), Some(template)) = (place.get(&(*trace, *span)), templates.of_line.get(line)) {
            of_spans.push((*at, Mark::Line(logs.service[line], *template)));
        }
    }
}

fn add_slow(of_spans: &mut Vec<(u32, Mark)>, capture: &Capture, trees: &Trees, frame: &Frame) {
    let spans = &capture.telemetry.spans;
    let mut usual: BTreeMap<(Owner, Kind, bool), [Vec<f64>; 2]> = BTreeMap::new();
    let component = |at: usize| {
        let (service, instance) = trees.owner[at];
        ((service, instance), (spans.service[at], spans.operation[at]), trees.is_call[at])
    };
    let log = |at: usize| (trees.self_us[at] as f64 / 1e6 + 1e-4).ln();
    for at in 0..spans.start.len() {
        let side = match frame.phase(spans.start[at]) {
            Phase::Normal => 0,
            Phase::Lead => 1,
            Phase::After | Phase::Outside => continue,
        };
        usual.entry(component(at)).or_default()[side].push(log(at));
    }
    let limits: BTreeMap<_, f64> = usual
        .into_iter()
        .filter_map(|(component, [normal, lead])| {
            let reference = if normal.len() >= ENOUGH { normal } else { [normal, lead].concat() };
            if reference.len() < ENOUGH {
                return None;
            }
            let center = robust::median(&reference);
            Some((component, center + SLOW * robust::deviation(&reference, center).max(LEAST_SPREAD)))
        })
        .collect();
    for at in 0..spans.start.len() {
        if limits.get(&component(at)).is_some_and(|limit| log(at) > *limit) {
            of_spans.push((at as u32, Mark::Slow(trees.owner[at])));
        }
    }
}

/// Whether a mark tells of a failure by its own words.
pub fn is_failure(capture: &Capture, templates: &Templates, mark: Mark) -> bool {
    let says_so = |text: &str| {
        let text = text.to_lowercase();
        ["error", "exception", "fail", "错误", "异常", "失败"].iter().any(|word| text.contains(word))
    };
    match mark {
        Mark::Call(_, operation) => says_so(capture.telemetry.symbols.name(operation)),
        Mark::Line(_, template) => templates
            .templates
            .get(template as usize)
            .is_some_and(|template| template.level >= Some(Severity::Error) || says_so(&template.text)),
        Mark::Slow(_) => true,
    }
}
