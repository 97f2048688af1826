//! From what a request shows to who asks. Kept in memory until the change log says that a person or a token changed.

use std::sync::Arc;

use model::Instant;
use model::account::{ApiToken, Digest, Session};
use model::person::Person;

use super::secret::digest;
use crate::actor::{Actor, Token, Via};
use crate::app::App;
use crate::error::Error;

/// What a request shows to say who it is. Never printed.
#[derive(Clone, Copy)]
pub enum Credential<'a> {
    Session(&'a str),
    Token(&'a str),
}

/// A credential that was found good, and until when it is.
#[derive(Debug, Clone)]
pub(crate) struct Grant {
    actor: Actor,
    expires_at: Option<Instant>,
}

/// Longer texts are not worth a hash.
const LONGEST: usize = 256;

/// Who this is, with the rights of this moment: what was acknowledged before is taken into account.
///
/// # Errors
/// [`Error::Unauthenticated`] for anything that is not a live credential of an active person.
pub async fn authenticate(app: &App, credential: Credential<'_>) -> Result<Actor, Error> {
    let (Credential::Session(text) | Credential::Token(text)) = credential;
    if text.len() > LONGEST {
        return Err(Error::Unauthenticated);
    }
    app.refresh().await?;
    let digest = digest(text);
    let grant = app.parts().caches.grant(&digest, find(app, credential, &digest)).await?;
    if grant.expires_at.is_some_and(|end| end <= app.now()) {
        return Err(Error::Unauthenticated);
    }
    Ok(grant.actor)
}

async fn find(app: &App, credential: Credential<'_>, digest: &Digest) -> Result<Grant, Error> {
    let grant = match credential {
        Credential::Session(_) => {
            let found = store::session::find(app.db(), digest).await?;
            found.map(|(session, person)| of_session(&session, &person))
        }
        Credential::Token(_) => {
            let found = store::token::find(app.db(), digest).await?;
            if let Some((token, _)) = &found {
                super::tokens::note_use(app, token);
            }
            found.map(|(token, person)| of_token(&token, &person))
        }
    };
    grant.flatten().ok_or(Error::Unauthenticated)
}

fn of_session(session: &Session, person: &Person) -> Option<Grant> {
    let actor = as_actor(person, Via::Session(session.id.clone()))?;
    Some(Grant { actor, expires_at: Some(session.expires_at) })
}

fn of_token(token: &ApiToken, person: &Person) -> Option<Grant> {
    let via = Via::Token(Token {
        id: token.id.clone(),
        incidents: token.incidents.clone().map(Arc::from),
        may_create_tokens: token.may_create_tokens,
    });
    let actor = as_actor(person, via)?;
    let role = actor.role.min(token.role);
    Some(Grant { actor: Actor { role, ..actor }, expires_at: token.expires_at })
}

fn as_actor(person: &Person, via: Via) -> Option<Actor> {
    person.is_active().then(|| Actor::of(person, via, &Arc::default()))
}
