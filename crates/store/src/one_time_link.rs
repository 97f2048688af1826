//! Links that open a door once.

use model::Instant;
use model::account::{Digest, Purpose};

use crate::text::Row;
use crate::{Db, Result, dialect};

const SETUP: &str = "setup";
const SIGN_IN: &str = "sign_in";

/// # Errors
/// When the database refuses.
pub async fn insert(db: &impl Db, digest: &Digest, purpose: &Purpose, expires_at: Instant) -> Result<()> {
    let sql = "INSERT INTO one_time_link (digest, purpose, person_id, expires_at) VALUES (?, ?, ?, ?)";
    let (name, person) = match purpose {
        Purpose::Setup => (SETUP, None),
        Purpose::SignIn(person) => (SIGN_IN, Some(person.to_string())),
    };
    let values = [hex::encode(digest.0).into(), name.into(), person.into(), expires_at.as_micros().into()];
    db.execute_raw(dialect::statement(db, sql, values)).await?;
    Ok(())
}

/// What the link is good for, while it is.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(db: &impl Db, digest: &Digest, now: Instant) -> Result<Option<Purpose>> {
    let sql = "SELECT purpose, person_id FROM one_time_link WHERE digest = ? AND expires_at > ?";
    let values = [hex::encode(digest.0).into(), now.as_micros().into()];
    let Some(row) = db.query_one_raw(dialect::statement(db, sql, values)).await? else { return Ok(None) };
    let (purpose, person): (String, Option<String>) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    let read = Row { noun: "one-time link", id: &purpose };
    match (purpose.as_str(), person) {
        (SETUP, None) => Ok(Some(Purpose::Setup)),
        (SIGN_IN, Some(person)) => Ok(Some(Purpose::SignIn(read.id(&person)?))),
        _ => Err(read.wrong("unknown purpose")),
    }
}

/// Spends the link. False when someone else was faster.
///
/// # Errors
/// When the database refuses.
pub async fn delete(db: &impl Db, digest: &Digest) -> Result<bool> {
    let sql = "DELETE FROM one_time_link WHERE digest = ?";
    let values = [hex::encode(digest.0).into()];
    Ok(db.execute_raw(dialect::statement(db, sql, values)).await?.rows_affected() > 0)
}

/// All links of one kind lose their worth.
///
/// # Errors
/// When the database refuses.
pub async fn delete_setup(db: &impl Db) -> Result<u64> {
    let sql = "DELETE FROM one_time_link WHERE purpose = ?";
    Ok(db.execute_raw(dialect::statement(db, sql, [SETUP.into()])).await?.rows_affected())
}

/// # Errors
/// When the database refuses.
pub async fn sweep(db: &impl Db, now: Instant) -> Result<u64> {
    let sql = "DELETE FROM one_time_link WHERE expires_at <= ?";
    Ok(db.execute_raw(dialect::statement(db, sql, [now.as_micros().into()])).await?.rows_affected())
}
