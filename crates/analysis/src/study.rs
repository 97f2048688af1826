//! What anomalies, patterns and hypotheses all start from, worked out once: series and their courses, trees, graph.

use model::telemetry::Capture;
use model::template::Templates;

use crate::detect::shift::{Course, measure};
use crate::frame::Frame;
use crate::graph::Graph;
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
        Self { capture, templates, frame, catalogue, courses, trees, graph }
    }
}
