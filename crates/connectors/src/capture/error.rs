//! Why a capture could not be read, in words that say what to do.

use std::path::PathBuf;

/// Why a capture could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot open {path}: {cause}", path = path.display())]
    Open { path: PathBuf, cause: std::io::Error },
    #[error(
        "{path} is neither a folder nor a zip: give the folder that holds incident.json, or the same as .zip",
        path = path.display()
    )]
    NotACapture { path: PathBuf },
    #[error("no incident.json in {path}: a capture needs one with title, detected_at and window {{start, end}}", path = path.display())]
    NoHeader { path: PathBuf },
    #[error("incident.json: {field}: {problem}")]
    Header { field: String, problem: String },
    #[error("{file}: damaged zip entry, or not a zip: {problem}")]
    Zip { file: String, problem: String },
    #[error(
        "{file}: an entry of the zip points outside of it; this is not a capture that Fupan or a person packed"
    )]
    Traversal { file: String },
    #[error("{file}: more than {limit} {what}; cut the capture to a smaller window")]
    TooBig { file: String, what: &'static str, limit: u64 },
    #[error("{first} and {second} are the same table twice: remove one of them")]
    Twice { first: String, second: String },
    #[error("{file}: no column {column:?}; needed are {needed}, found are {found}")]
    MissingColumn { file: String, column: &'static str, needed: String, found: String },
    #[error("{file}, row {row}, column {column:?}: {problem}; no row of this file could be read")]
    Rows { file: String, row: u64, column: &'static str, problem: String },
    #[error(
        "{file}: cannot be read: {problem}; write it again, or leave it out to go on without this telemetry"
    )]
    Damaged { file: String, problem: String },
    #[error("cannot write {path}: {cause}", path = path.display())]
    Write { path: PathBuf, cause: std::io::Error },
    #[error("cannot write {file}: {problem}")]
    Encode { file: String, problem: String },
}

impl Error {
    pub(super) fn damaged(file: &str, problem: impl ToString) -> Self {
        Self::Damaged { file: file.to_owned(), problem: problem.to_string() }
    }
}
