//! One checksum over all rows. The same content has the same, whatever pages it lies on and whichever engine holds it.
//!
//! What the engine calls its tables and columns goes in as well, so that two schemas never agree by accident. The log
//! of migrations stays out: when a step was applied is no content.

use futures::TryStreamExt as _;
use sea_orm::{DatabaseTransaction, QueryResult, StreamTrait as _};
use sha2::{Digest as _, Sha256};

use crate::{Result, dialect};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    pub row_count: u64,
    /// In hex.
    pub sha256: String,
}

/// A table as the engine describes it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Table {
    pub name: String,
    /// By name.
    pub columns: Vec<Column>,
    /// Names of the columns of the primary key, in its order.
    pub key: Vec<String>,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Column {
    pub name: String,
    pub holds: Holds,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    Text,
    Integer,
    BigInteger,
    Boolean,
    Double,
    Bytes,
}

/// Rows between two calls of `passed`.
const STEP: u64 = 10_000;

/// Reads every row of `snapshot`; `passed` hears how many those are so far.
///
/// # Errors
/// When the database cannot be read.
pub async fn checksum(snapshot: &DatabaseTransaction, mut passed: impl FnMut(u64)) -> Result<Content> {
    let mut hash = Sha256::new();
    let mut row_count = 0;
    for table in dialect::tables(snapshot).await? {
        add_text(&mut hash, &table.name);
        for column in &table.columns {
            add_text(&mut hash, &column.name);
        }
        let mut rows = snapshot.stream_raw(dialect::every_row(snapshot, &table)).await?;
        while let Some(row) = rows.try_next().await? {
            for (place, column) in table.columns.iter().enumerate() {
                add_value(&mut hash, &row, place, column.holds)?;
            }
            row_count += 1;
            if row_count % STEP == 0 {
                passed(row_count);
            }
        }
    }
    Ok(Content { row_count, sha256: hex::encode(hash.finalize()) })
}

/// A mark for "nothing" or "something", then the value with its length where that varies: no two rows give the same
/// bytes.
fn add_value(hash: &mut Sha256, row: &QueryResult, place: usize, holds: Holds) -> Result<()> {
    match holds {
        Holds::Text => add(hash, row.try_get_by_index::<Option<String>>(place)?, |hash, text| {
            add_text(hash, &text);
        }),
        Holds::Bytes => add(hash, row.try_get_by_index::<Option<Vec<u8>>>(place)?, |hash, bytes| {
            add_bytes(hash, &bytes);
        }),
        Holds::Integer => add(hash, row.try_get_by_index::<Option<i32>>(place)?, |hash, number| {
            hash.update(i64::from(number).to_le_bytes());
        }),
        Holds::BigInteger => add(hash, row.try_get_by_index::<Option<i64>>(place)?, |hash, number| {
            hash.update(number.to_le_bytes());
        }),
        Holds::Boolean => add(hash, row.try_get_by_index::<Option<bool>>(place)?, |hash, is_true| {
            hash.update([u8::from(is_true)]);
        }),
        Holds::Double => add(hash, row.try_get_by_index::<Option<f64>>(place)?, |hash, number| {
            hash.update(number.to_bits().to_le_bytes());
        }),
    }
    Ok(())
}

fn add<T>(hash: &mut Sha256, value: Option<T>, add_some: impl FnOnce(&mut Sha256, T)) {
    hash.update([u8::from(value.is_some())]);
    if let Some(value) = value {
        add_some(hash, value);
    }
}

fn add_text(hash: &mut Sha256, text: &str) {
    add_bytes(hash, text.as_bytes());
}

fn add_bytes(hash: &mut Sha256, bytes: &[u8]) {
    hash.update((bytes.len() as u64).to_le_bytes());
    hash.update(bytes);
}
