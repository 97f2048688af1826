//! The palette: incidents and events by a few letters of their titles, as far as the caller may see them.

use model::id::{EventId, IncidentId};
use model::person::Role;
use store::incident::{Query, Viewer};
use store::{event, incident};

use crate::actor::Actor;
use crate::app::App;
use crate::error::Error;
use crate::input::{Checks, NAME};

const MOST_INCIDENTS: u64 = 10;
const MOST_EVENTS: u64 = 20;

#[derive(Debug, Clone, PartialEq)]
pub enum Hit {
    Incident { id: IncidentId, number: i64, title: String },
    Event { id: EventId, incident: IncidentId, title: String, service: Option<String> },
}

/// Incidents first, then events, latest first each.
///
/// # Errors
/// [`Error::Invalid`] for an empty or overlong text.
pub async fn search(app: &App, actor: &Actor, text: &str) -> Result<Vec<Hit>, Error> {
    let mut checks = Checks::default();
    let text = checks.line("q", text, NAME);
    checks.finish()?;
    let viewer = match actor.role {
        Role::Admin => Viewer::Everything,
        Role::Viewer | Role::Commenter | Role::Editor => Viewer::Person(actor.person.clone()),
    };
    let query = Query {
        viewer: viewer.clone(),
        confined_to: actor.confined_to().map(<[IncidentId]>::to_vec),
        text: Some(text.clone()),
        severities: Vec::new(),
        statuses: Vec::new(),
        service: None,
        from: None,
        to: None,
        after: None,
        limit: MOST_INCIDENTS,
    };
    let incidents = incident::list(app.db(), &query).await?.into_iter().map(|incident| Hit::Incident {
        id: incident.id,
        number: incident.number,
        title: incident.title,
    });
    let events = event::search(app.db(), &viewer, actor.confined_to(), &text, MOST_EVENTS).await?;
    let events = events.into_iter().map(|found| Hit::Event {
        id: found.id,
        incident: found.incident,
        title: found.title,
        service: found.service,
    });
    Ok(incidents.chain(events).collect())
}
