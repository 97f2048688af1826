//! Who is named in an incident: members with an access of their own, and who does what while it runs.

use std::collections::BTreeMap;

use model::access::Access;
use model::id::{IncidentId, PersonId};
use model::incident::{Duty, Named};
use sea_orm::sea_query::{Query, SelectStatement};

use crate::text::Row;
use crate::{Db, Result, dialect};

/// For a query that needs the incidents a person is named in.
pub(crate) fn incidents_of(person: &PersonId) -> SelectStatement {
    use sea_orm::sea_query::{Expr, ExprTrait as _};
    Query::select()
        .column("incident_id")
        .from("member")
        .and_where(Expr::col("person_id").eq(person.as_str()))
        .to_owned()
}

/// # Errors
/// When the database refuses.
pub async fn put(db: &impl Db, incident: &IncidentId, person: &PersonId, access: Access) -> Result<()> {
    let sql = "INSERT INTO member (incident_id, person_id, access) VALUES (?, ?, ?) \
               ON CONFLICT (incident_id, person_id) DO UPDATE SET access = excluded.access";
    let values = [incident.as_str().into(), person.as_str().into(), access.as_str().into()];
    db.execute_raw(dialect::statement(db, sql, values)).await?;
    Ok(())
}

/// True when the person was a member.
///
/// # Errors
/// When the database refuses.
pub async fn delete(db: &impl Db, incident: &IncidentId, person: &PersonId) -> Result<bool> {
    let sql = "DELETE FROM member WHERE incident_id = ? AND person_id = ?";
    let values = [incident.as_str().into(), person.as_str().into()];
    Ok(db.execute_raw(dialect::statement(db, sql, values)).await?.rows_affected() > 0)
}

/// # Errors
/// When the database cannot be read.
pub async fn list(db: &impl Db, incident: &IncidentId) -> Result<Vec<Named<Access>>> {
    Ok(list_of_all(db, std::slice::from_ref(incident)).await?.remove(incident).unwrap_or_default())
}

/// Members of several incidents at once.
///
/// # Errors
/// When the database cannot be read.
pub async fn list_of_all(
    db: &impl Db,
    ids: &[IncidentId],
) -> Result<BTreeMap<IncidentId, Vec<Named<Access>>>> {
    list_named(db, "member", "access", ids, Access::parse).await
}

/// # Errors
/// When the database refuses.
pub async fn put_duty(db: &impl Db, incident: &IncidentId, duty: Duty, person: &PersonId) -> Result<()> {
    let sql = "INSERT INTO duty (incident_id, duty, person_id) VALUES (?, ?, ?) \
               ON CONFLICT (incident_id, duty) DO UPDATE SET person_id = excluded.person_id";
    let values = [incident.as_str().into(), duty.as_str().into(), person.as_str().into()];
    db.execute_raw(dialect::statement(db, sql, values)).await?;
    Ok(())
}

/// True when somebody had the duty.
///
/// # Errors
/// When the database refuses.
pub async fn delete_duty(db: &impl Db, incident: &IncidentId, duty: Duty) -> Result<bool> {
    let sql = "DELETE FROM duty WHERE incident_id = ? AND duty = ?";
    let values = [incident.as_str().into(), duty.as_str().into()];
    Ok(db.execute_raw(dialect::statement(db, sql, values)).await?.rows_affected() > 0)
}

/// # Errors
/// When the database cannot be read.
pub async fn list_duties(db: &impl Db, incident: &IncidentId) -> Result<Vec<Named<Duty>>> {
    Ok(list_duties_of_all(db, std::slice::from_ref(incident)).await?.remove(incident).unwrap_or_default())
}

/// Duties of several incidents at once.
///
/// # Errors
/// When the database cannot be read.
pub async fn list_duties_of_all(
    db: &impl Db,
    ids: &[IncidentId],
) -> Result<BTreeMap<IncidentId, Vec<Named<Duty>>>> {
    list_named(db, "duty", "duty", ids, Duty::parse).await
}

async fn list_named<T>(
    db: &impl Db,
    table: &str,
    column: &str,
    ids: &[IncidentId],
    parse: fn(&str) -> Option<T>,
) -> Result<BTreeMap<IncidentId, Vec<Named<T>>>> {
    let mut found: BTreeMap<IncidentId, Vec<Named<T>>> = BTreeMap::new();
    if ids.is_empty() {
        return Ok(found);
    }
    let marks = vec!["?"; ids.len()].join(", ");
    let sql = format!(
        "SELECT t.incident_id, t.person_id, {NAME_OF_PERSON}, t.{column} FROM {table} t \
         WHERE t.incident_id IN ({marks}) ORDER BY t.incident_id, t.person_id"
    );
    let values = ids.iter().map(|id| id.as_str().into());
    for row in db.query_all_raw(dialect::statement(db, &sql, values)).await? {
        let incident: String = row.try_get_by_index(0)?;
        let read = Row { noun: "people of incident", id: &incident };
        let (person, what): (String, String) = (row.try_get_by_index(1)?, row.try_get_by_index(3)?);
        found.entry(read.id(&incident)?).or_default().push(Named {
            person: read.id(&person)?,
            name: row.try_get_by_index(2)?,
            what: read.one_of(&what, parse)?,
        });
    }
    Ok(found)
}

/// A person who was removed has no name any more.
const NAME_OF_PERSON: &str = "COALESCE((SELECT p.name FROM person p WHERE p.id = t.person_id), '')";
