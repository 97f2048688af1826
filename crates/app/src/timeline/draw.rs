//! A window of a timeline as a few hundred marks: buckets for each lane, and the events that deserve a mark of their own.

use std::collections::{BTreeMap, HashMap};

use model::event::{Kind, Recorded};
use model::id::EventId;
use timeline::detail::{self, Bucket, Columns};

use super::Sketch;
use super::index::{HIDDEN, Index, KEY, RESPONSE, STARRED};

/// With this many events or fewer in view, each has a mark of its own.
const MOST_MARKS: usize = 400;
/// Otherwise the key and starred ones are, up to this many.
const MOST_KEY: usize = 40;
/// A drawing with more buckets is made coarser: more would be neither seen nor sent quickly.
const MOST_BUCKETS: usize = 2_700;

/// Width of a bucket in microseconds that the caller has pixels for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Resolution(pub i64);

/// What makes a lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum By {
    #[default]
    Service,
    Kind,
}

#[derive(Debug, Clone)]
pub struct Drawing {
    pub from: i64,
    pub to: i64,
    /// The width that the buckets have in the end.
    pub resolution: i64,
    pub lanes: Vec<Lane>,
    /// In the order of time.
    pub marks: Vec<Mark>,
    pub total: usize,
    pub revision: i64,
}

/// An event that is drawn by itself.
#[derive(Debug, Clone)]
pub struct Mark {
    /// Place in the lanes of the drawing.
    pub lane: usize,
    pub event: Recorded,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lane {
    /// Name of the service or kind; empty for events of no service.
    pub key: String,
    /// Calls between the entry and this service.
    pub depth: u32,
    pub event_count: usize,
    /// By time.
    pub buckets: Vec<Bucket>,
    /// For each bucket the event that stands for it.
    pub samples: Vec<EventId>,
}

/// A drawing whose events have not been read yet.
pub(super) struct Draft {
    from: i64,
    to: i64,
    resolution: i64,
    lanes: Vec<Lane>,
    /// Events to mark, each with its lane.
    marked: HashMap<EventId, usize>,
    total: usize,
}

impl Draft {
    pub fn marked(&self) -> Vec<EventId> {
        self.marked.keys().cloned().collect()
    }

