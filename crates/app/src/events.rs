//! Events by people: added, edited, starred, deleted and brought back, with all that was before.

mod draft;
mod history;
pub mod links;
mod patch;

use std::sync::Arc;

use model::event::{Author, LinkDecision, Recorded};
use model::id::{EventId, IncidentId};
use store::change::{Noun, What};
use store::event_history::Change;
use store::incident::Counted;
use store::{event, incident, link};

use crate::access::{Authorized, Edit, View, authorize};
use crate::actor::Actor;
use crate::app::App;
use crate::commit::{Outcome, Reply, Work};
use crate::error::Error;
use crate::incidents::Known;
use crate::input::Checks;

pub use draft::Draft;
pub use history::{Step, list_history};
pub use patch::Patch;

/// Most events that come in one request.
pub const MOST_AT_ONCE: usize = 500;

/// Events with what is needed to show them.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    pub known: Arc<Known>,
    /// What people decided about correlations in this incident.
    pub links: Arc<[LinkDecision]>,
    pub events: Vec<Recorded>,
}

/// Adds an event by hand.
///
/// # Errors
/// [`Error::Invalid`], [`Error::NotFound`], [`Error::Forbidden`].
pub async fn add_event(
    app: &App,
    actor: &Actor,
    incident: &IncidentId,
    draft: Draft,
    reply: Reply<Shown>,
) -> Result<Outcome<Shown>, Error> {
    let authorized = authorize::<Edit>(app, actor, incident).await?;
    let mut checks = Checks::default();
    let event = draft.check(&mut checks, "", &authorized, (app, actor));
    checks.finish()?;
    add(app, actor, authorized, vec![event], reply).await
}

/// Adds events by hand, all of them or none: the paste box.
///
/// # Errors
/// As [`add_event`]; the path of a wrong field begins with its place in the list.
pub async fn add_events(
    app: &App,
    actor: &Actor,
    incident: &IncidentId,
    drafts: Vec<Draft>,
    reply: Reply<Shown>,
) -> Result<Outcome<Shown>, Error> {
    let authorized = authorize::<Edit>(app, actor, incident).await?;
    let mut checks = Checks::default();
    if drafts.is_empty() {
        checks.refuse("events", "too_short", "must not be empty");
    }
    checks.count("events", drafts.len(), MOST_AT_ONCE);
    let events = drafts
        .into_iter()
        .take(MOST_AT_ONCE)
        .enumerate()
        .map(|(place, draft)| {
            draft.check(&mut checks, &format!("events[{place}]."), &authorized, (app, actor))
        })
        .collect();
    checks.finish()?;
    add(app, actor, authorized, events, reply).await
}

async fn add(
    app: &App,
    actor: &Actor,
    authorized: Authorized<Edit>,
    mut events: Vec<Recorded>,
    reply: Reply<Shown>,
) -> Result<Outcome<Shown>, Error> {
    app.commit(actor, reply, move |work| {
        Box::pin(async move {
            let incident = authorized.incident_id();
            event::insert(work.unit, &mut events).await?;
            let key_events = events.iter().filter(|event| event.event.key).count() as i64;
            count(work, incident, (events.len() as i64, key_events)).await?;
            for event in &events {
                work.audit("add_event", &event.event.id, Some(incident));
                work.change((Noun::Event, What::Created), &event.event.id, Some(incident), 1);
            }
            // Nothing can have been decided yet about an event that was not there.
            Ok(Shown { known: Arc::clone(&authorized.known), links: Arc::default(), events })
        })
    })
    .await
}

/// Counts events in or out, and gives the timeline its next revision.
async fn count(
    work: &mut Work<'_>,
    incident: &IncidentId,
    (events, key_events): (i64, i64),
) -> Result<(), Error> {
    let counted = Counted { events, key_events, revision: work.unit.next_change() };
    Ok(incident::count_events(&**work.unit, incident, counted).await?)
}

/// # Errors
/// [`Error::NotFound`] for a deleted event as well.
pub async fn get_event(app: &App, actor: &Actor, id: &EventId) -> Result<Shown, Error> {
    let (authorized, event) = find::<View>(app, actor, id).await?;
    if event.deleted_at.is_some() {
        return Err(Error::not_found("event"));
    }
    let links = link::list(app.db(), authorized.incident_id()).await?.into();
    Ok(Shown { known: authorized.known, links, events: vec![event] })
}

/// As [`get_event`], when the event belongs to this incident.
///
/// # Errors
/// As [`get_event`].
pub async fn get_event_of(
    app: &App,
    actor: &Actor,
    incident: &IncidentId,
    id: &EventId,
) -> Result<Shown, Error> {
    authorize::<View>(app, actor, incident).await?;
    let shown = get_event(app, actor, id).await?;
    if shown.known.incident.id == *incident { Ok(shown) } else { Err(Error::not_found("event")) }
}

