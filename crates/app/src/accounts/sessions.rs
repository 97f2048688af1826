//! Signing in and out, and what a person does with their own account.

use std::net::IpAddr;
use std::sync::Arc;

use futures::future::BoxFuture;
use model::Instant;
use model::account::{Preferences, Purpose, Session};
use model::id::{PersonId, SessionId};
use model::person::Person;
use store::change::{Noun, What};
use store::{one_time_link, person, session};

use super::secret::{Secret, digest};
use super::{email, password};
use crate::actor::{Actor, Via};
use crate::app::App;
use crate::commit::{Outcome, Reply, Work};
use crate::error::Error;

pub(super) const LIFETIME_US: i64 = 30 * 24 * 3_600 * 1_000_000;
const MOST_SESSIONS: i64 = 50;

const MOST_PREFERENCES: usize = 64;
const LONGEST_NAME: usize = 64;
const LONGEST_VALUE: usize = 200;

/// Who is signed in, and what their browser must know.
#[derive(Debug, Clone)]
pub struct Shown {
    pub person: Person,
    pub preferences: Preferences,
}

/// A session that has just begun. Its secret goes into the cookie.
pub struct Begun {
    pub shown: Shown,
    pub secret: Secret,
    pub expires_at: Instant,
}

/// Where an attempt to sign in comes from.
#[derive(Debug, Clone)]
pub struct Visitor {
    pub address: IpAddr,
    /// As the browser names itself, cut to a length worth keeping.
    pub user_agent: Option<String>,
    pub request_id: Arc<str>,
}

/// # Errors
/// [`Error::WrongCredentials`] for everything that does not fit, in the same time; [`Error::RateLimited`].
pub async fn sign_in(app: &App, visitor: &Visitor, email: &str, password: String) -> Result<Begun, Error> {
    let email = email::normal(email);
    let doorkeeper = &app.parts().doorkeeper;
    doorkeeper.attempts.begin(&email, visitor.address, std::time::Instant::now())?;
    let found = person::find_by_email(app.db(), &email).await?;
    let (person, stored) = found.map_or((None, None), |(person, stored)| (Some(person), stored));
    let is_right = doorkeeper.hashing.verify(password, stored).await?;
    let person = person.filter(|person| is_right && person.is_active()).ok_or(Error::WrongCredentials)?;
    doorkeeper.attempts.succeed(&email, visitor.address, std::time::Instant::now());
    begin(app, visitor, person.id, |_| Box::pin(async { Ok(()) })).await
}

/// # Errors
/// [`Error::LinkSpent`].
pub async fn sign_in_by_link(app: &App, visitor: &Visitor, token: &str) -> Result<Begun, Error> {
    let digest = digest(token);
    let Some(Purpose::SignIn(person)) = one_time_link::find(app.db(), &digest, app.now()).await? else {
        return Err(Error::LinkSpent);
    };
    begin(app, visitor, person, move |work| {
        Box::pin(async move {
            let is_first = one_time_link::delete(&**work.unit, &digest).await?;
            if is_first { Ok(()) } else { Err(Error::LinkSpent) }
        })
    })
    .await
}

/// Begins a session of an active person, after `before` in the same transaction.
pub(super) async fn begin(
    app: &App,
    visitor: &Visitor,
    person: PersonId,
    before: impl for<'w, 'u> FnOnce(&'w mut Work<'u>) -> BoxFuture<'w, Result<(), Error>> + Send + 'static,
) -> Result<Begun, Error> {
    let secret = Secret::draw("")?;
    let digest = secret.digest();
    let id = SessionId::from_bits(app.new_bits());
    let expires_at = app.now().saturating_add(LIFETIME_US);
    let user_agent = visitor.user_agent.clone();
    let known = person::get(app.db(), &person).await.map_err(|_| Error::WrongCredentials)?;
    let actor = Actor::of(&known, Via::Session(id.clone()), &visitor.request_id);
    let outcome = app
        .commit(&actor, Reply::internal(), move |work| {
            Box::pin(async move {
                before(work).await?;
                let person = person::get(&**work.unit, &person).await?;
                if !person.is_active() {
                    return Err(Error::WrongCredentials);
                }
                let (person_id, created_at) = (person.id.clone(), work.now);
                let session = Session { id, person: person_id, user_agent, created_at, expires_at };
                session::insert(&**work.unit, &session, &digest).await?;
                session::delete_surplus(&**work.unit, &person.id, MOST_SESSIONS).await?;
                work.audit("sign_in", &person.id, None);
                let preferences = person::preferences(&**work.unit, &person.id).await?;
                Ok(Shown { person, preferences })
            })
        })
        .await?;
    Ok(Begun { shown: outcome.into_value()?, secret, expires_at })
}

/// # Errors
/// [`Error::Forbidden`] never: any known caller may see who they are.
pub async fn show_session(app: &App, actor: &Actor) -> Result<Shown, Error> {
    let person = person::get(app.db(), &actor.person).await?;
    let person = Person { role: actor.role, ..person };
    let preferences = person::preferences(app.db(), &actor.person).await?;
    Ok(Shown { person, preferences })
}

