//! The log of changes: what every node reads to keep its caches true and its browsers up to date.

use model::Instant;
use model::id::IncidentId;

use crate::text::{Row, insert_rows};
use crate::{Db, Result, dialect, head};

/// What kind of thing changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Noun {
    Incident,
    Event,
    Capture,
    Analysis,
    Person,
    Token,
}

impl Noun {
    pub const ALL: [Self; 6] =
        [Self::Incident, Self::Event, Self::Capture, Self::Analysis, Self::Person, Self::Token];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Incident => "incident",
            Self::Event => "event",
            Self::Capture => "capture",
            Self::Analysis => "analysis",
            Self::Person => "person",
            Self::Token => "token",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|noun| noun.as_str() == text)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum What {
    Created,
    Updated,
    Deleted,
}

impl What {
    pub const ALL: [Self; 3] = [Self::Created, Self::Updated, Self::Deleted];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Deleted => "deleted",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.as_str() == text)
    }
}

/// A change before it has its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub at: Instant,
    pub noun: Noun,
    pub id: String,
    /// Who may see the change is who may see this incident; when `None`, the noun decides.
    pub incident: Option<IncidentId>,
    pub what: What,
    pub version: i64,
    pub by_id: String,
    pub by_name: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub seq: i64,
    pub at: Instant,
    pub noun: Noun,
    pub id: String,
    pub incident: Option<IncidentId>,
    pub what: What,
    pub version: i64,
    pub by_id: String,
    pub by_name: String,
}

impl Change {
    pub(crate) fn numbered(seq: i64, draft: Draft) -> Self {
        let Draft { at, noun, id, incident, what, version, by_id, by_name } = draft;
        Self { seq, at, noun, id, incident, what, version, by_id, by_name }
    }
}

const COLUMNS: &str = "seq, at, noun, id, incident_id, what, version, by_id, by_name";
const COLUMN_COUNT: usize = 9;

pub(crate) async fn insert(db: &impl Db, changes: &[Change]) -> Result<()> {
    let rows = changes.iter().map(|change| {
        [
            change.seq.into(),
            change.at.as_micros().into(),
            change.noun.as_str().into(),
            change.id.clone().into(),
            change.incident.as_ref().map(ToString::to_string).into(),
            change.what.as_str().into(),
            change.version.into(),
            change.by_id.clone().into(),
            change.by_name.clone().into(),
        ]
    });
    insert_rows::<COLUMN_COUNT>(db, "change", COLUMNS, rows.map(Ok)).await
}

/// The number of the last change.
///
/// # Errors
/// When the database cannot be read.
pub async fn last(db: &impl Db) -> Result<i64> {
    head::change_seq(db).await
}

/// Changes after `seq`, oldest first, at most `limit`.
///
/// # Errors
/// When the database cannot be read.
pub async fn list_after(db: &impl Db, seq: i64, limit: i64) -> Result<Vec<Change>> {
    let sql = format!("SELECT {COLUMNS} FROM change WHERE seq > ? ORDER BY seq LIMIT ?");
    let rows = db.query_all_raw(dialect::statement(db, &sql, [seq.into(), limit.into()])).await?;
    rows.iter().map(from_row).collect()
}

fn from_row(row: &sea_orm::QueryResult) -> Result<Change> {
    let id: String = row.try_get_by_index(3)?;
    let read = Row { noun: "change", id: &id };
    let (noun, what): (String, String) = (row.try_get_by_index(2)?, row.try_get_by_index(5)?);
    let incident: Option<String> = row.try_get_by_index(4)?;
    Ok(Change {
        seq: row.try_get_by_index(0)?,
        at: read.instant(row.try_get_by_index(1)?)?,
        noun: read.one_of(&noun, Noun::parse)?,
        incident: incident.as_deref().map(|incident| read.id(incident)).transpose()?,
        what: read.one_of(&what, What::parse)?,
        version: row.try_get_by_index(6)?,
        by_id: row.try_get_by_index(7)?,
        by_name: row.try_get_by_index(8)?,
        id,
    })
}

/// The oldest change that is still known; 0 when none is.
///
/// # Errors
/// When the database cannot be read.
pub async fn first(db: &impl Db) -> Result<i64> {
    let sql = "SELECT seq FROM change ORDER BY seq LIMIT 1";
    let row = db.query_one_raw(dialect::statement(db, sql, [])).await?;
    Ok(row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(0))
}

/// Forgets changes that nobody will ask for again.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(db: &impl Db, before: Instant, most: i64) -> Result<u64> {
    let sql = "DELETE FROM change WHERE seq IN (SELECT seq FROM change WHERE at < ? ORDER BY seq LIMIT ?)";
    let values = [before.as_micros().into(), most.into()];
    Ok(db.execute_raw(dialect::statement(db, sql, values)).await?.rows_affected())
}
