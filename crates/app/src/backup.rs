//! A whole instance as one file, and back. Both are commands of whoever holds the data folder: no actor asks, nothing is
//! written to the audit, so that what is restored is what was backed up.
//!
//! A backup holds the database and every file that the database names, as they lie in a data folder. It is right beside
//! a running server because of its order: the database is copied first, as it is at one moment, then the files it names.
//! A file is on disk before the row that names it is committed, it is named after its content and never changes, and none
//! is removed while the backup holds them. So whatever the copy names is there, as it was.

mod error;
mod place;
mod restore;

use std::fs::File;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use connectors::backup::{About, FORMAT, Source};
use store::engine::{Claim, DATABASE, OBJECTS};
use store::objects::Objects;
use store::{Config, Store};

use crate::app::App;
use crate::verify::{self, Files};
use crate::watch::{Step, Watch};

pub use connectors::backup::{Entry, Manifest};
pub use error::Error;
pub use restore::restore;

/// Makes a backup at `file`, where nothing may be yet. It appears there whole, or not at all.
///
/// # Errors
/// [`Error::NotAFile`] on PostgreSQL; [`Error::Wrong`] when the instance is not as it was written.
pub async fn backup(app: &App, file: &Path, watch: &Watch) -> Result<Manifest, Error> {
    if !app.store().is_file() {
        return Err(Error::NotAFile);
    }
    if file.exists() {
        return Err(Error::Exists(file.to_owned()));
    }
    let folder = match file.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let scratch = tempfile::Builder::new()
        .prefix(".fupan-backup-")
        .tempdir_in(folder)
        .map_err(|cause| Error::io(folder, cause))?;
    let _hold = app.store().objects().hold().await?;
    watch.begin(Step::Copy, None);
    watch.wait(app.store().copy_to(&scratch.path().join(DATABASE))).await??;
    let (about, files) = look_at_copy(app, scratch.path(), watch).await?;
    let sources = sources(app, scratch.path(), &files)?;
    let packed = scratch.path().join("backup.zip");
    let manifest = pack(packed.clone(), about, sources, watch.clone()).await?;
    std::fs::rename(&packed, file).map_err(|cause| Error::io(file, cause))?;
    place::sync(folder)?;
    Ok(manifest)
}

/// What is in the copy of the database, once it has been checked like the database of any instance.
async fn look_at_copy(app: &App, scratch: &Path, watch: &Watch) -> Result<(About, Files), Error> {
    let config = Config {
        data: scratch.to_owned(),
        database: None,
        objects: Some(app.store().objects().folder().to_owned()),
        claim: Claim::Serve,
    };
    let copy = Store::open(&config).await?;
    let checked = verify::check_database(&copy, watch).await;
    copy.close().await?;
    let (database, files, wrong) = checked?;
    let Some(content) = database.content.filter(|_| wrong.is_empty()) else {
        return Err(Error::Wrong(wrong));
    };
    let about = About {
        format: FORMAT,
        made_at: app.now(),
        made_by: env!("CARGO_PKG_VERSION").to_owned(),
        migrations: copy.migrations(),
        row_count: content.row_count,
        content_sha256: content.sha256,
    };
    Ok((about, files))
}

fn sources(app: &App, scratch: &Path, files: &Files) -> Result<Vec<Source>, Error> {
    let database = Source { name: DATABASE.to_owned(), path: scratch.join(DATABASE), sha256: None };
    let mut sources = vec![database];
    for (sha256, name) in &files.names {
        let path = app.store().objects().local_path(sha256);
        let path = path.ok_or_else(|| Error::Wrong(vec![format!("{name} is not there")]))?;
        let name = format!("{OBJECTS}/{}", Objects::name_of(sha256));
        sources.push(Source { name, path, sha256: Some(sha256.clone()) });
    }
    Ok(sources)
}

async fn pack(path: PathBuf, about: About, sources: Vec<Source>, watch: Watch) -> Result<Manifest, Error> {
    let size_bytes = |source: &Source| source.path.metadata().map_or(0, |metadata| metadata.len());
    watch.begin(Step::Files, Some(sources.iter().map(size_bytes).sum()));
    let packing = tokio::task::spawn_blocking(move || {
        // It holds password hashes.
        let file = File::options().read(true).write(true).create_new(true).mode(0o600).open(&path);
        let file = file.map_err(|cause| Error::io(&path, cause))?;
        let manifest =
            connectors::backup::write((file, &path), about, &sources, &mut |count| watch.pass(count));
        Ok(manifest?)
    });
    packing.await.map_err(|_| Error::Panicked)?
}
