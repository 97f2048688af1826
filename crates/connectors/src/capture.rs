//! Captures on disk: a folder or a zip of tables in, [`model::telemetry::Capture`] out, and back as Parquet.

use std::path::Path;

use model::telemetry::Capture;

/// Why a capture could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("not a capture: {0}")]
    NotACapture(String),
}

/// Reads a folder or a `.zip`.
///
/// # Errors
/// When the capture as a whole makes no sense; single rows that cannot be read are counted in `skipped`.
pub fn read(path: &Path) -> Result<Capture, Error> {
    Err(Error::NotACapture(path.display().to_string()))
}
