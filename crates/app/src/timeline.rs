//! The timeline of an incident: by the page, and drawn.

mod draw;
pub(crate) mod index;

use std::sync::Arc;

use bytes::Bytes;
use model::Instant;
use model::id::IncidentId;
use store::event::{self, Direction, Filter};
use store::link;

use crate::access::{View, authorize};
use crate::actor::Actor;
use crate::app::App;
use crate::error::Error;
use crate::events::Shown;
use crate::incidents::{Known, known};

pub use ::timeline::detail::Bucket;
pub use draw::{By, Drawing, Lane, Mark, Resolution};
pub use store::event::{Direction as Order, Filter as Wanted, Page as Query};

/// Some events in order, and where the next page begins.
#[derive(Debug, Clone)]
pub struct Page {
    pub shown: Shown,
    pub next: Option<(Instant, i64)>,
}

/// A page of the timeline as `render` makes it. The same page of the same revision is made once.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn list_events(
    app: &App,
    actor: &Actor,
    id: &IncidentId,
    query: Query,
    render: impl FnOnce(&Page) -> Bytes,
) -> Result<Bytes, Error> {
    let known = authorize::<View>(app, actor, id).await?.known;
    let revision = known::tally(app, id).await?.revision;
    let key = format!("page {id} {revision} {query:?}");
    let page = async { Ok(render(&read_page(app, known, query).await?)) };
    app.parts().caches.rendered(key, page).await
}

/// A page of the timeline that nobody will ask for again: of a walk through all of it.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn walk_events(app: &App, actor: &Actor, id: &IncidentId, query: Query) -> Result<Page, Error> {
    let known = authorize::<View>(app, actor, id).await?.known;
    read_page(app, known, query).await
}

async fn read_page(app: &App, known: Arc<Known>, query: Query) -> Result<Page, Error> {
    let (id, limit) = (&known.incident.id, query.limit);
    let mut events = event::list(app.db(), id, &event::Page { limit: limit + 1, ..query }).await?;
    let has_more = events.len() as u64 > limit;
    events.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = events.last().filter(|_| has_more).map(|last| (last.event.occurred_at, last.seq));
    let links: Arc<[_]> = link::list(app.db(), id).await?.into();
    Ok(Page { shown: Shown { known, links, events }, next })
}

/// What is wanted of a drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    pub filter: Filter,
    pub resolution: Resolution,
    pub by: By,
}

/// A window of the timeline, drawn with at most as many marks as have room, as `render` makes it.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn draw_timeline(
    app: &App,
    actor: &Actor,
    id: &IncidentId,
    sketch: Sketch,
    render: impl FnOnce(&Drawing) -> Bytes,
) -> Result<Bytes, Error> {
    let known = authorize::<View>(app, actor, id).await?.known;
    let revision = known::tally(app, id).await?.revision;
    let key = format!("drawing {id} {revision} {sketch:?}");
    let drawing = async {
        let index = app.parts().caches.indexes.get(app, id).await?;
        let matching = match &sketch.filter.text {
            Some(_) => Some(event::list_seqs(app.db(), id, &sketch.filter).await?),
            None => None,
        };
        let depths = known.incident.depths.clone();
        let wanted = sketch.clone();
        let draft = tokio::task::spawn_blocking(move || draw::draw(&index, &wanted, matching, &depths));
        let draft = draft.await.map_err(Error::internal)?;
        let events = event::list_by_ids(app.db(), id, &draft.marked()).await?;
        Ok(render(&draft.with_events(events, revision)))
    };
    app.parts().caches.rendered(key, drawing).await
}

/// Makes ready what drawing needs, so that the first person to look need not wait for it.
///
/// # Errors
/// When the store cannot be read.
pub(crate) async fn prepare(app: &App, id: &IncidentId) -> Result<(), Error> {
    // What is prepared before the change is known would be forgotten with it.
    app.refresh().await?;
    app.parts().caches.indexes.get(app, id).await?;
    Ok(())
}

/// First page of everything.
impl From<Filter> for Sketch {
    fn from(filter: Filter) -> Self {
        Self { filter, resolution: Resolution::default(), by: By::Service }
    }
}

/// For callers within the process.
pub fn everything(limit: u64) -> Query {
    Query { filter: Filter::default(), direction: Direction::Forward, after: None, limit }
}
