//! Invitations that wait for a person. One that was accepted or withdrawn is gone; the audit remembers it.

use model::Instant;
use model::account::{Digest, Invitation};
use model::id::InvitationId;
use model::person::Role;
use sea_orm::QueryResult;

use crate::text::Row;
use crate::{Db, Result, dialect};

const COLUMNS: &str = "id, email, name, role, by_id, created_at, expires_at";

/// # Errors
/// When the database refuses.
pub async fn insert(db: &impl Db, invitation: &Invitation, digest: &Digest) -> Result<()> {
    let sql = format!("INSERT INTO invitation ({COLUMNS}, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    let values = [
        invitation.id.as_str().into(),
        invitation.email.clone().into(),
        invitation.name.clone().into(),
        invitation.role.as_str().into(),
        invitation.by.as_str().into(),
        invitation.created_at.as_micros().into(),
        invitation.expires_at.as_micros().into(),
        hex::encode(digest.0).into(),
    ];
    db.execute_raw(dialect::statement(db, &sql, values)).await?;
    Ok(())
}

/// # Errors
/// When the database cannot be read.
pub async fn find(db: &impl Db, digest: &Digest) -> Result<Option<Invitation>> {
    let sql = format!("SELECT {COLUMNS} FROM invitation WHERE digest = ?");
    let row = db.query_one_raw(dialect::statement(db, &sql, [hex::encode(digest.0).into()])).await?;
    row.as_ref().map(from_row).transpose()
}

/// In the order of making, after `after` when given.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(db: &impl Db, after: Option<&InvitationId>, limit: u64) -> Result<Vec<Invitation>> {
    let sql = format!("SELECT {COLUMNS} FROM invitation WHERE id > ? ORDER BY id LIMIT ?");
    let values = [after.map_or("", InvitationId::as_str).into(), (limit as i64).into()];
    let rows = db.query_all_raw(dialect::statement(db, &sql, values)).await?;
    rows.iter().map(from_row).collect()
}

/// True when there was one.
///
/// # Errors
/// When the database refuses.
pub async fn delete(db: &impl Db, id: &InvitationId) -> Result<bool> {
    let sql = "DELETE FROM invitation WHERE id = ?";
    Ok(db.execute_raw(dialect::statement(db, sql, [id.as_str().into()])).await?.rows_affected() > 0)
}

/// Those that nobody accepted in time.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(db: &impl Db, now: Instant) -> Result<u64> {
    let sql = "DELETE FROM invitation WHERE expires_at <= ?";
    Ok(db.execute_raw(dialect::statement(db, sql, [now.as_micros().into()])).await?.rows_affected())
}

fn from_row(row: &QueryResult) -> Result<Invitation> {
    let id: String = row.try_get_by_index(0)?;
    let read = Row { noun: "invitation", id: &id };
    let role: String = row.try_get_by_index(3)?;
    Ok(Invitation {
        id: read.id(&id)?,
        email: row.try_get_by_index(1)?,
        name: row.try_get_by_index(2)?,
        role: read.one_of(&role, Role::parse)?,
        by: read.id(&row.try_get_by_index::<String>(4)?)?,
        created_at: read.instant(row.try_get_by_index(5)?)?,
        expires_at: read.instant(row.try_get_by_index(6)?)?,
    })
}
