//! Events that say the same again: one alert that fires and ends, perhaps again, one template from many services.

use std::collections::BTreeMap;

use model::event::{GROUP, Kind};
use model::id::EventId;

use crate::draft::{Draft, Role};

/// Events folded into one row; the first stands for all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub first: EventId,
    /// In the order of time, the first included.
    pub events: Vec<EventId>,
}

/// Folds what repeats. `drafts` are in the order of time.
pub fn fold(drafts: &mut [Draft]) -> Vec<Group> {
    let mut same: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
    for (place, draft) in drafts.iter().enumerate() {
        if let Some(likeness) = likeness(draft) {
            same.entry(likeness).or_default().push(place);
        }
    }
    let mut groups = Vec::new();
    for places in same.into_values().filter(|places| places.len() > 1) {
        let events: Vec<EventId> = places.iter().map(|&place| drafts[place].event.id.clone()).collect();
        for &place in &places {
            drafts[place].event.attributes.insert(GROUP.to_owned(), events[0].as_str().to_owned());
        }
        groups.push((places[0], Group { first: events[0].clone(), events }));
    }
    groups.sort_by_key(|(place, _)| *place);
    groups.into_iter().map(|(_, group)| group).collect()
}

/// What makes an event the same as another; `None`: it stands alone.
fn likeness(draft: &Draft) -> Option<Vec<String>> {
    let event = &draft.event;
    let attribute = |name: &str| event.attributes.get(name).cloned();
    let service = event.service.clone().unwrap_or_default();
    let event_type = event.event_type.clone().unwrap_or_default();
    match draft.role {
        Role::Alert | Role::AlertEnd => Some(vec!["alert".to_owned(), draft.alert?.to_string()]),
        Role::Voice | Role::Silence if event.kind == Kind::Log => {
            Some(vec![event_type, attribute("template").filter(|template| template.len() > 12)?])
        }
        Role::Death | Role::Other => Some(vec![event_type, service, event.title.clone()]),
        _ => None,
    }
}
