//! Evidence that belongs to no incident any more leaves the disk.
//!
//! Rows go first, in a transaction that also writes down which objects they named; then the files; then that note. A
//! process that is killed in between leaves a note, from which the next goes on. Only objects that were written down are
//! ever looked at: a folder that came to the wrong database loses nothing. Whoever imports holds the objects from before
//! the first file until the row that names it is on the disk, and nothing is removed meanwhile.

use std::collections::BTreeSet;
use std::time::Duration;

use store::objects::Alone;
use store::{capture, loose_object};

use crate::app::App;
use crate::error::Error;

const AT_ONCE: i64 = 500;
/// Who imports or reads is waited for so long; then the rest is left to the next sweep.
const PATIENCE: Duration = Duration::from_secs(5);
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// Removes the objects that no capture names. Takes no input: what was left before is done now.
///
/// # Errors
/// When rows or files cannot be read or removed; what is left is written down.
pub(crate) async fn remove_loose(app: &App) -> Result<(), Error> {
    loop {
        let loose = loose_object::list(app.db(), AT_ONCE).await?;
        if loose.is_empty() {
            return Ok(());
        }
        let Some(alone) = wait_until_alone(app).await? else { return Ok(()) };
        remove(app, &alone, loose).await?;
    }
}

async fn wait_until_alone(app: &App) -> Result<Option<Alone>, Error> {
    let began = std::time::Instant::now();
    loop {
        let alone = app.store().objects().try_alone()?;
        if alone.is_some() || began.elapsed() >= PATIENCE {
            return Ok(alone);
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}

async fn remove(app: &App, alone: &Alone, loose: BTreeSet<String>) -> Result<(), Error> {
    let unnamed = keep_named(app, loose).await?;
    app.store().objects().remove(alone, unnamed.clone()).await?;
    tracing::info!(objects = unnamed.len(), "removed evidence that belonged to no incident");
    let forgotten: Result<(), store::Error> = app
        .store()
        .writer()
        .write(move |unit| Box::pin(async move { loose_object::delete(&**unit, &unnamed).await }))
        .await;
    Ok(forgotten?)
}

/// Those that no capture names. The others are not loose, whatever was written down.
async fn keep_named(app: &App, loose: BTreeSet<String>) -> Result<BTreeSet<String>, Error> {
    let asked: Result<_, store::Error> = app
        .store()
        .writer()
        .write(move |unit| {
            Box::pin(async move {
                let named = capture::list_objects(&**unit).await?;
                let (named, unnamed) = loose.into_iter().partition(|sha256| named.contains(sha256));
                loose_object::delete(&**unit, &named).await?;
                Ok(unnamed)
            })
        })
        .await;
    Ok(asked?)
}
