//! What a person changes in an event.

use model::Instant;
use model::event::{DETAIL_ZH, KEY_REASON_ZH, Recorded, Severity, TITLE_ZH};

use crate::error::Error;
use crate::input::{Checks, LINE, NAME};

/// `None` leaves a field as it is; `Some(None)` empties it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Patch {
    /// The version that the person saw.
    pub version: i64,
    pub title: Option<String>,
    pub occurred_at: Option<Instant>,
    pub ended_at: Option<Option<Instant>>,
    pub service: Option<Option<String>>,
    pub detail: Option<Option<String>>,
    pub severity: Option<Severity>,
    pub starred: Option<bool>,
    pub key: Option<bool>,
    pub hidden: Option<bool>,
}

impl Patch {
    pub(super) fn apply(self, recorded: &mut Recorded) -> Result<(), Error> {
        let mut checks = Checks::default();
        let event = &mut recorded.event;
        if let Some(title) = &self.title {
            event.title = checks.line("title", title, LINE);
            event.attributes.remove(TITLE_ZH);
        }
        if let Some(at) = self.occurred_at {
            event.occurred_at = at;
        }
        if let Some(end) = self.ended_at {
            event.ended_at = end;
        }
        if let Some(service) = &self.service {
            event.service = checks.maybe_line("service", service.as_deref(), NAME);
        }
        if let Some(detail) = &self.detail {
            event.detail = checks.maybe_paragraphs("detail", detail.as_deref());
            event.attributes.remove(DETAIL_ZH);
        }
        if let Some(severity) = self.severity {
            event.severity = severity;
        }
        if let Some(key) = self.key {
            event.key = key;
            event.key_reason = None;
            event.attributes.remove(KEY_REASON_ZH);
        }
        recorded.starred = self.starred.unwrap_or(recorded.starred);
        recorded.hidden = self.hidden.unwrap_or(recorded.hidden);
        if recorded.event.ended_at.is_some_and(|end| end < recorded.event.occurred_at) {
            checks.refuse("ended_at", "out_of_order", "must not be before occurred_at");
        }
        checks.finish()
    }
}
