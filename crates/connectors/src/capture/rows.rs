//! Rows of a table as they are in the file: for a person who wants to see the evidence itself.

use serde_json::Value;

use super::batch::{self, Column, Keep, Table};
use super::bundle::Bundle;
use super::error::Error;

/// Some rows of one table.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    pub columns: Vec<String>,
    /// One value for each column; times as RFC 3339 where the file has timestamps, else as they are.
    pub rows: Vec<Vec<Value>>,
}

/// At most `limit` rows from row `from` on, counted from 0; `None` when the capture has no such table.
///
/// # Errors
/// When the table cannot be read.
pub fn rows(bundle: &Bundle, table: Table, from: u64, limit: usize) -> Result<Option<Rows>, Error> {
    let Some(part) = bundle.table(table) else { return Ok(None) };
    let mut shown = Rows { columns: Vec::new(), rows: Vec::new() };
    for batch in batch::open(bundle, &part, Keep::All, from)? {
        let batch = batch?;
        for (name, _) in &batch.columns {
            if !shown.columns.contains(name) {
                shown.columns.push(name.clone());
            }
        }
        let columns: Vec<&Column> = shown.columns.iter().map(|name| batch.column(name)).collect();
        for row in 0..batch.row_count.min(limit - shown.rows.len()) {
            shown.rows.push(columns.iter().map(|column| value(column, row)).collect());
        }
        if shown.rows.len() == limit {
            break;
        }
    }
    let width = shown.columns.len();
    for row in &mut shown.rows {
        row.resize(width, Value::Null);
    }
    Ok(Some(shown))
}

fn value(column: &Column, row: usize) -> Value {
    if column.is_missing(row) {
        return Value::Null;
    }
    match column {
        Column::Int(numbers) => Value::from(numbers.value(row)),
        Column::Float(numbers) => Value::from(numbers.value(row)),
        Column::Absent | Column::Text(_) | Column::Micros(_) => {
            column.text(row).map_or(Value::Null, |text| Value::from(text.into_owned()))
        }
    }
}