/// The event, deleted or not, when the caller has the right on its incident.
async fn find<R: crate::access::Right>(
    app: &App,
    actor: &Actor,
    id: &EventId,
) -> Result<(Authorized<R>, Recorded), Error> {
    let event = event::get(app.db(), id).await?;
    match authorize::<R>(app, actor, &event.incident).await {
        Ok(authorized) => Ok((authorized, event)),
        // An event of an invisible incident looks like no event.
        Err(Error::NotFound { .. }) => Err(Error::not_found("event")),
        Err(error) => Err(error),
    }
}

/// As it is in the open transaction, and not deleted.
async fn get_live(work: &Work<'_>, id: &EventId) -> Result<Recorded, Error> {
    let event = event::get(&**work.unit, id).await?;
    if event.deleted_at.is_some() { Err(Error::not_found("event")) } else { Ok(event) }
}

/// # Errors
/// [`Error::VersionConflict`] with the event of now when someone else was faster.
pub async fn update_event(
    app: &App,
    actor: &Actor,
    id: &EventId,
    patch: Patch,
    reply: Reply<Shown>,
) -> Result<Outcome<Shown>, Error> {
    let (authorized, _) = find::<Edit>(app, actor, id).await?;
    let conflict = reply.conflict();
    let (based_on, target) = (patch.version, id.clone());
    let outcome = app
        .commit(actor, reply, move |work| {
            Box::pin(async move {
                let event = get_live(work, &target).await?;
                if event.version != based_on {
                    return Err(Error::stale(based_on));
                }
                let mut after = event.clone();
                patch.apply(&mut after)?;
                finish(work, &authorized, (event, after), Change::Updated).await
            })
        })
        .await;
    match outcome {
        Err(Error::VersionConflict { .. }) => Err(conflict.with(based_on, &get_event(app, actor, id).await?)),
        outcome => outcome,
    }
}

/// Takes the event from the timeline; its history stays and can bring it back.
///
/// # Errors
/// [`Error::NotFound`] for an event that is deleted already.
pub async fn delete_event(
    app: &App,
    actor: &Actor,
    id: &EventId,
    reply: Reply<Shown>,
) -> Result<Outcome<Shown>, Error> {
    let (authorized, _) = find::<Edit>(app, actor, id).await?;
    let target = id.clone();
    app.commit(actor, reply, move |work| {
        Box::pin(async move {
            let event = get_live(work, &target).await?;
            let after = Recorded { deleted_at: Some(work.now), ..event.clone() };
            finish(work, &authorized, (event, after), Change::Deleted).await
        })
    })
    .await
}

/// # Errors
/// [`Error::Conflict`] for an event that is not deleted.
pub async fn restore_event(
    app: &App,
    actor: &Actor,
    id: &EventId,
    reply: Reply<Shown>,
) -> Result<Outcome<Shown>, Error> {
    let (authorized, _) = find::<Edit>(app, actor, id).await?;
    let target = id.clone();
    app.commit(actor, reply, move |work| {
        Box::pin(async move {
            let event = event::get(&**work.unit, &target).await?;
            if event.deleted_at.is_none() {
                return Err(Error::conflict("not_deleted", "the event is not deleted"));
            }
            let after = Recorded { deleted_at: None, ..event.clone() };
            finish(work, &authorized, (event, after), Change::Restored).await
        })
    })
    .await
}

/// Stores the next version of an event, with its step in the history.
async fn finish(
    work: &mut Work<'_>,
    authorized: &Authorized<Edit>,
    (before, mut after): (Recorded, Recorded),
    change: Change,
) -> Result<Shown, Error> {
    after.version = before.version + 1;
    after.updated_at = work.now;
    let incident = authorized.incident_id();
    event::update(&**work.unit, &after).await?;
    let by = Author { id: work.actor.person.clone(), name: work.actor.name.to_string() };
    let step = history::step(&before, &after, change, by);
    store::event_history::insert(&**work.unit, &step).await?;
    count(work, incident, difference(&before, &after)).await?;
    let (action, what) = match change {
        Change::Updated => ("update_event", What::Updated),
        Change::Deleted => ("delete_event", What::Deleted),
        Change::Restored => ("restore_event", What::Created),
    };
    work.audit(action, &after.event.id, Some(incident));
    work.change((Noun::Event, what), &after.event.id, Some(incident), after.version);
    let links = link::list(&**work.unit, incident).await?.into();
    Ok(Shown { known: Arc::clone(&authorized.known), links, events: vec![after] })
}

/// How the counts of the incident change from one version of an event to the next.
fn difference(before: &Recorded, after: &Recorded) -> (i64, i64) {
    let counted = |event: &Recorded| {
        let is_there = event.deleted_at.is_none();
        (i64::from(is_there), i64::from(is_there && event.event.key))
    };
    let ((events_before, keys_before), (events_after, keys_after)) = (counted(before), counted(after));
    (events_after - events_before, keys_after - keys_before)
}
