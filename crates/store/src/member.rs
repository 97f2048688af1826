//! Who is named in an incident: members with an access of their own, and who does what while it runs.

use std::collections::BTreeMap;

use model::access::Access;
use model::id::{IncidentId, PersonId};
use model::incident::Duty;
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
pub async fn list(db: &impl Db, incident: &IncidentId) -> Result<BTreeMap<PersonId, Access>> {
    let sql = "SELECT person_id, access FROM member WHERE incident_id = ?";
    let rows = db.query_all_raw(dialect::statement(db, sql, [incident.as_str().into()])).await?;
    let read = Row { noun: "member", id: incident.as_str() };
    let mut members = BTreeMap::new();
    for row in rows {
        let person: String = row.try_get_by_index(0)?;
        let access: String = row.try_get_by_index(1)?;
        members.insert(read.id(&person)?, read.one_of(&access, Access::parse)?);
    }
    Ok(members)
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
pub async fn list_duties(db: &impl Db, incident: &IncidentId) -> Result<BTreeMap<Duty, PersonId>> {
    let sql = "SELECT duty, person_id FROM duty WHERE incident_id = ?";
    let rows = db.query_all_raw(dialect::statement(db, sql, [incident.as_str().into()])).await?;
    let read = Row { noun: "duty", id: incident.as_str() };
    let mut duties = BTreeMap::new();
    for row in rows {
        let duty: String = row.try_get_by_index(0)?;
        let person: String = row.try_get_by_index(1)?;
        duties.insert(read.one_of(&duty, Duty::parse)?, read.id(&person)?);
    }
    Ok(duties)
}
