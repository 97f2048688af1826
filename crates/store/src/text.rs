//! Values in columns: closed sets by their name, structures as JSON, instants as microseconds.

use std::str::FromStr;

use futures::future::join;
use model::Instant;
use sea_orm::Statement;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Db, Error, Result, dialect};

/// Reads what this crate wrote itself; names the row when it cannot.
pub(crate) struct Row<'a> {
    pub noun: &'static str,
    pub id: &'a str,
}

impl Row<'_> {
    pub fn wrong(&self, what: impl ToString) -> Error {
        Error::unreadable(self.noun, self.id, what)
    }

    pub fn id<T: FromStr<Err = model::id::Invalid>>(&self, text: &str) -> Result<T> {
        text.parse().map_err(|wrong| self.wrong(wrong))
    }

    pub fn one_of<T>(&self, text: &str, parse: fn(&str) -> Option<T>) -> Result<T> {
        parse(text).ok_or_else(|| self.wrong(format!("unknown value {text:?}")))
    }

    pub fn instant(&self, micros: i64) -> Result<Instant> {
        Instant::from_micros(micros).map_err(|wrong| self.wrong(wrong))
    }

    pub fn maybe_instant(&self, micros: Option<i64>) -> Result<Option<Instant>> {
        micros.map(|micros| self.instant(micros)).transpose()
    }

    pub fn json<T: DeserializeOwned>(&self, text: &str) -> Result<T> {
        serde_json::from_str(text).map_err(|wrong| self.wrong(wrong))
    }
}

pub(crate) fn json<T: Serialize + ?Sized>(noun: &'static str, value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|wrong| Error::unreadable(noun, "", wrong))
}

/// Rows of one statement. SQLite keeps a copy of each page that a statement touches until it ends, so that more rows cost
/// more than the statements they save.
const MOST_ROWS: usize = 125;

/// Inserts rows, many in a statement. While the engine works on one statement the values of the next are made.
pub(crate) async fn insert_rows<const N: usize>(
    db: &impl Db,
    table: &str,
    columns: &str,
    mut rows: impl ExactSizeIterator<Item = Result<[sea_orm::Value; N]>> + Send,
) -> Result<()> {
    // Statements of few different sizes, so that the prepared ones are found again.
    let most_rows = (dialect::most_values(db) / N).min(MOST_ROWS);
    let mut next = move || -> Result<Option<Statement>> {
        if rows.len() == 0 {
            return Ok(None);
        }
        let row_count = if rows.len() >= most_rows { most_rows } else { 1 << rows.len().ilog2() };
        let mut values = Vec::with_capacity(row_count * N);
        for row in rows.by_ref().take(row_count) {
            values.extend(row?);
        }
        let sql = insert_statement::<N>(table, columns, row_count);
        Ok(Some(dialect::statement(db, &sql, values)))
    };
    let mut ready = next()?;
    while let Some(statement) = ready.take() {
        let (inserted, prepared) = join(db.execute_raw(statement), async { next() }).await;
        inserted?;
        ready = prepared?;
    }
    Ok(())
}

fn insert_statement<const N: usize>(table: &str, columns: &str, row_count: usize) -> String {
    let row = format!("({})", ["?"; N].join(", "));
    let rows = vec![row; row_count].join(", ");
    format!("INSERT INTO {table} ({columns}) VALUES {rows}")
}
