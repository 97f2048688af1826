//! A window of a timeline as arrays, because there are thousands of buckets. Times are differences: the one from bucket to
//! bucket has two digits where a time has sixteen.

use std::collections::HashMap;

use app::timeline::{Bucket, Drawing, Lane};
use model::event::{Kind, SIGNAL, Severity, TITLE_ZH};
use model::id::EventId;
use serde::Serialize;
use utoipa::ToSchema;

use super::names::KindName;

/// Times within a bucket are told this much finer than its width: finer than a pixel.
const UNITS: i64 = 64;
/// Events that can be picked beside those that are marked: an id is longer than all else of a bucket together.
const MOST_SAMPLES: usize = 150;
/// Nobody picks one out of many quiet events.
const MOST_PICKED: u32 = 2;

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Drawing)]
pub struct DrawingView {
    /// Microseconds since the epoch.
    from: i64,
    to: i64,
    /// Width of a bucket in microseconds, which may be more than was asked for.
    resolution: i64,
    /// Microseconds in which the times of buckets are told. Divides `resolution`.
    unit: i64,
    /// The entry first, then along the calls.
    lanes: Vec<LaneView>,
    /// What the numbers in `kind` mean.
    #[schema(value_type = Vec<KindName>)]
    kinds: Vec<&'static str>,
    /// Events that are named: first those of `marks`, then those that stand for a bucket.
    ids: Vec<String>,
    marks: MarksView,
    /// Events in view.
    total: usize,
    /// Of the timeline; goes up with each change.
    revision: i64,
}

/// One row of the drawing. The arrays have the same length and are in the order of time: one entry for each bucket.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Lane)]
pub struct LaneView {
    /// Service or kind; `response` for what people did and noted; empty for events of no service.
    key: String,
    label: String,
    /// Calls between the entry and this service.
    depth: u32,
    event_count: usize,
    /// Units from the first event of the bucket before to the first event of this one. The first counts from `from`,
    /// rounded down to a whole unit.
    gap: Vec<i64>,
    /// Units from the first to the last event.
    span: Vec<i64>,
    n: Vec<u32>,
    /// Place in `kinds`.
    kind: Vec<u8>,
    /// The highest, 0 to 4.
    severity: Vec<u8>,
    /// Place in `ids`, from 1, of the event that stands for the bucket; 0 for a bucket of many that are nothing out of the
    /// ordinary.
    sample: Vec<usize>,
}

/// Events with a mark of their own: all in view when they are few, else those that carry the story. The arrays have the
/// same length and are in the order of time; their ids are the first of `ids`.
#[derive(Debug, Default, Serialize, ToSchema)]
#[schema(as = Marks)]
pub struct MarksView {
    /// Place in `lanes`.
    lane: Vec<usize>,
    /// Place in `kinds`.
    kind: Vec<u8>,
    /// Of those that have one: `deploy`, `alert`, `alert_resolved`, …
    r#type: Vec<Option<String>>,
    /// Microseconds since the event before; of the first, since `from`.
    gap: Vec<i64>,
    /// Microseconds until its end, when it has one.
    length: Vec<Option<i64>>,
    title: Vec<String>,
    title_zh: Vec<Option<String>>,
    /// Name of the metric that the title speaks of.
    signal: Vec<Option<String>>,
    severity: Vec<u8>,
    /// Places of the key ones.
    key: Vec<usize>,
    /// Places of the starred ones.
    starred: Vec<usize>,
}

impl From<&Drawing> for DrawingView {
    fn from(drawing: &Drawing) -> Self {
        let unit = (drawing.resolution / UNITS).max(1);
        let ids = Ids::of(drawing);
        Self {
            from: drawing.from,
            to: drawing.to,
            resolution: drawing.resolution,
            unit,
            lanes: drawing.lanes.iter().map(|lane| LaneView::new(lane, (drawing.from, unit), &ids)).collect(),
            kinds: Kind::ALL.iter().map(|kind| kind.as_str()).collect(),
            marks: MarksView::from(drawing),
            total: drawing.total,
            revision: drawing.revision,
            ids: ids.in_order.iter().map(|id| id.to_string()).collect(),
        }
    }
}

/// Each event is named once.
struct Ids<'a> {
    in_order: Vec<&'a EventId>,
    places: HashMap<&'a EventId, usize>,
}

