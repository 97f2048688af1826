//! The schema, as numbered steps that only ever get appended.
//!
//! Each step runs in a transaction on both engines. Before a SQLite database with content is changed, a copy of it is
//! laid beside it. A database that knows a step which this binary does not know is refused.

mod m0001_timeline;
mod m0002_accounts;
mod m0003_loose_objects;
mod m0004_key_events;
mod m0005_user_agent;
mod m0006_suspect;

use std::path::Path;

use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbErr};
use sea_orm_migration::{MigrationTrait, MigratorTrait};

use crate::{Error, Result, dialect};

pub struct Migrator;

#[sea_orm_migration::async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_timeline::Migration),
            Box::new(m0002_accounts::Migration),
            Box::new(m0003_loose_objects::Migration),
            Box::new(m0004_key_events::Migration),
            Box::new(m0005_user_agent::Migration),
            Box::new(m0006_suspect::Migration),
        ]
    }
}

/// Brings the database to the schema of this binary.
pub(crate) async fn migrate(db: &DatabaseConnection, folder: Option<&Path>) -> Result<()> {
    refuse_newer(db).await?;
    let pending = Migrator::get_pending_migrations(db).await.map_err(Error::Migration)?;
    if pending.is_empty() {
        return Ok(());
    }
    let applied = Migrator::get_applied_migrations(db).await.map_err(Error::Migration)?.len();
    if let (Some(folder), true) = (folder, applied > 0) {
        copy_before(db, folder, applied).await?;
    }
    dialect::lock_migrations(db).await?;
    let outcome = Migrator::up(db, None).await;
    dialect::unlock_migrations(db).await?;
    outcome.map_err(Error::Migration)
}

/// Refuses every other schema than that of this binary, and changes nothing.
pub(crate) async fn check(db: &DatabaseConnection) -> Result<()> {
    let applied = applied(db).await?;
    refuse_unknown(&applied)?;
    match known().into_iter().find(|name| !applied.contains(name)) {
        Some(missing) => Err(Error::SchemaIsOlder(missing)),
        None => Ok(()),
    }
}

async fn refuse_newer(db: &DatabaseConnection) -> Result<()> {
    Migrator::install(db).await.map_err(Error::Migration)?;
    refuse_unknown(&applied(db).await?)
}

fn refuse_unknown(applied: &[String]) -> Result<()> {
    let known = known();
    match applied.iter().find(|name| !known.contains(name)) {
        Some(unknown) => Err(Error::SchemaIsNewer(unknown.clone())),
        None => Ok(()),
    }
}

/// Names of the steps that this binary knows.
pub(crate) fn known() -> Vec<String> {
    Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect()
}

async fn applied(db: &DatabaseConnection) -> Result<Vec<String>> {
    let sql = dialect::statement(db, "SELECT version FROM seaql_migrations ORDER BY version", []);
    let rows = db.query_all_raw(sql).await.map_err(Error::Migration)?;
    let names: std::result::Result<_, DbErr> = rows.iter().map(|row| row.try_get_by_index(0)).collect();
    names.map_err(Error::Migration)
}

async fn copy_before(db: &DatabaseConnection, folder: &Path, applied: usize) -> Result<()> {
    let copy = folder.join(format!("before-migration-{:04}.db", applied + 1));
    if copy.exists() {
        std::fs::remove_file(&copy).map_err(|source| Error::io(&copy, source))?;
    }
    dialect::copy(db, &copy).await?;
    tracing::info!(copy = %copy.display(), "copied the database before changing its schema");
    Ok(())
}
