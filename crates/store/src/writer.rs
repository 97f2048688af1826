//! Group commit: writes that arrive together share one transaction and one fsync.
//!
//! Each write after the first runs in a savepoint, so a write that fails takes nothing else with it. Answers go out after
//! the commit; when the commit fails, every write of the group fails.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use futures::FutureExt as _;
use futures::future::BoxFuture;
use sea_orm::DatabaseConnection;
use tokio::sync::{mpsc, oneshot};

use crate::{Error, Result, Unit, dialect};

/// Writes that may wait before further ones are refused.
const QUEUE: usize = 1024;
/// A group is closed when it is this large or this old, whatever still waits.
const GROUP: usize = 512;
const GROUP_TIME: Duration = Duration::from_millis(20);

/// The only way to write. Cheap to clone.
#[derive(Clone)]
pub struct Writer {
    queue: mpsc::Sender<Message>,
    broken: Arc<AtomicBool>,
}

enum Message {
    Work(Box<dyn Job>),
    Close(oneshot::Sender<()>),
}

/// A write whose type of answer is forgotten while it waits.
trait Job: Send {
    fn run<'a>(&'a mut self, unit: &'a mut Unit) -> BoxFuture<'a, Verdict>;
    fn answer(self: Box<Self>, committed: std::result::Result<(), Failure>);
}

enum Verdict {
    Keep,
    Undo,
}

/// Why the whole group failed; each write gets its own error of the same meaning.
#[derive(Clone)]
enum Failure {
    Group(Arc<Error>),
    Panicked,
}

struct Waiting<W, T, E> {
    work: Option<W>,
    outcome: Option<std::result::Result<T, E>>,
    reply: oneshot::Sender<std::result::Result<T, E>>,
}

impl<W, T, E> Job for Waiting<W, T, E>
where
    W: for<'u> FnOnce(&'u mut Unit) -> BoxFuture<'u, std::result::Result<T, E>> + Send,
    T: Send,
    E: From<Error> + Send,
{
    fn run<'a>(&'a mut self, unit: &'a mut Unit) -> BoxFuture<'a, Verdict> {
        Box::pin(async move {
            let Some(work) = self.work.take() else { return Verdict::Undo };
            let outcome = work(unit).await;
            let verdict = if outcome.is_ok() { Verdict::Keep } else { Verdict::Undo };
            self.outcome = Some(outcome);
            verdict
        })
    }

    fn answer(self: Box<Self>, committed: std::result::Result<(), Failure>) {
        let outcome = match (committed, self.outcome) {
            (Ok(()), Some(outcome)) => outcome,
            // The write itself failed first: its own reason says more than the group's.
            (Err(Failure::Group(_)), Some(Err(own))) => Err(own),
            (Err(Failure::Group(reason)), _) => Err(reason.again().into()),
            (Err(Failure::Panicked) | Ok(()), _) => Err(Error::Panicked.into()),
        };
        // Nobody listens when the caller went away; the write stands all the same.
        let _ = self.reply.send(outcome);
    }
}

impl Writer {
    pub(crate) fn start(db: DatabaseConnection) -> Self {
        let (queue, waiting) = mpsc::channel(QUEUE);
        let broken = Arc::new(AtomicBool::new(false));
        tokio::spawn(serve(db, waiting, Arc::clone(&broken)));
        Self { queue, broken }
    }

    /// Runs `work` in a transaction; its answer is on disk when this returns.
    ///
    /// # Errors
    /// What `work` fails with; [`Error::QueueFull`], [`Error::Full`] and [`Error::ReadOnly`] mean that nothing was done.
    pub async fn write<T, E, W>(&self, work: W) -> std::result::Result<T, E>
    where
        W: for<'u> FnOnce(&'u mut Unit) -> BoxFuture<'u, std::result::Result<T, E>> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        if self.is_broken() {
            return Err(Error::ReadOnly.into());
        }
        let (reply, answer) = oneshot::channel();
        let job = Box::new(Waiting { work: Some(work), outcome: None, reply });
        self.queue.try_send(Message::Work(job)).map_err(|refused| match refused {
            mpsc::error::TrySendError::Full(_) => Error::QueueFull,
            mpsc::error::TrySendError::Closed(_) => Error::Closing,
        })?;
        answer.await.unwrap_or_else(|_| Err(Error::Closing.into()))
    }

    /// After a failed fsync, an IO error or a corrupt page.
    pub fn is_broken(&self) -> bool {
        self.broken.load(Ordering::Relaxed)
    }

    /// Returns when the writes that wait are done; later ones are refused.
    pub(crate) async fn close(&self) {
        let (done, finished) = oneshot::channel();
        if self.queue.send(Message::Close(done)).await.is_ok() {
            let _ = finished.await;
        }
    }
}

