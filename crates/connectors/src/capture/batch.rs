//! Rows of any format as columns: what every table reader works on.

use std::borrow::Cow;

use arrow::array::{Array, Float64Array, Int64Array, StringViewArray};
use model::instant::Instant;

use super::bundle::{Bundle, Format, Part};
use super::cell::{self, Problem};
use super::error::Error;
use super::{columnar, delimited, jsonl};

/// The tables of a capture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    Metrics,
    Logs,
    Traces,
    Events,
}

impl Table {
    pub const ALL: [Self; 4] = [Self::Metrics, Self::Logs, Self::Traces, Self::Events];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Metrics => "metrics",
            Self::Logs => "logs",
            Self::Traces => "traces",
            Self::Events => "events",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.as_str() == text)
    }
}

/// Which columns of a table are read.
#[derive(Debug, Clone, Copy)]
pub enum Keep {
    Only(&'static [&'static str]),
    All,
}

impl Keep {
    pub fn wants(self, column: &str) -> bool {
        match self {
            Self::Only(columns) => columns.contains(&column),
            Self::All => true,
        }
    }
}

/// One column of a batch in the few forms that readers must know.
#[derive(Debug)]
pub enum Column {
    /// Not in the file: every cell is missing.
    Absent,
    /// Texts; everything in CSV and JSONL, and nested values as JSON.
    Text(StringViewArray),
    Int(Int64Array),
    Float(Float64Array),
    /// Microseconds since the epoch.
    Micros(Int64Array),
}

impl Column {
    pub fn is_missing(&self, row: usize) -> bool {
        match self {
            Self::Absent => true,
            Self::Text(texts) => texts.is_null(row) || texts.value(row).is_empty(),
            Self::Int(numbers) | Self::Micros(numbers) => numbers.is_null(row),
            Self::Float(numbers) => numbers.is_null(row),
        }
    }

    /// The cell as text, or `None` when missing.
    pub fn text(&self, row: usize) -> Option<Cow<'_, str>> {
        if self.is_missing(row) {
            return None;
        }
        match self {
            Self::Absent => None,
            Self::Text(texts) => Some(Cow::Borrowed(texts.value(row))),
            Self::Int(numbers) => Some(Cow::Owned(numbers.value(row).to_string())),
            Self::Float(numbers) => Some(Cow::Owned(numbers.value(row).to_string())),
            Self::Micros(numbers) => {
                let micros = numbers.value(row);
                let shown = Instant::from_micros(micros).map_or(micros.to_string(), |at| at.to_string());
                Some(Cow::Owned(shown))
            }
        }
    }

    pub fn time(&self, row: usize) -> Result<Instant, Problem> {
        if self.is_missing(row) {
            return Err(Problem::Missing);
        }
        match self {
            Self::Absent => Err(Problem::Missing),
            Self::Text(texts) => cell::time(texts.value(row)),
            Self::Int(numbers) => Instant::from_epoch(numbers.value(row)).map_err(|_| Problem::NotATime),
            Self::Float(numbers) => cell::time_of_float(numbers.value(row)),
            Self::Micros(numbers) => Instant::from_micros(numbers.value(row)).map_err(|_| Problem::NotATime),
        }
    }

    /// A finite number.
    pub fn number(&self, row: usize) -> Result<f64, Problem> {
        if self.is_missing(row) {
            return Err(Problem::Missing);
        }
        let number = match self {
            Self::Absent => return Err(Problem::Missing),
            Self::Text(texts) => texts.value(row).trim().parse().map_err(|_| Problem::NotANumber)?,
            Self::Int(numbers) | Self::Micros(numbers) => numbers.value(row) as f64,
            Self::Float(numbers) => numbers.value(row),
        };
        if number.is_finite() { Ok(number) } else { Err(Problem::NotFinite) }
    }
}

/// Some rows of a table, in the order of the file.
#[derive(Debug)]
pub struct Batch {
    /// Place of the first row in the file, from 0.
    pub first_row: u64,
    pub row_count: usize,
    pub columns: Vec<(String, Column)>,
}

impl Batch {
    pub fn column(&self, name: &str) -> &Column {
        let found = self.columns.iter().find(|(known, _)| known == name);
        found.map_or(&Column::Absent, |(_, column)| column)
    }

    pub fn row(&self, position: usize) -> u64 {
        self.first_row + position as u64
    }
}

/// Batches of one table; ends after the first error.
pub type Batches = Box<dyn Iterator<Item = Result<Batch, Error>> + Send>;

/// Opens a table from its row `from` on.
///
/// # Errors
/// When it cannot be opened; damage further in comes with the batch it is in.
pub fn open(bundle: &Bundle, part: &Part, keep: Keep, from: u64) -> Result<Batches, Error> {
    let content = bundle.content(&part.name)?;
    match part.format {
        Format::Parquet => columnar::open(&part.name, content, keep, from),
        Format::Csv => delimited::open(&part.name, content, keep, from),
        Format::Jsonl => jsonl::open(&part.name, content, keep, from),
    }
}

/// Refuses a table that lacks a column it cannot do without. A line of JSONL may leave out what it does not know, so
/// there each row stands for itself.
///
/// # Errors
/// Names what is missing and what is there.
pub fn require(part: &Part, batch: &Batch, needed: &'static [&'static str]) -> Result<(), Error> {
    if part.format == Format::Jsonl {
        return Ok(());
    }
    let has = |column: &&&str| batch.columns.iter().any(|(known, _)| known == **column);
    let Some(column) = needed.iter().find(|column| !has(column)) else { return Ok(()) };
    let found: Vec<&str> = batch.columns.iter().take(30).map(|(known, _)| known.as_str()).collect();
    Err(Error::MissingColumn {
        file: part.name.clone(),
        column,
        needed: needed.join(", "),
        found: found.join(", "),
    })
}
