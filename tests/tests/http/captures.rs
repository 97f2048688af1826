//! Captures come in whole, and once.

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
