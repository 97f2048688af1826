//! Forgets, at the start and then once an hour, what has served its time: answers kept for repeated requests, old changes,
//! sessions, invitations and links that have expired; and files that belong to no incident any more.

use std::time::Duration;

use store::{change, idempotency, invitation, one_time_link, session};

use crate::app::App;
use crate::captures;
use crate::error::Error;

const EVERY: Duration = Duration::from_secs(3_600);
/// A key is kept for at least a day (RELIABILITY 9).
const ANSWERS_KEPT_US: i64 = 25 * 3_600 * 1_000_000;
const CHANGES_KEPT_US: i64 = 7 * 24 * 3_600 * 1_000_000;
const AT_ONCE: i64 = 5_000;

pub(crate) fn start(app: &App) {
    let app = app.clone();
    let tasks = app.clone();
    tasks.parts().tasks.spawn(|stop| async move {
        loop {
            let swept = tokio::select! {
                () = stop.cancelled() => return,
                swept = sweep(&app) => swept,
            };
            if let Err(error) = swept {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "sweeping failed; trying again in an hour"
                );
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(EVERY) => {}
            }
        }
    });
}

async fn sweep(app: &App) -> Result<(), Error> {
    forget_rows(app).await?;
    captures::remove_loose(app).await
}

async fn forget_rows(app: &App) -> Result<(), store::Error> {
    let now = app.now();
    let (answers, changes) = (now.saturating_add(-ANSWERS_KEPT_US), now.saturating_add(-CHANGES_KEPT_US));
    loop {
        let removed: u64 = app
            .store()
            .writer()
            .write(move |unit| {
                Box::pin(async move {
                    session::sweep(&**unit, now).await?;
                    invitation::sweep(&**unit, now).await?;
                    one_time_link::sweep(&**unit, now).await?;
                    let answers = idempotency::sweep(&**unit, answers, AT_ONCE).await?;
                    let changes = change::sweep(&**unit, changes, AT_ONCE).await?;
                    Ok::<_, store::Error>(answers.max(changes))
                })
            })
            .await?;
        if removed < AT_ONCE as u64 {
            return Ok(());
        }
    }
}
