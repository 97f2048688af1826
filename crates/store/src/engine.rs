//! Opening a store: which engine, which folder, the lock on it, the schema.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sea_orm::DatabaseConnection;

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
}

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
        std::fs::create_dir_all(data).map_err(|source| Error::io(data, source))?;
        let lock = match config.claim {
            Claim::Serve => Some(Arc::new(lock(data)?)),
            Claim::Visit => None,
        };
        let connections = connect(config).await?;
        let folder = config.database.is_none().then_some(data.as_path());
        migration::migrate(&connections.writer, folder).await?;
        let objects = Objects::open(config.objects.clone().unwrap_or_else(|| data.join("objects")))?;
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

    /// What the engine finds wrong with its own pages; empty when all is well.
    ///
    /// # Errors
    /// When it cannot be asked.
    pub async fn check_pages(&self) -> Result<Vec<String>> {
        dialect::check_pages(&self.reader).await
    }
}

async fn connect(config: &Config) -> Result<Connections> {
    match config.database.as_deref() {
        None => dialect::open_sqlite(&config.data.join("fupan.db")).await,
        Some(url) if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
            dialect::open_postgres(url).await
        }
        Some(url) => match url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")) {
            Some(file) => dialect::open_sqlite(Path::new(file)).await,
            None => Err(Error::Address(url.to_owned())),
        },
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
