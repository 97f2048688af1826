use model::account::{ApiToken, Digest, Invitation, Purpose, Session};
use model::id::{IncidentId, InvitationId, PersonId, SessionId, TokenId};
use model::person::{Person, Role};
use store::person::PasswordHash;
use store::{Error, Store, invitation, one_time_link, person, session, token};

use crate::samples::{at, person as person_id, write};

crate::on_both_engines! {
    a_person_is_found_by_id_and_by_email,
    an_email_belongs_to_one_person,
    a_change_needs_the_version_before,
    only_administrators_who_can_sign_in_count,
    preferences_read_back,
    a_session_is_found_by_its_digest_until_it_ends,
    a_token_reads_back_with_its_person,
    an_invitation_is_there_until_it_is_used,
    a_one_time_link_opens_once_and_in_time,
}

fn someone(number: u128) -> Person {
    Person {
        id: person_id(number),
        name: format!("阿莉丝 {number}"),
        email: Some(format!("alice{number}@example.com")),
        role: Role::Admin,
        suspended_at: None,
        version: 1,
        created_at: at(0),
    }
}

const fn digest(byte: u8) -> Digest {
    Digest([byte; 32])
}

async fn join(store: &Store, person: Person) {
    write(store, move |unit| Box::pin(async move { person::insert(&**unit, &person, None).await })).await;
}

async fn a_person_is_found_by_id_and_by_email(store: &Store) {
    let (alice, hash) = (someone(1), PasswordHash("$argon2id$…".to_owned()));
    let stored = alice.clone();
    write(store, move |unit| Box::pin(async move { person::insert(&**unit, &stored, Some(&hash)).await }))
        .await;
    let db = store.reader();
    assert_eq!(person::get(db, &alice.id).await.unwrap(), alice);
    let (found, password) = person::find_by_email(db, "alice1@example.com").await.unwrap().unwrap();
    assert_eq!((found, password.unwrap().0.as_str()), (alice.clone(), "$argon2id$…"));
    assert!(person::find_password(db, &alice.id).await.unwrap().is_some());
    assert!(matches!(person::get(db, &person_id(9)).await, Err(Error::Missing { .. })));
    assert_eq!(person::list(db, None, 10).await.unwrap(), std::slice::from_ref(&alice));
    assert_eq!(person::list(db, Some(&alice.id), 10).await.unwrap(), []);
}

async fn an_email_belongs_to_one_person(store: &Store) {
    join(store, someone(1)).await;
    let twin = Person { email: someone(1).email, ..someone(2) };
    let refused: Result<(), Error> = store
        .writer()
        .write(move |unit| Box::pin(async move { person::insert(&**unit, &twin, None).await }))
        .await;
    assert!(matches!(refused, Err(Error::Exists(_))), "{refused:?}");
    let program = Person { email: None, ..someone(3) };
    join(store, program.clone()).await;
    join(store, Person { email: None, ..someone(4) }).await;
    let found = person::find_without_email(store.reader(), &program.name).await.unwrap();
    assert_eq!(found, Some(program));
}

async fn a_change_needs_the_version_before(store: &Store) {
    join(store, someone(1)).await;
    let changed = Person { role: Role::Viewer, suspended_at: Some(at(5)), version: 2, ..someone(1) };
    let stored = changed.clone();
    write(store, move |unit| Box::pin(async move { person::update(&**unit, &stored).await })).await;
    assert_eq!(person::get(store.reader(), &changed.id).await.unwrap(), changed);
    let again: Result<(), Error> = store
        .writer()
        .write(move |unit| Box::pin(async move { person::update(&**unit, &changed).await }))
        .await;
    assert!(matches!(again, Err(Error::Missing { .. })), "{again:?}");
}

async fn only_administrators_who_can_sign_in_count(store: &Store) {
    join(store, someone(1)).await;
    join(store, Person { role: Role::Editor, ..someone(2) }).await;
    join(store, Person { email: None, ..someone(3) }).await;
    join(store, Person { suspended_at: Some(at(1)), ..someone(4) }).await;
    assert_eq!(person::count_admins(store.reader()).await.unwrap(), 1);
}

async fn preferences_read_back(store: &Store) {
    let alice = someone(1);
    join(store, alice.clone()).await;
    assert!(person::preferences(store.reader(), &alice.id).await.unwrap().is_empty());
    let wanted = [("主题".to_owned(), "dark".to_owned())].into();
    let (stored, id) = (model::account::Preferences::clone(&wanted), alice.id.clone());
    write(store, move |unit| {
        Box::pin(async move {
            person::set_preferences(&**unit, &id, &stored).await?;
            person::set_password(&**unit, &id, &PasswordHash("x".to_owned())).await
        })
    })
    .await;
    assert_eq!(person::preferences(store.reader(), &alice.id).await.unwrap(), wanted);
    assert!(person::find_password(store.reader(), &alice.id).await.unwrap().is_some());
}

fn session_of(person: &Person, number: u128, end: i64) -> Session {
    let id = SessionId::from_bits(number);
    let user_agent = (number % 2 == 1).then(|| "浏览器/1.0".to_owned());
    Session { id, person: person.id.clone(), user_agent, created_at: at(number as i64), expires_at: at(end) }
}

