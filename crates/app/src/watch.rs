//! Long work of the command line: it tells how far it is, and ends early when asked to.

use std::ops::ControlFlow;
use std::sync::Arc;

use tokio_util::sync::CancellationToken;

/// What the work is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The database is copied.
    Copy,
    /// The engine checks its own pages.
    Pages,
    /// The seals of the audit are computed again.
    Audit,
    /// Every row is read for the checksum.
    Rows,
    /// Files are read or written; counted in bytes.
    Files,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// A step begins; it is over when this much has passed, where that is known.
    Began(Step, Option<u64>),
    /// So much more has passed.
    Passed(u64),
}

/// Who waits for the work. Cheap to clone.
#[derive(Clone)]
pub struct Watch {
    stop: CancellationToken,
    hear: Arc<dyn Fn(Heard) + Send + Sync>,
}

/// The work was asked to end, and left nothing half done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("interrupted")]
pub struct Interrupted;

impl Watch {
    pub fn new(stop: CancellationToken, hear: impl Fn(Heard) + Send + Sync + 'static) -> Self {
        Self { stop, hear: Arc::new(hear) }
    }

    /// Nobody listens, nobody ends it.
    pub fn nobody() -> Self {
        Self::new(CancellationToken::new(), |_| {})
    }

    pub(crate) fn begin(&self, step: Step, total: Option<u64>) {
        (self.hear)(Heard::Began(step, total));
    }

    pub(crate) fn pass(&self, count: u64) -> ControlFlow<()> {
        (self.hear)(Heard::Passed(count));
        if self.stop.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// Waits for `work`, but no longer than until it is asked to end: for work that cannot look by itself.
    pub(crate) async fn wait<T>(&self, work: impl Future<Output = T>) -> Result<T, Interrupted> {
        tokio::select! {
            biased;
            () = self.stop.cancelled() => Err(Interrupted),
            done = work => Ok(done),
        }
    }
}
