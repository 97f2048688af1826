//! Tokens act for a person, and never do more than the person may.

use serde_json::json;
use tests::TestApp;

const PATH: &str = "/api/v1/tokens";

#[tokio::test]
async fn a_token_is_shown_once_and_works_until_it_is_revoked() {
    let app = TestApp::start().await;
    let browser = app.browser().await;
    let made = browser.post(PATH, json!({ "name": "ci", "role": "viewer" })).await.expect(201);
    let token = made.json["token"].as_str().unwrap();
    assert!(token.starts_with("fup_") && token.len() == 56, "{token}");
    let program = app.anonymous().with_token(token);
    assert_eq!(program.get("/api/v1/session").await.expect(200).json["person"]["role"], "viewer");
    program.get("/api/v1/audit").await.expect(403);

    assert!(!browser.get(PATH).await.expect(200).text.contains(token));
    browser.delete(&format!("{PATH}/{}", made.id())).await.expect(204);
    program.get("/api/v1/session").await.expect(401);
}

#[tokio::test]
async fn a_token_ends_when_it_says() {
    let app = TestApp::start().await;
    let browser = app.browser().await;
    let past = json!({ "name": "ci", "role": "viewer", "expires_at": "2020-01-01T00:00:00Z" });
    browser.post(PATH, past).await.expect(422);
    let end = app.app.now().saturating_add(3_600_000_000).to_string();
    let made =
        browser.post(PATH, json!({ "name": "ci", "role": "viewer", "expires_at": end })).await.expect(201);
    let program = app.anonymous().with_token(made.json["token"].as_str().unwrap());
    program.get("/api/v1/session").await.expect(200);
    app.advance_hours(2);
    program.get("/api/v1/session").await.expect(401);
}

#[tokio::test]
async fn nobody_makes_a_token_above_their_own_role() {
    let app = TestApp::start().await;
    let viewer = app.invited("bo@example.com", "viewer", "correct horse battery").await;
    viewer.post(PATH, json!({ "name": "x", "role": "editor" })).await.expect(403);
    viewer.post(PATH, json!({ "name": "x", "role": "viewer" })).await.expect(201);
}

#[tokio::test]
async fn a_token_loses_what_its_person_loses() {
    let app = TestApp::start().await;
    let admin = app.browser().await;
    let bo = app.invited("bo@example.com", "admin", "correct horse battery").await;
    let made = bo.post(PATH, json!({ "name": "x", "role": "admin" })).await.expect(201);
    let program = app.anonymous().with_token(made.json["token"].as_str().unwrap());
    program.get("/api/v1/audit").await.expect(200);
    let path = format!("/api/v1/people/{}", made.json["created_by"]["id"].as_str().unwrap());
    admin.patch(&path, json!({ "role": "viewer" })).await.expect(200);
    program.get("/api/v1/audit").await.expect(403);
    admin.patch(&path, json!({ "suspended": true })).await.expect(200);
    program.get("/api/v1/session").await.expect(401);
}

#[tokio::test]
async fn only_a_token_made_for_it_makes_tokens() {
    let app = TestApp::start().await;
    let browser = app.browser().await;
    let mint = async |may: bool| {
        let draft = json!({ "name": "x", "role": "editor", "may_create_tokens": may });
        let made = browser.post(PATH, draft).await.expect(201);
        app.anonymous().with_token(made.json["token"].as_str().unwrap())
    };
    let (plain, minting) = (mint(false).await, mint(true).await);
    let draft = json!({ "name": "y", "role": "viewer" });
    assert_eq!(plain.post(PATH, draft.clone()).await.expect(403).code(), "token_scope");
    minting.post(PATH, draft).await.expect(201);
    minting.post(PATH, json!({ "name": "y", "role": "admin" })).await.expect(403);
}

#[tokio::test]
async fn what_concerns_the_account_itself_needs_the_person() {
    let app = TestApp::start().await;
    let program = app.admin("ada").await;
    let answer =
        program.put("/api/v1/session/password", json!({ "password": "correct horse battery" })).await;
    assert_eq!(answer.expect(403).code(), "needs_session");
    program.patch("/api/v1/session/preferences", json!({})).await.expect(403);
}

#[tokio::test]
async fn tokens_of_others_look_absent() {
    let app = TestApp::start().await;
    let made = app.browser().await.post(PATH, json!({ "name": "x", "role": "viewer" })).await.expect(201);
    let editor = app.invited("bo@example.com", "editor", "correct horse battery").await;
    let foreign = editor.delete(&format!("{PATH}/{}", made.id())).await.expect(404);
    let absent = editor.delete(&format!("{PATH}/tok_{}", "0".repeat(26))).await.expect(404);
    assert_eq!(foreign.json["detail"], absent.json["detail"]);
    assert_eq!(editor.get(PATH).await.expect(200).json["items"], json!([]));
}
