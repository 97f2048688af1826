//! Why a backup could not be made or restored.

use std::path::{Path, PathBuf};

use crate::verify;
use crate::watch::Interrupted;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the database of this instance is PostgreSQL, which is backed up by its own tools")]
    NotAFile,
    #[error("{} exists already; a backup is never written over something", .0.display())]
    Exists(PathBuf),
    #[error("{} is not empty; restore into an empty folder, or one that does not exist yet", .0.display())]
    NotEmpty(PathBuf),
    #[error("it is not as it was written:\n  {}", .0.join("\n  "))]
    Wrong(Vec<String>),
    #[error("the content has another checksum than when it was backed up: {found} instead of {expected}")]
    OtherContent { expected: String, found: String },
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error(transparent)]
    File(#[from] connectors::backup::Error),
    #[error("{}: {cause}", .path.display())]
    Io { path: PathBuf, cause: std::io::Error },
    #[error(transparent)]
    Interrupted(#[from] Interrupted),
    #[error("packing panicked")]
    Panicked,
}

impl Error {
    pub(super) fn io(path: &Path, cause: std::io::Error) -> Self {
        Self::Io { path: path.to_owned(), cause }
    }
}

impl From<verify::Error> for Error {
    fn from(error: verify::Error) -> Self {
        match error {
            verify::Error::Store(error) => Self::Store(error),
            verify::Error::Interrupted(interrupted) => Self::Interrupted(interrupted),
        }
    }
}
