use model::event::{Kind, LinkDecision, LinkState, Recorded};
use model::id::{EventId, IncidentId};
use model::incident::Visibility;
use serde_json::json;
use store::event::{self, Direction, Filter, Page};
use store::event_history::{self, Change, Step};
use store::incident::Viewer;
use store::{Error, Store, link};

use crate::samples::{
    at, author, event as sample, incident, person, stored, stored_events, stored_incident, write,
};

crate::on_both_engines! {
    what_is_stored_is_read_back,
    an_id_is_taken_once,
    a_page_is_in_the_order_of_time_then_arrival,
    a_page_is_filtered,
    an_update_replaces_every_field,
    marks_leave_out_what_is_deleted,
    a_new_analysis_spares_what_people_touched,
    search_stays_within_what_the_viewer_may_see,
    a_decision_about_a_pair_is_stored_once,
    history_is_in_order,
    a_hundred_thousand_events_go_in_together,
}

async fn what_is_stored_is_read_back(store: &Store) {
    let incident = stored_incident(store, 1).await;
    let mut by_person = sample(&incident, 2, 7);
    by_person.author = Some(author(5));
    by_person.event.attributes.clear();
    by_person.event.correlations.clear();
    by_person.event.service = None;
    let events = stored_events(store, vec![sample(&incident, 1, 3), by_person]).await;
    assert_eq!((events[0].seq, events[1].seq), (1, 2));
    let by_people = event::list_by_people(store.reader(), &incident.id).await.unwrap();
    assert_eq!(by_people, events[1..]);
    for event in events {
        assert_eq!(event::get(store.reader(), &event.event.id).await.unwrap(), event);
    }
    assert_eq!(event::find(store.reader(), &EventId::from_bits(77)).await.unwrap(), None);
}

async fn an_id_is_taken_once(store: &Store) {
    let incident = stored_incident(store, 1).await;
    stored_events(store, vec![sample(&incident, 1, 3)]).await;
    let again = sample(&incident, 1, 3);
    let refused: Result<(), Error> = store
        .writer()
        .write(move |unit| Box::pin(async move { event::insert(unit, &mut [again]).await }))
        .await;
    assert!(matches!(refused, Err(Error::Exists(_))), "{refused:?}");
}

async fn ids(store: &Store, incident: &IncidentId, page: Page) -> Vec<u128> {
    let events = event::list(store.reader(), incident, &page).await.unwrap();
    events.iter().map(|event| event.event.id.to_bits()).collect()
}

async fn a_page_is_in_the_order_of_time_then_arrival(store: &Store) {
    let incident = stored_incident(store, 1).await;
    let events = [(1, 20), (2, 10), (3, 20), (4, 20), (5, 5)];
    let events = events.map(|(number, second)| sample(&incident, number, second)).to_vec();
    let events = stored_events(store, events).await;
    let page = |direction, after| Page { direction, after, limit: 2, ..Page::default() };
    let place = |number: usize| Some((events[number].event.occurred_at, events[number].seq));
    assert_eq!(ids(store, &incident.id, page(Direction::Forward, None)).await, [5, 2]);
    assert_eq!(ids(store, &incident.id, page(Direction::Forward, place(1))).await, [1, 3]);
    assert_eq!(ids(store, &incident.id, page(Direction::Forward, place(2))).await, [4]);
    assert_eq!(ids(store, &incident.id, page(Direction::Backward, None)).await, [4, 3]);
    assert_eq!(ids(store, &incident.id, page(Direction::Backward, place(2))).await, [1, 2]);
}

async fn a_page_is_filtered(store: &Store) {
    let incident = stored_incident(store, 1).await;
    let mut deploy = sample(&incident, 2, 20);
    deploy.event.kind = Kind::UserAction;
    deploy.event.service = None;
    deploy.event.title = "Deploy 100%".to_owned();
    deploy.event.key = true;
    deploy.event.detail = None;
    let mut deleted = sample(&incident, 3, 30);
    deleted.deleted_at = Some(at(40));
    stored_events(store, vec![sample(&incident, 1, 10), deploy, deleted]).await;
    let id = &incident.id;
    let with = |filter| Page { filter, limit: 10, ..Page::default() };
    assert_eq!(ids(store, id, with(Filter::default())).await, [1, 2]);
    assert_eq!(
        ids(store, id, with(Filter { kinds: vec![Kind::UserAction], ..Filter::default() })).await,
        [2]
    );
    let of_service = |name: &str| Filter { services: vec![name.to_owned()], ..Filter::default() };
    assert_eq!(ids(store, id, with(of_service("cart"))).await, [1]);
    assert_eq!(ids(store, id, with(of_service(""))).await, [2]);
    let with_text = |text: &str| Filter { text: Some(text.to_owned()), ..Filter::default() };
    assert_eq!(ids(store, id, with(with_text("连接"))).await, [1]);
    assert_eq!(ids(store, id, with(with_text("0%"))).await, [2]);
    assert_eq!(event::list_seqs(store.reader(), id, &with_text("REFUSED")).await.unwrap(), [1]);
    assert_eq!(ids(store, id, with(Filter { only_key: true, ..Filter::default() })).await, [2]);
    assert_eq!(ids(store, id, with(Filter { from: Some(at(11)), ..Filter::default() })).await, [2]);
    assert_eq!(ids(store, id, with(Filter { to: Some(at(20)), ..Filter::default() })).await, [1]);
    assert_eq!(event::count(store.reader(), id).await.unwrap(), (2, 1));
}