async fn a_session_is_found_by_its_digest_until_it_ends(store: &Store) {
    let alice = someone(1);
    join(store, alice.clone()).await;
    let sessions = [session_of(&alice, 1, 100), session_of(&alice, 2, 50), session_of(&alice, 3, 100)];
    let (first, stored) = (sessions[0].clone(), sessions.clone());
    write(store, move |unit| {
        Box::pin(async move {
            for (byte, session) in (1..).zip(&stored) {
                session::insert(&**unit, session, &digest(byte)).await?;
            }
            Ok(())
        })
    })
    .await;
    let find = async |byte| session::find(store.reader(), &digest(byte)).await.unwrap();
    assert_eq!(find(1).await, Some((first.clone(), alice.clone())));
    let listed = session::list(store.reader(), &alice.id, at(60)).await.unwrap();
    assert_eq!(listed, [sessions[2].clone(), first.clone()]);
    let swept = write(store, |unit| Box::pin(async move { session::sweep(&**unit, at(60)).await })).await;
    assert_eq!((swept, find(2).await), (1, None));
    let (id, kept) = (alice.id.clone(), first.id.clone());
    let ended = write(store, move |unit| {
        Box::pin(async move { session::delete_of(&**unit, &id, Some(&kept)).await })
    })
    .await;
    assert_eq!((ended, find(3).await), (1, None));
    let id = alice.id.clone();
    let surplus =
        write(store, move |unit| Box::pin(async move { session::delete_surplus(&**unit, &id, 1).await }))
            .await;
    assert_eq!(surplus, 0);
    let delete = |person: PersonId| {
        let id = first.id.clone();
        write(store, move |unit| Box::pin(async move { session::delete(&**unit, &person, &id).await }))
    };
    assert!(!delete(someone(2).id).await, "of someone else");
    assert!(delete(alice.id.clone()).await);
    assert_eq!(find(1).await, None);
}

async fn a_token_reads_back_with_its_person(store: &Store) {
    let alice = someone(1);
    join(store, alice.clone()).await;
    let narrow = ApiToken {
        id: TokenId::from_bits(1),
        person: alice.id.clone(),
        name: "持续集成".to_owned(),
        role: Role::Editor,
        incidents: Some(vec![IncidentId::from_bits(7)]),
        may_create_tokens: true,
        created_at: at(0),
        expires_at: Some(at(9)),
        last_used_at: None,
    };
    let stored = narrow.clone();
    write(store, move |unit| Box::pin(async move { token::insert(&**unit, &stored, &digest(1)).await }))
        .await;
    let db = store.reader();
    assert_eq!(token::find(db, &digest(1)).await.unwrap(), Some((narrow.clone(), alice.clone())));
    assert_eq!(token::list(db, Some(&alice.id), None, 10).await.unwrap().len(), 1);
    assert_eq!(token::list(db, Some(&person_id(9)), None, 10).await.unwrap().len(), 0);
    assert_eq!(token::list(db, None, Some(&narrow.id), 10).await.unwrap().len(), 0);
    let id = narrow.id.clone();
    write(store, move |unit| Box::pin(async move { token::touch(&**unit, &id, at(5)).await })).await;
    assert_eq!(token::get(db, &narrow.id).await.unwrap().0.last_used_at, Some(at(5)));
    let id = narrow.id.clone();
    write(store, move |unit| Box::pin(async move { token::delete(&**unit, &id).await })).await;
    assert!(matches!(token::get(db, &narrow.id).await, Err(Error::Missing { .. })));
}

async fn an_invitation_is_there_until_it_is_used(store: &Store) {
    let invited = Invitation {
        id: InvitationId::from_bits(1),
        email: "bo@example.com".to_owned(),
        name: None,
        role: Role::Commenter,
        by: person_id(1),
        created_at: at(0),
        expires_at: at(10),
    };
    let stored = invited.clone();
    write(store, move |unit| Box::pin(async move { invitation::insert(&**unit, &stored, &digest(1)).await }))
        .await;
    let db = store.reader();
    assert_eq!(invitation::find(db, &digest(1)).await.unwrap(), Some(invited.clone()));
    assert_eq!(invitation::list(db, None, 10).await.unwrap(), std::slice::from_ref(&invited));
    let swept = write(store, |unit| Box::pin(async move { invitation::sweep(&**unit, at(9)).await })).await;
    assert_eq!(swept, 0);
    let delete = async || {
        let id = invited.id.clone();
        write(store, move |unit| Box::pin(async move { invitation::delete(&**unit, &id).await })).await
    };
    assert!(delete().await);
    assert!(!delete().await, "it is used once");
}

async fn a_one_time_link_opens_once_and_in_time(store: &Store) {
    let alice = someone(1);
    join(store, alice.clone()).await;
    let purpose = Purpose::SignIn(alice.id.clone());
    let stored = purpose.clone();
    write(store, move |unit| {
        Box::pin(async move {
            one_time_link::insert(&**unit, &digest(1), &stored, at(10)).await?;
            one_time_link::insert(&**unit, &digest(2), &Purpose::Setup, at(10)).await
        })
    })
    .await;
    let find = async |byte, now| one_time_link::find(store.reader(), &digest(byte), at(now)).await.unwrap();
    assert_eq!(find(1, 9).await, Some(purpose));
    assert_eq!(find(1, 10).await, None);
    assert_eq!(find(2, 9).await, Some(Purpose::Setup));
    let delete = async || {
        write(store, |unit| Box::pin(async move { one_time_link::delete(&**unit, &digest(1)).await })).await
    };
    assert!(delete().await);
    assert!(!delete().await, "it opens once");
    let dropped =
        write(store, |unit| Box::pin(async move { one_time_link::delete_setup(&**unit).await })).await;
    assert_eq!(dropped, 1);
    let swept =
        write(store, |unit| Box::pin(async move { one_time_link::sweep(&**unit, at(99)).await })).await;
    assert_eq!(swept, 0);
}
