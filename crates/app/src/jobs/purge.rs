//! Removes what belonged to a deleted incident: its rows a little at a time, so that other writes go on in between, then
//! the files of its capture.

use model::id::IncidentId;
use store::incident;
use store::job::Leased;

use super::finish;
use crate::app::App;
use crate::captures;
use crate::error::Error;

const AT_ONCE: i64 = 2_000;

pub(super) async fn run(app: &App, job: &Leased) -> Result<(), Error> {
    let id: IncidentId = job.subject.parse().map_err(Error::internal)?;
    while !remove_rows(app, id.clone()).await? {}
    captures::remove_loose(app).await?;
    finish(app, job).await
}

/// True when none is left.
async fn remove_rows(app: &App, id: IncidentId) -> Result<bool, Error> {
    let is_gone: Result<bool, store::Error> = app
        .store()
        .writer()
        .write(move |unit| Box::pin(async move { incident::purge(&**unit, &id, AT_ONCE).await }))
        .await;
    Ok(is_gone?)
}
