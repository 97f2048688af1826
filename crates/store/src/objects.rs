//! Files of captures on object storage. An object is named after its content, so it never changes and is stored once.

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

#[derive(Clone)]
pub struct Objects {
    store: Arc<dyn ObjectStore>,
    folder: Arc<PathBuf>,
}

impl Objects {
    pub(crate) fn open(folder: PathBuf) -> Result<Self> {
        std::fs::create_dir_all(&folder).map_err(|source| Error::io(&folder, source))?;
        let store = LocalFileSystem::new_with_prefix(&folder).map_err(|source| failed("", source))?;
        // Written to a temporary name, synced, renamed, and the directory synced (RELIABILITY 6).
        let store = store.with_fsync(true);
        Ok(Self { store: Arc::new(store), folder: Arc::new(folder) })
    }

    /// Stores the content and gives back its SHA-256 in hex, by which it is found. On disk when this returns.
    ///
    /// # Errors
    /// [`Error::Full`] when there is no space.
    pub async fn put(&self, content: Bytes) -> Result<String> {
        let sha256 = hex::encode(Sha256::digest(&content));
        let key = key_of(&sha256);
        if self.store.head(&key).await.is_ok() {
            return Ok(sha256);
        }
        self.store
            .put(&key, PutPayload::from_bytes(content))
            .await
            .map_err(|source| failed(&sha256, source))?;
        Ok(sha256)
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
