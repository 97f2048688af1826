use model::access::Access;
use model::incident::{Duty, Severity, Status, Visibility};
use store::incident::{self, Counted, Query, Viewer};
use store::{Error, Store, member};

use crate::samples::{at, incident as sample, person, stored, stored_events, stored_incident, write};

crate::on_both_engines! {
    what_is_stored_is_read_back,
    numbers_count_up,
    an_update_replaces_every_field,
    a_list_shows_what_the_viewer_may_see,
    a_list_is_filtered,
    pages_follow_each_other_without_gap,
    counting_moves_the_revision,
    a_deleted_incident_is_gone_at_once_and_its_events_later,
    people_are_named_in_incidents,
}

async fn what_is_stored_is_read_back(store: &Store) {
    let incident = stored_incident(store, 1).await;
    assert_eq!(incident::get(store.reader(), &incident.id).await.unwrap(), incident);
    assert_eq!(incident::find(store.reader(), &sample(2).id).await.unwrap(), None);
    assert!(matches!(incident::get(store.reader(), &sample(2).id).await, Err(Error::Missing { .. })));
}

async fn numbers_count_up(store: &Store) {
    let (first, second) = (stored_incident(store, 1).await, stored_incident(store, 2).await);
    assert_eq!((first.number, second.number), (1, 2));
    assert_eq!(incident::count_ever(store.reader()).await.unwrap(), 2);
    assert_eq!(incident::find_id(store.reader(), 2).await.unwrap(), Some(second.id));
    assert_eq!(incident::find_id(store.reader(), 3).await.unwrap(), None);
}

async fn an_update_replaces_every_field(store: &Store) {
    let mut changed = stored_incident(store, 1).await;
    changed.title = "Login is slow".to_owned();
    changed.impact = None;
    changed.window = None;
    changed.spark = None;
    changed.clocks.clear();
    changed.visibility = Visibility::Private;
    changed.version = 2;
    let update = changed.clone();
    write(store, move |unit| Box::pin(async move { incident::update(&**unit, &update).await })).await;
    assert_eq!(incident::get(store.reader(), &changed.id).await.unwrap(), changed);
}

fn everything() -> Query {
    Query {
        viewer: Viewer::Everything,
        confined_to: None,
        text: None,
        severities: Vec::new(),
        statuses: Vec::new(),
        service: None,
        from: None,
        to: None,
        after: None,
        limit: 50,
    }
}

async fn numbers(store: &Store, query: Query) -> Vec<i64> {
    let found = incident::list(store.reader(), &query).await.unwrap();
    found.into_iter().map(|incident| incident.number).collect()
}

async fn a_list_shows_what_the_viewer_may_see(store: &Store) {
    stored_incident(store, 1).await;
    let mut private = sample(2);
    private.visibility = Visibility::Private;
    let private = stored(store, private).await;
    let id = private.id.clone();
    write(store, move |unit| {
        Box::pin(async move { member::put(&**unit, &id, &person(7), Access::Viewer).await })
    })
    .await;
    let seen_by = |number| Query { viewer: Viewer::Person(person(number)), ..everything() };
    assert_eq!(numbers(store, everything()).await, [2, 1]);
    assert_eq!(numbers(store, seen_by(7)).await, [2, 1]);
    assert_eq!(numbers(store, seen_by(8)).await, [1]);
    let confined = Query { confined_to: Some(vec![private.id]), ..seen_by(8) };
    assert_eq!(numbers(store, confined).await, [0_i64; 0]);
}

