//! What every use case needs at hand: the store, the clock, the caches, the queues.

use std::path::PathBuf;
use std::sync::Arc;

use model::Instant;
use store::Store;

use crate::accounts::Doorkeeper;
use crate::cache::Caches;
use crate::clock::{Clock, SystemClock};
use crate::error::Error;
use crate::idempotency::Running;
use crate::jobs::Queue;
use crate::live::Live;
use crate::tasks::Tasks;

pub use store::engine::Claim;

/// Where an instance keeps its things.
#[derive(Debug, Clone)]
pub struct Options {
    pub data: PathBuf,
    /// `postgres://…`; a SQLite file in `data` when `None`.
    pub database: Option<String>,
    /// Folder of captures; `objects` in `data` when `None`.
    pub objects: Option<PathBuf>,
    pub claim: Claim,
}

impl Options {
    /// Everything in one folder, served by this process.
    pub fn in_folder(data: impl Into<PathBuf>) -> Self {
        Self { data: data.into(), database: None, objects: None, claim: Claim::Serve }
    }
}

/// Cheap to clone; one for the life of the process.
#[derive(Clone)]
pub struct App {
    parts: Arc<Parts>,
}

pub(crate) struct Parts {
    pub(crate) store: Store,
    pub(crate) clock: Box<dyn Clock>,
    pub(crate) caches: Caches,
    pub(crate) doorkeeper: Doorkeeper,
    pub(crate) live: Live,
    pub(crate) running: Running,
    pub(crate) queue: Queue,
    pub(crate) tasks: Tasks,
    data: PathBuf,
    is_alone: bool,
}

impl App {
    /// # Errors
    /// When the store cannot be opened: in use, newer, or not there.
    pub async fn open(options: Options) -> Result<Self, store::Error> {
        Self::open_with_clock(options, Box::new(SystemClock)).await
    }

    /// For tests that decide what time it is.
    ///
    /// # Errors
    /// As [`App::open`].
    pub async fn open_with_clock(options: Options, clock: Box<dyn Clock>) -> Result<Self, store::Error> {
        let is_alone = options.claim == Claim::Serve && options.database.is_none();
        let config = store::Config {
            data: options.data.clone(),
            database: options.database,
            objects: options.objects,
            claim: options.claim,
        };
        let store = Store::open(&config).await?;
        let seq = store::change::last(store.reader()).await?;
        let parts = Parts {
            store,
            clock,
            caches: Caches::default(),
            doorkeeper: Doorkeeper::default(),
            live: Live::since(seq),
            running: Running::default(),
            queue: Queue::default(),
            tasks: Tasks::default(),
            data: options.data,
            is_alone,
        };
        Ok(Self { parts: Arc::new(parts) })
    }

    /// Starts what works in the background: jobs, live changes, sweeping.
    ///
    /// # Errors
    /// When jobs that an earlier process held cannot be given back.
    pub async fn start(&self) -> Result<(), Error> {
        crate::captures::clear_scratch(self);
        crate::jobs::start(self).await?;
        crate::live::start(self);
        crate::sweep::start(self);
        Ok(())
    }

    /// Ends background work, finishes writes that wait, leaves the files in order.
    ///
    /// # Errors
    /// When the last checkpoint fails; nothing acknowledged is lost by that.
    pub async fn close(&self) -> Result<(), store::Error> {
        self.parts.tasks.stop().await;
        self.parts.store.close().await
    }

    pub fn now(&self) -> Instant {
        self.parts.clock.now()
    }

    /// 128 bits that nobody has drawn before and that grow with time.
    pub(crate) fn new_bits(&self) -> u128 {
        self.parts.clock.new_bits()
    }

    /// # Errors
    /// When this node cannot answer or must not write.
    pub async fn check_ready(&self) -> Result<(), Error> {
        if self.parts.store.writer().is_broken() {
            return Err(Error::ReadOnly);
        }
        Ok(self.parts.store.ping().await?)
    }

    pub(crate) fn store(&self) -> &Store {
        &self.parts.store
    }

    pub(crate) fn db(&self) -> &impl store::Db {
        self.parts.store.reader()
    }

    pub(crate) fn parts(&self) -> &Parts {
        &self.parts
    }

    pub(crate) fn data(&self) -> &std::path::Path {
        &self.parts.data
    }

    /// Whether no other process can hold jobs of this database.
    pub(crate) fn is_alone(&self) -> bool {
        self.parts.is_alone
    }
}
