//! What was before: each version of an event with the fields that changed.

use model::Instant;
use model::event::{Author, Recorded};
use model::id::EventId;
use serde_json::{Map, Value, json};
use store::event_history::{self, Change};

use super::find;
use crate::access::View;
use crate::actor::Actor;
use crate::app::App;
use crate::error::Error;

/// One step in the life of an event. The first has no `change`: the event was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    pub version: i64,
    pub at: Instant,
    /// `None`: it came out of a capture.
    pub by: Option<Author>,
    pub change: Option<Change>,
    /// Objects of the fields that changed.
    pub before: Value,
    pub after: Value,
}

/// Oldest first. A deleted event still has its history.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn list_history(app: &App, actor: &Actor, id: &EventId) -> Result<Vec<Step>, Error> {
    let (_, event) = find::<View>(app, actor, id).await?;
    let later = event_history::list(app.db(), id).await?;
    let mut first = fields(&event);
    for step in later.iter().rev() {
        if let (Some(first), Some(before)) = (first.as_object_mut(), step.before.as_object()) {
            first.extend(before.clone());
        }
    }
    let made = Step {
        version: 1,
        at: event.recorded_at,
        by: event.author,
        change: None,
        before: Value::Null,
        after: first,
    };
    let later = later.into_iter().map(|step| Step {
        version: step.version,
        at: step.at,
        by: Some(step.by),
        change: Some(step.change),
        before: step.before,
        after: step.after,
    });
    Ok(std::iter::once(made).chain(later).collect())
}

pub(super) fn step(before: &Recorded, after: &Recorded, change: Change, by: Author) -> event_history::Step {
    let (old, new) = changed(fields(before), fields(after));
    event_history::Step {
        event: after.event.id.clone(),
        incident: after.incident.clone(),
        version: after.version,
        change,
        at: after.updated_at,
        by,
        before: old,
        after: new,
    }
}

/// What people can change, by the names they know from the API.
fn fields(recorded: &Recorded) -> Value {
    let event = &recorded.event;
    json!({
        "title": event.title,
        "occurred_at": event.occurred_at,
        "ended_at": event.ended_at,
        "service": event.service,
        "detail": event.detail,
        "severity": event.severity,
        "key": event.key,
        "starred": recorded.starred,
        "hidden": recorded.hidden,
    })
}

fn changed(before: Value, after: Value) -> (Value, Value) {
    let (Value::Object(before), Value::Object(after)) = (before, after) else {
        return (Value::Null, Value::Null);
    };
    let mut old = Map::new();
    let mut new = Map::new();
    for (name, value) in after {
        let was = before.get(&name).cloned().unwrap_or_default();
        if was != value {
            old.insert(name.clone(), was);
            new.insert(name, value);
        }
    }
    (Value::Object(old), Value::Object(new))
}
