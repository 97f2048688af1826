//! Files of captures on object storage. An object is named after its content, so it never changes and is stored once; it
//! goes when no capture names it any more.

mod hold;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use futures::TryStreamExt as _;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt as _, PutPayload};
use sha2::{Digest as _, Sha256};

use crate::error::is_out_of_space;
use crate::{Error, Result};

pub use hold::{Alone, Hold};

#[derive(Clone)]
pub struct Objects {
    store: Arc<dyn ObjectStore>,
    folder: Arc<PathBuf>,
}

/// A content and its name.
#[derive(Debug, Clone)]
pub struct Object {
    /// In hex.
    pub sha256: String,
    pub content: Bytes,
}

impl Object {
    pub fn new(content: Bytes) -> Self {
        Self { sha256: hex::encode(Sha256::digest(&content)), content }
    }
}

impl Objects {
    pub(crate) fn open(folder: PathBuf) -> Result<Self> {
        std::fs::create_dir_all(&folder).map_err(|source| Error::io(&folder, source))?;
        let store = LocalFileSystem::new_with_prefix(&folder).map_err(|source| failed("", source))?;
        // Written to a temporary name, synced, renamed, and the directory synced (RELIABILITY 6).
        let store = store.with_fsync(true);
        Ok(Self { store: Arc::new(store), folder: Arc::new(folder) })
    }

    /// Stores the object, which is found by its hash then. On disk when this returns.
    ///
    /// # Errors
    /// [`Error::Full`] when there is no space.
    pub async fn put(&self, _hold: &Hold, object: Object) -> Result<()> {
        let Object { sha256, content } = object;
        let key = key_of(&sha256);
        if self.store.head(&key).await.is_ok() {
            return Ok(());
        }
        let put = self.store.put(&key, PutPayload::from_bytes(content)).await;
        put.map(drop).map_err(|source| failed(&sha256, source))
    }

    /// # Errors
    /// [`Error::ObjectDiffers`] when the bytes on disk are not those that were stored.
    pub async fn get(&self, sha256: &str) -> Result<Bytes> {
        let found = self.store.get(&key_of(sha256)).await.map_err(|source| failed(sha256, source))?;
        let content = found.bytes().await.map_err(|source| failed(sha256, source))?;
        if hex::encode(Sha256::digest(&content)) == sha256 {
            Ok(content)
        } else {
            Err(Error::ObjectDiffers(sha256.to_owned()))
        }
    }

    /// Reads the object piece by piece. Gives back its size.
    ///
    /// # Errors
    /// As [`Objects::get`].
    pub async fn check(&self, sha256: &str) -> Result<u64> {
        let found = self.store.get(&key_of(sha256)).await.map_err(|source| failed(sha256, source))?;
        let mut chunks = found.into_stream();
        let mut hash = Sha256::new();
        let mut size_bytes = 0;
        while let Some(chunk) = chunks.try_next().await.map_err(|source| failed(sha256, source))? {
            size_bytes += chunk.len() as u64;
            hash.update(&chunk);
        }
        if hex::encode(hash.finalize()) == sha256 {
            Ok(size_bytes)
        } else {
            Err(Error::ObjectDiffers(sha256.to_owned()))
        }
    }

    /// Removes objects, with what a put that was killed left of them; those that are gone already are no failure. Gone from
    /// the disk when this returns.
    ///
    /// # Errors
    /// When the folder cannot be changed.
    pub async fn remove(&self, _alone: &Alone, sha256s: BTreeSet<String>) -> Result<()> {
        let folder = Arc::clone(&self.folder);
        let removed = tokio::task::spawn_blocking(move || {
            let keys = sha256s.iter().map(|sha256| key_of(sha256));
            let paths: Vec<PathBuf> = keys.map(|key| folder.join(key.as_ref())).collect();
            remove_files(&paths)
        });
        removed.await.map_err(|_| Error::Panicked)?
    }

    /// Path of the object within the folder of objects.
    pub fn name_of(sha256: &str) -> String {
        key_of(sha256).to_string()
    }

    /// Where the object lies, when it lies on this machine.
    pub fn local_path(&self, sha256: &str) -> Option<PathBuf> {
        let path = self.folder.join(key_of(sha256).as_ref());
        path.is_file().then_some(path)
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

/// Two levels, so that no folder grows too large.
fn key_of(sha256: &str) -> Key {
    let (shelf, rest) = sha256.split_at_checked(2).unwrap_or(("", sha256));
    Key::from(format!("{shelf}/{rest}"))
}

/// `paths` are in order, so those of one folder follow each other.
fn remove_files(paths: &[PathBuf]) -> Result<()> {
    for of_folder in paths.chunk_by(|one, next| one.parent() == next.parent()) {
        let Some(folder) = of_folder.first().and_then(|path| path.parent()).filter(|folder| folder.exists())
        else {
            continue;
        };
        let io = |source| Error::io(folder, source);
        for entry in std::fs::read_dir(folder).map_err(io)? {
            let path = entry.map_err(io)?.path();
            if of_folder.iter().any(|object| is_of(object, &path)) {
                std::fs::remove_file(&path).map_err(|source| Error::io(path, source))?;
            }
        }
        std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(io)?;
    }
    Ok(())
}

/// The object itself, or the file that it is written to before it gets its name, which has `#` and a number behind it.
fn is_of(object: &Path, file: &Path) -> bool {
    let (object, file) = (object.as_os_str().as_encoded_bytes(), file.as_os_str().as_encoded_bytes());
    file.strip_prefix(object).is_some_and(|rest| rest.first().is_none_or(|&next| next == b'#'))
}

fn failed(key: &str, source: object_store::Error) -> Error {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&source);
    while let Some(error) = cause {
        if error.downcast_ref::<std::io::Error>().is_some_and(is_out_of_space) {
            return Error::Full(Box::new(source));
        }
        cause = error.source();
    }
    Error::Object { key: key.to_owned(), source }
}
