//! Where SQLite and PostgreSQL differ. Nothing else in this crate asks which one it talks to.

use std::path::Path;
use std::time::Duration;

use sea_orm::sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sea_orm::sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sea_orm::sqlx::{self, ConnectOptions as _};
use sea_orm::{
    DatabaseConnection, DbBackend, DbErr, RuntimeErr, SqliteTransactionMode, Statement, TransactionOptions,
};

use crate::{Db, Error, Result};

/// The oldest SQLite whose WAL cannot lose a commit.
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
const READERS: u32 = 4;
/// Any number that no other program on the same PostgreSQL is likely to lock.
const MIGRATION_LOCK: i64 = 0x6675_7061_6e00;

pub(crate) struct Connections {
    pub writer: DatabaseConnection,
    pub reader: DatabaseConnection,
}

pub(crate) async fn open_sqlite(file: &Path) -> Result<Connections> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .row_buffer_size(256)
        .statement_cache_capacity(256)
        .pragma("wal_autocheckpoint", "2000")
        .pragma("journal_size_limit", "67108864")
        .pragma("temp_store", "memory")
        .disable_statement_logging();
    let writer = pool(1).connect_with(options.clone()).await.map_err(connection_error)?;
    check_version(&writer).await?;
    let reader = pool(READERS).connect_lazy_with(options.pragma("query_only", "on"));
    Ok(Connections { writer: writer.into(), reader: reader.into() })
}

/// Connections stay open: a new one must parse the schema and prepare every statement again.
fn pool(size: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(size)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .acquire_timeout(Duration::from_secs(10))
}

async fn check_version(pool: &SqlitePool) -> Result<()> {
    let found: String =
        sqlx::query_scalar("SELECT sqlite_version()").fetch_one(pool).await.map_err(connection_error)?;
    let mut parts = found.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    if (next(), next(), next()) < OLDEST_SQLITE { Err(Error::SqliteIsOld { found }) } else { Ok(()) }
}

pub(crate) async fn open_postgres(url: &str) -> Result<Connections> {
    let options: PgConnectOptions = url.parse().map_err(|_| Error::Address(without_secret(url)))?;
    let options = options.options([("synchronous_commit", "on")]).disable_statement_logging();
    let pool = |size| {
        PgPoolOptions::new()
            .max_connections(size)
            .test_before_acquire(false)
            .acquire_timeout(Duration::from_secs(10))
    };
    let writer = pool(2).connect_with(options.clone()).await.map_err(connection_error)?;
    let reader = pool(READERS * 2).connect_lazy_with(options);
    Ok(Connections { writer: writer.into(), reader: reader.into() })
}

fn without_secret(url: &str) -> String {
    match (url.find("://"), url.rfind('@')) {
        (Some(scheme), Some(at)) => format!("{}://…@{}", &url[..scheme], &url[at + 1..]),
        _ => url.to_owned(),
    }
}

fn connection_error(error: sqlx::Error) -> Error {
    Error::from(DbErr::Conn(RuntimeErr::SqlxError(error.into())))
}

/// A write transaction that holds the write lock from its first statement.
pub(crate) fn write_transaction() -> TransactionOptions {
    TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    }
}

/// What makes one writer wait for another: SQLite has one writer by nature, PostgreSQL locks the row.
pub(crate) fn lock_clause(db: &impl Db) -> &'static str {
    match db.get_database_backend() {
        DbBackend::Postgres => " FOR UPDATE",
        _ => "",
    }
}

/// SQL with `?` for values, as each engine wants it.
pub(crate) fn statement<I>(db: &impl Db, sql: &str, values: I) -> Statement
where
    I: IntoIterator<Item = sea_orm::Value>,
{
    let backend = db.get_database_backend();
    Statement::from_sql_and_values(backend, placeholders(backend, sql), values)
}

fn placeholders(backend: DbBackend, sql: &str) -> String {
    if backend != DbBackend::Postgres {
        return sql.to_owned();
    }
    let mut numbered = String::with_capacity(sql.len() + 32);
    for (count, part) in sql.split('?').enumerate() {
        if count > 0 {
            numbered.push('$');
            numbered.push_str(&count.to_string());
        }
        numbered.push_str(part);
    }
    numbered
}

/// The most values that one statement may bind.
pub(crate) fn most_values(db: &impl Db) -> usize {
    match db.get_database_backend() {
        DbBackend::Postgres => 65_535,
        _ => 32_766,
    }
}

pub(crate) async fn lock_migrations(db: &DatabaseConnection) -> Result<()> {
    advisory(db, "SELECT pg_advisory_lock(?)").await
}

pub(crate) async fn unlock_migrations(db: &DatabaseConnection) -> Result<()> {
    advisory(db, "SELECT pg_advisory_unlock(?)").await
}

async fn advisory(db: &DatabaseConnection, sql: &str) -> Result<()> {
    if db.get_database_backend() == DbBackend::Postgres {
        db.execute_raw(statement(db, sql, [MIGRATION_LOCK.into()])).await?;
    }
    Ok(())
}

/// Brings the write-ahead log into the database file, so that the next start has nothing to recover.
pub(crate) async fn checkpoint(db: &DatabaseConnection) -> Result<()> {
    if db.get_database_backend() == DbBackend::Sqlite {
        db.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await?;
    }
    Ok(())
}

/// Whether the engine itself finds its pages in order.
pub(crate) async fn check_pages(db: &DatabaseConnection) -> Result<Vec<String>> {
    if db.get_database_backend() != DbBackend::Sqlite {
        return Ok(Vec::new());
    }
    let rows = db.query_all_raw(Statement::from_string(DbBackend::Sqlite, "PRAGMA integrity_check")).await?;
    let found: std::result::Result<Vec<String>, _> =
        rows.iter().map(|row| row.try_get_by_index::<String>(0)).collect();
    Ok(found?.into_iter().filter(|line| line != "ok").collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_never_reaches_a_message() {
        assert_eq!(without_secret("postgres://fupan:hunter2@db/fupan"), "postgres://…@db/fupan");
    }

    #[test]
    fn values_are_numbered_for_postgres() {
        assert_eq!(placeholders(DbBackend::Postgres, "a = ? AND b = ?"), "a = $1 AND b = $2");
        assert_eq!(placeholders(DbBackend::Sqlite, "a = ?"), "a = ?");
    }
}
