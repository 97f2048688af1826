//! What people changed in an event: each version with the fields before and after. The first version is the event's own
//! row, so it needs none here.

use model::Instant;
use model::event::Author;
use model::id::{EventId, IncidentId};

use crate::text::Row;
use crate::{Db, Result, dialect};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    Updated,
    Deleted,
    Restored,
}

impl Change {
    pub const ALL: [Self; 3] = [Self::Updated, Self::Deleted, Self::Restored];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Updated => "updated",
            Self::Deleted => "deleted",
            Self::Restored => "restored",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|change| change.as_str() == text)
    }
}

/// One step in the life of an event. `before` and `after` are JSON objects of the fields that changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    pub event: EventId,
    pub incident: IncidentId,
    /// The version that the event had after it.
    pub version: i64,
    pub change: Change,
    pub at: Instant,
    pub by: Author,
    pub before: serde_json::Value,
    pub after: serde_json::Value,
}

/// # Errors
/// [`crate::Error::Exists`] when the version has its step already.
pub async fn insert(db: &impl Db, step: &Step) -> Result<()> {
    let sql = "INSERT INTO event_history (event_id, version, incident_id, change, at, person_id, person_name, \
               before, after) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    let values = [
        step.event.as_str().into(),
        step.version.into(),
        step.incident.as_str().into(),
        step.change.as_str().into(),
        step.at.as_micros().into(),
        step.by.id.as_str().into(),
        step.by.name.clone().into(),
        step.before.to_string().into(),
        step.after.to_string().into(),
    ];
    db.execute_raw(dialect::statement(db, sql, values)).await?;
    Ok(())
}

/// Oldest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(db: &impl Db, event: &EventId) -> Result<Vec<Step>> {
    let sql = "SELECT incident_id, version, change, at, person_id, person_name, before, after \
               FROM event_history WHERE event_id = ? ORDER BY version";
    let rows = db.query_all_raw(dialect::statement(db, sql, [event.as_str().into()])).await?;
    let read = Row { noun: "history of event", id: event.as_str() };
    rows.iter()
        .map(|row| {
            let (incident, change): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(2)?);
            let (person, before): (String, String) = (row.try_get_by_index(4)?, row.try_get_by_index(6)?);
            let after: String = row.try_get_by_index(7)?;
            Ok(Step {
                event: event.clone(),
                incident: read.id(&incident)?,
                version: row.try_get_by_index(1)?,
                change: read.one_of(&change, Change::parse)?,
                at: read.instant(row.try_get_by_index(3)?)?,
                by: Author { id: read.id(&person)?, name: row.try_get_by_index(5)? },
                before: read.json(&before)?,
                after: read.json(&after)?,
            })
        })
        .collect()
}
