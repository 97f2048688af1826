//! What people decided about correlations. A decision is about a pair and is stored once, smaller id first.

use model::event::{Author, LinkDecision, LinkState};
use model::id::{EventId, IncidentId};

use crate::text::Row;
use crate::{Db, Result, dialect};

fn in_order<'a>(one: &'a EventId, other: &'a EventId) -> (&'a EventId, &'a EventId) {
    if one <= other { (one, other) } else { (other, one) }
}

/// Stores the decision in place of an earlier one. `Proposed` takes the earlier one back.
///
/// # Errors
/// When the database refuses.
pub async fn put(db: &impl Db, incident: &IncidentId, decision: &LinkDecision) -> Result<()> {
    let (event, other) = in_order(&decision.event, &decision.other);
    if decision.state == LinkState::Proposed {
        let sql = "DELETE FROM link WHERE event_id = ? AND other_id = ?";
        let values = [event.as_str().into(), other.as_str().into()];
        db.execute_raw(dialect::statement(db, sql, values)).await?;
        return Ok(());
    }
    let sql = "INSERT INTO link (event_id, other_id, incident_id, state, person_id, person_name, at) \
               VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (event_id, other_id) DO UPDATE SET \
               state = excluded.state, person_id = excluded.person_id, person_name = excluded.person_name, \
               at = excluded.at";
    let values = [
        event.as_str().into(),
        other.as_str().into(),
        incident.as_str().into(),
        decision.state.as_str().into(),
        decision.by.id.as_str().into(),
        decision.by.name.clone().into(),
        decision.at.as_micros().into(),
    ];
    db.execute_raw(dialect::statement(db, sql, values)).await?;
    Ok(())
}

/// All decisions of an incident; there are few.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(db: &impl Db, incident: &IncidentId) -> Result<Vec<LinkDecision>> {
    let sql = "SELECT event_id, other_id, state, person_id, person_name, at FROM link WHERE incident_id = ? \
               ORDER BY event_id, other_id";
    let rows = db.query_all_raw(dialect::statement(db, sql, [incident.as_str().into()])).await?;
    let read = Row { noun: "correlations of", id: incident.as_str() };
    rows.iter()
        .map(|row| {
            let (event, other): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            let (state, person): (String, String) = (row.try_get_by_index(2)?, row.try_get_by_index(3)?);
            Ok(LinkDecision {
                event: read.id(&event)?,
                other: read.id(&other)?,
                state: read.one_of(&state, LinkState::parse)?,
                by: Author { id: read.id(&person)?, name: row.try_get_by_index(4)? },
                at: read.instant(row.try_get_by_index(5)?)?,
            })
        })
        .collect()
}