async fn a_list_is_filtered(store: &Store) {
    stored_incident(store, 1).await;
    let mut other = sample(2);
    other.title = "50%_off 促销".to_owned();
    other.severity = Severity::Sev1;
    other.status = Status::Closed;
    other.services = vec!["promo".to_owned()];
    other.impact = None;
    stored(store, other).await;
    let with_text = |text: &str| Query { text: Some(text.to_owned()), ..everything() };
    assert_eq!(numbers(store, with_text("CHECKOUT")).await, [1]);
    assert_eq!(numbers(store, with_text("促销")).await, [2]);
    assert_eq!(numbers(store, with_text("0%_o")).await, [2]);
    assert_eq!(numbers(store, with_text("#1")).await, [1]);
    assert_eq!(numbers(store, with_text("a%b")).await, [0_i64; 0]);
    assert_eq!(numbers(store, Query { severities: vec![Severity::Sev1], ..everything() }).await, [2]);
    assert_eq!(numbers(store, Query { statuses: vec![Status::Investigating], ..everything() }).await, [1]);
    assert_eq!(numbers(store, Query { service: Some("promo".to_owned()), ..everything() }).await, [2]);
    assert_eq!(numbers(store, Query { from: Some(at(61)), ..everything() }).await, [0_i64; 0]);
    assert_eq!(numbers(store, Query { to: Some(at(61)), ..everything() }).await, [2, 1]);
}

async fn pages_follow_each_other_without_gap(store: &Store) {
    for number in 1..=5 {
        stored_incident(store, number).await;
    }
    let first = incident::list(store.reader(), &Query { limit: 2, ..everything() }).await.unwrap();
    let last = &first[1];
    let after = Some((last.sort_at(), last.number));
    assert_eq!(numbers(store, Query { after, ..everything() }).await, [3, 2, 1]);
}

async fn counting_moves_the_revision(store: &Store) {
    let incident = stored_incident(store, 1).await;
    let id = incident.id.clone();
    let counted = Counted { events: 3, key_events: 1, revision: 17 };
    write(store, move |unit| Box::pin(async move { incident::count_events(&**unit, &id, counted).await }))
        .await;
    let tally = incident::tally(store.reader(), &incident.id).await.unwrap();
    assert_eq!((tally.counts.events, tally.counts.key_events, tally.revision), (3, 1, 17));
}

async fn a_deleted_incident_is_gone_at_once_and_its_events_later(store: &Store) {
    let incident = stored_incident(store, 1).await;
    let events = (0..5).map(|number| crate::samples::event(&incident, number, 1)).collect();
    stored_events(store, events).await;
    let id = incident.id.clone();
    write(store, move |unit| Box::pin(async move { incident::delete(&**unit, &id, at(9)).await })).await;
    assert_eq!(incident::find(store.reader(), &incident.id).await.unwrap(), None);
    assert_eq!(numbers(store, everything()).await, [0_i64; 0]);
    let mut rounds = 0;
    loop {
        let id = incident.id.clone();
        rounds += 1;
        if write(store, move |unit| Box::pin(async move { incident::purge(&**unit, &id, 2).await })).await {
            break;
        }
    }
    assert_eq!(rounds, 4);
    assert_eq!(store::event::count(store.reader(), &incident.id).await.unwrap(), (0, 0));
}

async fn people_are_named_in_incidents(store: &Store) {
    let incident = stored_incident(store, 1).await;
    let id = incident.id.clone();
    write(store, move |unit| {
        Box::pin(async move {
            member::put(&**unit, &id, &person(1), Access::Viewer).await?;
            member::put(&**unit, &id, &person(1), Access::Owner).await?;
            member::put(&**unit, &id, &person(2), Access::Editor).await?;
            member::put_duty(&**unit, &id, Duty::Scribe, &person(1)).await?;
            member::put_duty(&**unit, &id, Duty::Scribe, &person(2)).await?;
            assert!(member::delete(&**unit, &id, &person(2)).await?);
            assert!(!member::delete(&**unit, &id, &person(2)).await?);
            assert!(!member::delete_duty(&**unit, &id, Duty::Commander).await?);
            Ok(())
        })
    })
    .await;
    let members = member::list(store.reader(), &incident.id).await.unwrap();
    let members: Vec<_> = members.iter().map(|member| (member.person.clone(), member.what)).collect();
    assert_eq!(members, [(person(1), Access::Owner)]);
    let duties = member::list_duties(store.reader(), &incident.id).await.unwrap();
    let duties: Vec<_> = duties.iter().map(|duty| (duty.what, duty.person.clone())).collect();
    assert_eq!(duties, [(Duty::Scribe, person(2))]);
}
