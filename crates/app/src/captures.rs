//! Captures of an instance: imported whole, kept as they came, analysed by a job.

mod import;
mod lay_out;
mod upload;

use bytes::Bytes;
use model::id::IncidentId;

use crate::access::{View, authorize};
use crate::actor::Actor;
use crate::app::App;
use crate::error::Error;

pub use lay_out::storing;
pub use store::capture::{File, Manifest};
pub use upload::{Upload, begin_upload};

pub use import::{Imported, Origin, import_capture};
pub(crate) use lay_out::lay_out;

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
    let manifest = get_capture(app, actor, id).await?;
    let file = manifest.files.into_iter().find(|file| file.name == name).ok_or(Error::not_found("file"))?;
    let content = app.store().objects().get(&file.sha256).await?;
    Ok((file, content))
}
