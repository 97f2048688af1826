//! What is known of an incident: its row, who is named in it, its capture. Kept in memory until it changes, because every
//! request about the incident needs it to decide whether the caller may.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::access::Access;
use model::id::{IncidentId, PersonId};
use model::incident::{Duty, Incident};
use store::capture::Manifest;
use store::incident::Tally;
use store::{Db, capture, incident, member};

use crate::access::access_of;
use crate::actor::Actor;
use crate::app::App;
use crate::error::Error;

/// The counts and the revision in `incident` may be behind: [`Tally`] has those of now.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    pub incident: Incident,
    pub members: BTreeMap<PersonId, Named<Access>>,
    pub duties: BTreeMap<Duty, Named<PersonId>>,
    pub capture: Option<Manifest>,
}

/// Something about a person, with the name they have today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named<T> {
    pub name: String,
    pub access: T,
}

/// An incident as one caller sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    pub known: Arc<Known>,
    pub tally: Tally,
    pub access: Access,
}

pub(crate) async fn find(app: &App, id: &IncidentId) -> Result<Option<Arc<Known>>, Error> {
    let load = async {
        let incident = incident::get(app.db(), id).await?;
        Ok::<_, store::Error>(Arc::new(with_names(app.db(), incident).await?))
    };
    match app.parts().caches.known(id, load).await {
        Ok(known) => Ok(Some(known)),
        Err(store::Error::Missing { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn tally(app: &App, id: &IncidentId) -> Result<Tally, Error> {
    Ok(app.parts().caches.tally(id, incident::tally(app.db(), id)).await?)
}

async fn with_names(db: &impl Db, incident: Incident) -> Result<Known, store::Error> {
    let id = &incident.id;
    let members = member::list(db, id).await?;
    let duties = member::list_duties(db, id).await?;
    let capture = match &incident.capture {
        Some(capture) => Some(capture::get(db, capture).await?),
        None => None,
    };
    let members =
        members.into_iter().map(|member| (member.person, Named { name: member.name, access: member.what }));
    let duties = duties.into_iter().map(|duty| (duty.what, Named { name: duty.name, access: duty.person }));
    Ok(Known { members: members.collect(), duties: duties.collect(), capture, incident })
}

/// An incident that was just written, from within its transaction.
pub(crate) async fn show(db: &impl Db, incident: Incident, actor: &Actor) -> Result<Shown, Error> {
    let tally = Tally { counts: incident.counts, revision: incident.revision };
    let known = Arc::new(with_names(db, incident).await?);
    let access = access_of(actor, &known).ok_or(Error::not_found("incident"))?;
    Ok(Shown { known, tally, access })
}

/// Incidents of a list, with few queries for all of them. Those that the caller may not see are left out.
pub(crate) async fn show_all(
    db: &impl Db,
    incidents: Vec<Incident>,
    actor: &Actor,
) -> Result<Vec<Shown>, Error> {
    let ids: Vec<IncidentId> = incidents.iter().map(|incident| incident.id.clone()).collect();
    let mut members = member::list_of_all(db, &ids).await?;
    let mut duties = member::list_duties_of_all(db, &ids).await?;
    let mut captures = capture::list_of_all(db, &ids).await?;
    let mut shown = Vec::with_capacity(incidents.len());
    for incident in incidents {
        let members = members.remove(&incident.id).unwrap_or_default();
        let duties = duties.remove(&incident.id).unwrap_or_default();
        let capture = incident.capture.as_ref().and_then(|id| captures.remove(id));
        let tally = Tally { counts: incident.counts, revision: incident.revision };
        let members = members
            .into_iter()
            .map(|member| (member.person, Named { name: member.name, access: member.what }));
        let duties =
            duties.into_iter().map(|duty| (duty.what, Named { name: duty.name, access: duty.person }));
        let known = Known { members: members.collect(), duties: duties.collect(), capture, incident };
        if let Some(access) = access_of(actor, &known) {
            shown.push(Shown { known: Arc::new(known), tally, access });
        }
    }
    Ok(shown)
}
