//! People: who they are, how they sign in, what they prefer.

use model::account::Preferences;
use model::id::PersonId;
use model::person::{Person, Role};
use sea_orm::QueryResult;

use crate::text::{Row, json};
use crate::{Db, Error, Result, dialect};

/// A password as Argon2 stores it. Cannot be printed.
#[derive(Clone)]
pub struct PasswordHash(pub String);

const COLUMNS: &str = "id, name, email, role, suspended_at, version, created_at";
pub(crate) const COLUMN_COUNT: usize = 7;

/// # Errors
/// [`Error::Exists`] when somebody signs in with this e-mail already.
pub async fn insert(db: &impl Db, person: &Person, password: Option<&PasswordHash>) -> Result<()> {
    let sql = format!(
        "INSERT INTO person ({COLUMNS}, password, preferences) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '{{}}')"
    );
    let values = [
        person.id.as_str().into(),
        person.name.clone().into(),
        person.email.clone().into(),
        person.role.as_str().into(),
        person.suspended_at.map(model::Instant::as_micros).into(),
        person.version.into(),
        person.created_at.as_micros().into(),
        password.map(|password| password.0.clone()).into(),
    ];
    db.execute_raw(dialect::statement(db, &sql, values)).await?;
    Ok(())
}

/// # Errors
/// [`Error::Missing`] when there is none.
pub async fn get(db: &impl Db, id: &PersonId) -> Result<Person> {
    let sql = format!("SELECT {COLUMNS} FROM person WHERE id = ?");
    let row = db.query_one_raw(dialect::statement(db, &sql, [id.as_str().into()])).await?;
    from_row(&row.ok_or_else(|| Error::missing("person", id))?, 0)
}

/// # Errors
/// When the database cannot be read.
pub async fn find_by_email(db: &impl Db, email: &str) -> Result<Option<(Person, Option<PasswordHash>)>> {
    let sql = format!("SELECT {COLUMNS}, password FROM person WHERE email = ?");
    let row = db.query_one_raw(dialect::statement(db, &sql, [email.into()])).await?;
    row.map(|row| Ok((from_row(&row, 0)?, password_of(&row, COLUMN_COUNT)?))).transpose()
}

/// An account that only tokens use.
///
/// # Errors
/// When the database cannot be read.
pub async fn find_without_email(db: &impl Db, name: &str) -> Result<Option<Person>> {
    let sql = format!("SELECT {COLUMNS} FROM person WHERE email IS NULL AND name = ? ORDER BY id LIMIT 1");
    let row = db.query_one_raw(dialect::statement(db, &sql, [name.into()])).await?;
    row.map(|row| from_row(&row, 0)).transpose()
}

/// # Errors
/// When the database cannot be read.
pub async fn find_password(db: &impl Db, id: &PersonId) -> Result<Option<PasswordHash>> {
    let sql = "SELECT password FROM person WHERE id = ?";
    let row = db.query_one_raw(dialect::statement(db, sql, [id.as_str().into()])).await?;
    Ok(row.map(|row| password_of(&row, 0)).transpose()?.flatten())
}

/// # Errors
/// When the database refuses.
pub async fn set_password(db: &impl Db, id: &PersonId, password: &PasswordHash) -> Result<()> {
    let sql = "UPDATE person SET password = ? WHERE id = ?";
    let values = [password.0.clone().into(), id.as_str().into()];
    db.execute_raw(dialect::statement(db, sql, values)).await?;
    Ok(())
}

/// Name, role and suspension, when the stored version is the one before.
///
/// # Errors
/// [`Error::Missing`] when there is none of that version.
pub async fn update(db: &impl Db, person: &Person) -> Result<()> {
    let sql =
        "UPDATE person SET name = ?, role = ?, suspended_at = ?, version = ? WHERE id = ? AND version = ?";
    let values = [
        person.name.clone().into(),
        person.role.as_str().into(),
        person.suspended_at.map(model::Instant::as_micros).into(),
        person.version.into(),
        person.id.as_str().into(),
        (person.version - 1).into(),
    ];
    let updated = db.execute_raw(dialect::statement(db, sql, values)).await?;
    if updated.rows_affected() == 0 { Err(Error::missing("person", &person.id)) } else { Ok(()) }
}

/// In the order of joining, after `after` when given.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(db: &impl Db, after: Option<&PersonId>, limit: u64) -> Result<Vec<Person>> {
    let sql = format!("SELECT {COLUMNS} FROM person WHERE id > ? ORDER BY id LIMIT ?");
    let values = [after.map_or("", PersonId::as_str).into(), (limit as i64).into()];
    let rows = db.query_all_raw(dialect::statement(db, &sql, values)).await?;
    rows.iter().map(|row| from_row(row, 0)).collect()
}

/// How many active administrators can sign in.
///
/// # Errors
/// When the database cannot be read.
pub async fn count_admins(db: &impl Db) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM person WHERE role = ? AND email IS NOT NULL AND suspended_at IS NULL";
    let row = db.query_one_raw(dialect::statement(db, sql, [Role::Admin.as_str().into()])).await?;
    Ok(row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(0))
}

/// # Errors
/// [`Error::Missing`] when there is no such person.
pub async fn preferences(db: &impl Db, id: &PersonId) -> Result<Preferences> {
    let sql = "SELECT preferences FROM person WHERE id = ?";
    let row = db.query_one_raw(dialect::statement(db, sql, [id.as_str().into()])).await?;
    let text: String = row.ok_or_else(|| Error::missing("person", id))?.try_get_by_index(0)?;
    Row { noun: "person", id: id.as_str() }.json(&text)
}

/// # Errors
/// When the database refuses.
pub async fn set_preferences(db: &impl Db, id: &PersonId, preferences: &Preferences) -> Result<()> {
    let sql = "UPDATE person SET preferences = ? WHERE id = ?";
    let values = [json("person", preferences)?.into(), id.as_str().into()];
    db.execute_raw(dialect::statement(db, sql, values)).await?;
    Ok(())
}

/// The columns of a person, qualified by their table, for a query that joins it.
pub(crate) fn columns_of(table: &str) -> String {
    COLUMNS.split(", ").map(|column| format!("{table}.{column}")).collect::<Vec<_>>().join(", ")
}

/// Reads a person from the columns that begin at `first`.
pub(crate) fn from_row(row: &QueryResult, first: usize) -> Result<Person> {
    let id: String = row.try_get_by_index(first)?;
    let read = Row { noun: "person", id: &id };
    let role: String = row.try_get_by_index(first + 3)?;
    Ok(Person {
        id: read.id(&id)?,
        name: row.try_get_by_index(first + 1)?,
        email: row.try_get_by_index(first + 2)?,
        role: read.one_of(&role, Role::parse)?,
        suspended_at: read.maybe_instant(row.try_get_by_index(first + 4)?)?,
        version: row.try_get_by_index(first + 5)?,
        created_at: read.instant(row.try_get_by_index(first + 6)?)?,
    })
}

fn password_of(row: &QueryResult, column: usize) -> Result<Option<PasswordHash>> {
    let text: Option<String> = row.try_get_by_index(column)?;
    Ok(text.map(PasswordHash))
}
