//! What people say of a correlation: that it is one, or that it is none.

use std::sync::Arc;

use model::event::{Author, LinkDecision, LinkState};
use model::id::EventId;
use store::change::{Noun, What};
use store::link;

use super::{Shown, count, find};
use crate::access::Edit;
use crate::actor::Actor;
use crate::app::App;
use crate::commit::{Outcome, Reply};
use crate::error::Error;

/// Confirms or rejects that two events belong together; `Proposed` takes an earlier decision back.
///
/// # Errors
/// [`Error::NotFound`] when either event is not there for the caller, [`Error::Invalid`] when they lie in different
/// incidents or are the same.
pub async fn decide_correlation(
    app: &App,
    actor: &Actor,
    (id, other): (&EventId, &EventId),
    state: LinkState,
    reply: Reply<Shown>,
) -> Result<Outcome<Shown>, Error> {
    let (authorized, event) = find::<Edit>(app, actor, id).await?;
    let (_, related) = find::<Edit>(app, actor, other).await?;
    if event.deleted_at.is_some() || related.deleted_at.is_some() {
        return Err(Error::not_found("event"));
    }
    if related.incident != event.incident || id == other {
        return Err(Error::invalid("other_id", "unrelated", "must be another event of the same incident"));
    }
    let other = other.clone();
    app.commit(actor, reply, move |work| {
        Box::pin(async move {
            let incident = authorized.incident_id();
            let by = Author { id: work.actor.person.clone(), name: work.actor.name.to_string() };
            let id = event.event.id.clone();
            let decision = LinkDecision { event: id.clone(), other: other.clone(), state, by, at: work.now };
            link::put(&**work.unit, incident, &decision).await?;
            count(work, incident, (0, 0)).await?;
            let detail = format!("{other} {}", state.as_str());
            work.audit_with("decide_correlation", &id, Some(incident), Some(detail));
            work.change((Noun::Event, What::Updated), &id, Some(incident), event.version);
            work.change((Noun::Event, What::Updated), &other, Some(incident), related.version);
            let links = link::list(&**work.unit, incident).await?.into();
            Ok(Shown { known: Arc::clone(&authorized.known), links, events: vec![event] })
        })
    })
    .await
}
