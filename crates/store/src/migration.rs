//! The schema, as numbered steps that only ever get appended.
//!
//! Each step runs in a transaction on both engines. Before a SQLite database with content is changed, a copy of it is
//! laid beside it. A database that knows a step which this binary does not know is refused.

mod m0001_timeline;
mod m0002_accounts;

use std::path::Path;

use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, Statement};
use sea_orm_migration::{MigrationTrait, MigratorTrait};

use crate::{Error, Result, dialect};

pub struct Migrator;

#[sea_orm_migration::async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(m0001_timeline::Migration), Box::new(m0002_accounts::Migration)]
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

async fn refuse_newer(db: &DatabaseConnection) -> Result<()> {
    Migrator::install(db).await.map_err(Error::Migration)?;
    let known: Vec<String> =
        Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect();
    let applied = Migrator::get_migration_models(db).await.map_err(Error::Migration)?;
    match applied.into_iter().find(|applied| !known.contains(&applied.version)) {
        Some(unknown) => Err(Error::SchemaIsNewer(unknown.version)),
        None => Ok(()),
    }
}

async fn copy_before(db: &DatabaseConnection, folder: &Path, applied: usize) -> Result<()> {
    let copy = folder.join(format!("before-migration-{:04}.db", applied + 1));
    if copy.exists() {
        std::fs::remove_file(&copy).map_err(|source| Error::io(&copy, source))?;
    }
    let path = copy.to_string_lossy().into_owned();
    let statement = Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO ?", [path.into()]);
    db.execute_raw(statement).await?;
    tracing::info!(copy = %copy.display(), "copied the database before changing its schema");
    Ok(())
}
