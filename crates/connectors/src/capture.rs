//! Captures on disk: a folder or a zip of tables in, [`model::telemetry::Capture`] out, and back as Parquet.
//!
//! A table is Parquet, CSV or JSONL. Every format becomes the same stream of column batches ([`batch`]), and one
//! reader for each table ([`metrics`], [`logs`], [`traces`], [`events`]) turns batches into columns of the model.
//! Rows that make no sense are counted with their reason, never silently dropped; a table of which no row makes
//! sense is an error that names the file, the row, the column and what was found.
//!
//! Input may be hostile: [`limits`] says how much of anything is read, and no bytes can make a reader panic.

mod batch;
mod bundle;
mod cell;
mod error;
mod header;
pub mod limits;
mod names;
mod order;
mod skipped;

mod columnar;
mod delimited;
mod jsonl;

mod events;
mod logs;
mod metrics;
mod topology;
mod traces;

pub mod truth;

mod extend;
pub mod manifest;
mod pack;
mod rows;
mod write;

use std::path::Path;

use model::telemetry::{Capture, FileNames, Header, Telemetry};

pub use batch::Table;
pub use bundle::Bundle;
pub use error::Error;
pub use extend::extend;
pub use pack::pack;
pub use rows::{Rows, rows};
pub use write::{Sources, write};

use skipped::Skipped;

/// Reads a folder or a `.zip`.
///
/// # Errors
/// When the capture as a whole makes no sense; single rows that cannot be read are counted in `skipped`.
pub fn read(path: &Path) -> Result<Capture, Error> {
    read_bundle(&Bundle::open(path)?)
}

/// What `incident.json` says, without reading any table.
///
/// # Errors
/// When it is missing or makes no sense.
pub fn read_header(bundle: &Bundle) -> Result<Header, Error> {
    header::read(bundle)
}

/// Reads a capture that is already open.
///
/// # Errors
/// As [`read`].
pub fn read_bundle(bundle: &Bundle) -> Result<Capture, Error> {
    let header = header::read(bundle)?;
    let mut telemetry = Telemetry::default();
    telemetry.calls = topology::read(bundle, &mut telemetry.symbols)?;
    telemetry.files = FileNames {
        metrics: bundle.table(Table::Metrics).map(|part| part.name),
        logs: bundle.table(Table::Logs).map(|part| part.name),
        traces: bundle.table(Table::Traces).map(|part| part.name),
        events: bundle.table(Table::Events).map(|part| part.name),
    };
    if let Some(part) = bundle.table(Table::Metrics) {
        let mut skipped = Skipped::of(&part.name);
        telemetry.metrics = metrics::read(bundle, &part, &mut telemetry.symbols, &mut skipped)?;
        skipped.report(&mut telemetry.skipped);
    }
    if let Some(part) = bundle.table(Table::Logs) {
        let mut skipped = Skipped::of(&part.name);
        telemetry.logs = logs::read(bundle, &part, &mut telemetry.symbols, &mut skipped)?;
        skipped.report(&mut telemetry.skipped);
    }
    if let Some(part) = bundle.table(Table::Traces) {
        let mut skipped = Skipped::of(&part.name);
        telemetry.spans = traces::read(bundle, &part, &mut telemetry.symbols, &mut skipped)?;
        skipped.report(&mut telemetry.skipped);
    }
    if let Some(part) = bundle.table(Table::Events) {
        let mut skipped = Skipped::of(&part.name);
        telemetry.happenings = events::read(bundle, &part, &mut skipped)?;
        skipped.report(&mut telemetry.skipped);
    }
    Ok(Capture { header, telemetry })
}
