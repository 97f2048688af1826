//! Background work from the queue in the database: leased, tried again, resumed by the next process after a crash.

mod purge;

use std::time::Duration;

use model::Instant;
use store::job::{self, Kind, Leased};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::analysis;
use crate::app::App;
use crate::error::Error;

const LEASE: Duration = Duration::from_secs(60);
const RENEW: Duration = Duration::from_secs(20);
const POLL: Duration = Duration::from_secs(5);
/// At most this many jobs run at once in one process: they share its cores with requests.
const WORKERS: usize = 2;

/// Wakes workers when a job was queued here.
#[derive(Default)]
pub(crate) struct Queue {
    queued: Notify,
}

impl Queue {
    pub fn wake(&self) {
        self.queued.notify_one();
    }
}

pub(crate) async fn start(app: &App) -> Result<(), Error> {
    if app.is_alone() {
        let released: u64 = app
            .store()
            .writer()
            .write(|unit| Box::pin(async move { job::release_all(&**unit).await }))
            .await
            .map_err(|error: store::Error| Error::from(error))?;
        if released > 0 {
            tracing::info!(jobs = released, "resuming jobs that an earlier process did not finish");
        }
    }
    for _ in 0..WORKERS {
        let worker = app.clone();
        app.parts().tasks.spawn(|stop| work(worker, stop));
    }
    Ok(())
}

async fn work(app: App, stop: CancellationToken) {
    loop {
        match take(&app).await {
            Ok(Some(job)) => run(&app, job, &stop).await,
            Ok(None) => {
                tokio::select! {
                    () = stop.cancelled() => return,
                    () = app.parts().queue.queued.notified() => {}
                    () = tokio::time::sleep(POLL) => {}
                }
            }
            Err(error) => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "no job could be taken; trying again"
                );
                tokio::select! {
                    () = stop.cancelled() => return,
                    () = tokio::time::sleep(POLL) => {}
                }
            }
        }
        if stop.is_cancelled() {
            return;
        }
    }
}

async fn take(app: &App) -> Result<Option<Leased>, Error> {
    if !job::is_due(app.db(), app.now()).await? {
        return Ok(None);
    }
    let (now, until) = (app.now(), later(app, LEASE));
    let taken: Result<_, store::Error> = app
        .store()
        .writer()
        .write(move |unit| Box::pin(async move { job::lease(&**unit, now, until).await }))
        .await;
    Ok(taken?)
}

fn later(app: &App, by: Duration) -> Instant {
    app.now().saturating_add(i64::try_from(by.as_micros()).unwrap_or(i64::MAX))
}

async fn run(app: &App, job: Leased, stop: &CancellationToken) {
    tracing::info!(job.id = %job.id, job.kind = job.kind.as_str(), job.attempt, "job started");
    let started = std::time::Instant::now();
    let outcome = tokio::select! {
        outcome = do_job(app, &job) => outcome,
        () = keep_lease(app, &job) => Err(Error::internal("the lease was lost to another worker")),
        // Its lease is given back at the next start, or runs out.
        () = stop.cancelled() => return,
    };
    let duration_ms = started.elapsed().as_millis() as u64;
    match outcome {
        Ok(()) => tracing::info!(job.id = %job.id, duration_ms, "job done"),
        Err(error) => {
            tracing::warn!(job.id = %job.id, duration_ms, error = &error as &dyn std::error::Error, "job failed");
            give_back(app, &job, &error).await;
        }
    }
}

/// A kind that stores a result finishes its job in the same transaction.
async fn do_job(app: &App, job: &Leased) -> Result<(), Error> {
    match job.kind {
        Kind::Analyze => analysis::job::run(app, job).await,
        Kind::Purge => purge::run(app, job).await,
    }
}

/// For a job of which nothing is stored, or nothing is left to do.
pub(crate) async fn finish(app: &App, job: &Leased) -> Result<(), Error> {
    let held = job.clone();
    let finished: Result<bool, store::Error> = app
        .store()
        .writer()
        .write(move |unit| Box::pin(async move { job::finish(&**unit, &held).await }))
        .await;
    finished?;
    Ok(())
}

/// Ends when the lease is lost.
async fn keep_lease(app: &App, job: &Leased) {
    loop {
        tokio::time::sleep(RENEW).await;
        let (held, until) = (job.clone(), later(app, LEASE));
        let renewed: Result<bool, store::Error> = app
            .store()
            .writer()
            .write(move |unit| Box::pin(async move { job::renew(&**unit, &held, until).await }))
            .await;
        if let Ok(false) = renewed {
            return;
        }
    }
}

async fn give_back(app: &App, job: &Leased, error: &Error) {
    let wait = Duration::from_secs(5 << job.attempt.clamp(0, 8));
    let (held, run_at, text) = (job.clone(), later(app, wait), chain(error));
    let failed: Result<bool, store::Error> = app
        .store()
        .writer()
        .write(move |unit| Box::pin(async move { job::fail(&**unit, &held, &text, run_at).await }))
        .await;
    match failed {
        Ok(true) if job.kind == Kind::Analyze => analysis::job::give_up(app, job, error).await,
        Ok(_) => {}
        Err(error) => {
            tracing::warn!(job.id = %job.id, error = &error as &dyn std::error::Error, "a failed job could not be put back; its lease runs out");
        }
    }
}

/// The error with its causes, for whoever reads the job.
pub(crate) fn chain(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
