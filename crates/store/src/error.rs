//! What can go wrong in storage, told apart by what has to happen next.

use std::path::PathBuf;

use sea_orm::{DbErr, RuntimeErr, sqlx};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("no {noun} {id}")]
    Missing { noun: &'static str, id: String },
    #[error("{0} exists already")]
    Exists(#[source] DbErr),
    /// Nothing was written; writing works again once there is space.
    #[error("no space left to write")]
    Full(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A failed fsync, an IO error or a corrupt page: this node must not write again before someone looked.
    #[error("the database is damaged or its disk is failing")]
    Damaged(#[source] DbErr),
    #[error("this node does not write: the database is damaged or its disk is failing")]
    ReadOnly,
    /// Another writer holds the database, or the connection is gone: trying again may help.
    #[error("the database is busy")]
    Busy(#[source] DbErr),
    #[error("too many writes are waiting")]
    QueueFull,
    #[error("the store is closing")]
    Closing,
    #[error("a write panicked")]
    Panicked,
    #[error("{noun} {id} cannot be read: {what}")]
    Unreadable { noun: &'static str, id: String, what: String },
    #[error(
        "the database was written by a newer fupan (it has the migration {0}, which this binary does not know); use the newer binary"
    )]
    SchemaIsNewer(String),
    #[error(
        "the database was written by an older fupan (it lacks the migration {0}); start this one on it first: `fupan serve`"
    )]
    SchemaIsOlder(String),
    #[error("there is no instance: {} is not there", .0.display())]
    NoInstance(PathBuf),
    #[error(
        "{} holds a restore that was not finished or is still running; if none runs, remove what is in the folder and restore again",
        .0.display()
    )]
    HalfRestored(PathBuf),
    #[error("SQLite {found} is too old: 3.51.3 or newer is needed, because older ones can lose commits")]
    SqliteIsOld { found: String },
    #[error("{} is in use by another fupan; stop it first, or use another folder", .0.display())]
    Locked(PathBuf),
    #[error("not a database address: {0} (expected sqlite:// or postgres://)")]
    Address(String),
    #[error("cannot use {}", .path.display())]
    Io { path: PathBuf, source: std::io::Error },
    #[error("object {key}")]
    Object { key: String, source: object_store::Error },
    #[error("object {0} does not have the content that its name promises")]
    ObjectDiffers(String),
    #[error("migration failed")]
    Migration(#[source] DbErr),
    #[error("database")]
    Database(#[source] DbErr),
}

impl Error {
    pub fn missing(noun: &'static str, id: impl ToString) -> Self {
        Self::Missing { noun, id: id.to_string() }
    }

    /// The same meaning once more, for another write of the group that failed.
    pub(crate) fn again(&self) -> Self {
        let copy = |error: &DbErr| DbErr::Custom(error.to_string());
        match self {
            Self::Full(error) => Self::Full(error.to_string().into()),
            Self::Damaged(error) => Self::Damaged(copy(error)),
            Self::Busy(error) => Self::Busy(copy(error)),
            Self::Database(error) => Self::Database(copy(error)),
            other => Self::Database(DbErr::Custom(other.to_string())),
        }
    }

    pub(crate) fn unreadable(noun: &'static str, id: impl ToString, what: impl ToString) -> Self {
        Self::Unreadable { noun, id: id.to_string(), what: what.to_string() }
    }

    pub(crate) fn io(path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        if is_out_of_space(&source) {
            return Self::Full(Box::new(source));
        }
        Self::Io { path: path.into(), source }
    }
}

pub(crate) fn is_out_of_space(error: &std::io::Error) -> bool {
    use std::io::ErrorKind;
    matches!(error.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::ReadOnlyFilesystem)
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        let Some(source) = sqlx_error(&error) else { return Self::Database(error) };
        match source {
            sqlx::Error::Database(database) => {
                let code = database.code();
                match code.as_deref().map(meaning).unwrap_or(Meaning::Other) {
                    Meaning::Exists => Self::Exists(error),
                    Meaning::Full => Self::Full(Box::new(error)),
                    Meaning::Damaged => Self::Damaged(error),
                    Meaning::Busy => Self::Busy(error),
                    Meaning::Other => Self::Database(error),
                }
            }
            sqlx::Error::Io(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => Self::Busy(error),
            _ => Self::Database(error),
        }
    }
}

fn sqlx_error(error: &DbErr) -> Option<&sqlx::Error> {
    let (DbErr::Conn(source) | DbErr::Exec(source) | DbErr::Query(source)) = error else { return None };
    match source {
        RuntimeErr::SqlxError(source) => Some(source),
        RuntimeErr::Internal(_) => None,
    }
}

enum Meaning {
    Exists,
    Full,
    Damaged,
    Busy,
    Other,
}

/// Codes of SQLite are extended result codes (<https://sqlite.org/rescode.html>), those of PostgreSQL five characters.
fn meaning(code: &str) -> Meaning {
    const SQLITE_IOERR_SHMSIZE: u32 = 4874;
    match code {
        "23505" => return Meaning::Exists,
        "53100" => return Meaning::Full,
        "58030" | "XX001" | "XX002" => return Meaning::Damaged,
        "40001" | "40P01" | "55P03" | "57P01" | "57P02" | "57P03" | "25006" => return Meaning::Busy,
        _ => {}
    }
    // Codes of PostgreSQL have five characters, those of SQLite at most four digits.
    let Some(number) = code.parse::<u32>().ok().filter(|_| code.len() < 5) else { return Meaning::Other };
    match (number, number & 0xff) {
        (1555 | 2067, _) => Meaning::Exists,
        // The shared-memory file of the WAL could not grow.
        (SQLITE_IOERR_SHMSIZE, _) | (_, 13 | 8) => Meaning::Full,
        (_, 10 | 11 | 26) => Meaning::Damaged,
        (_, 5 | 6) => Meaning::Busy,
        _ => Meaning::Other,
    }
}
