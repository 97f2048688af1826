//! Opening a store: which engine, which folder, the lock on it, the schema.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sea_orm::{DatabaseConnection, DatabaseTransaction, DbBackend, TransactionTrait as _};

use crate::dialect::{self, Connections};
use crate::objects::Objects;
use crate::writer::Writer;
use crate::{Error, Result, migration};

#[derive(Debug, Clone)]
pub struct Config {
    /// Holds the SQLite database, the objects and the lock.
    pub data: PathBuf,
    /// `postgres://…`, or `sqlite://FILE`; a file in `data` when `None`.
    pub database: Option<String>,
    /// Folder of captures and other files; `objects` in `data` when `None`.
    pub objects: Option<PathBuf>,
    pub claim: Claim,
}

/// How a process holds the data folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// Serves it: no second process may.
    Serve,
    /// Does one thing and leaves, beside a server or without one.
    Visit,
    /// Only looks, likewise: makes no folder, and does not bring an older schema up to date.
    Inspect,
}

/// Lies in a data folder as long as a restore into it is not finished.
pub const RESTORING: &str = ".restoring";
/// The database in a data folder.
pub const DATABASE: &str = "fupan.db";
/// The captures in a data folder.
pub const OBJECTS: &str = "objects";

/// An open store. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    reader: DatabaseConnection,
    checkpointer: DatabaseConnection,
    writer: Writer,
    objects: Objects,
    /// Held while this process serves the folder.
    lock: Option<Arc<File>>,
}

impl Store {
    /// # Errors
    /// When another process serves the folder, the engine is too old, or the schema is newer than this binary.
    pub async fn open(config: &Config) -> Result<Self> {
        let data = &config.data;
        let objects = config.objects.clone().unwrap_or_else(|| data.join(OBJECTS));
        if data.join(RESTORING).exists() {
            return Err(Error::HalfRestored(data.clone()));
        }
        match config.claim {
            Claim::Serve | Claim::Visit => {
                std::fs::create_dir_all(data).map_err(|source| Error::io(data, source))?;
            }
            Claim::Inspect => refuse_absent([database_file(config), Some(objects.clone())])?,
        }
        let lock = match config.claim {
            Claim::Serve => Some(Arc::new(lock(data)?)),
            Claim::Visit | Claim::Inspect => None,
        };
        let connections = connect(config).await?;
        match config.claim {
            Claim::Serve | Claim::Visit => {
                let folder = config.database.is_none().then_some(data.as_path());
                migration::migrate(&connections.writer, folder).await?;
            }
            Claim::Inspect => migration::check(&connections.writer).await?,
        }
        let objects = Objects::open(objects)?;
        let Connections { writer, reader } = connections;
        Ok(Self { reader, checkpointer: writer.clone(), writer: Writer::start(writer), objects, lock })
    }

    /// For reads outside a write.
    pub fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    pub fn writer(&self) -> &Writer {
        &self.writer
    }

    pub fn objects(&self) -> &Objects {
        &self.objects
    }

    /// # Errors
    /// When the database does not answer.
    pub async fn ping(&self) -> Result<()> {
        crate::head::change_seq(&self.reader).await.map(|_| ())
    }

    /// Finishes the writes that wait, then leaves the files in order.
    ///
    /// # Errors
    /// When the last checkpoint fails; nothing acknowledged is lost by that.
    pub async fn close(&self) -> Result<()> {
        self.writer.close().await;
        // Beside a server, the log is the server's to bring in.
        if self.lock.is_some() {
            dialect::checkpoint(&self.checkpointer).await?;
        }
        self.reader.clone().close().await?;
        self.checkpointer.clone().close().await?;
        Ok(())
    }

    /// For reads that must all see the same moment. Keep it no longer than needed: the log of the database grows meanwhile.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn snapshot(&self) -> Result<DatabaseTransaction> {
        let options = dialect::snapshot(self.reader.get_database_backend());
        Ok(self.reader.begin_with_options(options).await?)
    }

    /// Whether the database is a SQLite file, which [`Store::copy_to`] can copy.
    pub fn is_file(&self) -> bool {
        self.reader.get_database_backend() == DbBackend::Sqlite
    }

    /// Writes a SQLite database as it is at this moment into a new file, while a server goes on writing.
    ///
    /// # Errors
    /// [`Error::Full`]; a half-written file is left then.
    pub async fn copy_to(&self, file: &Path) -> Result<()> {
        dialect::copy(&self.checkpointer, file).await
    }

    /// Names of the steps that its schema has gone through.
    pub fn migrations(&self) -> Vec<String> {
        migration::known()
    }

    /// What the engine finds wrong with its own pages; empty when all is well.
    ///
    /// # Errors
    /// When it cannot be asked.
    pub async fn check_pages(&self) -> Result<Vec<String>> {
        dialect::check_pages(&self.reader).await
    }
}

async fn connect(config: &Config) -> Result<Connections> {
    match (database_file(config), &config.database) {
        (Some(file), _) => dialect::open_sqlite(&file).await,
        (None, Some(url)) if is_postgres(url) => dialect::open_postgres(url).await,
        (None, url) => Err(Error::Address(dialect::without_secret(url.as_deref().unwrap_or_default()))),
    }
}

/// Whether this address names a PostgreSQL database.
pub fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres://") || url.starts_with("postgresql://")
}

/// `None` when the database is no file.
fn database_file(config: &Config) -> Option<PathBuf> {
    match config.database.as_deref() {
        None => Some(config.data.join(DATABASE)),
        Some(url) => url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")).map(PathBuf::from),
    }
}

fn refuse_absent(paths: [Option<PathBuf>; 2]) -> Result<()> {
    match paths.into_iter().flatten().find(|path| !path.exists()) {
        Some(absent) => Err(Error::NoInstance(absent)),
        None => Ok(()),
    }
}

/// The lock is the kernel's and goes with the process, however that ends.
fn lock(data: &Path) -> Result<File> {
    let path = data.join("lock");
    let file = File::options()
        .create(true)
        .truncate(false)
        .read(true)
        .write(true)
        .open(&path)
        .map_err(|source| Error::io(&path, source))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::Locked(data.to_owned())),
        Err(TryLockError::Error(source)) => Err(Error::io(path, source)),
    }
}
