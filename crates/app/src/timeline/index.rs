//! The events of a timeline as columns in memory, for drawing. Read once, then kept true event by event, so that a person
//! who adds one to a timeline of a million does not cause a million rows to be read again.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures::future::try_join_all;
use model::event::Kind;
use model::id::{EventId, IncidentId};
use moka::sync::Cache;
use store::event::{self, Mark};

use crate::app::App;
use crate::error::Error;

/// 64 MB; an event takes about 50 bytes.
const BYTES: u64 = 64 << 20;
const BYTES_PER_EVENT: usize = 50;
const KEPT_FOR: Duration = Duration::from_secs(300);
/// Rows of a part, and parts that are read at once.
const PART: i64 = 50_000;
const PARTS: usize = 2;
/// With more changes than this it is quicker to read everything again.
const MOST_STALE: usize = 2_000;

/// Time and `seq` of an event.
type Place = (i64, i64);

/// Lane of what people did and noted.
pub(crate) const RESPONSE: &str = "response";

pub(crate) struct Indexes {
    slots: Cache<IncidentId, Arc<Slot>>,
}

#[derive(Default)]
struct Slot {
    index: tokio::sync::Mutex<Option<Arc<Index>>>,
    stale: Mutex<Stale>,
    event_count: std::sync::atomic::AtomicUsize,
}

#[derive(Default)]
enum Stale {
    Everything,
    Only(Vec<EventId>),
    #[default]
    Nothing,
}

impl Default for Indexes {
    fn default() -> Self {
        let slots = Cache::builder()
            .max_capacity(BYTES)
            .weigher(|_, slot: &Arc<Slot>| {
                let count = slot.event_count.load(std::sync::atomic::Ordering::Relaxed);
                u32::try_from(count * BYTES_PER_EVENT).unwrap_or(u32::MAX).max(1)
            })
            .time_to_idle(KEPT_FOR)
            .build();
        Self { slots }
    }
}

impl Indexes {
    /// One event of the incident changed.
    pub fn note_event(&self, incident: &IncidentId, event: &str) {
        let Some(slot) = self.slots.get(incident) else { return };
        let Ok(event) = event.parse::<EventId>() else { return };
        let mut stale = slot.stale.lock().unwrap_or_else(PoisonError::into_inner);
        match &mut *stale {
            Stale::Everything => {}
            Stale::Only(events) if events.len() >= MOST_STALE => *stale = Stale::Everything,
            Stale::Only(events) => events.push(event),
            Stale::Nothing => *stale = Stale::Only(vec![event]),
        }
    }

    pub fn forget(&self, incident: &IncidentId) {
        if let Some(slot) = self.slots.get(incident) {
            *slot.stale.lock().unwrap_or_else(PoisonError::into_inner) = Stale::Everything;
        }
    }

    pub fn forget_all(&self) {
        self.slots.invalidate_all();
    }

    /// The index as of now: what became stale while it was read is read again next time.
    pub async fn get(&self, app: &App, incident: &IncidentId) -> Result<Arc<Index>, Error> {
        let slot = self.slots.get_with(incident.clone(), Arc::default);
        let mut index = slot.index.lock().await;
        let stale = std::mem::take(&mut *slot.stale.lock().unwrap_or_else(PoisonError::into_inner));
        match (index.take(), stale) {
            (Some(current), Stale::Nothing) => {
                *index = Some(Arc::clone(&current));
                Ok(current)
            }
            (Some(mut current), Stale::Only(events)) => {
                let changed = event::list_by_ids(app.db(), incident, &events).await?;
                let live = changed.iter().filter(|event| event.deleted_at.is_none()).map(Mark::from);
                Arc::make_mut(&mut current).replace(&events, live.collect());
                *index = Some(Arc::clone(&current));
                Ok(current)
            }
            (None, _) | (_, Stale::Everything) => {
                let built = Arc::new(build(app, incident).await?);
                slot.event_count.store(built.times.len(), std::sync::atomic::Ordering::Relaxed);
                *index = Some(Arc::clone(&built));
                // Weighed again, now that its size is known.
                self.slots.insert(incident.clone(), Arc::clone(&slot));
                Ok(built)
            }
        }
    }
}

/// Reads a timeline in parts, so that a million rows never lie in memory at once; some parts at the same time.
async fn build(app: &App, incident: &IncidentId) -> Result<Index, Error> {
    let mut index = Index::default();
    for parts in parts(app, incident).await?.chunks(PARTS) {
        let reading = parts.iter().map(|&(after, until)| event::list_marks(app.db(), incident, after, until));
        let marks = try_join_all(reading).await?.concat();
        index = tokio::task::spawn_blocking(move || index.append(marks)).await.map_err(Error::internal)?;
    }
    Ok(index)
}

/// After which event each part begins, and with which it ends.
async fn parts(app: &App, incident: &IncidentId) -> Result<Vec<(Option<Place>, Option<Place>)>, Error> {
    let mut parts = Vec::new();
    let mut after = None;
    loop {
        let until = event::find_place(app.db(), incident, after, PART).await?;
        parts.push((after, until));
        if until.is_none() {
            return Ok(parts);
        }
        after = until;
    }
}

/// Columns of the same length, in the order of time, then arrival.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Index {
    pub times: Vec<i64>,
    pub ends: Vec<Option<std::num::NonZeroI64>>,
    pub kinds: Vec<u8>,
    pub severities: Vec<u8>,
    /// Place in `lanes` of each event's service, or of the response.
    pub lane_of: Vec<u32>,
    pub flags: Vec<u8>,
    pub seqs: Vec<i64>,
    pub ids: Vec<u128>,
    /// Names of services in the order in which they appear; empty for events of no service.
    pub lanes: Vec<String>,
    lane_places: HashMap<String, u32>,
}

