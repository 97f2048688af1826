use sea_orm::ConnectionTrait as _;
use store::Store;
use store::audit::Entry;
use store::content::{self, Content};
use store::series::{self, Stored};

use crate::engines;
use crate::samples::{at, incident, stored_incident, write};

crate::on_both_engines! {
    the_checksum_changes_with_any_value_and_only_then,
}

async fn checksum(store: &Store) -> Content {
    content::checksum(&store.snapshot().await.unwrap(), |_| {}).await.unwrap()
}

/// Something in columns of every type.
async fn fill(store: &Store) {
    let incident = stored_incident(store, 1).await;
    let points = vec![(1, 0.1), (2, -3.5e9)];
    let one = Stored { id: model::id::SeriesId::from_bits(1), about: "{}".to_owned(), points };
    write(store, move |unit| {
        Box::pin(async move {
            series::replace(&**unit, &incident.id, &[one]).await?;
            unit.audit(Entry {
                at: at(1),
                actor_id: "per_1".to_owned(),
                actor_name: "爱丽丝".to_owned(),
                via: None,
                action: "create_incident",
                target: "inc_1".to_owned(),
                incident: Some(self::incident(1).id),
                request_id: None,
                detail: None,
            });
            // In an order that collations see otherwise than bytes do.
            for name in ["b", "B", "_", "é", "a-b", "ab"] {
                let sql = format!(
                    "INSERT INTO person (id, name, role, preferences, version, created_at) \
                     VALUES ('per_{name}', '{name}', 'viewer', '{{}}', 1, 1)"
                );
                unit.execute_unprepared(&sql).await?;
            }
            Ok(())
        })
    })
    .await;
}

async fn the_checksum_changes_with_any_value_and_only_then(store: &Store) {
    let empty = checksum(store).await;
    fill(store).await;
    let full = checksum(store).await;
    assert!(full.row_count > empty.row_count);
    assert_ne!(full.sha256, empty.sha256);
    assert_eq!(checksum(store).await, full);
    let set = |sql: &'static str| {
        write(store, move |unit| {
            Box::pin(async move {
                unit.execute_unprepared(sql).await?;
                Ok(())
            })
        })
    };
    for (change, back) in [
        ("UPDATE incident SET example = NOT example", "UPDATE incident SET example = NOT example"),
        ("UPDATE person SET name = '' WHERE name = 'b'", "UPDATE person SET name = 'b' WHERE name = ''"),
        ("UPDATE person SET email = '' WHERE name = 'b'", "UPDATE person SET email = NULL WHERE name = 'b'"),
        ("UPDATE head SET event_seq = event_seq + 1", "UPDATE head SET event_seq = event_seq - 1"),
    ] {
        set(change).await;
        assert_ne!(checksum(store).await.sha256, full.sha256, "{change}");
        set(back).await;
        assert_eq!(checksum(store).await, full, "{back}");
    }
}

#[tokio::test]
async fn the_same_content_has_one_checksum_on_both_engines() {
    let Some(postgres) = engines::postgres().await else { return };
    let sqlite = engines::sqlite().await;
    fill(&sqlite.store).await;
    fill(&postgres.store).await;
    assert_eq!(checksum(&sqlite.store).await, checksum(&postgres.store).await);
}

#[tokio::test]
async fn a_copy_of_a_database_has_its_content() {
    let fresh = engines::sqlite().await;
    fill(&fresh.store).await;
    let folder = tempfile::tempdir().unwrap();
    fresh.store.copy_to(&folder.path().join(store::engine::DATABASE)).await.unwrap();
    let config = store::Config { data: folder.path().to_owned(), ..fresh.config.clone() };
    let copy = Store::open(&config).await.unwrap();
    assert_eq!(checksum(&copy).await, checksum(&fresh.store).await);
}
