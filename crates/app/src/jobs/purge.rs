//! Removes what belonged to a deleted incident, a little at a time, so that other writes go on in between.

use model::id::IncidentId;
use store::incident;
use store::job::{self, Leased};

use crate::app::App;
use crate::error::Error;

const AT_ONCE: i64 = 2_000;

pub(super) async fn run(app: &App, job: &Leased) -> Result<(), Error> {
    let id: IncidentId = job.subject.parse().map_err(Error::internal)?;
    loop {
        let (id, held) = (id.clone(), job.clone());
        let is_gone: Result<bool, store::Error> = app
            .store()
            .writer()
            .write(move |unit| {
                Box::pin(async move {
                    let is_gone = incident::purge(&**unit, &id, AT_ONCE).await?;
                    if is_gone {
                        job::finish(&**unit, &held).await?;
                    }
                    Ok(is_gone)
                })
            })
            .await;
        if is_gone? {
            return Ok(());
        }
    }
}