/// # Errors
/// [`Error::Forbidden`] for a token, which is revoked instead.
pub async fn sign_out(app: &App, actor: &Actor, reply: Reply<()>) -> Result<Outcome<()>, Error> {
    let id = actor.require_session()?.clone();
    app.commit(actor, reply, move |work| {
        Box::pin(async move {
            let person = work.actor.person.clone();
            session::delete(&**work.unit, &person, &id).await?;
            work.audit("sign_out", &person, None);
            work.change((Noun::Token, What::Deleted), &id, None, 1);
            Ok(())
        })
    })
    .await
}

/// Browsers in which the caller is signed in, latest first; with the one that asks.
///
/// # Errors
/// [`Error::Forbidden`] for a token.
pub async fn list_sessions(app: &App, actor: &Actor) -> Result<(Vec<Session>, SessionId), Error> {
    let current = actor.require_session()?.clone();
    Ok((session::list(app.db(), &actor.person, app.now()).await?, current))
}

/// Signs the caller out of one browser: this one or another.
///
/// # Errors
/// [`Error::NotFound`] for a session of someone else; [`Error::Forbidden`] for a token.
pub async fn end_session(
    app: &App,
    actor: &Actor,
    id: SessionId,
    reply: Reply<()>,
) -> Result<Outcome<()>, Error> {
    actor.require_session()?;
    app.commit(actor, reply, move |work| {
        Box::pin(async move {
            let person = work.actor.person.clone();
            if !session::delete(&**work.unit, &person, &id).await? {
                return Err(Error::not_found("session"));
            }
            work.audit("end_session", &id, None);
            work.change((Noun::Token, What::Deleted), &person, None, 1);
            Ok(())
        })
    })
    .await
}

/// Signs the caller out of every browser but the one that asks.
///
/// # Errors
/// [`Error::Forbidden`] for a token.
pub async fn end_other_sessions(app: &App, actor: &Actor, reply: Reply<()>) -> Result<Outcome<()>, Error> {
    let kept = actor.require_session()?.clone();
    app.commit(actor, reply, move |work| {
        Box::pin(async move {
            let person = work.actor.person.clone();
            session::delete_of(&**work.unit, &person, Some(&kept)).await?;
            work.audit("end_other_sessions", &person, None);
            work.change((Noun::Token, What::Deleted), &person, None, 1);
            Ok(())
        })
    })
    .await
}

/// Sets a new password and ends all other sessions of the person. The present password is asked for, unless there is
/// none yet.
///
/// # Errors
/// [`Error::Invalid`] for a wrong present password or a weak new one; [`Error::RateLimited`].
pub async fn change_password(
    app: &App,
    actor: &Actor,
    address: IpAddr,
    (current, new): (Option<String>, String),
    reply: Reply<()>,
) -> Result<Outcome<()>, Error> {
    let kept = actor.require_session()?.clone();
    let owner = person::get(app.db(), &actor.person).await?;
    let email = owner.email.clone().unwrap_or_default();
    let doorkeeper = &app.parts().doorkeeper;
    password::check("password", &new, &password::known_of(&owner.name, &email))?;
    if let Some(stored) = person::find_password(app.db(), &actor.person).await? {
        doorkeeper.attempts.begin(&email, address, std::time::Instant::now())?;
        if !doorkeeper.hashing.verify(current.unwrap_or_default(), Some(stored)).await? {
            return Err(Error::invalid("current", "wrong_password", "is not the present password"));
        }
        doorkeeper.attempts.succeed(&email, address, std::time::Instant::now());
    }
    let hash = doorkeeper.hashing.hash(new).await?;
    app.commit(actor, reply, move |work| {
        Box::pin(async move {
            let person = work.actor.person.clone();
            person::set_password(&**work.unit, &person, &hash).await?;
            session::delete_of(&**work.unit, &person, Some(&kept)).await?;
            work.audit("change_password", &person, None);
            work.change((Noun::Token, What::Deleted), &person, None, 1);
            Ok(())
        })
    })
    .await
}

/// Sets some preferences; `None` removes one.
///
/// # Errors
/// [`Error::Invalid`] when there would be too many, or one is too long.
pub async fn update_preferences(
    app: &App,
    actor: &Actor,
    changes: Vec<(String, Option<String>)>,
    reply: Reply<Preferences>,
) -> Result<Outcome<Preferences>, Error> {
    actor.require_session()?;
    app.commit(actor, reply, move |work| {
        Box::pin(async move {
            let person = work.actor.person.clone();
            let mut preferences = person::preferences(&**work.unit, &person).await?;
            for (name, value) in changes {
                match value {
                    Some(value) => preferences.insert(name, value),
                    None => preferences.remove(&name),
                };
            }
            check_preferences(&preferences)?;
            person::set_preferences(&**work.unit, &person, &preferences).await?;
            work.audit("update_preferences", &person, None);
            Ok(preferences)
        })
    })
    .await
}

fn check_preferences(preferences: &Preferences) -> Result<(), Error> {
    if preferences.len() > MOST_PREFERENCES {
        return Err(Error::invalid(
            "",
            "too_many",
            format!("at most {MOST_PREFERENCES} preferences are kept"),
        ));
    }
    let is_long = |(name, value): (&String, &String)| {
        name.is_empty() || name.chars().count() > LONGEST_NAME || value.chars().count() > LONGEST_VALUE
    };
    match preferences.iter().find(|pair| is_long(*pair)) {
        Some(_) => Err(Error::invalid("", "too_long", "a name or a value is too long to be a preference")),
        None => Ok(()),
    }
}
