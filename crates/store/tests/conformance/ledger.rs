use sea_orm::ConnectionTrait as _;
use store::audit::{self, Entry};
use store::change::{self, Draft, Noun, What};
use store::idempotency::{self, Answer};
use store::{Error, Store};

use crate::samples::{at, incident, write};

crate::on_both_engines! {
    the_audit_chain_holds,
    a_changed_entry_breaks_the_chain,
    a_removed_entry_breaks_the_chain,
    changes_are_numbered_without_gap,
    an_answer_is_kept_under_its_key,
}

fn entry(number: i64) -> Entry {
    Entry {
        at: at(number),
        actor_id: "per_1".to_owned(),
        actor_name: "爱丽丝".to_owned(),
        via: None,
        action: "create_incident",
        target: format!("inc_{number}"),
        incident: Some(incident(1).id),
        request_id: Some("r1".to_owned()),
        detail: None,
    }
}

async fn with_entries(store: &Store, count: i64) {
    for number in 0..count {
        write(store, move |unit| {
            Box::pin(async move {
                unit.audit(entry(number));
                Ok(())
            })
        })
        .await;
    }
}

async fn the_audit_chain_holds(store: &Store) {
    with_entries(store, 5).await;
    assert_eq!(audit::verify(store.reader()).await.unwrap(), 5);
    let latest = audit::list(store.reader(), None, 2).await.unwrap();
    assert_eq!(latest.iter().map(|link| link.seq).collect::<Vec<_>>(), [5, 4]);
    let earlier = audit::list(store.reader(), Some(4), 2).await.unwrap();
    assert_eq!(earlier.iter().map(|link| link.seq).collect::<Vec<_>>(), [3, 2]);
}

async fn tampered(store: &Store, sql: &'static str) -> String {
    with_entries(store, 5).await;
    write(store, move |unit| {
        Box::pin(async move {
            unit.execute_unprepared(sql).await?;
            Ok(())
        })
    })
    .await;
    match audit::verify(store.reader()).await {
        Err(Error::Unreadable { id, .. }) => id,
        found => panic!("the change was not found: {found:?}"),
    }
}

async fn a_changed_entry_breaks_the_chain(store: &Store) {
    assert_eq!(tampered(store, "UPDATE audit SET actor_name = 'Mallory' WHERE seq = 3").await, "3");
}

async fn a_removed_entry_breaks_the_chain(store: &Store) {
    assert_eq!(tampered(store, "DELETE FROM audit WHERE seq = 5").await, "4");
}

async fn changes_are_numbered_without_gap(store: &Store) {
    let draft = |number: i64| Draft {
        at: at(number),
        noun: Noun::Event,
        id: format!("evt_{number}"),
        incident: Some(incident(1).id),
        what: What::Created,
        version: 1,
        by_id: "per_1".to_owned(),
        by_name: "爱丽丝".to_owned(),
    };
    for number in 1..=3 {
        let draft = draft(number);
        write(store, move |unit| {
            Box::pin(async move {
                assert_eq!(unit.next_change(), number);
                assert_eq!(unit.change(draft), number);
                Ok(())
            })
        })
        .await;
    }
    assert_eq!(change::last(store.reader()).await.unwrap(), 3);
    let after = change::list_after(store.reader(), 1, 10).await.unwrap();
    assert_eq!(
        after.iter().map(|change| (change.seq, change.at)).collect::<Vec<_>>(),
        [(2, at(2)), (3, at(3))]
    );
    let swept = write(store, |unit| Box::pin(async move { change::sweep(&**unit, at(3), 10).await })).await;
    assert_eq!(swept, 2);
    assert_eq!(change::first(store.reader()).await.unwrap(), 3);
}

async fn an_answer_is_kept_under_its_key(store: &Store) {
    let answer = Answer {
        principal: "per_1".to_owned(),
        key: "k1".to_owned(),
        fingerprint: "ff".to_owned(),
        status: 201,
        body: "{\"id\":1}".to_owned(),
        at: at(1),
    };
    let kept = answer.clone();
    write(store, move |unit| {
        Box::pin(async move {
            unit.remember(kept.clone());
            assert_eq!(unit.find_answer("per_1", "k1").await?, Some(kept));
            Ok(())
        })
    })
    .await;
    assert_eq!(idempotency::find(store.reader(), "per_1", "k1").await.unwrap(), Some(answer));
    assert_eq!(idempotency::find(store.reader(), "per_2", "k1").await.unwrap(), None);
    let swept =
        write(store, |unit| Box::pin(async move { idempotency::sweep(&**unit, at(2), 10).await })).await;
    assert_eq!(swept, 1);
}
