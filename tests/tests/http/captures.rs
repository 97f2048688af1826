//! Captures come in whole, and once; and go out with what people said.

use std::collections::BTreeMap;

use app::Actor;
use app::captures::export_bundle;
use futures::channel::mpsc;
use futures::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tests::{Client, TestApp, capture};

const PATH: &str = "/api/v1/incidents/import";

async fn incident_count(client: &Client) -> Option<usize> {
    client.get("/api/v1/incidents").await.expect(200).json["items"].as_array().map(Vec::len)
}

#[tokio::test]
async fn a_capture_sent_again_under_its_key_is_imported_once() {
    let app = TestApp::start().await;
    let editor = app.editor("eve").await;
    let keyed = editor.with("idempotency-key", "k-1");
    let first = keyed.post_zip(PATH, capture::zip("checkout is slow")).await.expect(202);
    let again = keyed.post_zip(PATH, capture::zip("checkout is slow")).await.expect(202);
    assert_eq!(first.text, again.text);
    let other = keyed.post_zip(PATH, capture::zip("checkout is down")).await.expect(422);
    assert_eq!(other.code(), "idempotency_mismatch");
    assert_eq!(incident_count(&editor).await, Some(1));
    editor.post_zip(PATH, capture::zip("checkout is slow")).await.expect(202);
    assert_eq!(incident_count(&editor).await, Some(2), "without a key it is a new incident");
}

#[tokio::test]
async fn while_a_capture_arrives_its_key_is_taken() {
    let app = TestApp::start().await;
    let editor = app.editor("eve").await;
    let keyed = editor.with("idempotency-key", "k-1");
    let zip = capture::zip("checkout is slow");
    let (mut sender, chunks) = mpsc::channel::<std::io::Result<Vec<u8>>>(0);
    let slow = keyed.clone();
    let body = reqwest::Body::wrap_stream(chunks.boxed());
    let first = tokio::spawn(async move { slow.post_zip(PATH, body).await });
    sender.send(Ok(zip[..100].to_vec())).await.unwrap();
    let scratch = app.data().join("scratch");
    while std::fs::read_dir(&scratch).map_or(0, Iterator::count) == 0 {
        tokio::task::yield_now().await;
    }
    let refused = keyed.post_zip(PATH, zip.clone()).await;
    assert_eq!(refused.expect(409).header("retry-after"), "1");
    sender.send(Ok(zip[100..].to_vec())).await.unwrap();
    drop(sender);
    let first = first.await.unwrap().expect(202);
    assert_eq!(keyed.post_zip(PATH, zip).await.expect(202).text, first.text);
    assert_eq!(incident_count(&editor).await, Some(1));
}

#[tokio::test]
async fn who_may_not_import_is_told_before_the_capture_is_sent() {
    let app = TestApp::start().await;
    let viewer = app.viewer("vera").await;
    let endless = futures::stream::repeat_with(|| Ok::<_, std::io::Error>(vec![0_u8; 1 << 16]));
    let answer = viewer.post_zip(PATH, reqwest::Body::wrap_stream(endless.take(1 << 10))).await;
    assert_eq!(answer.expect(403).code(), "forbidden");
}

/// What lies in a bundle of the incident.
async fn exported(app: &TestApp, incident: &str) -> BTreeMap<String, Vec<u8>> {
    let id = incident.parse().expect("an id of the API is an id");
    let folder = export_bundle(&app.app, &Actor::keeper(), &id).await.expect("it can be exported");
    let files = std::fs::read_dir(folder.path()).expect("it was just written").map(|entry| {
        let path = entry.expect("it can be listed").path();
        let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
        (name, std::fs::read(path).expect("it can be read"))
    });
    files.collect()
}

