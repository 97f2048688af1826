use serde_json::json;
use tests::estate::own_id;
use tests::{Client, TestApp};

async fn declared(client: &Client, title: &str) -> String {
    client.post("/api/v1/incidents", json!({ "title": title })).await.expect(201).id().to_owned()
}

#[tokio::test]
async fn a_declared_incident_is_read_back() {
    let app = TestApp::start().await;
    let alice = app.editor("Alice").await;
    let draft = json!({
        "title": " 结账失败 ", "severity": "sev1", "services": ["cart", "redis", "cart"],
        "detected_at": "2026-11-12T14:04:50+08:00", "impact": "orders fail",
    });
    let made = alice.post("/api/v1/incidents", draft).await.expect(201);
    let read = alice.get(&format!("/api/v1/incidents/{}", made.id())).await.expect(200);
    assert_eq!(read.json, made.json);
    assert_eq!(read.json["title"], "结账失败");
    assert_eq!(read.json["number"], 1);
    assert_eq!(read.json["services"], json!(["cart", "redis"]));
    assert_eq!(read.json["detected_at"], "2026-11-12T06:04:50Z");
    let by = json!({ "by": { "kind": "person", "name": "Alice" }, "confirmed": true });
    assert_eq!(read.json["clocks"]["detected_at"], by);
    assert_eq!(read.json["access"], "owner");
    assert_eq!(read.json["members"][0]["person"]["name"], "Alice");
}

#[tokio::test]
async fn everything_wrong_is_said_at_once() {
    let app = TestApp::start().await;
    let alice = app.editor("Alice").await;
    let draft = json!({
        "title": "", "services": [""],
        "started_at": "2026-11-12T15:00:00Z", "resolved_at": "2026-11-12T14:00:00Z",
    });
    let refused = alice.post("/api/v1/incidents", draft).await.expect(422);
    let paths: Vec<_> =
        refused.json["fields"].as_array().unwrap().iter().map(|field| &field["path"]).collect();
    assert_eq!(paths, ["title", "services[0]", "resolved_at"]);
    alice.post("/api/v1/incidents", json!({ "title": "a", "number": 7 })).await.expect(422);
}

#[tokio::test]
async fn a_change_names_the_version_it_is_based_on() {
    let app = TestApp::start().await;
    let (alice, bob) = (app.editor("Alice").await, app.editor("Bob").await);
    let path = format!("/api/v1/incidents/{}", declared(&alice, "slow").await);
    let changed = bob.patch(&path, json!({ "version": 1, "status": "mitigated" })).await.expect(200);
    assert_eq!(changed.json["version"], 2);
    let refused = alice.patch(&path, json!({ "version": 1, "title": "slower" })).await.expect(409);
    assert_eq!(refused.code(), "version_conflict");
    assert_eq!(refused.json["current"]["status"], "mitigated");
    assert_eq!(refused.json["current"]["version"], 2);
    assert_eq!(alice.get(&path).await.expect(200).json["title"], "slow");
}

#[tokio::test]
async fn a_field_that_is_null_is_emptied_and_one_left_out_stays() {
    let app = TestApp::start().await;
    let alice = app.editor("Alice").await;
    let draft = json!({ "title": "slow", "impact": "some", "detected_at": "2026-11-12T14:00:00Z" });
    let made = alice.post("/api/v1/incidents", draft).await.expect(201);
    let path = format!("/api/v1/incidents/{}", made.id());
    let changed = alice.patch(&path, json!({ "version": 1, "detected_at": null })).await.expect(200).json;
    assert_eq!((&changed["detected_at"], &changed["impact"]), (&json!(null), &json!("some")));
    let confirm = json!({ "version": 2, "confirm": ["detected_at"] });
    assert_eq!(alice.patch(&path, confirm).await.expect(422).json["fields"][0]["path"], "confirm");
    for always in ["title", "severity", "status", "services", "visibility"] {
        let emptied = alice.patch(&path, json!({ "version": 2, always: null })).await.expect(422);
        assert_eq!(emptied.json["fields"][0]["path"], always);
    }
}

