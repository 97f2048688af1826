//! Captures of an instance: imported whole, kept as they came, analysed by a job.

mod export;
mod import;
mod lay_out;
mod removal;
mod upload;

use std::path::Path;

use bytes::Bytes;
use connectors::capture::Bundle;
use model::id::IncidentId;

use crate::access::{View, authorize};
use crate::actor::Actor;
use crate::app::App;
use crate::error::Error;

pub use connectors::capture::{Rows, Table, pack};
pub use export::{export_bundle, export_zip};
pub use lay_out::{Folder, storing};
pub use store::capture::{File, Manifest};
pub use upload::{Upload, begin_upload};

pub use import::{Imported, Origin, import_capture};
pub(crate) use lay_out::{clear_scratch, lay_out};
pub(crate) use removal::remove_loose;

/// Whether there is a capture at `path`, as far as its list of files and its header say. Touches no instance.
///
/// # Errors
/// When it is none.
pub fn check(path: &Path) -> Result<(), connectors::capture::Error> {
    let bundle = Bundle::open(path)?;
    connectors::capture::read_header(&bundle).map(drop)
}

/// # Errors
/// [`Error::NotFound`] when the incident is not there for the caller, or has no capture.
pub async fn get_capture(app: &App, actor: &Actor, id: &IncidentId) -> Result<Manifest, Error> {
    let known = authorize::<View>(app, actor, id).await?.known;
    known.capture.clone().ok_or(Error::not_found("capture"))
}

/// One file of the capture, as it came.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Internal`] when the file on disk is not the one that was stored.
pub async fn get_capture_file(
    app: &App,
    actor: &Actor,
    id: &IncidentId,
    name: &str,
) -> Result<(File, Bytes), Error> {
    let _hold = app.store().objects().hold().await?;
    let manifest = get_capture(app, actor, id).await?;
    let file = manifest.files.into_iter().find(|file| file.name == name).ok_or(Error::not_found("file"))?;
    let content = app.store().objects().get(&file.sha256).await?;
    Ok((file, content))
}

/// Most rows in one answer.
pub const MOST_ROWS: usize = 1_000;

/// Rows of one table of the capture, as they are in its file; of its first table when none is named.
///
/// # Errors
/// [`Error::NotFound`] when there is no capture or no such table.
pub async fn list_capture_rows(
    app: &App,
    actor: &Actor,
    id: &IncidentId,
    table: Option<Table>,
    (from, limit): (u64, usize),
) -> Result<Rows, Error> {
    let _hold = app.store().objects().hold().await?;
    let mut manifest = get_capture(app, actor, id).await?;
    let has = |table: &Table| manifest.files.iter().any(|file| is_of(*table, &file.name));
    let table = table.or_else(|| Table::ALL.into_iter().find(has)).ok_or(Error::not_found("table"))?;
    manifest.files.retain(|file| is_of(table, &file.name) || file.name == "incident.json");
    let folder = lay_out(app, &manifest).await?;
    let read = tokio::task::spawn_blocking(move || {
        let bundle = Bundle::open(folder.path())?;
        connectors::capture::rows(&bundle, table, from, limit.min(MOST_ROWS))
    });
    let rows = read.await.map_err(Error::internal)?;
    let rows = rows.map_err(|error| Error::conflict("unreadable_capture", error.to_string()))?;
    rows.ok_or(Error::not_found("table"))
}

fn is_of(table: Table, name: &str) -> bool {
    name.split_once('.').is_some_and(|(stem, _)| stem == table.as_str())
}
