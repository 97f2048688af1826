//! The counters of the store in one row: heads of the audit chain and the change log, last event, last incident.
//!
//! A unit of work reads the row once, with a lock where the engine needs one, counts in memory and writes it back
//! before the commit. So sequences have no gaps, commit in their order on every engine, and cost nothing to draw.

use crate::{Db, Error, Result, dialect};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Head {
    pub audit_seq: i64,
    /// Hash of the last audit entry; empty before the first.
    pub audit_hash: String,
    pub change_seq: i64,
    pub event_seq: i64,
    pub incident_number: i64,
}

pub(crate) async fn lock(db: &impl Db) -> Result<Head> {
    let sql = format!(
        "SELECT audit_seq, audit_hash, change_seq, event_seq, incident_number FROM head WHERE id = 1{}",
        dialect::lock_clause(db)
    );
    let row = db.query_one_raw(dialect::statement(db, &sql, [])).await?;
    let row = row.ok_or_else(|| Error::missing("head", 1))?;
    Ok(Head {
        audit_seq: row.try_get_by_index(0)?,
        audit_hash: row.try_get_by_index(1)?,
        change_seq: row.try_get_by_index(2)?,
        event_seq: row.try_get_by_index(3)?,
        incident_number: row.try_get_by_index(4)?,
    })
}

pub(crate) async fn save(db: &impl Db, head: &Head) -> Result<()> {
    let sql = "UPDATE head SET audit_seq = ?, audit_hash = ?, change_seq = ?, event_seq = ?, incident_number = ? \
               WHERE id = 1";
    let values = [
        head.audit_seq.into(),
        head.audit_hash.clone().into(),
        head.change_seq.into(),
        head.event_seq.into(),
        head.incident_number.into(),
    ];
    db.execute_raw(dialect::statement(db, sql, values)).await?;
    Ok(())
}

/// The number of the last committed change.
pub(crate) async fn change_seq(db: &impl Db) -> Result<i64> {
    counter(db, "SELECT change_seq FROM head WHERE id = 1").await
}

/// The number of the latest incident, deleted or not; 0 before the first.
pub(crate) async fn incident_number(db: &impl Db) -> Result<i64> {
    counter(db, "SELECT incident_number FROM head WHERE id = 1").await
}

async fn counter(db: &impl Db, sql: &str) -> Result<i64> {
    let row = db.query_one_raw(dialect::statement(db, sql, [])).await?;
    let row = row.ok_or_else(|| Error::missing("head", 1))?;
    Ok(row.try_get_by_index(0)?)
}
