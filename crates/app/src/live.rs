//! Changes as they happen. The truth is the log in the database; this process reads it when it wrote itself, before it
//! answers from a cache, and every few seconds, so that it also learns what other processes wrote.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use model::id::IncidentId;
use store::change::{self, Noun};
use tokio::sync::{Mutex, Notify, broadcast};

use crate::access;
use crate::actor::Actor;
use crate::app::App;
use crate::error::Error;

pub use store::change::Change;

/// Changes that a slow listener may be behind before it has to start over.
const BACKLOG: usize = 1024;
const PAGE: i64 = 1_000;
/// A listener that returns after more changes than this reads everything anew.
const MOST_MISSED: i64 = 1_000;
const POLL: Duration = Duration::from_secs(2);

pub(crate) struct Live {
    /// Last change that the caches know.
    seq: AtomicI64,
    reading: Mutex<()>,
    woken: Notify,
    listeners: broadcast::Sender<Arc<Change>>,
}

impl Live {
    pub fn since(seq: i64) -> Self {
        let (listeners, _) = broadcast::channel(BACKLOG);
        Self { seq: AtomicI64::new(seq), reading: Mutex::new(()), woken: Notify::new(), listeners }
    }

    pub fn seq(&self) -> i64 {
        self.seq.load(Ordering::Acquire)
    }

    /// Something was written here: read it soon.
    pub fn wake(&self) {
        self.woken.notify_one();
    }
}

impl App {
    /// Makes the caches as true as the database is now. Called once for each request, so that what was acknowledged to
    /// anyone, by any process, is seen by the next read of everyone.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn refresh(&self) -> Result<(), Error> {
        let live = &self.parts().live;
        if change::last(self.db()).await? == live.seq() {
            return Ok(());
        }
        let _alone = live.reading.lock().await;
        loop {
            let known = live.seq();
            let changes = change::list_after(self.db(), known, PAGE).await?;
            let Some(last) = changes.last() else { return Ok(()) };
            let (last, is_whole) = (last.seq, (changes.len() as i64) < PAGE);
            let has_gap = changes.first().is_some_and(|first| first.seq > known + 1);
            self.parts().caches.apply(&changes, has_gap);
            live.seq.store(last, Ordering::Release);
            for change in changes {
                // Nobody listening is no failure.
                let _ = live.listeners.send(Arc::new(change));
            }
            if is_whole {
                return Ok(());
            }
        }
    }
}

pub(crate) fn start(app: &App) {
    let app = app.clone();
    let tasks = app.clone();
    tasks.parts().tasks.spawn(|stop| async move {
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = app.parts().live.woken.notified() => {}
                () = tokio::time::sleep(POLL) => {}
            }
            if let Err(error) = app.refresh().await {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "changes could not be read; trying again"
                );
            }
        }
    });
}

/// What a listener hears.
#[derive(Debug, Clone)]
pub enum Heard {
    Change(Arc<Change>),
    /// Too much was missed: read everything anew.
    Reset {
        seq: i64,
    },
}

/// Changes that one caller may see, from a point on.
pub struct Listener {
    app: App,
    actor: Actor,
    missed: std::vec::IntoIter<Change>,
    must_reset: bool,
    /// Last change heard or skipped.
    seq: i64,
    arriving: broadcast::Receiver<Arc<Change>>,
    /// Arrived, and not decided upon yet: `next` may be cancelled while it asks.
    pending: Option<Arc<Change>>,
}

/// Listens from now on, or from after the change that the caller saw last.
///
/// # Errors
/// When the database cannot be read.
pub async fn listen(app: &App, actor: &Actor, last_seen: Option<i64>) -> Result<Listener, Error> {
    let arriving = app.parts().live.listeners.subscribe();
    app.refresh().await?;
    let now = app.parts().live.seq();
    let seen = last_seen.unwrap_or(now);
    let too_much = seen > now || now - seen > MOST_MISSED;
    let missed = if too_much || seen == now {
        Vec::new()
    } else {
        change::list_after(app.db(), seen, MOST_MISSED).await?
    };
    let must_reset = too_much || missed.first().is_some_and(|first| first.seq > seen + 1);
    let (missed, seq) = if must_reset { (Vec::new(), now) } else { (missed, seen) };
    Ok(Listener {
        app: app.clone(),
        actor: actor.clone(),
        missed: missed.into_iter(),
        must_reset,
        seq,
        arriving,
        pending: None,
    })
}

impl Listener {
    /// The next thing that concerns the caller; `None` when the process stops.
    pub async fn next(&mut self) -> Option<Heard> {
        if std::mem::take(&mut self.must_reset) {
            return Some(Heard::Reset { seq: self.seq });
        }
        loop {
            let change = match self.pending.take() {
                Some(change) => change,
                None => match self.arrive().await {
                    Ok(change) => change,
                    Err(heard) => return heard,
                },
            };
            self.pending = Some(Arc::clone(&change));
            let concerns_me = self.concerns_me(&change).await;
            self.pending = None;
            if concerns_me {
                return Some(Heard::Change(change));
            }
        }
    }

    /// The next change that was not heard yet; else what to say instead.
    async fn arrive(&mut self) -> Result<Arc<Change>, Option<Heard>> {
        loop {
            let change = match self.missed.next() {
                Some(change) => Arc::new(change),
                None => match self.arriving.recv().await {
                    Ok(change) => change,
                    Err(broadcast::error::RecvError::Lagged(_)) => {
                        self.seq = self.app.parts().live.seq();
                        return Err(Some(Heard::Reset { seq: self.seq }));
                    }
                    Err(broadcast::error::RecvError::Closed) => return Err(None),
                },
            };
            if change.seq > self.seq {
                self.seq = change.seq;
                return Ok(change);
            }
        }
    }

    /// From now on with these rights.
    pub fn listen_as(&mut self, actor: Actor) {
        self.actor = actor;
    }

    /// The rights of the caller are asked for each message, not only when they came.
    async fn concerns_me(&self, change: &Change) -> bool {
        match (change.noun, &change.incident) {
            (_, Some(incident)) => self.may_see(incident).await,
            (Noun::Person | Noun::Token, None) => {
                self.actor.role == model::person::Role::Admin || change.id == self.actor.person.as_str()
            }
            (_, None) => false,
        }
    }

    async fn may_see(&self, incident: &IncidentId) -> bool {
        access::find(&self.app, &self.actor, incident).await.is_ok_and(|seen| seen.is_some())
    }
}