impl<'a> Ids<'a> {
    fn of(drawing: &'a Drawing) -> Self {
        let mut ids = Self { in_order: Vec::new(), places: HashMap::new() };
        for mark in &drawing.marks {
            ids.add(&mark.event.event.id);
        }
        let buckets =
            drawing.lanes.iter().flat_map(|lane| lane.buckets.iter().zip(&lane.samples)).filter(is_worth_it);
        let mut samples: Vec<_> = buckets.collect();
        // The loudest first, should they be too many.
        samples.sort_by_key(|(bucket, _)| (std::cmp::Reverse(bucket.severity), bucket.count));
        let most = ids.in_order.len() + MOST_SAMPLES;
        for (_, id) in samples {
            if ids.in_order.len() < most {
                ids.add(id);
            }
        }
        ids
    }

    fn add(&mut self, id: &'a EventId) {
        self.places.entry(id).or_insert_with(|| {
            self.in_order.push(id);
            self.in_order.len()
        });
    }
}

fn is_worth_it((bucket, _): &(&Bucket, &EventId)) -> bool {
    bucket.count <= MOST_PICKED || bucket.severity >= Severity::Warning as u8
}

impl LaneView {
    fn new(lane: &Lane, (from, unit): (i64, i64), ids: &Ids<'_>) -> Self {
        let buckets = &lane.buckets;
        let in_units = |time: i64| time.div_euclid(unit);
        let firsts = buckets.iter().map(|bucket| in_units(bucket.first));
        let befores = std::iter::once(in_units(from)).chain(firsts.clone());
        Self {
            label: lane.key.clone(),
            key: lane.key.clone(),
            depth: lane.depth,
            event_count: lane.event_count,
            gap: firsts.zip(befores).map(|(first, before)| first - before).collect(),
            span: buckets.iter().map(|bucket| in_units(bucket.last) - in_units(bucket.first)).collect(),
            n: buckets.iter().map(|bucket| bucket.count).collect(),
            kind: buckets.iter().map(|bucket| bucket.kind).collect(),
            severity: buckets.iter().map(|bucket| bucket.severity).collect(),
            sample: lane.samples.iter().map(|id| ids.places.get(id).copied().unwrap_or(0)).collect(),
        }
    }
}

impl From<&Drawing> for MarksView {
    fn from(drawing: &Drawing) -> Self {
        let mut marks = Self::default();
        let mut before = drawing.from;
        for (place, mark) in drawing.marks.iter().enumerate() {
            let event = &mark.event.event;
            let at = event.occurred_at.as_micros();
            marks.lane.push(mark.lane);
            marks.kind.push(event.kind as u8);
            marks.r#type.push(event.event_type.clone());
            marks.gap.push(at - before);
            marks.length.push(event.ended_at.map(|end| end.as_micros() - at));
            marks.title.push(event.title.clone());
            marks.title_zh.push(event.attributes.get(TITLE_ZH).cloned());
            let is_metric = event.kind == Kind::Metric;
            marks.signal.push(event.attributes.get(SIGNAL).filter(|_| is_metric).cloned());
            marks.severity.push(event.severity as u8);
            if event.key {
                marks.key.push(place);
            }
            if mark.event.starred {
                marks.starred.push(place);
            }
            before = at;
        }
        marks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RESOLUTION: i64 = 1 << 23;

    /// As many buckets as are ever drawn, each of an event or two.
    fn crowded() -> Drawing {
        let lane = |number: i64| {
            let bucket = |place: i64| {
                let first = 1_794_441_600_000_000 + place * RESOLUTION + place * 7_919 % 1_000_000;
                let (last, count) = (first + place % 2 * 900_000, 1 + place as u32 % 2);
                Bucket { lane: 0, kind: 4, first, last, count, severity: (place % 5) as u8, sample: 0 }
            };
            let key = format!("service-{number}");
            let buckets: Vec<Bucket> = (0..225).map(bucket).collect();
            let samples =
                (0..225).map(|place| EventId::from_bits((number * 1_000 + place) as u128)).collect();
            Lane { key, depth: 3, event_count: 337, buckets, samples }
        };
        Drawing {
            from: 1_794_441_600_000_000,
            to: 1_794_443_500_000_000,
            resolution: RESOLUTION,
            lanes: (0..12).map(lane).collect(),
            marks: Vec::new(),
            total: 4_050,
            revision: 1,
        }
    }

    #[test]
    fn the_most_crowded_window_is_small() {
        let drawing = crowded();
        let view = DrawingView::from(&drawing);
        let text = serde_json::to_string(&view).unwrap_or_default();
        assert!((20_000..50_000).contains(&text.len()), "{} bytes", text.len());
        assert_eq!(view.ids.len(), MOST_SAMPLES);
        // The loudest are among those that can be picked.
        let severe = view.lanes.iter().flat_map(|lane| lane.severity.iter().zip(&lane.sample));
        assert!(severe.filter(|(severity, _)| **severity < 4).all(|(_, sample)| *sample == 0));
    }
}
