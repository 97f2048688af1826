//! May this caller do this with this incident? Asked once in every use case; the answer is a value that the rest of the
//! use case cannot do without.

use std::marker::PhantomData;
use std::sync::Arc;

use model::access::{Access, access_to};
use model::id::IncidentId;
use model::person::Role;

use crate::actor::{Actor, Via};
use crate::app::App;
use crate::error::Error;
use crate::incidents::{self, Known};

/// A right that some access to an incident gives.
pub trait Right: Send + Sync + 'static {
    const NEEDS: Access;
}

macro_rules! rights {
    ($($name:ident = $access:ident;)*) => {$(
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl Right for $name {
            const NEEDS: Access = Access::$access;
        }
    )*};
}

rights! {
    View = Viewer;
    Comment = Commenter;
    Edit = Editor;
    Own = Owner;
}

/// Proof that the caller has the right on this incident, with the incident as it was when that was found.
#[derive(Debug, Clone)]
pub struct Authorized<R> {
    pub known: Arc<Known>,
    pub access: Access,
    right: PhantomData<R>,
}

impl<R> Authorized<R> {
    pub fn incident_id(&self) -> &IncidentId {
        &self.known.incident.id
    }
}

/// # Errors
/// [`Error::NotFound`] when the incident does not exist for the caller, [`Error::Forbidden`] when it does but the right
/// is missing.
pub async fn authorize<R: Right>(
    app: &App,
    actor: &Actor,
    incident: &IncidentId,
) -> Result<Authorized<R>, Error> {
    let (known, access) = find(app, actor, incident).await?.ok_or(Error::not_found("incident"))?;
    if access < R::NEEDS {
        return Err(Error::forbidden());
    }
    Ok(Authorized { known, access, right: PhantomData })
}

/// The incident and the caller's access to it, when it exists for them.
pub(crate) async fn find(
    app: &App,
    actor: &Actor,
    incident: &IncidentId,
) -> Result<Option<(Arc<Known>, Access)>, Error> {
    if actor.is_confined_from(incident) {
        return Ok(None);
    }
    let Some(known) = incidents::find_known(app, incident).await? else { return Ok(None) };
    let access = access_of(actor, &known);
    Ok(access.map(|access| (known, access)))
}

pub(crate) fn access_of(actor: &Actor, known: &Known) -> Option<Access> {
    let named = known.members.get(&actor.person).map(|member| member.access);
    let access = access_to(known.incident.visibility, actor.role, named)?;
    // A token never does more than its role says, whatever its person is named as.
    Some(match &actor.via {
        Via::Token(_) => access.min(most_of(actor.role)),
        Via::Session(_) | Via::System => access,
    })
}

fn most_of(role: Role) -> Access {
    match role {
        Role::Viewer => Access::Viewer,
        Role::Commenter => Access::Commenter,
        // Whoever may declare incidents may own them.
        Role::Editor | Role::Admin => Access::Owner,
    }
}
