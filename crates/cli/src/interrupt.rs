//! Ctrl-C and SIGTERM during long work: it ends, and leaves nothing half done.

use std::time::Duration;

use anyhow::Context as _;
use app::watch::Interrupted;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use crate::serve::runtime;

/// As shells tell of a program that Ctrl-C ended.
pub const EXIT_CODE: u8 = 130;
/// How long work may take to end by itself. Then it is dropped, which removes what it has begun.
const PATIENCE: Duration = Duration::from_secs(2);

/// Runs `work` to its end, or until a signal; `work` is given what tells it to stop.
pub fn run<F>(work: impl FnOnce(CancellationToken) -> F) -> anyhow::Result<()>
where
    F: Future<Output = anyhow::Result<()>>,
{
    let runtime = runtime()?;
    let done = runtime.block_on(async {
        let signalled = signalled()?;
        let stop = CancellationToken::new();
        let mut work = Box::pin(work(stop.clone()));
        tokio::select! {
            done = &mut work => return done,
            () = signalled => {}
        }
        stop.cancel();
        let done = tokio::time::timeout(PATIENCE, work).await;
        // What was done before the signal arrived stays done.
        if let Ok(Ok(())) = done { Ok(()) } else { Err(Interrupted.into()) }
    });
    // Threads that cannot be stopped must not keep the process.
    runtime.shutdown_background();
    done
}

/// Waits for Ctrl-C or SIGTERM. From the call on, neither ends the process by itself.
pub fn signalled() -> anyhow::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate()).context("cannot listen for SIGTERM")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("cannot listen for Ctrl-C")?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
