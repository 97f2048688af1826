//! `manifest.json`: what each file of a capture is, where it came from, and its hash.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use model::instant::{Instant, Span};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::error::Error;

pub const FILE: &str = "manifest.json";

/// The list of the files of a capture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub collected_at: Instant,
    pub window: Span,
    /// In the order of names; the manifest itself is not among them.
    pub files: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub name: String,
    pub size_bytes: u64,
    /// Lower-case hexadecimal.
    pub sha256: String,
    /// Of a table.
    pub rows: Option<u64>,
    /// Where it came from: the name of a source and what was asked, or the file it was.
    pub source: String,
}

/// Describes a file that is on disk.
///
/// # Errors
/// When it cannot be read.
pub fn entry(folder: &Path, name: &str, rows: Option<u64>, source: &str) -> Result<Entry, Error> {
    let path = folder.join(name);
    let failed = |cause| Error::Open { path: path.clone(), cause };
    let mut input = BufReader::new(File::open(&path).map_err(failed)?);
    let mut hash = Sha256::new();
    let mut size_bytes = 0;
    let mut buffer = [0_u8; 1 << 14];
    loop {
        let read = input.read(&mut buffer).map_err(failed)?;
        if read == 0 {
            break;
        }
        hash.update(&buffer[..read]);
        size_bytes += read as u64;
    }
    let sha256 = hex::encode(hash.finalize());
    Ok(Entry { name: name.to_owned(), size_bytes, sha256, rows, source: source.to_owned() })
}
