use serde_json::json;
use tests::TestApp;
use tests::estate::own_id;

#[tokio::test]
async fn a_change_is_heard_by_whom_it_concerns() {
    let app = TestApp::start().await;
    let (alice, otto) = (app.editor("Alice").await, app.editor("Otto").await);
    let mut heard = otto.listen("/api/v1/live").await;
    let hidden = json!({ "title": "hidden", "visibility": "private" });
    alice.post("/api/v1/incidents", hidden).await.expect(201);
    let shown = alice.post("/api/v1/incidents", json!({ "title": "shown" })).await.expect(201);
    let change = heard.next().await.unwrap();
    assert_eq!((change["noun"].as_str(), change["id"].as_str()), (Some("incident"), Some(shown.id())));
    assert_eq!((&change["change"], &change["by"]["name"]), (&json!("created"), &json!("Alice")));
}

#[tokio::test]
async fn a_listener_knows_at_once_that_it_listens() {
    let app = TestApp::start().await;
    let mut heard = app.editor("Alice").await.listen("/api/v1/live").await;
    assert_eq!(heard.first().await, ": listening\n\n");
}

#[tokio::test]
async fn a_listener_that_comes_back_hears_what_it_missed() {
    let app = TestApp::start().await;
    let alice = app.editor("Alice").await;
    let mut heard = alice.listen("/api/v1/live").await;
    alice.post("/api/v1/incidents", json!({ "title": "first" })).await.expect(201);
    let first = heard.next().await.unwrap();
    drop(heard);
    let second = alice.post("/api/v1/incidents", json!({ "title": "second" })).await.expect(201);
    let seen = first["seq"].to_string();
    let mut heard = alice.with("last-event-id", &seen).listen("/api/v1/live").await;
    assert_eq!(heard.next().await.unwrap()["id"], second.id());
}

#[tokio::test]
async fn a_member_who_is_removed_hears_no_more() {
    let app = TestApp::start().await;
    let (alice, otto) = (app.editor("Alice").await, app.editor("Otto").await);
    let hidden = json!({ "title": "hidden", "visibility": "private" });
    let id = alice.post("/api/v1/incidents", hidden).await.expect(201).id().to_owned();
    let path = format!("/api/v1/incidents/{id}");
    let member = format!("{path}/members/{}", own_id(&otto).await);
    alice.put(&member, json!({ "access": "viewer" })).await.expect(200);
    let mut heard = otto.listen("/api/v1/live").await;
    alice.patch(&path, json!({ "version": 1, "title": "seen" })).await.expect(200);
    assert_eq!(heard.next().await.unwrap()["id"], id.as_str());
    alice.delete(&member).await.expect(204);
    alice.patch(&path, json!({ "version": 2, "title": "unseen" })).await.expect(200);
    let public = alice.post("/api/v1/incidents", json!({ "title": "public" })).await.expect(201);
    assert_eq!(heard.next().await.unwrap()["id"], public.id());
}
