//! Where SQLite and PostgreSQL differ. Nothing else in this crate asks which one it talks to.

use std::path::Path;
use std::time::Duration;

use sea_orm::sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sea_orm::sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sea_orm::sqlx::{self, ConnectOptions as _, Connection as _};
use sea_orm::{
    AccessMode, DatabaseConnection, DbBackend, DbErr, IsolationLevel, RuntimeErr, SqliteTransactionMode,
    Statement, TransactionOptions,
};

use crate::content::{Column, Holds, Table};
use crate::{Db, Error, Result};

/// The oldest SQLite whose WAL cannot lose a commit.
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
const READERS: u32 = 4;
/// SQLite counts KiB below zero.
const WRITER_CACHE_KIB: &str = "-16384";
/// Pages of the log at which a commit brings them into the file.
const AUTOCHECKPOINT: &str = "2000";
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
        .pragma("wal_autocheckpoint", AUTOCHECKPOINT)
        .pragma("journal_size_limit", "67108864")
        .pragma("temp_store", "memory")
        .disable_statement_logging();
    // Events in bulk touch pages of three indexes: with less they are written out and read again before the commit.
    let for_bulk = options.clone().pragma("cache_size", WRITER_CACHE_KIB);
    let writer = pool(1).connect_with(for_bulk).await.map_err(connection_error)?;
    check_version(&writer).await?;
    let reader = pool(READERS).connect_lazy_with(options.pragma("query_only", "on"));
    Ok(Connections { writer: writer.into(), reader: reader.into() })
}

/// When the disk is full, SQLite undoes the whole transaction by itself (<https://sqlite.org/lang_transaction.html>).
/// sqlx does not notice and would put the next transaction inside one that no longer exists, or never ends; such a
/// connection is closed instead of used again.
async fn has_no_transaction(connection: &mut SqliteConnection) -> std::result::Result<bool, sqlx::Error> {
    if connection.is_in_transaction() {
        // A rollback may be on its way.
        connection.ping().await?;
    }
    Ok(!connection.is_in_transaction())
}