    pub fn with_events(self, events: Vec<Recorded>, revision: i64) -> Drawing {
        let Self { from, to, resolution, lanes, marked, total } = self;
        let mark = |event: Recorded| Some(Mark { lane: *marked.get(&event.event.id)?, event });
        let mut marks: Vec<Mark> = events.into_iter().filter_map(mark).collect();
        marks.sort_by_key(|mark| (mark.event.event.occurred_at, mark.event.seq));
        Drawing { from, to, resolution, lanes, marks, total, revision }
    }
}

/// `matching`: the only events wanted, by `seq`, when a text was looked for.
pub(super) fn draw(
    index: &Index,
    sketch: &Sketch,
    matching: Option<Vec<i64>>,
    depths: &BTreeMap<String, u32>,
) -> Draft {
    let filter = &sketch.filter;
    let first = index.times.first().copied().unwrap_or(0);
    let last = index.times.last().copied().unwrap_or(0);
    let from = filter.from.map_or(first, |at| at.as_micros());
    let to = filter.to.map_or(last.saturating_add(1), |at| at.as_micros());
    let in_view = View::of(index, sketch, matching, (from, to));
    let lane_names = match sketch.by {
        By::Service => index.lanes.clone(),
        By::Kind => Kind::ALL.iter().map(|kind| kind.as_str().to_owned()).collect(),
    };
    let mut exponent = detail::exponent(sketch.resolution.0);
    let buckets = loop {
        let buckets = detail::buckets(in_view.columns(), from, to, exponent);
        if buckets.len() <= MOST_BUCKETS || exponent >= detail::COARSEST {
            break buckets;
        }
        exponent += 1;
    };
    let lanes = lanes(&in_view, index, &buckets, &lane_names, (sketch.by, depths));
    let place_of: HashMap<&str, usize> =
        lanes.iter().enumerate().map(|(place, lane)| (lane.key.as_str(), place)).collect();
    let marked = in_view.marked(index).into_iter().filter_map(|at| {
        let name = lane_names.get(in_view.lanes[at] as usize)?;
        Some((EventId::from_bits(index.ids[in_view.places[at]]), *place_of.get(name.as_str())?))
    });
    Draft {
        from,
        to,
        resolution: 1 << exponent,
        marked: marked.collect(),
        total: in_view.places.len(),
        lanes,
    }
}

/// `buckets` are in the order of lanes.
fn lanes(
    in_view: &View,
    index: &Index,
    buckets: &[Bucket],
    names: &[String],
    (by, depths): (By, &BTreeMap<String, u32>),
) -> Vec<Lane> {
    let id_of = |place: u32| in_view.places.get(place as usize).and_then(|&at| index.ids.get(at));
    // A service that only people have named so far.
    let unreached = depths.values().max().map_or(0, |deepest| deepest + 1);
    let mut lanes: Vec<Lane> = Vec::new();
    for of_lane in buckets.chunk_by(|one, next| one.lane == next.lane) {
        let Some(key) = of_lane.first().and_then(|bucket| names.get(bucket.lane as usize)) else {
            continue;
        };
        let mut buckets = of_lane.to_vec();
        buckets.sort_by_key(|bucket| (bucket.first, bucket.kind));
        let samples =
            buckets.iter().filter_map(|bucket| id_of(bucket.sample)).map(|&id| EventId::from_bits(id));
        lanes.push(Lane {
            key: key.clone(),
            depth: depths.get(key).copied().unwrap_or(unreached),
            event_count: buckets.iter().map(|bucket| bucket.count as usize).sum(),
            samples: samples.collect(),
            buckets,
        });
    }
    if by == By::Service {
        // What people did on top, then along the calls, events of no service last.
        lanes.sort_by_cached_key(|lane| {
            (lane.key != RESPONSE, lane.key.is_empty(), lane.depth, lane.key.clone())
        });
    }
    lanes
}

/// The events in the window that pass the filter, as columns.
struct View {
    places: Vec<usize>,
    times: Vec<i64>,
    kinds: Vec<u8>,
    severities: Vec<u8>,
    lanes: Vec<u32>,
}

impl View {
    fn of(index: &Index, sketch: &Sketch, matching: Option<Vec<i64>>, (from, to): (i64, i64)) -> Self {
        let filter = &sketch.filter;
        let begin = index.times.partition_point(|&time| time < from);
        let end = index.times.partition_point(|&time| time < to).max(begin);
        let kinds: u32 = filter.kinds.iter().fold(0, |kinds, &kind| kinds | 1 << kind as u8);
        let services: Vec<bool> = index
            .lanes
            .iter()
            .map(|lane| filter.services.is_empty() || filter.services.contains(lane))
            .collect();
        let matching: Option<std::collections::HashSet<i64>> =
            matching.map(|seqs| seqs.into_iter().collect());
        let is_wanted = |&place: &usize| {
            (kinds == 0 || kinds & (1 << index.kinds[place]) != 0)
                && services.get(index.lane_of[place] as usize).copied().unwrap_or(false)
                && (!filter.only_key || index.flags[place] & KEY != 0)
                && matching.as_ref().is_none_or(|seqs| seqs.contains(&index.seqs[place]))
        };
        let places: Vec<usize> = (begin..end).filter(is_wanted).collect();
        let lanes = places.iter().map(|&place| match sketch.by {
            By::Service => index.lane_of[place],
            By::Kind => u32::from(index.kinds[place]),
        });
        Self {
            times: places.iter().map(|&place| index.times[place]).collect(),
            kinds: places.iter().map(|&place| index.kinds[place]).collect(),
            severities: places.iter().map(|&place| index.severities[place]).collect(),
            lanes: lanes.collect(),
            places,
        }
    }

    fn columns(&self) -> Columns<'_> {
        Columns { times: &self.times, kinds: &self.kinds, severities: &self.severities, lanes: &self.lanes }
    }

    /// Which of them are drawn by themselves: all when they are few, else those that carry the story.
    fn marked(&self, index: &Index) -> Vec<usize> {
        if self.places.len() <= MOST_MARKS {
            return (0..self.places.len()).collect();
        }
        let flags = |at: usize| index.flags[self.places[at]];
        let carries = |&at: &usize| flags(at) & (KEY | STARRED) != 0 && flags(at) & HIDDEN == 0;
        let mut chosen: Vec<usize> = (0..self.places.len()).filter(carries).collect();
        if chosen.len() > MOST_KEY {
            chosen.sort_by_key(|&at| (flags(at) & STARRED == 0, std::cmp::Reverse(self.severities[at]), at));
            chosen.truncate(MOST_KEY);
        }
        chosen
    }
}
