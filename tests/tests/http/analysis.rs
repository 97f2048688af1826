//! What analysis found, and what people say of it.

use serde_json::{Value, json};
use tests::{Client, TestApp, estate};

async fn suspect(client: &Client, incident: &str) -> Value {
    let list = client.get("/api/v1/incidents").await.expect(200).json;
    let one = client.get(&format!("/api/v1/incidents/{incident}")).await.expect(200).json;
    assert_eq!(list["items"][0]["suspect"], one["suspect"], "a list says what the incident says");
    one["suspect"].clone()
}

#[tokio::test]
async fn the_suspect_of_an_incident_is_what_people_have_left_of_the_hypotheses() {
    let app = TestApp::start().await;
    let editor = app.editor("eve").await;
    let incident = estate::import(&app, "eve").await;
    let path = format!("/api/v1/incidents/{incident}/analysis?timeline=none");
    let analysis = editor.get(&path).await.expect(200).json;
    let first = &analysis["hypotheses"][0];
    let judge = async |state: &str, version: i64| {
        let path = format!("/api/v1/findings/{}", first["id"].as_str().unwrap());
        editor.patch(&path, json!({ "state": state, "version": version })).await.expect(200);
        suspect(&editor, &incident).await
    };

    let of_analysis = suspect(&editor, &incident).await;
    assert_eq!(of_analysis["service"], "checkout");
    assert_eq!(of_analysis["title"]["en"], first["title"]);
    assert_eq!(of_analysis["score"], first["score"]);
    assert_eq!(of_analysis["supported"], false);

    assert_eq!(judge("supported", 1).await["supported"], true);
    let second = analysis["hypotheses"].get(1).map_or(&Value::Null, |next| &next["title"]);
    assert_eq!(judge("refuted", 2).await["title"]["en"], *second);
    assert_eq!(judge("open", 3).await, of_analysis);
}
