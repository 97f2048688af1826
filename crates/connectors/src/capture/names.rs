//! Interning the names of one column: most cells repeat a name seen a few rows ago.

use arrow::array::Array;
use model::telemetry::{Symbol, Symbols};

use super::batch::{Batch, Column};
use super::cell::Problem;
use super::error::Error;
use super::limits;

const SLOTS: usize = 64;

/// Refuses names that together take more than a capture may hold.
///
/// # Errors
/// [`Error::TooBig`].
pub fn check_size(symbols: &Symbols, file: &str) -> Result<(), Error> {
    if symbols.size_bytes() > limits::TEXT_BYTES {
        let limit = limits::TEXT_BYTES as u64;
        return Err(Error::TooBig { file: file.to_owned(), what: "bytes of names", limit });
    }
    Ok(())
}

/// One column of names within one batch.
pub struct Names<'a> {
    column: &'a Column,
    /// Views of the same batch with the same bits are the same text: one comparison instead of a hash.
    recent: [Option<(u128, Symbol)>; SLOTS],
}

impl<'a> Names<'a> {
    pub fn of(batch: &'a Batch, column: &str) -> Self {
        Self { column: batch.column(column), recent: [None; SLOTS] }
    }

    /// The name in a row, or `None` when missing.
    pub fn symbol(&mut self, row: usize, symbols: &mut Symbols) -> Result<Option<Symbol>, Problem> {
        let Column::Text(texts) = self.column else {
            let name = self.column.text(row);
            return Ok(name.map(|name| symbols.intern(&name)));
        };
        if texts.is_null(row) {
            return Ok(None);
        }
        let view = texts.views()[row];
        let slot = ((view ^ (view >> 64) ^ (view >> 96)) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 58;
        let recent = &mut self.recent[slot as usize];
        if let Some((known, symbol)) = *recent
            && known == view
        {
            return Ok(Some(symbol));
        }
        let name = texts.value(row).trim();
        if name.len() > limits::NAME_BYTES {
            return Err(Problem::TooLong);
        }
        if name.is_empty() {
            return Ok(None);
        }
        let symbol = symbols.intern(name);
        *recent = Some((view, symbol));
        Ok(Some(symbol))
    }
}
