//! What anomalies, patterns and hypotheses all start from, worked out once: series and their courses, trees, graph.

use model::instant::Instant;
use model::telemetry::{Capture, Symbol};
use model::template::Templates;

use crate::detect::shift::{Course, measure};
use crate::frame::{Frame, Phase};
use crate::graph::Graph;
use crate::marks::Marks;
use crate::onset::{Onsets, Shift, Tally};
use crate::series::{Series, series};
use crate::traces::Trees;

pub struct Study<'a> {
    pub capture: &'a Capture,
    pub templates: &'a Templates,
    pub frame: Frame,
    pub catalogue: Vec<Series>,
    /// Of each series of the catalogue.
    pub courses: Vec<Option<Course>>,
    pub trees: Trees,
    pub graph: Graph,
    pub marks: Marks,
    /// When the requests say that it began.
    pub onsets: Onsets,
    /// How the shares of marks differ before and since.
    pub shifts: Vec<Shift>,
}

impl<'a> Study<'a> {
    pub fn of(capture: &'a Capture, templates: &'a Templates) -> Self {
        let frame = Frame::of(&capture.header);
        let catalogue = series(capture, templates);
        let courses = catalogue
            .iter()
            .map(|series| measure(&series.times, &series.values, series.unit.as_deref(), &frame))
            .collect();
        let trees = Trees::grow(&capture.telemetry.spans);
        let graph = Graph::learn(&capture.telemetry, &trees);
        let marks = Marks::read(capture, templates, &trees, &frame);
        let tally = Tally::count(capture, templates, &trees, &marks, &frame);
        let onsets = tally.onsets(&frame);
        let shifts = tally.shifts(&onsets);
        Self { capture, templates, frame, catalogue, courses, trees, graph, marks, onsets, shifts }
    }

    /// In the window since the onset of `service`.
    pub fn is_since(&self, service: Symbol, at: Instant) -> bool {
        at >= self.onsets.of(service) && matches!(self.frame.phase(at), Phase::Lead | Phase::After)
    }

    /// Normal, or in the window before the onset of `service`.
    pub fn is_before(&self, service: Symbol, at: Instant) -> bool {
        !self.is_since(service, at) && self.frame.phase(at) != Phase::Outside
    }
}
