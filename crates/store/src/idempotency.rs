//! Answers kept under the caller's key, so that a request sent again is answered, not done, again.

use model::Instant;

use crate::text::{Row, insert_rows};
use crate::{Db, Result, dialect};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub principal: String,
    pub key: String,
    /// Hash of the request: method, path, body.
    pub fingerprint: String,
    pub status: u16,
    /// JSON text; empty when the answer has no body.
    pub body: String,
    pub at: Instant,
}

const COLUMNS: &str = "principal, request_key, fingerprint, status, body, created_at";
const COLUMN_COUNT: usize = 6;

pub(crate) async fn insert(db: &impl Db, answers: &[Answer]) -> Result<()> {
    let rows = answers.iter().map(|answer| {
        [
            answer.principal.clone().into(),
            answer.key.clone().into(),
            answer.fingerprint.clone().into(),
            i32::from(answer.status).into(),
            answer.body.clone().into(),
            answer.at.as_micros().into(),
        ]
    });
    insert_rows::<COLUMN_COUNT>(db, "idempotency", COLUMNS, rows.map(Ok)).await
}

/// # Errors
/// When the database cannot be read.
pub async fn find(db: &impl Db, principal: &str, key: &str) -> Result<Option<Answer>> {
    let sql = "SELECT fingerprint, status, body, created_at FROM idempotency WHERE principal = ? AND request_key = ?";
    let row = db.query_one_raw(dialect::statement(db, sql, [principal.into(), key.into()])).await?;
    let Some(row) = row else { return Ok(None) };
    let read = Row { noun: "idempotent answer", id: key };
    let status: i32 = row.try_get_by_index(1)?;
    Ok(Some(Answer {
        principal: principal.to_owned(),
        key: key.to_owned(),
        fingerprint: row.try_get_by_index(0)?,
        status: u16::try_from(status).map_err(|wrong| read.wrong(wrong))?,
        body: row.try_get_by_index(2)?,
        at: read.instant(row.try_get_by_index(3)?)?,
    }))
}

/// Forgets up to `most` answers given before `before`.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(db: &impl Db, before: Instant, most: i64) -> Result<u64> {
    let sql = "DELETE FROM idempotency WHERE (principal, request_key) IN \
               (SELECT principal, request_key FROM idempotency WHERE created_at < ? LIMIT ?)";
    let values = [before.as_micros().into(), most.into()];
    Ok(db.execute_raw(dialect::statement(db, sql, values)).await?.rows_affected())
}
