//! API tokens: made by a person for a program, never with more rights than their maker has now.

use model::Instant;
use model::account::ApiToken;
use model::id::{IncidentId, PersonId, TokenId};
use model::person::{Person, Role};
use store::change::{Noun, What};
use store::{person, token};

use super::people::ensure_program;
use super::secret::Secret;
use crate::access;
use crate::actor::{Actor, Via};
use crate::app::App;
use crate::commit::{Outcome, Reply, Work};
use crate::error::{Error, Forbidden};
use crate::input::{Checks, NAME};

const PREFIX: &str = "fup_";
const MOST_INCIDENTS: usize = 100;
/// When a token was last used is remembered to this precision, so that reading does not write each time.
const USE_PRECISION_US: i64 = 3_600 * 1_000_000;

#[derive(Debug, Clone)]
pub struct Draft {
    pub name: String,
    pub role: Role,
    pub incidents: Option<Vec<IncidentId>>,
    pub expires_at: Option<Instant>,
    pub may_create_tokens: bool,
}

/// A token with the person it acts for.
#[derive(Debug, Clone)]
pub struct Shown {
    pub token: ApiToken,
    pub person: Person,
}

/// One's own tokens; those of everyone for administrators. What a token sees of others, it must not manage: it sees
/// those of its person.
///
/// # Errors
/// When the store cannot be read.
pub async fn list_tokens(
    app: &App,
    actor: &Actor,
    after: Option<&TokenId>,
    limit: u64,
) -> Result<Vec<Shown>, Error> {
    let whose =
        if actor.role == Role::Admin && actor.confined_to().is_none() { None } else { Some(&actor.person) };
    let found = token::list(app.db(), whose, after, limit).await?;
    Ok(found.into_iter().map(|(token, person)| Shown { token, person }).collect())
}

/// The secret is shown once, and is not part of what is kept for a repeated request.
///
/// # Errors
/// [`Error::Forbidden`] for a role above the maker's, and for tokens that may not make tokens; [`Error::Invalid`].
pub async fn create_token(
    app: &App,
    actor: &Actor,
    draft: Draft,
    reply: Reply<Shown>,
) -> Result<(Outcome<Shown>, Secret), Error> {
    check_rights(app, actor, &draft).await?;
    let mut checks = Checks::default();
    let name = checks.line("name", &draft.name, NAME);
    checks.count("incident_ids", draft.incidents.as_ref().map_or(0, Vec::len), MOST_INCIDENTS);
    if draft.incidents.as_ref().is_some_and(Vec::is_empty) {
        checks.refuse("incident_ids", "too_short", "must name an incident, or be left out");
    }
    if draft.expires_at.is_some_and(|end| end <= app.now()) {
        checks.refuse("expires_at", "in_the_past", "must lie in the future");
    }
    checks.finish()?;
    let secret = Secret::draw(PREFIX)?;
    let digest = secret.digest();
    let token = to_token(app, actor.person.clone(), Draft { name, ..draft });
    let outcome = app.commit(actor, reply, move |work| {
        Box::pin(async move {
            let person = person::get(&**work.unit, &token.person).await?;
            token::insert(&**work.unit, &token, &digest).await?;
            leave_trace(work, "create_token", What::Created, &token);
            Ok(Shown { token, person })
        })
    });
    Ok((outcome.await?, secret))
}

/// A token cannot exceed its maker: not in role, not in incidents, and only a token made for it may make tokens.
async fn check_rights(app: &App, actor: &Actor, draft: &Draft) -> Result<(), Error> {
    if let Via::Token(maker) = &actor.via {
        let stays_within = match (&maker.incidents, &draft.incidents) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(allowed), Some(wanted)) => wanted.iter().all(|incident| allowed.contains(incident)),
        };
        if !maker.may_create_tokens || !stays_within {
            return Err(Error::Forbidden(Forbidden::TokenScope));
        }
    }
    actor.require_role(draft.role)?;
    for incident in draft.incidents.iter().flatten().take(MOST_INCIDENTS) {
        if access::find(app, actor, incident).await?.is_none() {
            return Err(Error::not_found("incident"));
        }
    }
    Ok(())
}

fn to_token(app: &App, person: PersonId, draft: Draft) -> ApiToken {
    ApiToken {
        id: TokenId::from_bits(app.new_bits()),
        person,
        name: draft.name,
        role: draft.role,
        incidents: draft.incidents,
        may_create_tokens: draft.may_create_tokens,
        created_at: app.now(),
        expires_at: draft.expires_at,
        last_used_at: None,
    }
}

/// Worth nothing from the next request on.
///
/// # Errors
/// [`Error::NotFound`] for tokens of others, except for administrators; [`Error::Forbidden`] for a token that may not
/// manage tokens.
pub async fn revoke_token(
    app: &App,
    actor: &Actor,
    id: TokenId,
    reply: Reply<()>,
) -> Result<Outcome<()>, Error> {
    if let Via::Token(own) = &actor.via
        && own.id != id
        && !own.may_create_tokens
    {
        return Err(Error::Forbidden(Forbidden::TokenScope));
    }
    app.commit(actor, reply, move |work| {
        Box::pin(async move {
            let (token, _) = token::get(&**work.unit, &id).await?;
            if token.person != work.actor.person && work.actor.role < Role::Admin {
                return Err(Error::not_found("token"));
            }
            token::delete(&**work.unit, &id).await?;
            leave_trace(work, "revoke_token", What::Deleted, &token);
            Ok(())
        })
    })
    .await
}

fn leave_trace(work: &mut Work<'_>, action: &'static str, what: What, token: &ApiToken) {
    work.audit_with(action, &token.id, None, Some(token.role.as_str().to_owned()));
    work.change((Noun::Token, what), &token.id, None, 1);
}

/// For the command line: a token of an account that only tokens use, made when it is not there yet.
///
/// # Errors
/// [`Error::Invalid`] for a bad name; when the store cannot be written.
pub async fn create_for_program(app: &App, user: &str, role: Role) -> Result<Secret, Error> {
    let person = ensure_program(app, user, role).await?;
    let secret = Secret::draw(PREFIX)?;
    let digest = secret.digest();
    let draft = Draft {
        name: "command line".to_owned(),
        role,
        incidents: None,
        expires_at: None,
        may_create_tokens: role == Role::Admin,
    };
    let token = to_token(app, person.id.clone(), draft);
    let actor = Actor::on_behalf_of(&person);
    let outcome = app.commit(&actor, Reply::internal(), move |work| {
        Box::pin(async move {
            token::insert(&**work.unit, &token, &digest).await?;
            leave_trace(work, "create_token", What::Created, &token);
            Ok(())
        })
    });
    outcome.await?.into_value()?;
    Ok(secret)
}

/// Remembers in the background that a token is in use.
pub(super) fn note_use(app: &App, token: &ApiToken) {
    let (now, id) = (app.now(), token.id.clone());
    if token.last_used_at.is_some_and(|last| now.since(last) < USE_PRECISION_US) {
        return;
    }
    let writer = app.store().writer().clone();
    app.parts().tasks.spawn(|_| async move {
        let written =
            writer.write(move |unit| Box::pin(async move { token::touch(&**unit, &id, now).await })).await;
        if let Err(error) = written {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "the last use of a token was not remembered"
            );
        }
    });
}
