//! Objects that may belong to no capture: written down before they are put, and again when their capture goes. So every
//! object on disk is named by a capture or is here, whenever the process was killed.

use std::collections::BTreeSet;

use crate::{Db, Result, dialect};

/// Rows of one statement.
const AT_ONCE: usize = 500;

/// Those that are there already stay.
///
/// # Errors
/// When the database refuses.
pub async fn insert(db: &impl Db, sha256s: &BTreeSet<String>) -> Result<()> {
    for some in chunks(sha256s) {
        let rows = vec!["(?)"; some.len()].join(", ");
        let sql = format!("INSERT INTO loose_object (sha256) VALUES {rows} ON CONFLICT (sha256) DO NOTHING");
        db.execute_raw(dialect::statement(db, &sql, some)).await?;
    }
    Ok(())
}

/// # Errors
/// When the database cannot be read.
pub async fn list(db: &impl Db, limit: i64) -> Result<BTreeSet<String>> {
    let sql = "SELECT sha256 FROM loose_object ORDER BY sha256 LIMIT ?";
    let rows = db.query_all_raw(dialect::statement(db, sql, [limit.into()])).await?;
    rows.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect()
}

/// # Errors
/// When the database refuses.
pub async fn delete(db: &impl Db, sha256s: &BTreeSet<String>) -> Result<()> {
    for some in chunks(sha256s) {
        let marks = vec!["?"; some.len()].join(", ");
        let sql = format!("DELETE FROM loose_object WHERE sha256 IN ({marks})");
        db.execute_raw(dialect::statement(db, &sql, some)).await?;
    }
    Ok(())
}

fn chunks(sha256s: &BTreeSet<String>) -> Vec<Vec<sea_orm::Value>> {
    let values: Vec<sea_orm::Value> = sha256s.iter().map(|sha256| sha256.as_str().into()).collect();
    values.chunks(AT_ONCE).map(<[_]>::to_vec).collect()
}
