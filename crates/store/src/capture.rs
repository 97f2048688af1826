//! Captures: which files they are made of. The files lie on object storage under the hash of their content.

use std::collections::{BTreeMap, BTreeSet};

use model::id::{CaptureId, IncidentId};
use model::{Instant, Span};
use sea_orm::QueryResult;
use serde::{Deserialize, Serialize};

use crate::text::{Row, json};
use crate::{Db, Error, Result, dialect, loose_object};

/// The manifest of a capture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    pub id: CaptureId,
    pub incident: IncidentId,
    /// Of the names and hashes of all files.
    pub sha256: String,
    pub size_bytes: i64,
    pub collected_at: Instant,
    pub window: Option<Span>,
    /// By name.
    pub files: Vec<File>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    pub name: String,
    pub size_bytes: i64,
    pub sha256: String,
    /// `None` when it is not a table.
    pub rows: Option<i64>,
    /// Where it came from.
    pub source: String,
}

const COLUMNS: &str = "id, incident_id, sha256, size_bytes, collected_at, window_start, window_end, files";

impl Manifest {
    /// Under which its files lie on object storage.
    pub fn objects(&self) -> BTreeSet<String> {
        self.files.iter().map(|file| file.sha256.clone()).collect()
    }
}

/// Stores the capture; its objects are no longer loose.
///
/// # Errors
/// When the database refuses.
pub async fn insert(db: &impl Db, manifest: &Manifest) -> Result<()> {
    let sql = format!("INSERT INTO capture ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    let values = [
        manifest.id.as_str().into(),
        manifest.incident.as_str().into(),
        manifest.sha256.clone().into(),
        manifest.size_bytes.into(),
        manifest.collected_at.as_micros().into(),
        manifest.window.map(|window| window.start.as_micros()).into(),
        manifest.window.map(|window| window.end.as_micros()).into(),
        json("capture", &manifest.files)?.into(),
    ];
    db.execute_raw(dialect::statement(db, &sql, values)).await?;
    loose_object::delete(db, &manifest.objects()).await
}

/// # Errors
/// [`Error::Missing`] when there is none.
pub async fn get(db: &impl Db, id: &CaptureId) -> Result<Manifest> {
    let sql = format!("SELECT {COLUMNS} FROM capture WHERE id = ?");
    let row = db.query_one_raw(dialect::statement(db, &sql, [id.as_str().into()])).await?;
    from_row(&row.ok_or_else(|| Error::missing("capture", id))?)
}

/// Captures of several incidents at once.
///
/// # Errors
/// When the database cannot be read.
pub async fn list_of_all(db: &impl Db, incidents: &[IncidentId]) -> Result<BTreeMap<CaptureId, Manifest>> {
    if incidents.is_empty() {
        return Ok(BTreeMap::new());
    }
    let marks = vec!["?"; incidents.len()].join(", ");
    let sql = format!("SELECT {COLUMNS} FROM capture WHERE incident_id IN ({marks})");
    let values = incidents.iter().map(|id| id.as_str().into());
    let rows = db.query_all_raw(dialect::statement(db, &sql, values)).await?;
    rows.iter()
        .map(|row| {
            let manifest = from_row(row)?;
            Ok((manifest.id.clone(), manifest))
        })
        .collect()
}

fn from_row(row: &QueryResult) -> Result<Manifest> {
    let id: String = row.try_get_by_index(0)?;
    let read = Row { noun: "capture", id: &id };
    let (incident, files): (String, String) = (row.try_get_by_index(1)?, row.try_get_by_index(7)?);
    let (start, end): (Option<i64>, Option<i64>) = (row.try_get_by_index(5)?, row.try_get_by_index(6)?);
    let window = match (read.maybe_instant(start)?, read.maybe_instant(end)?) {
        (Some(start), Some(end)) => Some(Span::new(start, end).map_err(|wrong| read.wrong(wrong))?),
        _ => None,
    };
    Ok(Manifest {
        id: read.id(&id)?,
        incident: read.id(&incident)?,
        sha256: row.try_get_by_index(2)?,
        size_bytes: row.try_get_by_index(3)?,
        collected_at: read.instant(row.try_get_by_index(4)?)?,
        window,
        files: read.json(&files)?,
    })
}

/// All captures.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(db: &impl Db) -> Result<Vec<Manifest>> {
    let sql = format!("SELECT {COLUMNS} FROM capture ORDER BY id");
    let rows = db.query_all_raw(dialect::statement(db, &sql, [])).await?;
    rows.iter().map(from_row).collect()
}

/// Objects that captures name.
///
/// # Errors
/// When the database cannot be read.
pub async fn list_objects(db: &impl Db) -> Result<BTreeSet<String>> {
    Ok(list(db).await?.iter().flat_map(Manifest::objects).collect())
}
