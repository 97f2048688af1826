//! A capture as a folder, as its readers want it.

use std::path::{Path, PathBuf};

use store::capture::Manifest;

use crate::app::App;
use crate::error::Error;

/// A folder that goes when the value does.
pub struct Folder(pub(super) tempfile::TempDir);

impl Folder {
    pub fn path(&self) -> &Path {
        self.0.path()
    }
}

/// # Errors
/// When an object is missing or damaged, or there is no space.
pub(crate) async fn lay_out(app: &App, manifest: &Manifest) -> Result<Folder, Error> {
    let folder = Folder(in_new_folder(&scratch(app)).map_err(storing)?);
    fill(app, manifest, folder.path()).await?;
    Ok(folder)
}

pub(super) async fn fill(app: &App, manifest: &Manifest, folder: &Path) -> Result<(), Error> {
    for file in &manifest.files {
        // Names were checked when the capture came in; one that climbs is never written.
        let Some(name) = Path::new(&file.name).file_name() else { continue };
        let content = app.store().objects().get(&file.sha256).await?;
        tokio::fs::write(folder.join(name), content).await.map_err(storing)?;
    }
    Ok(())
}

/// For what is needed only while a request or a job runs.
pub(super) fn scratch(app: &App) -> PathBuf {
    app.data().join("scratch")
}

/// Removes what a process left that was killed. Only for who serves the folder, before anything runs.
pub(crate) fn clear_scratch(app: &App) {
    match std::fs::remove_dir_all(scratch(app)) {
        Ok(()) => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => tracing::warn!(
            error = &error as &dyn std::error::Error,
            "scratch files of an earlier process stay"
        ),
    }
}

pub(super) fn in_new_folder(scratch: &Path) -> std::io::Result<tempfile::TempDir> {
    std::fs::create_dir_all(scratch)?;
    tempfile::Builder::new().prefix("capture-").tempdir_in(scratch)
}

/// A failure to write a file, as the caller should know it.
pub fn storing(error: std::io::Error) -> Error {
    use std::io::ErrorKind::{QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    match error.kind() {
        StorageFull | QuotaExceeded | ReadOnlyFilesystem => Error::StorageFull,
        _ => Error::internal(error),
    }
}
