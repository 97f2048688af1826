//! One write transaction, shared by the writes that arrived together.
//!
//! What every write leaves behind (audit entry, change, idempotent answer) is collected in memory and written once
//! for all of them just before the commit.

use std::ops::Deref;

use sea_orm::{ConnectionTrait as _, DatabaseConnection, DatabaseTransaction, TransactionTrait as _};

use crate::audit::{self, Entry};
use crate::change::{self, Change, Draft};
use crate::head::{self, Head};
use crate::idempotency::{self, Answer};
use crate::{Error, Result, dialect};

pub struct Unit {
    tx: DatabaseTransaction,
    head: Head,
    trace: Trace,
    saved: Head,
    /// Rows of events that it adds.
    event_count: usize,
    /// Whether it holds a write that must not be undone with another.
    has_kept: bool,
}

/// With so many rows a unit is large: then the engine is told what it would find out too late, or do too early.
const LARGE: usize = 10_000;

/// What will be written before the commit.
#[derive(Default)]
struct Trace {
    audit: Vec<audit::Link>,
    changes: Vec<Change>,
    answers: Vec<Answer>,
}

/// Where a savepoint began, to go back to.
pub(crate) struct Savepoint {
    head: Head,
    audit: usize,
    changes: usize,
    answers: usize,
}

impl Unit {
    pub(crate) async fn begin(db: &DatabaseConnection) -> Result<Self> {
        let tx = db.begin_with_options(dialect::write_transaction()).await?;
        let head = head::lock(&tx).await?;
        Ok(Self { tx, saved: head.clone(), head, trace: Trace::default(), event_count: 0, has_kept: false })
    }

    pub(crate) async fn commit(self) -> Result<()> {
        let is_large = self.is_large();
        let Self { tx, head, trace, saved, .. } = self;
        if is_large {
            dialect::take_statistics(&tx, "event").await?;
            dialect::put_checkpoint_off(&tx).await?;
        }
        audit::insert(&tx, &trace.audit).await?;
        change::insert(&tx, &trace.changes).await?;
        idempotency::insert(&tx, &trace.answers).await?;
        if head != saved {
            head::save(&tx, &head).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// `None`, and no savepoint, when there is nothing beside the next write: undoing it is undoing everything. SQLite
    /// copies each page that a write touches within a savepoint and looks at all copies after each statement, which for
    /// many events is most of the work.
    pub(crate) async fn set_savepoint(&self) -> Result<Option<Savepoint>> {
        if !self.has_kept {
            return Ok(None);
        }
        self.tx.execute_unprepared("SAVEPOINT work").await?;
        Ok(Some(Savepoint {
            head: self.head.clone(),
            audit: self.trace.audit.len(),
            changes: self.trace.changes.len(),
            answers: self.trace.answers.len(),
        }))
    }

    pub(crate) async fn keep(&mut self, savepoint: Option<Savepoint>) -> Result<()> {
        if savepoint.is_some() {
            self.tx.execute_unprepared("RELEASE SAVEPOINT work").await?;
        }
        self.has_kept = true;
        Ok(())
    }

    /// The unit without what was done since.
    pub(crate) async fn undo(
        mut self,
        savepoint: Option<Savepoint>,
        db: &DatabaseConnection,
    ) -> Result<Self> {
        // Without a transaction or a savepoint to go back to the engine has undone everything, as SQLite does when the
        // disk is full: the writes beside the one that failed may be tried again.
        let Some(savepoint) = savepoint else {
            self.tx.rollback().await.map_err(Error::Busy)?;
            return Self::begin(db).await;
        };
        self.tx.execute_unprepared("ROLLBACK TO SAVEPOINT work").await.map_err(Error::Busy)?;
        self.tx.execute_unprepared("RELEASE SAVEPOINT work").await?;
        self.head = savepoint.head;
        self.trace.audit.truncate(savepoint.audit);
        self.trace.changes.truncate(savepoint.changes);
        self.trace.answers.truncate(savepoint.answers);
        Ok(self)
    }

    /// Appends to the audit chain.
    pub fn audit(&mut self, entry: Entry) {
        self.head.audit_seq += 1;
        let link = audit::link(self.head.audit_seq, &self.head.audit_hash, entry);
        self.head.audit_hash.clone_from(&link.hash);
        self.trace.audit.push(link);
    }

    /// Tells everyone who watches. The number of the change is also a good revision of what changed.
    pub fn change(&mut self, draft: Draft) -> i64 {
        self.head.change_seq += 1;
        let seq = self.head.change_seq;
        self.trace.changes.push(Change::numbered(seq, draft));
        seq
    }

    /// Number that the next change will have.
    pub fn next_change(&self) -> i64 {
        self.head.change_seq + 1
    }

    /// Stores the answer under the caller's key with the rest of the work.
    pub fn remember(&mut self, answer: Answer) {
        self.trace.answers.push(answer);
    }

    /// The answer that was given under this key, by an earlier unit or by this one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn find_answer(&self, principal: &str, key: &str) -> Result<Option<Answer>> {
        let waiting =
            self.trace.answers.iter().find(|answer| answer.principal == principal && answer.key == key);
        match waiting {
            Some(answer) => Ok(Some(answer.clone())),
            None => idempotency::find(&self.tx, principal, key).await,
        }
    }

    pub(crate) fn is_large(&self) -> bool {
        self.event_count >= LARGE
    }

    /// First of `count` numbers for events.
    pub(crate) fn draw_event_seqs(&mut self, count: usize) -> i64 {
        let first = self.head.event_seq + 1;
        self.head.event_seq += count as i64;
        self.event_count += count;
        first
    }

    pub(crate) fn draw_incident_number(&mut self) -> i64 {
        self.head.incident_number += 1;
        self.head.incident_number
    }
}

impl Deref for Unit {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &DatabaseTransaction {
        &self.tx
    }
}
