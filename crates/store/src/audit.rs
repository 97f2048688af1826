//! The audit chain: what was done by whom, each entry sealed with the hash of all before it.

use model::Instant;
use model::id::IncidentId;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::text::Row;
use crate::{Db, Result, dialect};

/// One thing done. Never carries secrets or request bodies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub at: Instant,
    pub actor_id: String,
    pub actor_name: String,
    /// The session or token it came through.
    pub via: Option<String>,
    /// Verb phrase of the use case, such as `create_incident`.
    pub action: &'static str,
    /// Id of what it was done to.
    pub target: String,
    pub incident: Option<IncidentId>,
    pub request_id: Option<String>,
    /// What a reader of the audit needs beside the action, such as the new role.
    pub detail: Option<String>,
}

/// An entry in its place in the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    pub seq: i64,
    pub at: i64,
    pub actor_id: String,
    pub actor_name: String,
    pub via: Option<String>,
    pub action: String,
    pub target: String,
    pub incident_id: Option<String>,
    pub request_id: Option<String>,
    pub detail: Option<String>,
    /// SHA-256 of the hash before and of this entry in its canonical form, in hex.
    #[serde(skip)]
    pub hash: String,
}

impl Link {
    /// The same entry always gives the same bytes: fields in the order of the struct, no spaces.
    fn seal(&self, before: &str) -> String {
        let mut hash = Sha256::new();
        hash.update(before.as_bytes());
        let canonical = serde_json::to_vec(self).expect("a struct of texts and numbers is always JSON");
        hash.update(canonical);
        hex::encode(hash.finalize())
    }
}

pub(crate) fn link(seq: i64, before: &str, entry: Entry) -> Link {
    let mut link = Link {
        seq,
        at: entry.at.as_micros(),
        actor_id: entry.actor_id,
        actor_name: entry.actor_name,
        via: entry.via,
        action: entry.action.to_owned(),
        target: entry.target,
        incident_id: entry.incident.map(String::from),
        request_id: entry.request_id,
        detail: entry.detail,
        hash: String::new(),
    };
    link.hash = link.seal(before);
    link
}

const COLUMNS: &str =
    "seq, at, actor_id, actor_name, via, action, target, incident_id, request_id, detail, hash";
const COLUMN_COUNT: usize = 11;

pub(crate) async fn insert(db: &impl Db, links: &[Link]) -> Result<()> {
    let rows = links.iter().map(|link| {
        [
            link.seq.into(),
            link.at.into(),
            link.actor_id.clone().into(),
            link.actor_name.clone().into(),
            link.via.clone().into(),
            link.action.clone().into(),
            link.target.clone().into(),
            link.incident_id.clone().into(),
            link.request_id.clone().into(),
            link.detail.clone().into(),
            link.hash.clone().into(),
        ]
    });
    crate::text::insert_rows::<COLUMN_COUNT>(db, "audit", COLUMNS, rows.map(Ok)).await
}

/// Latest first, before `before` when given.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(db: &impl Db, before: Option<i64>, limit: u64) -> Result<Vec<Link>> {
    let sql = format!("SELECT {COLUMNS} FROM audit WHERE seq < ? ORDER BY seq DESC LIMIT ?");
    let values = [before.unwrap_or(i64::MAX).into(), (limit as i64).into()];
    read(db, &sql, values).await
}

async fn read(db: &impl Db, sql: &str, values: [sea_orm::Value; 2]) -> Result<Vec<Link>> {
    let rows = db.query_all_raw(dialect::statement(db, sql, values)).await?;
    rows.iter()
        .map(|row| {
            Ok(Link {
                seq: row.try_get_by_index(0)?,
                at: row.try_get_by_index(1)?,
                actor_id: row.try_get_by_index(2)?,
                actor_name: row.try_get_by_index(3)?,
                via: row.try_get_by_index(4)?,
                action: row.try_get_by_index(5)?,
                target: row.try_get_by_index(6)?,
                incident_id: row.try_get_by_index(7)?,
                request_id: row.try_get_by_index(8)?,
                detail: row.try_get_by_index(9)?,
                hash: row.try_get_by_index(10)?,
            })
        })
        .collect()
}

/// Walks the whole chain. The number of its entries when it holds.
///
/// # Errors
/// [`crate::Error::Unreadable`] names the first entry that was changed, removed or moved.
pub async fn verify(db: &impl Db) -> Result<i64> {
    let mut before = String::new();
    let mut last = 0_i64;
    loop {
        let sql = format!("SELECT {COLUMNS} FROM audit WHERE seq > ? ORDER BY seq LIMIT ?");
        let page = read(db, &sql, [last.into(), 1000_i64.into()]).await?;
        if page.is_empty() {
            break;
        }
        for link in page {
            let place = link.seq.to_string();
            let row = Row { noun: "audit entry", id: &place };
            if link.seq != last + 1 {
                return Err(row.wrong(format!("entry {} is missing before it", last + 1)));
            }
            if link.seal(&before) != link.hash {
                return Err(row.wrong("it does not match its seal: it was changed after it was written"));
            }
            last = link.seq;
            before = link.hash;
        }
    }
    let sql = "SELECT audit_seq, audit_hash FROM head WHERE id = 1";
    let head = db.query_one_raw(dialect::statement(db, sql, [])).await?;
    let head = head.ok_or_else(|| crate::Error::missing("head", 1))?;
    let (seq, hash): (i64, String) = (head.try_get_by_index(0)?, head.try_get_by_index(1)?);
    if seq == last && hash == before {
        return Ok(last);
    }
    let place = last.to_string();
    Err(Row { noun: "audit entry", id: &place }.wrong("entries after it are missing"))
}
