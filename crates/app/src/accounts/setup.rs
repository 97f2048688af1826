//! The first administrator: made with a one-time link that only who started the server has seen.

use model::Instant;
use model::account::Purpose;
use model::id::PersonId;
use model::person::{Person, Role};
use store::{one_time_link, person};

use super::people::join;
use super::secret::{Secret, digest};
use super::sessions::{Begun, Visitor, begin};
use super::{email, password};
use crate::actor::{Actor, Via};
use crate::app::App;
use crate::commit::Reply;
use crate::error::Error;
use crate::input::{Checks, NAME};

const LINK_LIFETIME_US: i64 = 24 * 3_600 * 1_000_000;

/// What the first administrator says of themselves.
pub struct First {
    pub token: String,
    pub name: String,
    pub email: String,
    pub password: String,
}

/// Whether nobody can administer this instance yet.
///
/// # Errors
/// When the store cannot be read.
pub async fn is_needed(app: &App) -> Result<bool, Error> {
    Ok(person::count_admins(app.db()).await? == 0)
}

/// A new link to set the instance up; earlier ones lose their worth.
///
/// # Errors
/// When the store cannot be written.
pub async fn create_link(app: &App) -> Result<Secret, Error> {
    let secret = Secret::draw("")?;
    let (digest, expires_at) = (secret.digest(), app.now().saturating_add(LINK_LIFETIME_US));
    let write = app.store().writer().write(move |unit| {
        Box::pin(async move {
            one_time_link::delete_setup(&**unit).await?;
            one_time_link::insert(&**unit, &digest, &Purpose::Setup, expires_at).await
        })
    });
    write.await?;
    Ok(secret)
}

/// A link by which this person signs in once.
///
/// # Errors
/// When the store cannot be written.
pub async fn create_sign_in_link(app: &App, person: &PersonId) -> Result<Secret, Error> {
    let secret = Secret::draw("")?;
    let (digest, expires_at) = (secret.digest(), app.now().saturating_add(LINK_LIFETIME_US));
    let purpose = Purpose::SignIn(person.clone());
    let write = app.store().writer().write(move |unit| {
        Box::pin(async move { one_time_link::insert(&**unit, &digest, &purpose, expires_at).await })
    });
    write.await?;
    Ok(secret)
}

/// # Errors
/// [`Error::LinkSpent`], also when there is an administrator already; [`Error::Invalid`].
pub async fn set_up(app: &App, visitor: &Visitor, first: First) -> Result<Begun, Error> {
    let digest = digest(&first.token);
    if one_time_link::find(app.db(), &digest, app.now()).await? != Some(Purpose::Setup)
        || !is_needed(app).await?
    {
        return Err(Error::LinkSpent);
    }
    let mut checks = Checks::default();
    let name = checks.line("name", &first.name, NAME);
    let email = email::check(&mut checks, &first.email);
    checks.finish()?;
    password::check("password", &first.password, &password::known_of(&name, &email))?;
    let hash = app.parts().doorkeeper.hashing.hash(first.password).await?;
    let person = new_admin(PersonId::from_bits(app.new_bits()), name, email, app.now());
    let (id, actor) = (person.id.clone(), Actor::of(&person, Via::System, &visitor.request_id));
    let outcome = app
        .commit(&actor, Reply::internal(), move |work| {
            Box::pin(async move {
                let is_first = one_time_link::delete(&**work.unit, &digest).await?;
                if !is_first || person::count_admins(&**work.unit).await? > 0 {
                    return Err(Error::LinkSpent);
                }
                join(work, &person, Some(&hash), "set_up").await
            })
        })
        .await?;
    outcome.into_value()?;
    begin(app, visitor, id, |_| Box::pin(async { Ok(()) })).await
}

/// An administrator without a password, who signs in by links: for the demo.
///
/// # Errors
/// When the store cannot be written.
pub async fn ensure_admin(app: &App, name: &str, email: &str) -> Result<Person, Error> {
    if let Some((person, _)) = person::find_by_email(app.db(), email).await? {
        return Ok(person);
    }
    let person = new_admin(PersonId::from_bits(app.new_bits()), name.to_owned(), email.to_owned(), app.now());
    let actor = Actor::on_behalf_of(&person);
    let made = person.clone();
    let outcome = app
        .commit(&actor, Reply::internal(), move |work| {
            Box::pin(async move { join(work, &person, None, "set_up").await })
        })
        .await?;
    outcome.into_value()?;
    Ok(made)
}

fn new_admin(id: PersonId, name: String, email: String, now: Instant) -> Person {
    Person {
        id,
        name,
        email: Some(email),
        role: Role::Admin,
        suspended_at: None,
        version: 1,
        created_at: now,
    }
}
