//! Who has an account, and what administrators change about it.

use model::id::PersonId;
use model::person::{Person, Role};
use store::change::{Noun, What};
use store::{person, session};

use crate::actor::Actor;
use crate::app::App;
use crate::commit::{Outcome, Reply, Work};
use crate::error::Error;
use crate::input::{Checks, NAME};

#[derive(Debug, Clone, Default)]
pub struct Patch {
    pub name: Option<String>,
    pub role: Option<Role>,
    pub suspended: Option<bool>,
}

/// Everyone may see who else is here: they assign roles and name members.
///
/// # Errors
/// When the store cannot be read.
pub async fn list_people(
    app: &App,
    _actor: &Actor,
    after: Option<&PersonId>,
    limit: u64,
) -> Result<Vec<Person>, Error> {
    Ok(person::list(app.db(), after, limit).await?)
}

/// The account of a program, which nobody can sign in to: found by its name, with at least this role.
///
/// # Errors
/// [`Error::Invalid`] for a bad name; when the store cannot be written.
pub async fn ensure_program(app: &App, name: &str, role: Role) -> Result<Person, Error> {
    let mut checks = Checks::default();
    let name = checks.line("user", name, NAME);
    checks.finish()?;
    let Some(before) = person::find_without_email(app.db(), &name).await? else {
        let id = PersonId::from_bits(app.new_bits());
        let made =
            Person { id, name, email: None, role, suspended_at: None, version: 1, created_at: app.now() };
        return store_program(app, made, true).await;
    };
    if before.role >= role {
        return Ok(before);
    }
    store_program(app, Person { role, version: before.version + 1, ..before }, false).await
}

async fn store_program(app: &App, program: Person, is_new: bool) -> Result<Person, Error> {
    let actor = Actor::on_behalf_of(&program);
    let outcome = app.commit(&actor, Reply::internal(), move |work| {
        Box::pin(async move {
            if is_new {
                join(work, &program, None, "create_person").await?;
            } else {
                person::update(&**work.unit, &program).await?;
                work.audit_with("update_person", &program.id, None, Some(program.role.as_str().to_owned()));
                work.change((Noun::Person, What::Updated), &program.id, None, program.version);
            }
            Ok(program)
        })
    });
    outcome.await?.into_value()
}

/// Seen by the next request of the person: sessions and tokens of a suspended one are worth nothing from then on.
///
/// # Errors
/// [`Error::Forbidden`] for who is no administrator, [`Error::Conflict`] when nobody could administer any more.
pub async fn update_person(
    app: &App,
    actor: &Actor,
    id: PersonId,
    patch: Patch,
    reply: Reply<Person>,
) -> Result<Outcome<Person>, Error> {
    actor.require_role(Role::Admin)?;
    app.commit(actor, reply, move |work| Box::pin(async move { update(work, &id, patch).await })).await
}

async fn update(work: &mut Work<'_>, id: &PersonId, patch: Patch) -> Result<Person, Error> {
    let before = person::get(&**work.unit, id).await?;
    let mut checks = Checks::default();
    let name = patch.name.map(|name| checks.line("name", &name, NAME));
    checks.finish()?;
    let suspended_at = match patch.suspended {
        Some(true) => before.suspended_at.or(Some(work.now)),
        Some(false) => None,
        None => before.suspended_at,
    };
    let after = Person {
        name: name.unwrap_or_else(|| before.name.clone()),
        role: patch.role.unwrap_or(before.role),
        suspended_at,
        version: before.version + 1,
        ..before.clone()
    };
    person::update(&**work.unit, &after).await?;
    keep_an_admin(work, &before).await?;
    if !after.is_active() {
        session::delete_of(&**work.unit, id, None).await?;
    }
    let state = if after.is_active() { "active" } else { "suspended" };
    work.audit_with("update_person", id, None, Some(format!("{} {state}", after.role.as_str())));
    work.change((Noun::Person, What::Updated), id, None, after.version);
    Ok(after)
}

async fn keep_an_admin(work: &Work<'_>, before: &Person) -> Result<(), Error> {
    let was_admin = before.role == Role::Admin && before.is_active() && before.email.is_some();
    if was_admin && person::count_admins(&**work.unit).await? == 0 {
        return Err(Error::conflict("last_admin", "this is the last administrator"));
    }
    Ok(())
}

/// Stores a new person with what every new person leaves behind.
pub(super) async fn join(
    work: &mut Work<'_>,
    person: &Person,
    password: Option<&person::PasswordHash>,
    action: &'static str,
) -> Result<(), Error> {
    person::insert(&**work.unit, person, password).await.map_err(|error| match error {
        store::Error::Exists(_) => {
            Error::conflict("email_taken", "somebody signs in with this e-mail already")
        }
        other => other.into(),
    })?;
    work.audit_with(action, &person.id, None, Some(person.role.as_str().to_owned()));
    work.change((Noun::Person, What::Created), &person.id, None, person.version);
    Ok(())
}
