//! A window of a timeline as arrays: times are integer microseconds since the epoch, because there are thousands.

use app::timeline::{Drawing, Lane};
use model::event::{Kind, Severity};
use serde::Serialize;
use utoipa::ToSchema;

use super::event::{EventView, Telling};
use super::names::KindName;

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Drawing)]
pub struct DrawingView {
    from: i64,
    to: i64,
    /// Width of a bucket, which may be more than was asked for.
    resolution: i64,
    /// The entry first, then along the calls.
    lanes: Vec<LaneView>,
    /// What the numbers in `kind` mean.
    #[schema(value_type = Vec<KindName>)]
    kinds: Vec<&'static str>,
    /// All events in view when they are few, else those that carry the story.
    events: Vec<EventView>,
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
    /// Time of the first event.
    t0: Vec<i64>,
    /// From the first to the last event: a length, because it is shorter on the wire than a second time.
    span: Vec<i64>,
    n: Vec<u32>,
    /// Place in `kinds`.
    kind: Vec<u8>,
    /// The highest, 0 to 4.
    severity: Vec<u8>,
    /// The event that stands for the bucket; empty for a bucket of many that are nothing out of the ordinary.
    sample: Vec<String>,
}

impl From<&Drawing> for DrawingView {
    fn from(drawing: &Drawing) -> Self {
        Self {
            from: drawing.from,
            to: drawing.to,
            resolution: drawing.resolution,
            lanes: drawing.lanes.iter().map(LaneView::from).collect(),
            kinds: Kind::ALL.iter().map(|kind| kind.as_str()).collect(),
            events: EventView::all(&drawing.events, Telling::Brief),
            total: drawing.total,
            revision: drawing.revision,
        }
    }
}

/// A sample is half of the weight of a bucket on the wire, and nobody picks one out of many quiet events.
const MOST_PICKED: u32 = 2;

impl From<&Lane> for LaneView {
    fn from(lane: &Lane) -> Self {
        let buckets = &lane.buckets;
        let sample = |(bucket, id): (&app::timeline::Bucket, &model::id::EventId)| {
            let is_worth_it = bucket.count <= MOST_PICKED || bucket.severity >= Severity::Warning as u8;
            if is_worth_it { id.to_string() } else { String::new() }
        };
        Self {
            label: lane.key.clone(),
            key: lane.key.clone(),
            depth: lane.depth,
            event_count: lane.event_count,
            t0: buckets.iter().map(|bucket| bucket.first).collect(),
            span: buckets.iter().map(|bucket| bucket.last - bucket.first).collect(),
            n: buckets.iter().map(|bucket| bucket.count).collect(),
            kind: buckets.iter().map(|bucket| bucket.kind).collect(),
            severity: buckets.iter().map(|bucket| bucket.severity).collect(),
            sample: buckets.iter().zip(&lane.samples).map(sample).collect(),
        }
    }
}