/// Connections stay open: a new one must parse the schema and prepare every statement again.
fn pool(size: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(size)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .after_release(|connection, _| Box::pin(has_no_transaction(connection)))
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

/// An address as it may be shown.
pub(crate) fn without_secret(url: &str) -> String {
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

/// Reads that all see the same moment, however long they take.
pub(crate) fn snapshot(backend: DbBackend) -> TransactionOptions {
    match backend {
        // A deferred transaction in WAL mode sees what was committed before its first read.
        DbBackend::Sqlite => TransactionOptions::default(),
        _ => TransactionOptions {
            isolation_level: Some(IsolationLevel::RepeatableRead),
            access_mode: Some(AccessMode::ReadOnly),
            ..TransactionOptions::default()
        },
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

/// After so many rows that what the engine knows of the table is no longer true. PostgreSQL would look by itself within
/// a minute, and until then sort a whole timeline for one page of it; few samples are enough to tell it better.
/// <https://www.postgresql.org/docs/current/populate.html#POPULATE-ANALYZE>. SQLite plans without looking.
pub(crate) async fn take_statistics(db: &impl Db, table: &str) -> Result<()> {
    if db.get_database_backend() == DbBackend::Postgres {
        db.execute_unprepared("SET LOCAL default_statistics_target = 10").await?;
        db.execute_unprepared(&format!("ANALYZE (SKIP_LOCKED) {table}")).await?;
    }
    Ok(())
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

/// Before a large commit: it is on disk as soon as the log is. SQLite would bring the log into the file as well before the
/// commit returns, which takes as long again; [`catch_up`] does it once the write has been answered.
pub(crate) async fn put_checkpoint_off(db: &impl Db) -> Result<()> {
    if db.get_database_backend() == DbBackend::Sqlite {
        db.execute_unprepared("PRAGMA wal_autocheckpoint = 0").await?;
    }
    Ok(())
}

/// After a large commit, however it went.
pub(crate) async fn catch_up(db: &DatabaseConnection) -> Result<()> {
    if db.get_database_backend() == DbBackend::Sqlite {
        db.execute_unprepared(&format!("PRAGMA wal_autocheckpoint = {AUTOCHECKPOINT}")).await?;
        db.execute_unprepared("PRAGMA wal_checkpoint(PASSIVE)").await?;
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

/// Writes the database as it is at this moment into a new file, while others read and write.
pub(crate) async fn copy(db: &DatabaseConnection, file: &Path) -> Result<()> {
    let path = file.to_string_lossy().into_owned();
    let sql = Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO ?", [path.into()]);
    db.execute_raw(sql).await?;
    Ok(())
}

/// All tables but the log of migrations, by name.
pub(crate) async fn tables(db: &impl Db) -> Result<Vec<Table>> {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT c.table_name::text, c.column_name::text, c.data_type::text, \
             COALESCE(k.ordinal_position::bigint, 0) FROM information_schema.columns c \
             LEFT JOIN information_schema.table_constraints p ON p.table_schema = c.table_schema \
             AND p.table_name = c.table_name AND p.constraint_type = 'PRIMARY KEY' \
             LEFT JOIN information_schema.key_column_usage k ON k.constraint_schema = p.constraint_schema \
             AND k.constraint_name = p.constraint_name AND k.column_name = c.column_name \
             WHERE c.table_schema = current_schema() AND c.table_name <> 'seaql_migrations' \
             ORDER BY c.table_name::text COLLATE \"C\", c.column_name::text COLLATE \"C\""
        }
        _ => {
            "SELECT t.name, c.name, lower(c.type), c.pk FROM sqlite_schema t, pragma_table_info(t.name) c \
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
             AND t.name <> 'seaql_migrations' ORDER BY t.name, c.name"
        }
    };
    let mut tables: Vec<Table> = Vec::new();
    let mut keys: Vec<(i64, String)> = Vec::new();
    for row in db.query_all_raw(statement(db, sql, [])).await? {
        let (table, column): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let declared: String = row.try_get_by_index(2)?;
        let holds = holds(db.get_database_backend(), &declared)
            .ok_or_else(|| Error::unreadable("table", &table, &declared))?;
        if tables.last().is_none_or(|last| last.name != table) {
            finish_key(&mut tables, &mut keys);
            tables.push(Table { name: table, columns: Vec::new(), key: Vec::new() });
        }
        let place: i64 = row.try_get_by_index(3)?;
        if place > 0 {
            keys.push((place, column.clone()));
        }
        if let Some(table) = tables.last_mut() {
            table.columns.push(Column { name: column, holds });
        }
    }
    finish_key(&mut tables, &mut keys);
    Ok(tables)
}

fn finish_key(tables: &mut [Table], keys: &mut Vec<(i64, String)>) {
    keys.sort();
    let keys = keys.drain(..).map(|(_, column)| column).collect();
    if let Some(table) = tables.last_mut() {
        table.key = keys;
    }
}

fn holds(backend: DbBackend, declared: &str) -> Option<Holds> {
    // SQLite says `blob(1)`.
    let kind = declared.split('(').next().unwrap_or(declared);
    Some(match kind {
        "text" => Holds::Text,
        // All integers of SQLite have 64 bits, whatever they are called.
        "integer" if backend == DbBackend::Postgres => Holds::Integer,
        "integer" | "bigint" => Holds::BigInteger,
        "boolean" => Holds::Boolean,
        "double" | "double precision" => Holds::Double,
        "blob" | "bytea" => Holds::Bytes,
        _ => return None,
    })
}

/// The rows of a table in the order of its key, texts compared byte by byte on both engines.
pub(crate) fn every_row(db: &impl sea_orm::StreamTrait, table: &Table) -> Statement {
    let backend = sea_orm::StreamTrait::get_database_backend(db);
    let is_text = |name: &String| {
        table.columns.iter().any(|column| column.name == *name && column.holds == Holds::Text)
    };
    let ordered = |name: &String| match backend {
        DbBackend::Postgres if is_text(name) => format!("\"{name}\" COLLATE \"C\""),
        _ => format!("\"{name}\""),
    };
    let columns: Vec<String> = table.columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
    let order: Vec<String> = table.key.iter().map(ordered).collect();
    let sql = format!("SELECT {} FROM \"{}\" ORDER BY {}", columns.join(", "), table.name, order.join(", "));
    Statement::from_string(backend, sql)
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