#[tokio::test]
async fn a_private_incident_exists_only_for_the_people_named() {
    let app = TestApp::start().await;
    let (alice, otto) = (app.editor("Alice").await, app.editor("Otto").await);
    let draft = json!({ "title": "leak", "visibility": "private" });
    let id = alice.post("/api/v1/incidents", draft).await.expect(201).id().to_owned();
    let path = format!("/api/v1/incidents/{id}");
    let hidden = otto.get(&path).await.expect(404);
    let absent = otto.get(&format!("/api/v1/incidents/inc_{}", "0".repeat(26))).await.expect(404);
    assert_eq!((hidden.code(), &hidden.json["detail"]), (absent.code(), &absent.json["detail"]));
    let listed = |list: &serde_json::Value| list["items"].as_array().unwrap().len();
    assert_eq!(listed(&otto.get("/api/v1/incidents").await.expect(200).json), 0);
    assert_eq!(listed(&otto.get("/api/v1/search?q=leak").await.expect(200).json), 0);

    let member = format!("{path}/members/{}", own_id(&otto).await);
    alice.put(&member, json!({ "access": "viewer" })).await.expect(200);
    assert_eq!(otto.get(&path).await.expect(200).json["access"], "viewer");
    assert_eq!(listed(&otto.get("/api/v1/incidents").await.expect(200).json), 1);
    otto.patch(&path, json!({ "version": 1, "title": "no" })).await.expect(403);

    alice.delete(&member).await.expect(204);
    otto.get(&path).await.expect(404);
    let own = format!("{path}/members/{}", own_id(&alice).await);
    assert_eq!(alice.delete(&own).await.expect(409).code(), "last_owner");
}

#[tokio::test]
async fn a_list_is_filtered_and_paged() {
    let app = TestApp::start().await;
    let alice = app.editor("Alice").await;
    for number in 1..=5 {
        declared(&alice, &format!("incident {number}")).await;
    }
    let first = alice.get("/api/v1/incidents?limit=2").await.expect(200).json;
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = alice.get(&format!("/api/v1/incidents?limit=3&cursor={cursor}")).await.expect(200).json;
    let numbers = |page: &serde_json::Value| {
        let items = page["items"].as_array().unwrap().clone();
        items.iter().map(|item| item["number"].as_i64().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!((numbers(&first), numbers(&second)), (vec![5, 4], vec![3, 2, 1]));
    assert_eq!(second["next_cursor"], json!(null));
    assert_eq!(numbers(&alice.get("/api/v1/incidents?q=%234").await.expect(200).json), [4]);
    assert_eq!(
        numbers(&alice.get("/api/v1/incidents?severity=sev1,sev2").await.expect(200).json),
        [0_i64; 0]
    );
    for wrong in ["limit=0", "limit=1001", "severity=sev9", "cursor=x", "sort=title", "unknown=1"] {
        alice.get(&format!("/api/v1/incidents?{wrong}")).await.expect(400);
    }
}

#[tokio::test]
async fn a_deleted_incident_is_gone_with_its_events() {
    let app = TestApp::start().await;
    let alice = app.editor("Alice").await;
    let path = format!("/api/v1/incidents/{}", declared(&alice, "oops").await);
    let event = json!({ "title": "e", "occurred_at": "2026-11-12T14:00:00Z" });
    let event = alice.post(&format!("{path}/events"), event).await.expect(201);
    app.editor("Bob").await.delete(&path).await.expect(403);
    alice.delete(&path).await.expect(204);
    alice.get(&path).await.expect(404);
    alice.get(&format!("/api/v1/events/{}", event.id())).await.expect(404);
    alice.delete(&path).await.expect(404);
}

#[tokio::test]
async fn a_request_sent_again_is_answered_not_done_again() {
    let app = TestApp::start().await;
    let alice = app.editor("Alice").await;
    let with_key = alice.with("idempotency-key", "k-1");
    let first = with_key.post("/api/v1/incidents", json!({ "title": "once" })).await.expect(201);
    let second = with_key.post("/api/v1/incidents", json!({ "title": "once" })).await.expect(201);
    assert_eq!(first.json, second.json);
    let other = with_key.post("/api/v1/incidents", json!({ "title": "other" })).await.expect(422);
    assert_eq!(other.code(), "idempotency_mismatch");
    let bob = app.editor("Bob").await.with("idempotency-key", "k-1");
    bob.post("/api/v1/incidents", json!({ "title": "once" })).await.expect(201);
    let listed = alice.get("/api/v1/incidents").await.expect(200).json;
    assert_eq!(listed["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn what_was_done_stands_in_the_audit() {
    let app = TestApp::start().await;
    let alice = app.editor("Alice").await;
    let path = format!("/api/v1/incidents/{}", declared(&alice, "seen").await);
    alice.patch(&path, json!({ "version": 1, "title": "changed" })).await.expect(200);
    alice.patch(&path, json!({ "version": 1, "title": "refused" })).await.expect(409);
    let audit = app.admin("Ada").await.get("/api/v1/audit?limit=1000").await.expect(200).json;
    let actions: Vec<_> = audit["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["noun_id"] == path.rsplit('/').next().unwrap())
        .map(|entry| entry["action"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(actions, ["update_incident", "create_incident"]);
}
