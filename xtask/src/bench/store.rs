//! The store alone: its own bench prints the rows, here they are read.

use anyhow::{Context as _, Result};

use super::rows::Row;
use crate::postgres::Postgres;
use crate::shell;

pub fn measure() -> Result<Vec<Row>> {
    let postgres = Postgres::start()?;
    let mut bench = shell::cargo(&["bench", "--workspace", "--bench", "events"]);
    let printed = shell::output(bench.env("FUPAN_TEST_POSTGRES", postgres.url()))?;
    printed.lines().filter(|line| line.contains('\t')).map(row).collect()
}

fn row(line: &str) -> Result<Row> {
    let mut parts = line.splitn(3, '\t');
    let mut next = || parts.next().with_context(|| format!("the bench of the store printed {line:?}"));
    Ok(Row::new(next()?, next()?, next()?))
}
