//! What every answer promises, whatever the operation.

use serde_json::json;
use tests::TestApp;
use tests::answer;

#[tokio::test]
async fn an_error_is_a_problem_with_a_code_and_the_id_of_its_request() {
    let app = TestApp::start().await;
    let answer = app.anonymous().get("/api/v1/session").await.expect(401);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_eq!(answer.code(), "unauthenticated");
    assert_eq!(answer.json["request_id"], answer.header("x-request-id"));
    assert_eq!(answer.json["status"], 401);
}

#[tokio::test]
async fn unknown_paths_and_methods_are_told_apart() {
    let app = TestApp::start().await;
    assert_eq!(app.anonymous().get("/api/v1/nothing").await.expect(404).code(), "not_found");
    let answer = app.anonymous().delete("/api/v1/people").await.expect(405);
    assert_eq!(answer.code(), "method_not_allowed");
    assert!(answer.header("allow").contains("GET"));
    app.anonymous().post("/elsewhere", json!({})).await.expect(404);
}

#[tokio::test]
async fn a_request_that_cannot_be_parsed_is_told_so() {
    let app = TestApp::start().await;
    let answer = app.raw("GET /<> HTTP/1.1\r\nHost: x\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 400 Bad Request\r\n"), "{answer}");
    assert!(answer.contains(r#""code":"malformed_request""#), "{answer}");
}

#[tokio::test]
async fn answers_are_hardened_for_browsers() {
    let app = TestApp::start().await;
    let answer = app.anonymous().get("/healthz").await.expect(200);
    let policy = answer.header("content-security-policy");
    assert!(policy.contains("script-src 'self';") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("strict-transport-security"), "", "only over TLS");
}

#[tokio::test]
async fn another_site_cannot_write_with_the_cookie_of_a_browser() {
    let app = TestApp::start().await;
    let browser = app.browser().await;
    for foreign in [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")] {
        let answer = browser.with(foreign.0, foreign.1).delete("/api/v1/session").await.expect(403);
        assert_eq!(answer.code(), "foreign_origin");
    }
    browser.with("sec-fetch-site", "same-origin").delete("/api/v1/session").await.expect(204);
}

#[tokio::test]
async fn bodies_must_be_strict_json_within_their_limit() {
    let app = TestApp::start().await;
    let admin = app.admin("ada").await;
    let path = "/api/v1/tokens";
    let text = admin.with("content-type", "text/plain").post(path, json!({})).await.expect(415);
    assert_eq!(text.code(), "unsupported_media_type");
    let unknown =
        admin.post(path, json!({ "name": "x", "role": "viewer", "is_admin": true })).await.expect(422);
    assert_eq!(unknown.code(), "invalid");
    let large = admin.post(path, json!({ "name": "x".repeat(2 << 20), "role": "viewer" })).await.expect(413);
    assert_eq!(large.code(), "body_too_large");
    let packed = admin.with("content-encoding", "gzip").post(path, json!({})).await.expect(415);
    assert_eq!(packed.code(), "unsupported_encoding");
}

#[tokio::test]
async fn a_repeated_request_is_done_once() {
    let app = TestApp::start().await;
    let browser = app.browser().await;
    let (path, draft) = ("/api/v1/invitations", json!({ "email": "bo@example.com", "role": "viewer" }));
    let keyed = browser.with("idempotency-key", "k-1");
    let first = keyed.post(path, draft.clone()).await.expect(201);
    let again = keyed.post(path, draft).await.expect(201);
    assert_eq!(first.id(), again.id());
    assert!(first.json["link"].is_string() && again.json["link"].is_null(), "a secret is shown once");
    let other = keyed.post(path, json!({ "email": "cy@example.com", "role": "viewer" })).await.expect(422);
    assert_eq!(other.code(), "idempotency_mismatch");
    let bad = browser.with("idempotency-key", "a b").post(path, json!({})).await.expect(400);
    assert_eq!(bad.code(), "invalid_idempotency_key");
}

#[tokio::test]
async fn who_asks_too_much_is_told_when_to_come_back() {
    let app = TestApp::start_with(server::Config::default()).await;
    let viewer = app.viewer("vi").await;
    let mut last = viewer.get("/api/v1/session").await;
    for _ in 0..800 {
        last = viewer.get("/api/v1/session").await;
        if last.status == 429 {
            break;
        }
    }
    assert_eq!(last.expect(429).header("retry-after"), "1");
    app.anonymous().get("/healthz").await.expect(200);
}

#[tokio::test]
async fn a_full_server_says_so_but_stays_healthy() {
    let config = server::Config { max_concurrent_requests: 0, ..server::Config::default() };
    let app = TestApp::start_with(config).await;
    let answer = app.anonymous().get("/api/v1/setup").await.expect(503);
    assert_eq!((answer.code(), answer.header("retry-after")), ("overloaded", "1"));
    app.anonymous().get("/healthz").await.expect(200);
    app.anonymous().get("/readyz").await.expect(200);
}

#[tokio::test]
async fn measurements_are_labelled_by_route() {
    let app = TestApp::start().await;
    app.anonymous().get("/api/v1/setup").await.expect(200);
    let measured = app.anonymous().get("/metrics").await.expect(200).text;
    assert!(measured.contains(r#"fupan_http_request_seconds_bucket{route="/api/v1/setup",method="GET""#));
}

#[tokio::test]
async fn what_was_asked_before_the_stop_is_answered() {
    let app = TestApp::start().await;
    let mut asked = Vec::new();
    for _ in 0..20 {
        asked.push(app.send("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await);
    }
    app.stop();
    for socket in asked {
        let answer = answer(socket).await;
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    }
}
