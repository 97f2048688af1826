//! The two engines have the same tables; a folder has one server; a newer schema is refused.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use store::{Error, Store};

use crate::engines;

/// Table, column, and whether it may be empty.
async fn columns(store: &Store) -> BTreeSet<(String, String, bool)> {
    let db = store.reader();
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT table_name::text, column_name::text, is_nullable = 'YES' FROM information_schema.columns \
             WHERE table_schema = 'public'"
        }
        _ => {
            "SELECT t.name, c.name, c.\"notnull\" = 0 FROM sqlite_schema t, pragma_table_info(t.name) c \
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'"
        }
    };
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    let read = |row: &sea_orm::QueryResult| {
        let column: (String, String, bool) = (
            row.try_get_by_index(0).unwrap(),
            row.try_get_by_index(1).unwrap(),
            row.try_get_by_index(2).unwrap(),
        );
        column
    };
    rows.iter().map(read).filter(|column| column.0 != "seaql_migrations").collect()
}

#[tokio::test]
async fn both_engines_have_the_same_schema() {
    let Some(postgres) = engines::postgres().await else { return };
    let sqlite = engines::sqlite().await;
    let (ours, theirs) = (columns(&sqlite.store).await, columns(&postgres.store).await);
    assert!(ours.len() > 100, "{ours:?}");
    assert_eq!(ours, theirs);
}

#[tokio::test]
async fn a_folder_has_one_server() {
    let first = engines::sqlite().await;
    assert!(matches!(Store::open(&first.config).await, Err(Error::Locked(_))));
    let visit = store::Config { claim: store::engine::Claim::Visit, ..first.config.clone() };
    assert!(Store::open(&visit).await.is_ok(), "a visit goes beside a server");
}

#[tokio::test]
async fn a_newer_schema_is_refused() {
    let fresh = engines::sqlite().await;
    crate::samples::write(&fresh.store, |unit| {
        Box::pin(async move {
            let sql = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_future', 0)";
            unit.execute_unprepared(sql).await?;
            Ok(())
        })
    })
    .await;
    let visit = store::Config { claim: store::engine::Claim::Visit, ..fresh.config.clone() };
    let refused = Store::open(&visit).await.err().unwrap();
    assert!(refused.to_string().contains("m9999_future"), "{refused}");
}

#[tokio::test]
async fn who_only_looks_makes_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("absent");
    let config = store::Config {
        data: data.clone(),
        database: None,
        objects: None,
        claim: store::engine::Claim::Inspect,
    };
    assert!(matches!(Store::open(&config).await, Err(Error::NoInstance(_))));
    assert!(!data.exists());

    let fresh = engines::sqlite().await;
    let inspect = store::Config { claim: store::engine::Claim::Inspect, ..fresh.config.clone() };
    assert!(Store::open(&inspect).await.is_ok(), "beside a server");
    crate::samples::write(&fresh.store, |unit| {
        Box::pin(async move {
            unit.execute_unprepared("DELETE FROM seaql_migrations WHERE version = 'm0002_accounts'").await?;
            Ok(())
        })
    })
    .await;
    assert!(matches!(Store::open(&inspect).await, Err(Error::SchemaIsOlder(_))));
}
