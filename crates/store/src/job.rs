//! The queue of background work. A job holds ids, is leased while it runs, and is tried again when its lease ends.

use model::Instant;
use model::id::JobId;

use crate::text::Row;
use crate::{Db, Result, dialect};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Reads a capture into a timeline and findings.
    Analyze,
    /// Removes what belonged to a deleted incident.
    Purge,
}

impl Kind {
    pub const ALL: [Self; 2] = [Self::Analyze, Self::Purge];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Analyze => "analyze",
            Self::Purge => "purge",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub id: JobId,
    pub kind: Kind,
    /// Id of what it works on.
    pub subject: String,
    /// While a job with this key waits or runs, a second one is not made.
    pub dedupe_key: Option<String>,
    pub run_at: Instant,
    pub max_attempts: i32,
}

/// A job in the hands of a worker. `attempt` fences: who holds an older one may not finish it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leased {
    pub id: JobId,
    pub kind: Kind,
    pub subject: String,
    pub attempt: i32,
    pub max_attempts: i32,
}

/// False when a job with the same key is there already.
///
/// # Errors
/// When the database refuses.
pub async fn insert(db: &impl Db, draft: &Draft, now: Instant) -> Result<bool> {
    let sql = "INSERT INTO job (id, kind, subject, dedupe_key, state, attempts, max_attempts, run_at, \
               leased_until, error, created_at, updated_at) \
               VALUES (?, ?, ?, ?, 'waiting', 0, ?, ?, NULL, NULL, ?, ?) ON CONFLICT (dedupe_key) DO NOTHING";
    let values = [
        draft.id.as_str().into(),
        draft.kind.as_str().into(),
        draft.subject.clone().into(),
        draft.dedupe_key.clone().into(),
        draft.max_attempts.into(),
        draft.run_at.as_micros().into(),
        now.as_micros().into(),
        now.as_micros().into(),
    ];
    Ok(db.execute_raw(dialect::statement(db, sql, values)).await?.rows_affected() > 0)
}

/// Takes the job that has waited longest, if one is due. Must run in a unit of work, which makes it alone.
///
/// # Errors
/// When the database refuses.
pub async fn lease(db: &impl Db, now: Instant, until: Instant) -> Result<Option<Leased>> {
    let sql = "SELECT id, kind, subject, attempts, max_attempts FROM job \
               WHERE (state = 'waiting' AND run_at <= ?) OR (state = 'running' AND leased_until < ?) \
               ORDER BY run_at LIMIT 1";
    let values = [now.as_micros().into(), now.as_micros().into()];
    let Some(row) = db.query_one_raw(dialect::statement(db, sql, values)).await? else { return Ok(None) };
    let id: String = row.try_get_by_index(0)?;
    let read = Row { noun: "job", id: &id };
    let kind: String = row.try_get_by_index(1)?;
    let attempts: i32 = row.try_get_by_index(3)?;
    let leased = Leased {
        id: read.id(&id)?,
        kind: read.one_of(&kind, Kind::parse)?,
        subject: row.try_get_by_index(2)?,
        attempt: attempts + 1,
        max_attempts: row.try_get_by_index(4)?,
    };
    let sql = "UPDATE job SET state = 'running', attempts = ?, leased_until = ?, updated_at = ? WHERE id = ?";
    let values = [leased.attempt.into(), until.as_micros().into(), now.as_micros().into(), id.clone().into()];
    db.execute_raw(dialect::statement(db, sql, values)).await?;
    Ok(Some(leased))
}

/// Whether a job is due, without taking it.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_due(db: &impl Db, now: Instant) -> Result<bool> {
    let sql = "SELECT 1 FROM job WHERE (state = 'waiting' AND run_at <= ?) \
               OR (state = 'running' AND leased_until < ?) LIMIT 1";
    let values = [now.as_micros().into(), now.as_micros().into()];
    Ok(db.query_one_raw(dialect::statement(db, sql, values)).await?.is_some())
}

/// Keeps the lease. False when somebody else holds the job by now.
///
/// # Errors
/// When the database refuses.
pub async fn renew(db: &impl Db, job: &Leased, until: Instant) -> Result<bool> {
    let sql = "UPDATE job SET leased_until = ? WHERE id = ? AND attempts = ? AND state = 'running'";
    let values = [until.as_micros().into(), job.id.as_str().into(), job.attempt.into()];
    Ok(db.execute_raw(dialect::statement(db, sql, values)).await?.rows_affected() > 0)
}

/// Removes a job that is done. False when somebody else holds it by now: then its work must not be kept.
///
/// # Errors
/// When the database refuses.
pub async fn finish(db: &impl Db, job: &Leased) -> Result<bool> {
    let sql = "DELETE FROM job WHERE id = ? AND attempts = ? AND state = 'running'";
    let values = [job.id.as_str().into(), job.attempt.into()];
    Ok(db.execute_raw(dialect::statement(db, sql, values)).await?.rows_affected() > 0)
}

/// Puts a job that failed back, to be tried at `run_at`; for good when it has no attempt left.
///
/// # Errors
/// When the database refuses.
pub async fn fail(db: &impl Db, job: &Leased, error: &str, run_at: Instant) -> Result<bool> {
    let is_last = job.attempt >= job.max_attempts;
    let state = if is_last { "failed" } else { "waiting" };
    let sql = "UPDATE job SET state = ?, error = ?, run_at = ?, leased_until = NULL, \
               dedupe_key = CASE WHEN ? = 'failed' THEN NULL ELSE dedupe_key END \
               WHERE id = ? AND attempts = ? AND state = 'running'";
    let values = [
        state.into(),
        error.into(),
        run_at.as_micros().into(),
        state.into(),
        job.id.as_str().into(),
        job.attempt.into(),
    ];
    db.execute_raw(dialect::statement(db, sql, values)).await?;
    Ok(is_last)
}

/// Gives back what a process that is gone still held: right only for who is alone on the database.
///
/// # Errors
/// When the database refuses.
pub async fn release_all(db: &impl Db) -> Result<u64> {
    let sql = "UPDATE job SET state = 'waiting', leased_until = NULL WHERE state = 'running'";
    Ok(db.execute_raw(dialect::statement(db, sql, [])).await?.rows_affected())
}

/// Jobs that wait or run, and those given up, for the metrics.
///
/// # Errors
/// When the database cannot be read.
pub async fn count(db: &impl Db) -> Result<(i64, i64)> {
    let sql = "SELECT COUNT(CASE WHEN state <> 'failed' THEN 1 END), COUNT(CASE WHEN state = 'failed' THEN 1 END) \
               FROM job";
    let row = db.query_one_raw(dialect::statement(db, sql, [])).await?;
    let Some(row) = row else { return Ok((0, 0)) };
    Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))
}
