//! What a person says of a new event.

use std::collections::BTreeMap;

use model::Instant;
use model::event::{Author, Event, Kind, Provenance, Recorded, Severity};
use model::id::EventId;

use crate::access::{Authorized, Edit};
use crate::actor::Actor;
use crate::app::App;
use crate::input::{Checks, LINE, NAME};

const MOST_ATTRIBUTES: usize = 64;
const LONGEST_ATTRIBUTE: usize = 2_000;
/// Half a year: more is no uncertainty but ignorance.
const MOST_UNCERTAIN_US: i64 = 183 * 24 * 3_600 * 1_000_000;

#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    pub title: String,
    pub occurred_at: Instant,
    pub ended_at: Option<Instant>,
    pub kind: Kind,
    pub event_type: Option<String>,
    pub service: Option<String>,
    pub detail: Option<String>,
    pub severity: Severity,
    pub uncertainty_us: Option<i64>,
    pub starred: bool,
    pub key: bool,
    pub attributes: BTreeMap<String, String>,
}

impl Draft {
    /// `path` stands before the names of wrong fields.
    pub(super) fn check(
        self,
        checks: &mut Checks,
        path: &str,
        authorized: &Authorized<Edit>,
        (app, actor): (&App, &Actor),
    ) -> Recorded {
        let at = |field: &str| format!("{path}{field}");
        if self.ended_at.is_some_and(|end| end < self.occurred_at) {
            checks.refuse(at("ended_at"), "out_of_order", "must not be before occurred_at");
        }
        if self.uncertainty_us.is_some_and(|us| !(0..=MOST_UNCERTAIN_US).contains(&us)) {
            checks.refuse(at("uncertainty_us"), "out_of_range", "must be between 0 and half a year");
        }
        checks.count(&at("attributes"), self.attributes.len(), MOST_ATTRIBUTES);
        let mut attributes = BTreeMap::new();
        for (name, value) in self.attributes.iter().take(MOST_ATTRIBUTES) {
            let name = checks.line(&at("attributes"), name, NAME);
            let value = checks.maybe_line(&at("attributes"), Some(value), LONGEST_ATTRIBUTE);
            attributes.insert(name, value.unwrap_or_default());
        }
        let event = Event {
            id: EventId::from_bits(app.new_bits()),
            kind: self.kind,
            event_type: checks.maybe_line(&at("type"), self.event_type.as_deref(), NAME),
            occurred_at: self.occurred_at,
            ended_at: self.ended_at,
            uncertainty_us: self.uncertainty_us,
            observed_at: None,
            service: checks.maybe_line(&at("service"), self.service.as_deref(), NAME),
            instance: None,
            title: checks.line(&at("title"), &self.title, LINE),
            detail: checks.maybe_paragraphs(&at("detail"), self.detail.as_deref()),
            severity: self.severity,
            key: self.key,
            key_reason: None,
            weight: if self.key { 1.0 } else { 0.5 },
            attributes,
            provenance: Provenance { source: "person".to_owned(), ..Provenance::default() },
            correlations: Vec::new(),
        };
        let now = app.now();
        Recorded {
            event,
            incident: authorized.incident_id().clone(),
            seq: 0,
            recorded_at: now,
            updated_at: now,
            author: Some(Author { id: actor.person.clone(), name: actor.name.to_string() }),
            starred: self.starred,
            hidden: false,
            version: 1,
            deleted_at: None,
        }
    }
}
