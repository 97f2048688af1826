//! Browsers in which people are signed in.

use model::Instant;
use model::account::{Digest, Session};
use model::id::{PersonId, SessionId};
use model::person::Person;
use sea_orm::QueryResult;

use crate::text::Row;
use crate::{Db, Result, dialect, person};

/// # Errors
/// When the database refuses.
pub async fn insert(db: &impl Db, session: &Session, digest: &Digest) -> Result<()> {
    let sql = "INSERT INTO session (id, digest, person_id, user_agent, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)";
    let values = [
        session.id.as_str().into(),
        hex::encode(digest.0).into(),
        session.person.as_str().into(),
        session.user_agent.clone().into(),
        session.created_at.as_micros().into(),
        session.expires_at.as_micros().into(),
    ];
    db.execute_raw(dialect::statement(db, sql, values)).await?;
    Ok(())
}

/// The session and its person, whatever their state.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(db: &impl Db, digest: &Digest) -> Result<Option<(Session, Person)>> {
    let sql = format!(
        "SELECT s.id, s.user_agent, s.created_at, s.expires_at, {} FROM session s JOIN person p ON p.id = s.person_id \
         WHERE s.digest = ?",
        person::columns_of("p")
    );
    let Some(row) = db.query_one_raw(dialect::statement(db, &sql, [hex::encode(digest.0).into()])).await?
    else {
        return Ok(None);
    };
    let person = person::from_row(&row, 4)?;
    let session = from_row(&row, person.id.clone())?;
    Ok(Some((session, person)))
}

/// Sessions of a person that have not expired, latest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(db: &impl Db, person: &PersonId, now: Instant) -> Result<Vec<Session>> {
    let sql = "SELECT id, user_agent, created_at, expires_at FROM session WHERE person_id = ? AND expires_at > ? \
               ORDER BY created_at DESC, id DESC";
    let values = [person.as_str().into(), now.as_micros().into()];
    let rows = db.query_all_raw(dialect::statement(db, sql, values)).await?;
    rows.iter().map(|row| from_row(row, person.clone())).collect()
}

/// From a row that begins with id, user agent, beginning and end.
fn from_row(row: &QueryResult, person: PersonId) -> Result<Session> {
    let id: String = row.try_get_by_index(0)?;
    let read = Row { noun: "session", id: &id };
    Ok(Session {
        id: read.id(&id)?,
        person,
        user_agent: row.try_get_by_index(1)?,
        created_at: read.instant(row.try_get_by_index(2)?)?,
        expires_at: read.instant(row.try_get_by_index(3)?)?,
    })
}

/// False when the person has no such session.
///
/// # Errors
/// When the database refuses.
pub async fn delete(db: &impl Db, person: &PersonId, id: &SessionId) -> Result<bool> {
    let sql = "DELETE FROM session WHERE id = ? AND person_id = ?";
    let values = [id.as_str().into(), person.as_str().into()];
    Ok(db.execute_raw(dialect::statement(db, sql, values)).await?.rows_affected() > 0)
}

/// All sessions of a person but `kept`.
///
/// # Errors
/// When the database refuses.
pub async fn delete_of(db: &impl Db, person: &PersonId, kept: Option<&SessionId>) -> Result<u64> {
    let sql = "DELETE FROM session WHERE person_id = ? AND id <> ?";
    let values = [person.as_str().into(), kept.map_or("", SessionId::as_str).into()];
    Ok(db.execute_raw(dialect::statement(db, sql, values)).await?.rows_affected())
}

/// Keeps the `most` latest sessions of a person, so that signing in again and again does not fill the table.
///
/// # Errors
/// When the database refuses.
pub async fn delete_surplus(db: &impl Db, person: &PersonId, most: i64) -> Result<u64> {
    let sql = "DELETE FROM session WHERE person_id = ? AND id NOT IN \
               (SELECT id FROM session WHERE person_id = ? ORDER BY created_at DESC, id DESC LIMIT ?)";
    let values = [person.as_str().into(), person.as_str().into(), most.into()];
    Ok(db.execute_raw(dialect::statement(db, sql, values)).await?.rows_affected())
}

/// # Errors
/// When the database refuses.
pub async fn sweep(db: &impl Db, now: Instant) -> Result<u64> {
    let sql = "DELETE FROM session WHERE expires_at <= ?";
    Ok(db.execute_raw(dialect::statement(db, sql, [now.as_micros().into()])).await?.rows_affected())
}
