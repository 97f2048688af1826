//! Invitations: an administrator makes one, whoever has its link becomes a person.

use model::account::Invitation;
use model::id::{InvitationId, PersonId};
use model::person::{Person, Role};
use store::change::{Noun, What};
use store::{invitation, person};

use super::people::join;
use super::secret::{Secret, digest};
use super::sessions::{Begun, Visitor, begin};
use super::{email, password};
use crate::actor::{Actor, Via};
use crate::app::App;
use crate::commit::{Outcome, Reply};
use crate::error::Error;
use crate::input::{Checks, NAME};

const LIFETIME_US: i64 = 7 * 24 * 3_600 * 1_000_000;

#[derive(Debug, Clone)]
pub struct Draft {
    pub email: String,
    pub name: Option<String>,
    pub role: Role,
}

/// What the invited person says of themselves.
pub struct Acceptance {
    pub token: String,
    pub name: String,
    pub password: String,
}

/// # Errors
/// [`Error::Forbidden`] for who is no administrator.
pub async fn list_invitations(
    app: &App,
    actor: &Actor,
    after: Option<&InvitationId>,
    limit: u64,
) -> Result<Vec<Invitation>, Error> {
    actor.require_role(Role::Admin)?;
    Ok(invitation::list(app.db(), after, limit).await?)
}

/// The secret is for the link, and is not part of what is kept for a repeated request.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Invalid`], [`Error::Conflict`] when somebody signs in with this e-mail already.
pub async fn create_invitation(
    app: &App,
    actor: &Actor,
    draft: Draft,
    reply: Reply<Invitation>,
) -> Result<(Outcome<Invitation>, Secret), Error> {
    actor.require_role(Role::Admin)?;
    let mut checks = Checks::default();
    let email = email::check(&mut checks, &draft.email);
    let name = checks.maybe_line("name", draft.name.as_deref(), NAME);
    checks.finish()?;
    let secret = Secret::draw("")?;
    let digest = secret.digest();
    let id = InvitationId::from_bits(app.new_bits());
    let outcome = app.commit(actor, reply, move |work| {
        Box::pin(async move {
            if person::find_by_email(&**work.unit, &email).await?.is_some() {
                return Err(Error::conflict("email_taken", "somebody signs in with this e-mail already"));
            }
            let (by, created_at) = (work.actor.person.clone(), work.now);
            let expires_at = created_at.saturating_add(LIFETIME_US);
            let invitation = Invitation { id, email, name, role: draft.role, by, created_at, expires_at };
            invitation::insert(&**work.unit, &invitation, &digest).await?;
            work.audit_with("create_invitation", &invitation.id, None, Some(draft.role.as_str().to_owned()));
            work.change((Noun::Person, What::Updated), &invitation.id, None, 1);
            Ok(invitation)
        })
    });
    Ok((outcome.await?, secret))
}

/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn delete_invitation(
    app: &App,
    actor: &Actor,
    id: InvitationId,
    reply: Reply<()>,
) -> Result<Outcome<()>, Error> {
    actor.require_role(Role::Admin)?;
    app.commit(actor, reply, move |work| {
        Box::pin(async move {
            if !invitation::delete(&**work.unit, &id).await? {
                return Err(Error::not_found("invitation"));
            }
            work.audit("delete_invitation", &id, None);
            work.change((Noun::Person, What::Updated), &id, None, 1);
            Ok(())
        })
    })
    .await
}

/// Becomes a person and signs them in.
///
/// # Errors
/// [`Error::LinkSpent`], [`Error::Invalid`].
pub async fn accept_invitation(app: &App, visitor: &Visitor, acceptance: Acceptance) -> Result<Begun, Error> {
    let digest = digest(&acceptance.token);
    let found = invitation::find(app.db(), &digest).await?;
    let invitation = found.filter(|invitation| invitation.expires_at > app.now()).ok_or(Error::LinkSpent)?;
    let mut checks = Checks::default();
    let name = checks.line("name", &acceptance.name, NAME);
    checks.finish()?;
    password::check("password", &acceptance.password, &password::known_of(&name, &invitation.email))?;
    let hash = app.parts().doorkeeper.hashing.hash(acceptance.password).await?;
    let person = Person {
        id: PersonId::from_bits(app.new_bits()),
        name,
        email: Some(invitation.email),
        role: invitation.role,
        suspended_at: None,
        version: 1,
        created_at: app.now(),
    };
    let (id, actor) = (person.id.clone(), Actor::of(&person, Via::System, &visitor.request_id));
    let outcome = app.commit(&actor, Reply::internal(), move |work| {
        Box::pin(async move {
            if !invitation::delete(&**work.unit, &invitation.id).await? {
                return Err(Error::LinkSpent);
            }
            join(work, &person, Some(&hash), "accept_invitation").await
        })
    });
    outcome.await?.into_value()?;
    begin(app, visitor, id, |_| Box::pin(async { Ok(()) })).await
}
