//! Why a backup could not be made or read, in words that say what to do.

use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot read {path}: {cause}", path = path.display())]
    Read { path: PathBuf, cause: std::io::Error },
    #[error("cannot write {path}: {cause}", path = path.display())]
    Write { path: PathBuf, cause: std::io::Error },
    #[error("{path} is no backup made by fupan", path = path.display())]
    NotABackup { path: PathBuf },
    #[error("{path} is damaged: its bytes are not those that were written", path = path.display())]
    Damaged { path: PathBuf },
    #[error("the backup was made by a newer fupan ({made_by}); use that one")]
    Newer { made_by: String },
    #[error("{name} in the backup is not what its manifest says: {problem}")]
    Entry { name: String, problem: String },
    #[error(
        "{name} does not have the content that its name promises; `fupan verify` lists all that is damaged"
    )]
    Source { name: String },
    #[error("interrupted")]
    Interrupted,
}
