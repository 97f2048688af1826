//! CSV with a header line.

use std::io::{BufReader, Cursor, Read};

use arrow::array::StringViewBuilder;
use csv::{ReaderBuilder, StringRecord};

use super::batch::{Batch, Batches, Column, Keep};
use super::bundle::Content;
use super::error::Error;
use super::limits;

const BATCH_ROWS: usize = 4096;

pub fn open(file: &str, content: Content, keep: Keep, from: u64) -> Result<Batches, Error> {
    let input: Box<dyn Read + Send> = match content {
        Content::File(file) => Box::new(BufReader::with_capacity(1 << 16, file)),
        Content::Memory(bytes) => Box::new(Cursor::new(bytes)),
    };
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(input);
    let header = reader.byte_headers().map_err(|error| Error::damaged(file, error))?;
    if header.len() > limits::COLUMNS {
        let limit = limits::COLUMNS as u64;
        return Err(Error::TooBig { file: file.to_owned(), what: "columns", limit });
    }
    let name = |bytes: &[u8]| {
        let name = String::from_utf8_lossy(bytes);
        name.trim_start_matches('\u{feff}').trim().to_owned()
    };
    let names: Vec<String> = header.iter().map(name).collect();
    let rows = Rows { file: file.to_owned(), reader, names, keep, next_row: 0, done: false };
    Ok(Box::new(rows.skip_to(from)?))
}

struct Rows {
    file: String,
    reader: csv::Reader<Box<dyn Read + Send>>,
    names: Vec<String>,
    keep: Keep,
    next_row: u64,
    done: bool,
}

impl Rows {
    fn skip_to(mut self, from: u64) -> Result<Self, Error> {
        while self.next_row < from && self.record()?.is_some() {}
        Ok(self)
    }

    /// The next record; bytes that are not UTF-8 become the replacement character.
    fn record(&mut self) -> Result<Option<StringRecord>, Error> {
        let mut record = csv::ByteRecord::new();
        let more =
            self.reader.read_byte_record(&mut record).map_err(|error| Error::damaged(&self.file, error))?;
        if !more {
            return Ok(None);
        }
        self.next_row += 1;
        if record.as_slice().len() > limits::LINE_BYTES {
            let limit = limits::LINE_BYTES as u64;
            return Err(Error::TooBig { file: self.file.clone(), what: "bytes in one record", limit });
        }
        if self.next_row > limits::ROWS {
            return Err(Error::TooBig { file: self.file.clone(), what: "rows", limit: limits::ROWS });
        }
        let record = StringRecord::from_byte_record_lossy(record);
        Ok(Some(record))
    }

    fn batch(&mut self) -> Result<Option<Batch>, Error> {
        let first_row = self.next_row;
        let wanted: Vec<usize> =
            (0..self.names.len()).filter(|&column| self.keep.wants(&self.names[column])).collect();
        let mut builders: Vec<StringViewBuilder> =
            wanted.iter().map(|_| StringViewBuilder::with_capacity(BATCH_ROWS)).collect();
        let mut row_count = 0;
        while row_count < BATCH_ROWS {
            let Some(record) = self.record()? else { break };
            for (&column, builder) in wanted.iter().zip(&mut builders) {
                builder.append_option(record.get(column).filter(|text| !text.is_empty()));
            }
            row_count += 1;
        }
        if row_count == 0 && first_row > 0 {
            return Ok(None);
        }
        let columns = wanted.iter().zip(builders);
        let columns = columns
            .map(|(&column, mut builder)| (self.names[column].clone(), Column::Text(builder.finish())));
        Ok(Some(Batch { first_row, row_count, columns: columns.collect() }))
    }
}

impl Iterator for Rows {
    type Item = Result<Batch, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let batch = self.batch().transpose();
        let last = match &batch {
            Some(Ok(batch)) => batch.row_count < BATCH_ROWS,
            Some(Err(_)) | None => true,
        };
        self.done = last;
        batch
    }
}