async fn serve(db: DatabaseConnection, mut waiting: mpsc::Receiver<Message>, broken: Arc<AtomicBool>) {
    while let Some(message) = waiting.recv().await {
        let first = match message {
            Message::Work(job) => job,
            Message::Close(done) => {
                waiting.close();
                let _ = done.send(());
                return;
            }
        };
        let closing = commit_group(&db, first, &mut waiting, &broken).await;
        if let Some(done) = closing {
            waiting.close();
            let _ = done.send(());
            return;
        }
    }
}

/// Runs the first write and those that arrive meanwhile, commits once, answers all. Gives back a request to close.
async fn commit_group(
    db: &DatabaseConnection,
    first: Box<dyn Job>,
    waiting: &mut mpsc::Receiver<Message>,
    broken: &AtomicBool,
) -> Option<oneshot::Sender<()>> {
    let started = Instant::now();
    let mut done: Vec<(Box<dyn Job>, std::result::Result<(), Failure>)> = Vec::new();
    let mut closing = None;
    let mut unit = match Unit::begin(db).await {
        Ok(unit) => unit,
        Err(error) => {
            fail(vec![(first, Ok(()))], error, broken);
            return None;
        }
    };
    let mut next = Some(first);
    while let Some(mut job) = next.take() {
        match run(db, unit, job.as_mut()).await {
            Ok((with_it, outcome)) => {
                unit = with_it;
                done.push((job, outcome));
            }
            Err(error) => {
                done.push((job, Ok(())));
                fail(done, error, broken);
                return closing;
            }
        }
        if done.len() >= GROUP || started.elapsed() >= GROUP_TIME {
            break;
        }
        match waiting.try_recv() {
            Ok(Message::Work(job)) => next = Some(job),
            Ok(Message::Close(reply)) => closing = Some(reply),
            Err(_) => {}
        }
    }
    let is_large = unit.is_large();
    match unit.commit().await {
        Ok(()) => {
            for (job, outcome) in done {
                job.answer(outcome);
            }
        }
        Err(error) => fail(done, error, broken),
    }
    if is_large && let Err(error) = dialect::catch_up(db).await {
        tracing::warn!(error = &error as &dyn std::error::Error, "the log was not brought into the database");
    }
    closing
}

/// One write; gives back the unit with or without it. An error here means that the transaction itself is gone.
async fn run(
    db: &DatabaseConnection,
    mut unit: Unit,
    job: &mut dyn Job,
) -> Result<(Unit, std::result::Result<(), Failure>)> {
    let savepoint = unit.set_savepoint().await?;
    let (verdict, outcome) = match AssertUnwindSafe(job.run(&mut unit)).catch_unwind().await {
        Ok(verdict) => (verdict, Ok(())),
        Err(panic) => {
            tracing::error!(panic = text_of(&*panic), "a write panicked");
            (Verdict::Undo, Err(Failure::Panicked))
        }
    };
    match verdict {
        Verdict::Keep => unit.keep(savepoint).await?,
        Verdict::Undo => unit = unit.undo(savepoint, db).await?,
    }
    Ok((unit, outcome))
}

fn text_of(panic: &(dyn Any + Send)) -> &str {
    let plain = panic.downcast_ref::<&str>().copied();
    plain.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("unknown")
}

fn fail(done: Vec<(Box<dyn Job>, std::result::Result<(), Failure>)>, error: Error, broken: &AtomicBool) {
    match &error {
        Error::Damaged(_) => {
            tracing::error!(error = &error as &dyn std::error::Error, "writing stopped for good");
            broken.store(true, Ordering::Relaxed);
        }
        error => tracing::warn!(
            error = error as &dyn std::error::Error,
            writes = done.len(),
            "a group of writes failed"
        ),
    }
    let reason = Arc::new(error);
    for (job, outcome) in done {
        let outcome = outcome.and(Err(Failure::Group(Arc::clone(&reason))));
        job.answer(outcome);
    }
}
