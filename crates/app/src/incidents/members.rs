//! Who is named in an incident: members with an access of their own, and who does what while it runs.

use model::access::Access;
use model::id::{IncidentId, PersonId};
use model::incident::Duty;
use store::change::{Noun, What};
use store::{incident, member};

use super::known::{self, Shown};
use crate::access::{Edit, Own, authorize};
use crate::actor::Actor;
use crate::app::App;
use crate::commit::{Outcome, Reply, Work};
use crate::error::Error;

/// # Errors
/// [`Error::Forbidden`] for who does not own the incident, [`Error::NotFound`] for an unknown person,
/// [`Error::Conflict`] when a private incident would be left without an owner.
pub async fn put_member(
    app: &App,
    actor: &Actor,
    id: &IncidentId,
    (person, access): (PersonId, Access),
    reply: Reply<Shown>,
) -> Result<Outcome<Shown>, Error> {
    authorize::<Own>(app, actor, id).await?;
    let id = id.clone();
    app.commit(actor, reply, move |work| {
        Box::pin(async move {
            store::person::get(&**work.unit, &person).await?;
            member::put(&**work.unit, &id, &person, access).await?;
            keep_an_owner(work, &id).await?;
            let detail = format!("{person} {}", access.as_str());
            finish(work, &id, "put_member", detail).await
        })
    })
    .await
}

/// # Errors
/// As [`put_member`].
pub async fn delete_member(
    app: &App,
    actor: &Actor,
    id: &IncidentId,
    person: PersonId,
    reply: Reply<Shown>,
) -> Result<Outcome<Shown>, Error> {
    authorize::<Own>(app, actor, id).await?;
    let id = id.clone();
    app.commit(actor, reply, move |work| {
        Box::pin(async move {
            if !member::delete(&**work.unit, &id, &person).await? {
                return Err(Error::not_found("member"));
            }
            keep_an_owner(work, &id).await?;
            finish(work, &id, "delete_member", person.to_string()).await
        })
    })
    .await
}

/// # Errors
/// [`Error::Forbidden`] for who may not edit the incident, [`Error::NotFound`] for an unknown person.
pub async fn assign_role(
    app: &App,
    actor: &Actor,
    id: &IncidentId,
    (duty, person): (Duty, PersonId),
    reply: Reply<Shown>,
) -> Result<Outcome<Shown>, Error> {
    authorize::<Edit>(app, actor, id).await?;
    let id = id.clone();
    app.commit(actor, reply, move |work| {
        Box::pin(async move {
            store::person::get(&**work.unit, &person).await?;
            member::put_duty(&**work.unit, &id, duty, &person).await?;
            let detail = format!("{} {person}", duty.as_str());
            finish(work, &id, "assign_role", detail).await
        })
    })
    .await
}

/// # Errors
/// [`Error::NotFound`] when nobody has it.
pub async fn release_role(
    app: &App,
    actor: &Actor,
    id: &IncidentId,
    duty: Duty,
    reply: Reply<Shown>,
) -> Result<Outcome<Shown>, Error> {
    authorize::<Edit>(app, actor, id).await?;
    let id = id.clone();
    app.commit(actor, reply, move |work| {
        Box::pin(async move {
            if !member::delete_duty(&**work.unit, &id, duty).await? {
                return Err(Error::not_found("role"));
            }
            finish(work, &id, "release_role", duty.as_str().to_owned()).await
        })
    })
    .await
}

async fn keep_an_owner(work: &mut Work<'_>, id: &IncidentId) -> Result<(), Error> {
    let members = member::list(&**work.unit, id).await?;
    if members.iter().any(|member| member.what == Access::Owner) {
        return Ok(());
    }
    Err(Error::conflict("last_owner", "an incident needs at least one owner; name another one first"))
}

async fn finish(
    work: &mut Work<'_>,
    id: &IncidentId,
    action: &'static str,
    detail: String,
) -> Result<Shown, Error> {
    let incident = incident::get(&**work.unit, id).await?;
    work.audit_with(action, id, Some(id), Some(detail));
    work.change((Noun::Incident, What::Updated), id, Some(id), incident.version);
    known::show(&**work.unit, incident, &work.actor).await
}
