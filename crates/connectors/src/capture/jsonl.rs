//! One JSON object a line. Numbers and booleans are taken as their text, nested values as their JSON.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Cursor, Read};

use arrow::array::StringViewBuilder;
use serde_json::{Map, Value};

use super::batch::{Batch, Batches, Column, Keep};
use super::bundle::Content;
use super::error::Error;
use super::limits;

const BATCH_ROWS: usize = 4096;

pub fn open(file: &str, content: Content, keep: Keep, from: u64) -> Result<Batches, Error> {
    let input: Box<dyn BufRead + Send> = match content {
        Content::File(file) => Box::new(BufReader::with_capacity(1 << 16, file)),
        Content::Memory(bytes) => Box::new(Cursor::new(bytes)),
    };
    let mut lines = Lines { file: file.to_owned(), input, keep, next_row: 0, done: false, line: Vec::new() };
    while lines.next_row < from && lines.object()?.is_some() {}
    Ok(Box::new(lines))
}

struct Lines {
    file: String,
    input: Box<dyn BufRead + Send>,
    keep: Keep,
    next_row: u64,
    done: bool,
    line: Vec<u8>,
}

impl Lines {
    /// The next line that is not empty, as an object; a line that is no object gives an empty one, whose missing
    /// time is then counted like any other row that cannot be read.
    fn object(&mut self) -> Result<Option<Map<String, Value>>, Error> {
        loop {
            self.line.clear();
            let limit = limits::LINE_BYTES as u64;
            let mut bounded = (&mut self.input).take(limit + 1);
            let read = bounded
                .read_until(b'\n', &mut self.line)
                .map_err(|error| Error::damaged(&self.file, error))?;
            if read == 0 {
                return Ok(None);
            }
            if read as u64 > limit {
                return Err(Error::TooBig { file: self.file.clone(), what: "bytes in one line", limit });
            }
            let line = self.line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.line).trim_ascii();
            if line.is_empty() {
                continue;
            }
            self.next_row += 1;
            if self.next_row > limits::ROWS {
                return Err(Error::TooBig { file: self.file.clone(), what: "rows", limit: limits::ROWS });
            }
            let object = serde_json::from_slice(line).or_else(|_| {
                let lossy = String::from_utf8_lossy(line);
                serde_json::from_str(&lossy)
            });
            return Ok(Some(object.unwrap_or_default()));
        }
    }

    fn batch(&mut self) -> Result<Option<Batch>, Error> {
        let first_row = self.next_row;
        let mut columns = Columns::default();
        let mut row_count = 0;
        while row_count < BATCH_ROWS {
            let Some(object) = self.object()? else { break };
            for (name, value) in &object {
                if self.keep.wants(name) {
                    columns.push(name, row_count, value);
                }
            }
            row_count += 1;
            if columns.builders.len() > limits::COLUMNS {
                let limit = limits::COLUMNS as u64;
                return Err(Error::TooBig { file: self.file.clone(), what: "columns", limit });
            }
        }
        if row_count == 0 {
            return Ok(None);
        }
        Ok(Some(Batch { first_row, row_count, columns: columns.finish(row_count) }))
    }
}

impl Iterator for Lines {
    type Item = Result<Batch, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let batch = self.batch().transpose();
        self.done = !matches!(&batch, Some(Ok(_)));
        batch
    }
}

/// Columns as they appear; a row that lacks one has a null there.
#[derive(Default)]
struct Columns {
    places: HashMap<String, usize>,
    builders: Vec<(String, StringViewBuilder, usize)>,
}

impl Columns {
    fn push(&mut self, name: &str, row: usize, value: &Value) {
        let place = match self.places.get(name) {
            Some(&place) => place,
            None => {
                let place = self.builders.len();
                self.places.insert(name.to_owned(), place);
                self.builders.push((name.to_owned(), StringViewBuilder::new(), 0));
                place
            }
        };
        let (_, builder, filled) = &mut self.builders[place];
        pad(builder, filled, row);
        match value {
            Value::Null => builder.append_null(),
            Value::String(text) => builder.append_value(text),
            other => builder.append_value(other.to_string()),
        }
        *filled = row + 1;
    }

    fn finish(self, row_count: usize) -> Vec<(String, Column)> {
        let finished = self.builders.into_iter().map(|(name, mut builder, mut filled)| {
            pad(&mut builder, &mut filled, row_count);
            (name, Column::Text(builder.finish()))
        });
        finished.collect()
    }
}

fn pad(builder: &mut StringViewBuilder, filled: &mut usize, row: usize) {
    while *filled < row {
        builder.append_null();
        *filled += 1;
    }
}
