//! An empty store on each engine.

use sea_orm::sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use store::engine::Claim;
use store::{Config, Store};
use tempfile::TempDir;

/// An empty store, and the folder that must outlive it.
pub struct Fresh {
    pub store: Store,
    pub config: Config,
    _folder: TempDir,
}

pub async fn sqlite() -> Fresh {
    open(None).await
}

/// A database of its own on the PostgreSQL that the environment names.
pub async fn postgres() -> Option<Fresh> {
    let Ok(url) = std::env::var("FUPAN_TEST_POSTGRES") else {
        eprintln!("SKIPPED on PostgreSQL: FUPAN_TEST_POSTGRES is not set; `cargo xtask test` sets it");
        return None;
    };
    let name = format!("conformance_{}", uuid::Uuid::now_v7().simple());
    let mut server = PgConnection::connect(&url).await.expect("PostgreSQL answers");
    let create = AssertSqlSafe(format!("CREATE DATABASE {name}"));
    server.execute(create).await.expect("a database can be created");
    let (server_url, _) = url.rsplit_once('/').expect("the address names a database");
    Some(open(Some(format!("{server_url}/{name}"))).await)
}

async fn open(database: Option<String>) -> Fresh {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let config = Config { data: folder.path().to_owned(), database, objects: None, claim: Claim::Serve };
    let store = Store::open(&config).await.expect("an empty place opens");
    Fresh { store, config, _folder: folder }
}

/// Runs each test on both engines.
#[macro_export]
macro_rules! on_both_engines {
    ($($test:ident),* $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test]
            async fn $test() {
                let fresh = $crate::engines::sqlite().await;
                super::$test(&fresh.store).await;
            })*
        }
        mod on_postgres {
            $(#[tokio::test]
            async fn $test() {
                if let Some(fresh) = $crate::engines::postgres().await {
                    super::$test(&fresh.store).await;
                }
            })*
        }
    };
}