pub(crate) const KEY: u8 = 1;
pub(crate) const STARRED: u8 = 2;
pub(crate) const HIDDEN: u8 = 4;

impl Index {
    /// `marks` come after all that is there.
    fn append(mut self, marks: Vec<Mark>) -> Self {
        for mark in &marks {
            self.push(mark);
        }
        self
    }

    /// Takes out the events named, puts in what they are now.
    fn replace(&mut self, old: &[EventId], new: Vec<Mark>) {
        let old: HashSet<u128> = old.iter().map(EventId::to_bits).collect();
        let gone = self.ids.iter().enumerate().filter(|(_, id)| old.contains(id));
        let mut cuts: Vec<(usize, Option<Mark>)> = gone.map(|(place, _)| (place, None)).collect();
        cuts.extend(new.into_iter().map(|mark| (self.place_of(mark.place()), Some(mark))));
        cuts.sort_by_key(|(place, mark)| (*place, mark.is_none(), mark.as_ref().map(Mark::place)));
        let before = std::mem::take(self);
        self.lanes.clone_from(&before.lanes);
        self.lane_places.clone_from(&before.lane_places);
        let mut done = 0;
        for (place, mark) in cuts {
            self.copy(&before, done..place);
            done = place;
            match mark {
                Some(mark) => self.push(&mark),
                None => done += 1,
            }
        }
        self.copy(&before, done..before.times.len());
    }

    fn place_of(&self, (time, seq): Place) -> usize {
        let first = self.times.partition_point(|&other| other < time);
        let same = self.times.iter().skip(first).take_while(|&&other| other == time).count();
        let seqs = self.seqs.get(first..first + same).unwrap_or_default();
        first + seqs.partition_point(|&other| other < seq)
    }

    fn copy(&mut self, from: &Self, places: Range<usize>) {
        self.times.extend_from_slice(&from.times[places.clone()]);
        self.ends.extend_from_slice(&from.ends[places.clone()]);
        self.kinds.extend_from_slice(&from.kinds[places.clone()]);
        self.severities.extend_from_slice(&from.severities[places.clone()]);
        self.lane_of.extend_from_slice(&from.lane_of[places.clone()]);
        self.flags.extend_from_slice(&from.flags[places.clone()]);
        self.seqs.extend_from_slice(&from.seqs[places.clone()]);
        self.ids.extend_from_slice(&from.ids[places]);
    }

    fn push(&mut self, mark: &Mark) {
        let lane = self.lane(mark);
        let flag = |is_set: bool, flag: u8| if is_set { flag } else { 0 };
        self.times.push(mark.occurred_at);
        self.ends.push(mark.ended_at.and_then(std::num::NonZeroI64::new));
        self.kinds.push(mark.kind as u8);
        self.severities.push(mark.severity as u8);
        self.lane_of.push(lane);
        self.flags
            .push(flag(mark.is_key, KEY) | flag(mark.is_starred, STARRED) | flag(mark.is_hidden, HIDDEN));
        self.seqs.push(mark.seq);
        self.ids.push(mark.id_bits);
    }

    fn lane(&mut self, mark: &Mark) -> u32 {
        let is_response = mark.is_by_person && matches!(mark.kind, Kind::UserAction | Kind::Note);
        let name = if is_response { RESPONSE } else { mark.service.as_deref().unwrap_or_default() };
        if let Some(&place) = self.lane_places.get(name) {
            return place;
        }
        let place = u32::try_from(self.lanes.len()).unwrap_or(u32::MAX);
        self.lanes.push(name.to_owned());
        self.lane_places.insert(name.to_owned(), place);
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::event::Severity;

    fn mark(seq: i64, time: i64, service: &str) -> Mark {
        Mark {
            seq,
            id_bits: seq as u128,
            occurred_at: time,
            ended_at: None,
            kind: Kind::Log,
            severity: Severity::Info,
            service: Some(service.to_owned()),
            is_key: false,
            is_starred: false,
            is_hidden: false,
            is_by_person: false,
        }
    }

    #[test]
    fn an_index_kept_true_equals_one_read_anew() {
        let mut index =
            Index::default().append(vec![mark(1, 10, "cart"), mark(2, 20, "cart"), mark(3, 20, "redis")]);
        let changed = vec![EventId::from_bits(2), EventId::from_bits(3), EventId::from_bits(4)];
        index.replace(&changed, vec![mark(2, 5, "cart"), mark(4, 10, "redis")]);
        let anew =
            Index::default().append(vec![mark(2, 5, "cart"), mark(1, 10, "cart"), mark(4, 10, "redis")]);
        assert_eq!(index, anew);
        // One that moves past itself, two at the same place, one at the end.
        let changed: Vec<EventId> = [2, 5, 6, 7].map(EventId::from_bits).to_vec();
        index.replace(
            &changed,
            vec![mark(7, 30, "cart"), mark(6, 10, "cart"), mark(2, 7, "cart"), mark(5, 10, "cart")],
        );
        let order = [2, 1, 4, 5, 6, 7];
        assert_eq!((index.seqs, index.ids), (order.to_vec(), order.map(|seq| seq as u128).to_vec()));
        assert_eq!(index.times, [7, 10, 10, 10, 10, 30]);
        assert_eq!(index.lane_of, [0, 0, 1, 0, 0, 0]);
    }
}
