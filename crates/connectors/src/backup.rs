//! A backup: one zip with everything of an instance, as it lies in a data folder. Its `manifest.json` has the SHA-256 of
//! each entry; the last 64 bytes of the file (the comment of the zip) are the SHA-256 of all bytes before them in hex,
//! so that no byte can change unnoticed.
//!
//! [`write()`] makes it, [`check_seal`] and [`unpack`] take it apart again. What belongs in it is decided in `app`.

mod entries;
mod error;
mod seal;
mod unpack;
mod write;

use std::ops::ControlFlow;

use model::Instant;
use serde::{Deserialize, Serialize};

pub use error::Error;
pub use seal::check as check_seal;
pub use unpack::unpack;
pub use write::{Source, write};

/// Hears how many bytes went through since the last call, and may end the work.
pub type Passed<'a> = dyn FnMut(u64) -> ControlFlow<()> + 'a;

pub const MANIFEST: &str = "manifest.json";
/// Raised when an older fupan could not read what a newer one writes.
pub const FORMAT: u32 = 1;

/// What is in a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub about: About,
    /// In the order of the zip; the manifest itself comes after them.
    pub entries: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    pub format: u32,
    pub made_at: Instant,
    /// Version of the fupan that made it.
    pub made_by: String,
    /// Steps that the schema has gone through.
    pub migrations: Vec<String>,
    /// Rows of all tables, and the checksum over them.
    pub row_count: u64,
    pub content_sha256: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Path in the data folder.
    pub name: String,
    pub size_bytes: u64,
    pub sha256: String,
}