async fn an_update_replaces_every_field(store: &Store) {
    let incident = stored_incident(store, 1).await;
    let event = stored_events(store, vec![sample(&incident, 1, 3)]).await.remove(0);
    let mut changed = event.clone();
    changed.event.title = "changed".to_owned();
    changed.event.detail = None;
    changed.starred = true;
    changed.version = 2;
    changed.deleted_at = Some(at(50));
    let update = changed.clone();
    write(store, move |unit| Box::pin(async move { event::update(&**unit, &update).await })).await;
    assert_eq!(event::get(store.reader(), &event.event.id).await.unwrap(), changed);
    let ids = [changed.event.id.clone()];
    assert_eq!(event::list_by_ids(store.reader(), &incident.id, &ids).await.unwrap(), [changed]);
    let other = IncidentId::from_bits(2);
    assert_eq!(event::list_by_ids(store.reader(), &other, &ids).await.unwrap(), []);
}

async fn marks_leave_out_what_is_deleted(store: &Store) {
    let incident = stored_incident(store, 1).await;
    let mut deleted = sample(&incident, 2, 1);
    deleted.deleted_at = Some(at(9));
    let mut note = sample(&incident, 3, 2);
    note.event.kind = Kind::Note;
    note.event.service = Some("a|b\n服务".to_owned());
    note.event.ended_at = None;
    note.starred = true;
    note.author = Some(author(1));
    let events = stored_events(store, vec![sample(&incident, 1, 5), deleted, note]).await;
    let list =
        async |after, until| event::list_marks(store.reader(), &incident.id, after, until).await.unwrap();
    let marks = list(None, None).await;
    assert_eq!(marks, [event::Mark::from(&events[2]), event::Mark::from(&events[0])]);
    let middle = Some(marks[0].place());
    assert_eq!(list(middle, None).await, marks[1..]);
    assert_eq!(list(None, middle).await, marks[..1]);
}

async fn a_new_analysis_spares_what_people_touched(store: &Store) {
    let incident = stored_incident(store, 1).await;
    let mut starred = sample(&incident, 2, 1);
    starred.version = 2;
    let mut by_person = sample(&incident, 3, 1);
    by_person.author = Some(author(1));
    stored_events(store, vec![sample(&incident, 1, 1), starred, by_person]).await;
    let id = incident.id.clone();
    let deleted =
        write(store, move |unit| Box::pin(async move { event::delete_untouched(&**unit, &id).await })).await;
    assert_eq!(deleted, 1);
    let touched = event::list_touched(store.reader(), &incident.id).await.unwrap();
    assert_eq!(touched, [EventId::from_bits(2)]);
}

async fn search_stays_within_what_the_viewer_may_see(store: &Store) {
    let mut private = incident(1);
    private.visibility = Visibility::Private;
    let private = stored(store, private).await;
    stored_events(store, vec![sample(&private, 1, 1)]).await;
    let found = |viewer: Viewer| async move {
        event::search(store.reader(), &viewer, None, "Connection", 10).await.unwrap().len()
    };
    assert_eq!(found(Viewer::Everything).await, 1);
    assert_eq!(found(Viewer::Person(person(3))).await, 0);
}

async fn a_decision_about_a_pair_is_stored_once(store: &Store) {
    let incident = stored_incident(store, 1).await;
    let (one, other) = (EventId::from_bits(1), EventId::from_bits(2));
    let decision = |event: &EventId, other: &EventId, state| LinkDecision {
        event: event.clone(),
        other: other.clone(),
        state,
        by: author(1),
        at: at(1),
    };
    let decide = |decision: LinkDecision| {
        let id = incident.id.clone();
        write(store, move |unit| Box::pin(async move { link::put(&**unit, &id, &decision).await }))
    };
    decide(decision(&one, &other, LinkState::Confirmed)).await;
    decide(decision(&other, &one, LinkState::Rejected)).await;
    let decisions = link::list(store.reader(), &incident.id).await.unwrap();
    assert_eq!(decisions, [decision(&one, &other, LinkState::Rejected)]);
    decide(decision(&one, &other, LinkState::Proposed)).await;
    assert_eq!(link::list(store.reader(), &incident.id).await.unwrap(), []);
}

async fn history_is_in_order(store: &Store) {
    let incident = stored_incident(store, 1).await;
    let step = |version| Step {
        event: EventId::from_bits(1),
        incident: incident.id.clone(),
        version,
        change: Change::Updated,
        at: at(version),
        by: author(1),
        before: json!({ "title": "旧" }),
        after: json!({ "title": "新" }),
    };
    for version in [3, 2] {
        let step = step(version);
        write(store, move |unit| Box::pin(async move { event_history::insert(&**unit, &step).await })).await;
    }
    let steps = event_history::list(store.reader(), &EventId::from_bits(1)).await.unwrap();
    assert_eq!(steps, [step(2), step(3)]);
}

async fn a_hundred_thousand_events_go_in_together(store: &Store) {
    let incident = stored_incident(store, 1).await;
    let events: Vec<Recorded> =
        (0..100_000).map(|number| sample(&incident, number, number as i64 % 3_600)).collect();
    stored_events(store, events).await;
    let page = Page { limit: 200, after: Some((at(1_800), 0)), ..Page::default() };
    assert_eq!(ids(store, &incident.id, page).await.len(), 200);
    let marks = event::list_marks(store.reader(), &incident.id, None, None).await.unwrap();
    assert_eq!(marks.len(), 100_000);
    let place = |after, count| event::find_place(store.reader(), &incident.id, after, count);
    let tenth = place(None, 10).await.unwrap();
    assert_eq!(tenth, Some(marks[9].place()));
    assert_eq!(place(tenth, 90_000).await.unwrap(), Some(marks[90_009].place()));
    assert_eq!(place(tenth, 100_000).await.unwrap(), None);
    assert_eq!(event::count(store.reader(), &incident.id).await.unwrap(), (100_000, 0));
}
