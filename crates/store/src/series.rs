//! The series of an incident, as analysis saw them: what each is about, and its points.
//!
//! Points are 16 bytes each, time in microseconds and value, little endian: curves are drawn without reading the
//! capture again.

use model::id::{IncidentId, SeriesId};

use crate::text::{Row, insert_rows};
use crate::{Db, Result, dialect};

#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    pub id: SeriesId,
    /// JSON, as the app wrote it.
    pub about: String,
    pub points: Vec<(i64, f64)>,
}

/// Puts these series in the place of the incident's earlier ones.
///
/// # Errors
/// When the database refuses.
pub async fn replace(db: &impl Db, incident: &IncidentId, series: &[Stored]) -> Result<()> {
    let sql = "DELETE FROM series WHERE incident_id = ?";
    db.execute_raw(dialect::statement(db, sql, [incident.as_str().into()])).await?;
    for (part, some) in series.chunks(64).enumerate() {
        let rows = some.iter().enumerate().map(|(position, one)| {
            [
                incident.as_str().into(),
                ((part * 64 + position) as i32).into(),
                one.id.as_str().into(),
                one.about.clone().into(),
                pack(&one.points).into(),
            ]
        });
        insert_rows::<5>(db, "series", "incident_id, position, id, about, points", rows.map(Ok)).await?;
    }
    Ok(())
}

/// What the series are about, without their points, in the order of analysis.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(db: &impl Db, incident: &IncidentId) -> Result<Vec<Stored>> {
    let sql = "SELECT id, about FROM series WHERE incident_id = ? ORDER BY position";
    let rows = db.query_all_raw(dialect::statement(db, sql, [incident.as_str().into()])).await?;
    let read = Row { noun: "series of", id: incident.as_str() };
    rows.iter()
        .map(|row| {
            let id: String = row.try_get_by_index(0)?;
            Ok(Stored { id: read.id(&id)?, about: row.try_get_by_index(1)?, points: Vec::new() })
        })
        .collect()
}

/// One series with its points, if the incident has it.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(db: &impl Db, incident: &IncidentId, id: &SeriesId) -> Result<Option<Stored>> {
    let sql = "SELECT about, points FROM series WHERE incident_id = ? AND id = ?";
    let values = [incident.as_str().into(), id.as_str().into()];
    let Some(row) = db.query_one_raw(dialect::statement(db, sql, values)).await? else { return Ok(None) };
    let points: Vec<u8> = row.try_get_by_index(1)?;
    Ok(Some(Stored { id: id.clone(), about: row.try_get_by_index(0)?, points: unpack(&points) }))
}

fn pack(points: &[(i64, f64)]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(points.len() * 16);
    for (time, value) in points {
        bytes.extend_from_slice(&time.to_le_bytes());
        bytes.extend_from_slice(&value.to_le_bytes());
    }
    bytes
}

fn unpack(bytes: &[u8]) -> Vec<(i64, f64)> {
    let (points, _) = bytes.as_chunks::<16>();
    points
        .iter()
        .map(|point| {
            let (time, value) = point.split_at(8);
            let mut eight = [0_u8; 8];
            eight.copy_from_slice(time);
            let time = i64::from_le_bytes(eight);
            eight.copy_from_slice(value);
            (time, f64::from_le_bytes(eight))
        })
        .collect()
}
