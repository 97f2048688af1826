use model::id::JobId;
use store::Store;
use store::job::{self, Draft, Kind, Leased};

use crate::samples::{at, write};

crate::on_both_engines! {
    a_job_is_taken_by_one_worker,
    a_second_job_with_the_same_key_is_not_made,
    a_lease_that_ran_out_is_taken_by_the_next,
    a_failed_job_comes_back_later_and_then_no_more,
    jobs_of_a_process_that_is_gone_are_given_back,
}

fn draft(number: u128) -> Draft {
    Draft {
        id: JobId::from_bits(number),
        kind: Kind::Analyze,
        subject: "inc_1".to_owned(),
        dedupe_key: Some("analyze inc_1".to_owned()),
        run_at: at(0),
        max_attempts: 2,
    }
}

async fn queue(store: &Store, draft: Draft) -> bool {
    write(store, move |unit| Box::pin(async move { job::insert(&**unit, &draft, at(0)).await })).await
}

async fn take(store: &Store, now: i64) -> Option<Leased> {
    write(store, move |unit| Box::pin(async move { job::lease(&**unit, at(now), at(now + 60)).await })).await
}

async fn a_job_is_taken_by_one_worker(store: &Store) {
    assert!(!job::is_due(store.reader(), at(1)).await.unwrap());
    queue(store, draft(1)).await;
    assert!(job::is_due(store.reader(), at(1)).await.unwrap());
    let taken = take(store, 1).await.unwrap();
    assert_eq!((taken.kind, taken.attempt), (Kind::Analyze, 1));
    assert_eq!(take(store, 2).await, None);
    let finished =
        write(store, move |unit| Box::pin(async move { job::finish(&**unit, &taken).await })).await;
    assert!(finished);
    assert_eq!(job::count(store.reader()).await.unwrap(), (0, 0));
}

async fn a_second_job_with_the_same_key_is_not_made(store: &Store) {
    assert!(queue(store, draft(1)).await);
    assert!(!queue(store, draft(2)).await);
    assert!(queue(store, Draft { dedupe_key: None, ..draft(3) }).await);
    assert!(queue(store, Draft { dedupe_key: None, ..draft(4) }).await);
}

async fn a_lease_that_ran_out_is_taken_by_the_next(store: &Store) {
    queue(store, draft(1)).await;
    let slow = take(store, 1).await.unwrap();
    assert_eq!(take(store, 60).await, None);
    let next = take(store, 62).await.unwrap();
    assert_eq!(next.attempt, 2);
    let (kept, finished) = write(store, move |unit| {
        Box::pin(async move {
            let kept = job::renew(&**unit, &slow, at(200)).await?;
            Ok((kept, job::finish(&**unit, &slow).await?))
        })
    })
    .await;
    assert!(!kept && !finished, "an earlier holder may not finish it");
}

async fn a_failed_job_comes_back_later_and_then_no_more(store: &Store) {
    queue(store, draft(1)).await;
    let fail = |held: Leased, run_at| {
        write(store, move |unit| {
            Box::pin(async move { job::fail(&**unit, &held, "no luck", at(run_at)).await })
        })
    };
    let first = take(store, 1).await.unwrap();
    assert!(!fail(first, 100).await);
    assert_eq!(take(store, 99).await, None);
    let second = take(store, 100).await.unwrap();
    assert!(fail(second, 200).await);
    assert_eq!(take(store, 300).await, None);
    assert_eq!(job::count(store.reader()).await.unwrap(), (0, 1));
    assert!(queue(store, draft(2)).await, "its key is free again");
}

async fn jobs_of_a_process_that_is_gone_are_given_back(store: &Store) {
    queue(store, draft(1)).await;
    take(store, 1).await.unwrap();
    let released = write(store, |unit| Box::pin(async move { job::release_all(&**unit).await })).await;
    assert_eq!(released, 1);
    assert_eq!(take(store, 2).await.unwrap().attempt, 2);
}
