//! Group commit: writes that share a transaction do not share their fate.

use futures::future::join_all;
use sea_orm::ConnectionTrait as _;
use store::{Error, Store, change, incident};

use crate::samples::{incident as sample, stored_incident, write};

crate::on_both_engines! {
    a_write_that_fails_takes_nothing_else_with_it,
    a_write_that_panics_takes_nothing_else_with_it,
    what_a_failed_write_left_is_gone,
    writes_of_a_closed_store_are_refused,
}

async fn put(store: &Store, number: u128) -> Result<i64, Error> {
    let incident = sample(number);
    store
        .writer()
        .write(move |unit| Box::pin(async move { Ok(incident::insert(unit, incident).await?.number) }))
        .await
}

async fn a_write_that_fails_takes_nothing_else_with_it(store: &Store) {
    stored_incident(store, 7).await;
    // The third of them has an id that is taken.
    let outcomes = join_all([1, 2, 7, 3, 4].map(|number| put(store, number))).await;
    let succeeded: Vec<bool> = outcomes.iter().map(Result::is_ok).collect();
    assert_eq!(succeeded, [true, true, false, true, true]);
    assert!(matches!(outcomes[2], Err(Error::Exists(_))));
    let numbers: Vec<i64> = outcomes.into_iter().flatten().collect();
    assert_eq!(numbers, [2, 3, 4, 5], "a failed write draws no number");
    for number in [1, 2, 3, 4] {
        assert!(incident::find(store.reader(), &sample(number).id).await.unwrap().is_some());
    }
    // The first has the transaction for itself.
    let outcomes = join_all([7, 5, 6].map(|number| put(store, number))).await;
    assert!(matches!(outcomes[..], [Err(Error::Exists(_)), Ok(6), Ok(7)]), "{outcomes:?}");
}

async fn a_write_that_panics_takes_nothing_else_with_it(store: &Store) {
    let panicking = store.writer().write(|_| Box::pin(async { panic!("as a test wants") }));
    let (first, panicked, last): (_, Result<(), Error>, _) =
        futures::join!(put(store, 1), panicking, put(store, 2));
    assert!(first.is_ok() && last.is_ok());
    assert!(matches!(panicked, Err(Error::Panicked)));
    let first: Result<(), Error> = store.writer().write(|_| Box::pin(async { panic!("first of all") })).await;
    assert!(matches!(first, Err(Error::Panicked)));
    assert!(put(store, 3).await.is_ok(), "the writer lives");
}

async fn what_a_failed_write_left_is_gone(store: &Store) {
    let failed: Result<(), Error> = store
        .writer()
        .write(|unit| {
            Box::pin(async move {
                incident::insert(unit, sample(1)).await?;
                unit.change(change::Draft {
                    at: crate::samples::at(1),
                    noun: change::Noun::Incident,
                    id: "inc_1".to_owned(),
                    incident: None,
                    what: change::What::Created,
                    version: 1,
                    by_id: String::new(),
                    by_name: String::new(),
                });
                Err(Error::missing("reason", "none"))
            })
        })
        .await;
    assert!(matches!(failed, Err(Error::Missing { .. })));
    assert_eq!(incident::find(store.reader(), &sample(1).id).await.unwrap(), None);
    assert_eq!(change::last(store.reader()).await.unwrap(), 0);
    write(store, |unit| {
        Box::pin(async move {
            unit.execute_unprepared("SELECT 1").await?;
            Ok(())
        })
    })
    .await;
}

async fn writes_of_a_closed_store_are_refused(store: &Store) {
    put(store, 1).await.unwrap();
    store.close().await.unwrap();
    assert!(matches!(put(store, 2).await, Err(Error::Closing)));
}

/// SQLite undoes the whole transaction by itself when the disk is full, behind the back of everyone above it.
#[tokio::test]
async fn a_full_disk_loses_nothing_that_was_answered() {
    let fresh = crate::engines::sqlite().await;
    let store = &fresh.store;
    write(store, |unit| {
        Box::pin(async move {
            // A database that may not grow is what a full disk looks like. Holds for this connection only.
            unit.execute_unprepared("PRAGMA max_page_count = 1").await?;
            Ok(())
        })
    })
    .await;
    let mut answered = Vec::new();
    let mut refused = 0;
    for group in 0..60 {
        let numbers: Vec<u128> = (1..=8).map(|place| group * 8 + place).collect();
        let outcomes = join_all(numbers.iter().map(|&number| put(store, number))).await;
        for (number, outcome) in numbers.into_iter().zip(outcomes) {
            match outcome {
                Ok(_) => answered.push(number),
                Err(Error::Full(_) | Error::Busy(_)) => refused += 1,
                Err(other) => panic!("{other:?}"),
            }
        }
    }
    assert!(refused > 0, "the disk was never full");
    assert!(put(store, 1000).await.is_ok(), "writing works again");
    for number in answered {
        let found = incident::find(store.reader(), &sample(number).id).await.unwrap();
        assert!(found.is_some(), "{number} was answered and is not there");
    }
}
