//! Rows that could not be read: counted by reason, with the first of each as a sample.

use std::collections::BTreeMap;

use super::cell::Problem;
use super::error::Error;

struct Tally {
    count: u64,
    first_row: u64,
    found: String,
}

/// The rows of one file that were left out.
pub struct Skipped {
    file: String,
    tallies: BTreeMap<(&'static str, Problem), Tally>,
}

impl Skipped {
    pub fn of(file: &str) -> Self {
        Self { file: file.to_owned(), tallies: BTreeMap::new() }
    }

    pub fn file(&self) -> &str {
        &self.file
    }

    /// Counts a row; `found` is asked for the first of a kind only.
    pub fn add<'a, T: AsRef<str> + 'a>(
        &mut self,
        row: u64,
        (column, problem): (&'static str, Problem),
        found: impl FnOnce() -> Option<T>,
    ) {
        let tally = self.tallies.entry((column, problem)).or_insert_with(|| {
            let found = found().map_or_else(String::new, |text| text.as_ref().chars().take(60).collect());
            Tally { count: 0, first_row: row, found }
        });
        tally.count += 1;
    }

    /// Refuses a table that has rows of which none could be read.
    ///
    /// # Errors
    /// Names the first row and what was found there.
    pub fn refuse_if_nothing_is_left(&self, kept: usize) -> Result<(), Error> {
        let first = self.tallies.iter().min_by_key(|(_, tally)| tally.first_row);
        match first {
            Some((&(column, problem), tally)) if kept == 0 => Err(Error::Rows {
                file: self.file.clone(),
                row: tally.first_row + 1,
                column,
                problem: described(problem, &tally.found),
            }),
            _ => Ok(()),
        }
    }

    /// Adds the counts to the capture's, in words. Rows are counted from 1 for people.
    pub fn report(&self, into: &mut BTreeMap<String, u64>) {
        for (&(column, problem), tally) in &self.tallies {
            let problem = described(problem, &tally.found);
            let row = tally.first_row + 1;
            let reason = format!("{file}: {column} {problem}, first in row {row}", file = self.file);
            *into.entry(reason).or_default() += tally.count;
        }
    }
}

fn described(problem: Problem, found: &str) -> String {
    if found.is_empty() { problem.as_str().to_owned() } else { format!("{found:?} {}", problem.as_str()) }
}
