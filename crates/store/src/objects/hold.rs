//! Who may remove objects, and when: only who is alone in their folder. The lock is the kernel's, on the folder itself, so
//! that it counts between processes and goes with a process that is killed.

use std::fs::{File, TryLockError};
use std::io::ErrorKind;
use std::path::Path;

use super::Objects;
use crate::{Error, Result};

/// As long as it lives no object is removed: for who reads the objects of a capture, and for who puts some that no
/// capture names yet.
#[derive(Debug)]
pub struct Hold {
    _folder: File,
}

/// As long as it lives nobody holds the objects.
#[derive(Debug)]
pub struct Alone {
    _folder: File,
}

impl Objects {
    /// Waits while objects are being removed, which does not take long.
    ///
    /// # Errors
    /// When the folder cannot be opened.
    pub async fn hold(&self) -> Result<Hold> {
        let path = self.folder().to_owned();
        let held = tokio::task::spawn_blocking(move || {
            let folder = open(&path)?;
            match folder.lock_shared() {
                Ok(()) => Ok(Hold { _folder: folder }),
                // A file system without locks: there nobody is ever alone, and nothing is removed.
                Err(error) if error.kind() == ErrorKind::Unsupported => Ok(Hold { _folder: folder }),
                Err(source) => Err(Error::io(path, source)),
            }
        });
        held.await.map_err(|_| Error::Panicked)?
    }

    /// `None` while somebody holds the objects.
    ///
    /// # Errors
    /// When the folder cannot be opened, or its file system knows no locks.
    pub fn try_alone(&self) -> Result<Option<Alone>> {
        let folder = open(self.folder())?;
        match folder.try_lock() {
            Ok(()) => Ok(Some(Alone { _folder: folder })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(source)) => Err(Error::io(self.folder(), source)),
        }
    }
}

fn open(folder: &Path) -> Result<File> {
    File::open(folder).map_err(|source| Error::io(folder, source))
}
