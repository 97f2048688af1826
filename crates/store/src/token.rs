//! Tokens of programs.

use model::Instant;
use model::account::{ApiToken, Digest};
use model::id::{IncidentId, PersonId, TokenId};
use model::person::{Person, Role};
use sea_orm::QueryResult;

use crate::text::{Row, json};
use crate::{Db, Error, Result, dialect, person};

const COLUMNS: &str = "t.id, t.person_id, t.name, t.role, t.incidents, t.may_create_tokens, t.created_at, \
                       t.expires_at, t.last_used_at";
const COLUMN_COUNT: usize = 9;

/// # Errors
/// When the database refuses.
pub async fn insert(db: &impl Db, token: &ApiToken, digest: &Digest) -> Result<()> {
    let sql = "INSERT INTO token (id, digest, person_id, name, role, incidents, may_create_tokens, created_at, expires_at) \
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    let incidents = token.incidents.as_ref().map(|incidents| json("token", incidents)).transpose()?;
    let values = [
        token.id.as_str().into(),
        hex::encode(digest.0).into(),
        token.person.as_str().into(),
        token.name.clone().into(),
        token.role.as_str().into(),
        incidents.into(),
        token.may_create_tokens.into(),
        token.created_at.as_micros().into(),
        token.expires_at.map(Instant::as_micros).into(),
    ];
    db.execute_raw(dialect::statement(db, sql, values)).await?;
    Ok(())
}

/// The token and its person, whatever their state.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(db: &impl Db, digest: &Digest) -> Result<Option<(ApiToken, Person)>> {
    let value = hex::encode(digest.0);
    let row = db.query_one_raw(dialect::statement(db, &select("t.digest = ?"), [value.into()])).await?;
    row.map(|row| from_row(&row)).transpose()
}

/// # Errors
/// [`Error::Missing`] when there is none.
pub async fn get(db: &impl Db, id: &TokenId) -> Result<(ApiToken, Person)> {
    let row = db.query_one_raw(dialect::statement(db, &select("t.id = ?"), [id.as_str().into()])).await?;
    from_row(&row.ok_or_else(|| Error::missing("token", id))?)
}

/// In the order of making, after `after` when given; of everyone when `person` is `None`.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(
    db: &impl Db,
    person: Option<&PersonId>,
    after: Option<&TokenId>,
    limit: u64,
) -> Result<Vec<(ApiToken, Person)>> {
    let whose = if person.is_some() { "t.person_id = ?" } else { "t.person_id <> ?" };
    let sql = select(&format!("{whose} AND t.id > ? ORDER BY t.id LIMIT ?"));
    let values = [
        person.map_or("", PersonId::as_str).into(),
        after.map_or("", TokenId::as_str).into(),
        (limit as i64).into(),
    ];
    let rows = db.query_all_raw(dialect::statement(db, &sql, values)).await?;
    rows.iter().map(from_row).collect()
}

/// # Errors
/// When the database refuses.
pub async fn delete(db: &impl Db, id: &TokenId) -> Result<()> {
    let sql = "DELETE FROM token WHERE id = ?";
    db.execute_raw(dialect::statement(db, sql, [id.as_str().into()])).await?;
    Ok(())
}

/// Remembers when a token was last used, to the hour or so.
///
/// # Errors
/// When the database refuses.
pub async fn touch(db: &impl Db, id: &TokenId, at: Instant) -> Result<()> {
    let sql = "UPDATE token SET last_used_at = ? WHERE id = ?";
    db.execute_raw(dialect::statement(db, sql, [at.as_micros().into(), id.as_str().into()])).await?;
    Ok(())
}

fn select(condition: &str) -> String {
    let person = person::columns_of("p");
    format!("SELECT {COLUMNS}, {person} FROM token t JOIN person p ON p.id = t.person_id WHERE {condition}")
}

fn from_row(row: &QueryResult) -> Result<(ApiToken, Person)> {
    let id: String = row.try_get_by_index(0)?;
    let read = Row { noun: "token", id: &id };
    let role: String = row.try_get_by_index(3)?;
    let incidents: Option<String> = row.try_get_by_index(4)?;
    let token = ApiToken {
        id: read.id(&id)?,
        person: read.id(&row.try_get_by_index::<String>(1)?)?,
        name: row.try_get_by_index(2)?,
        role: read.one_of(&role, Role::parse)?,
        incidents: incidents.map(|text| read.json::<Vec<IncidentId>>(&text)).transpose()?,
        may_create_tokens: row.try_get_by_index(5)?,
        created_at: read.instant(row.try_get_by_index(6)?)?,
        expires_at: read.maybe_instant(row.try_get_by_index(7)?)?,
        last_used_at: read.maybe_instant(row.try_get_by_index(8)?)?,
    };
    Ok((token, person::from_row(row, COLUMN_COUNT)?))
}
