//! A capture on its way in, on disk and not in memory.

use std::path::{Path, PathBuf};

use tokio::fs::File;

use super::import::may_import;
use super::lay_out::{in_new_folder, scratch, storing};
use crate::actor::Actor;
use crate::app::App;
use crate::error::Error;

/// Goes when the value does.
pub struct Upload {
    file: File,
    path: PathBuf,
    _folder: tempfile::TempDir,
}

impl Upload {
    pub fn file(&mut self) -> &mut File {
        &mut self.file
    }

    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// # Errors
/// [`Error::Forbidden`] before anything is sent in vain; [`Error::StorageFull`].
pub async fn begin_upload(app: &App, actor: &Actor) -> Result<Upload, Error> {
    may_import(actor)?;
    let folder = in_new_folder(&scratch(app)).map_err(storing)?;
    let path = folder.path().join("capture.zip");
    let file = File::create(&path).await.map_err(storing)?;
    Ok(Upload { file, path, _folder: folder })
}