/// The same again, as a zip sent to the instance.
async fn sent_back(editor: &Client, incident: &str) -> Value {
    let zip = editor.download(&format!("/api/v1/incidents/{incident}/bundle")).await;
    let made = editor.post_zip(PATH, zip).await.expect(202).json;
    let path = format!("/api/v1/incidents/{}", made["incident"]["id"].as_str().unwrap_or_default());
    loop {
        let incident = editor.get(&path).await.expect(200).json;
        match incident["analysis_state"].as_str() {
            Some("done") => return incident,
            Some("failed") => unreachable!("{incident}"),
            _ => tokio::task::yield_now().await,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bundle_is_the_capture_as_it_came_until_people_say_more() {
    let app = TestApp::start().await;
    let editor = app.editor("eve").await;
    let made = editor.post_zip(PATH, capture::zip("checkout is slow")).await.expect(202);
    let incident = made.json["incident"]["id"].as_str().unwrap().to_owned();
    let came = tempfile::tempdir().unwrap();
    capture::write(came.path(), "checkout is slow");
    let bundle = exported(&app, &incident).await;
    for name in ["incident.json", "metrics.csv"] {
        assert_eq!(bundle[name], std::fs::read(came.path().join(name)).unwrap(), "{name}");
    }
    assert_eq!(bundle.keys().collect::<Vec<_>>(), ["incident.json", "manifest.json", "metrics.csv"]);

    let path = format!("/api/v1/incidents/{incident}");
    let version = editor.get(&path).await.expect(200).json["version"].clone();
    let patch =
        json!({ "version": version, "title": "checkout was slow", "resolved_at": "2026-01-02T03:50:00Z" });
    editor.patch(&path, patch).await.expect(200);
    for (title, kind) in [("the pager rang", "note"), ("rolled back", "user_action")] {
        let draft = json!({ "title": title, "kind": kind, "occurred_at": "2026-01-02T03:30:00Z" });
        editor.post(&format!("{path}/events"), draft).await.expect(201);
    }
    let again = sent_back(&editor, &incident).await;
    assert_eq!(again["title"], "checkout was slow");
    assert_eq!(again["resolved_at"], "2026-01-02T03:50:00Z");
    let path = format!("/api/v1/incidents/{}/events?limit=1000", again["id"].as_str().unwrap());
    let events = editor.get(&path).await.expect(200).json;
    for (title, kind) in [("the pager rang", "note"), ("rolled back", "user_action")] {
        let mut events = events["items"].as_array().into_iter().flatten();
        let event = events.find(|event| event["title"] == title).unwrap();
        assert_eq!((&event["kind"], &event["attributes"]["actor"]), (&json!(kind), &json!("eve")), "{event}");
    }
    let twice = exported(&app, again["id"].as_str().unwrap()).await;
    assert!(twice.contains_key("events.jsonl"), "its events are evidence now");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_incident_without_a_capture_is_exported_too() {
    let app = TestApp::start().await;
    let editor = app.editor("eve").await;
    let made = editor.post("/api/v1/incidents", json!({ "title": "mail is late" })).await.expect(201);
    let note = json!({ "title": "queue is full", "occurred_at": "2026-01-02T03:30:00Z" });
    editor.post(&format!("/api/v1/incidents/{}/events", made.id()), note).await.expect(201);
    let again = sent_back(&editor, made.id()).await;
    assert_eq!((&again["title"], &again["counts"]["events"]), (&json!("mail is late"), &json!(1)));
}

#[tokio::test]
async fn what_is_no_capture_is_refused_and_its_key_is_free_again() {
    let app = TestApp::start().await;
    let keyed = app.editor("eve").await.with("idempotency-key", "k-1");
    let refused = keyed.post_zip(PATH, "not a zip").await.expect(422);
    assert_eq!(refused.json["fields"][0]["code"], json!("unreadable_capture"));
    assert!(!refused.text.contains("scratch"), "{}", refused.text);
    let made = keyed.post_zip(PATH, capture::zip("checkout is slow")).await.expect(202);
    assert_ne!(made.json["incident"]["id"], Value::Null);
}

#[tokio::test]
async fn what_a_killed_server_left_of_an_upload_goes_with_the_next_start() {
    let data = tempfile::tempdir().unwrap();
    let left = data.path().join("scratch/capture-1");
    std::fs::create_dir_all(&left).unwrap();
    std::fs::write(left.join("capture.zip"), "half").unwrap();
    let app = app::App::open(app::app::Options::in_folder(data.path())).await.unwrap();
    app.start().await.unwrap();
    assert!(!left.exists());
    app.close().await.unwrap();
}
