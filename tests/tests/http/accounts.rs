//! How people come in, what ends their stay, and what each write means for the very next request.

use app::accounts::setup;
use serde_json::json;
use tests::TestApp;

const PASSWORD: &str = "correct horse battery";

#[tokio::test]
async fn the_first_administrator_comes_by_a_link_that_opens_once() {
    let app = TestApp::start().await;
    assert_eq!(app.anonymous().get("/api/v1/setup").await.expect(200).json, json!({ "needed": true }));
    let link = setup::create_link(&app.app).await.unwrap();
    let first =
        json!({ "token": link.reveal(), "name": "Ada", "email": "Ada@Example.com", "password": PASSWORD });

    let weak =
        json!({ "token": link.reveal(), "name": "Ada", "email": "ada@example.com", "password": "ada" });
    let refused = app.anonymous().post("/api/v1/setup", weak).await.expect(422);
    assert_eq!(refused.json["fields"][0]["path"], "password");

    let answer = app.anonymous().post("/api/v1/setup", first.clone()).await.expect(200);
    assert_eq!(answer.json["person"]["email"], "ada@example.com");
    assert_eq!(answer.json["person"]["role"], "admin");
    let browser = app.anonymous().with_cookie(&answer.cookie());
    browser.get("/api/v1/session").await.expect(200);

    assert_eq!(app.anonymous().post("/api/v1/setup", first).await.expect(401).code(), "link_spent");
    assert_eq!(app.anonymous().get("/api/v1/setup").await.expect(200).json, json!({ "needed": false }));
}

#[tokio::test]
async fn the_cookie_is_out_of_reach_of_scripts_and_other_sites() {
    let app = TestApp::start().await;
    app.invited("bo@example.com", "viewer", PASSWORD).await;
    let body = json!({ "email": "bo@example.com", "password": PASSWORD });
    let answer = app.anonymous().post("/api/v1/session", body).await.expect(200);
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("fupan=") && cookie.contains("HttpOnly; SameSite=Lax"), "{cookie}");
    assert!(!cookie.contains("Secure"), "loopback has no TLS");
}

#[tokio::test]
async fn over_tls_the_cookie_is_bound_to_its_host() {
    let public_url = Some("https://fupan.example.com".to_owned());
    let app = TestApp::start_with(server::Config { public_url, ..server::Config::default() }).await;
    let person = app.administrator().await;
    let link = setup::create_sign_in_link(&app.app, &person.id).await.unwrap();
    let answer =
        app.anonymous().post("/api/v1/session/link", json!({ "token": link.reveal() })).await.expect(200);
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-fupan=") && cookie.contains("; Secure"), "{cookie}");
    assert!(!answer.header("strict-transport-security").is_empty());
}

#[tokio::test]
async fn an_unknown_account_cannot_be_told_from_a_wrong_password() {
    let app = TestApp::start().await;
    app.invited("bo@example.com", "viewer", PASSWORD).await;
    let wrong = json!({ "email": "bo@example.com", "password": "not the password" });
    let unknown = json!({ "email": "nobody@example.com", "password": "not the password" });
    let wrong = app.anonymous().post("/api/v1/session", wrong).await.expect(401);
    let unknown = app.anonymous().post("/api/v1/session", unknown).await.expect(401);
    assert_eq!((wrong.code(), &wrong.json["detail"]), (unknown.code(), &unknown.json["detail"]));
}

#[tokio::test]
async fn guessing_a_password_is_slowed_down() {
    let app = TestApp::start().await;
    let guess = json!({ "email": "bo@example.com", "password": "a guess of mine" });
    for _ in 0..10 {
        app.anonymous().post("/api/v1/session", guess.clone()).await.expect(401);
    }
    let answer = app.anonymous().post("/api/v1/session", guess).await.expect(429);
    assert!(!answer.header("retry-after").is_empty());
}

#[tokio::test]
async fn a_one_time_link_opens_once_and_not_for_ever() {
    let app = TestApp::start().await;
    let person = app.administrator().await;
    let link = setup::create_sign_in_link(&app.app, &person.id).await.unwrap();
    let body = json!({ "token": link.reveal() });
    app.anonymous().post("/api/v1/session/link", body.clone()).await.expect(200);
    app.anonymous().post("/api/v1/session/link", body).await.expect(401);

    let late = setup::create_sign_in_link(&app.app, &person.id).await.unwrap();
    app.advance_hours(25);
    app.anonymous().post("/api/v1/session/link", json!({ "token": late.reveal() })).await.expect(401);
}

#[tokio::test]
async fn a_session_ends_by_signing_out_and_by_time() {
    let app = TestApp::start().await;
    let (one, other) = (app.browser().await, app.browser().await);
    one.delete("/api/v1/session").await.expect(204);
    one.get("/api/v1/session").await.expect(401);
    other.get("/api/v1/session").await.expect(200);
    app.advance_hours(31 * 24);
    other.get("/api/v1/session").await.expect(401);
}

#[tokio::test]
async fn a_person_sees_and_ends_their_own_sessions() {
    const PATH: &str = "/api/v1/sessions";
    let app = TestApp::start().await;
    let (one, two, three) = (app.browser().await, app.browser().await, app.browser().await);
    let bo = app.invited("bo@example.com", "viewer", PASSWORD).await;
    let listed = one.get(PATH).await.expect(200).json;
    let items = listed["items"].as_array().unwrap();
    // `invited` signed the administrator in once more.
    assert_eq!(items.len(), 4, "{listed}");
    assert_eq!(items.iter().filter(|session| session["current"] == true).count(), 1);
    assert!(items[0]["created_at"].as_str() >= items[3]["created_at"].as_str(), "latest first");

    let of_two = two.get(PATH).await.expect(200).json;
    let mut of_two = of_two["items"].as_array().unwrap().iter();
    let id = of_two.find(|session| session["current"] == true).unwrap()["id"].as_str().unwrap();
    let path = format!("{PATH}/{id}");
    assert_eq!(bo.delete(&path).await.expect(404).code(), "not_found", "of someone else");
    one.delete(&path).await.expect(204);
    two.get(PATH).await.expect(401);
    one.delete(&path).await.expect(404);

    one.delete(PATH).await.expect(204);
    three.get(PATH).await.expect(401);
    bo.get(PATH).await.expect(200);
    let left = one.get(PATH).await.expect(200).json;
    assert_eq!(left["items"].as_array().map(Vec::len), Some(1));
    app.admin("ada").await.get(PATH).await.expect(403);

    let named = app.anonymous().with("user-agent", &"x".repeat(300));
    let body = json!({ "email": "bo@example.com", "password": PASSWORD });
    named.post("/api/v1/session", body).await.expect(200);
    let of_bo = bo.get(PATH).await.expect(200).json;
    assert_eq!(of_bo["items"][0]["user_agent"], "x".repeat(256), "{of_bo}");
}

#[tokio::test]
async fn a_new_password_ends_the_other_sessions() {
    let app = TestApp::start().await;
    let here = app.invited("bo@example.com", "editor", PASSWORD).await;
    let body = json!({ "email": "bo@example.com", "password": PASSWORD });
    let there = app.anonymous().post("/api/v1/session", body.clone()).await.expect(200);
    let there = app.anonymous().with_cookie(&there.cookie());

    let wrong = json!({ "current": "something else", "password": "a new and better one" });
    assert_eq!(
        here.put("/api/v1/session/password", wrong).await.expect(422).json["fields"][0]["path"],
        "current"
    );
    let right = json!({ "current": PASSWORD, "password": "a new and better one" });
    here.put("/api/v1/session/password", right).await.expect(204);

    here.get("/api/v1/session").await.expect(200);
    there.get("/api/v1/session").await.expect(401);
    app.anonymous().post("/api/v1/session", body).await.expect(401);
}

#[tokio::test]
async fn an_invitation_makes_one_person_with_its_role() {
    let app = TestApp::start().await;
    let browser = app.browser().await;
    let draft = json!({ "email": "bo@example.com", "name": "Bo", "role": "commenter" });
    let invitation = browser.post("/api/v1/invitations", draft.clone()).await.expect(201);
    let link = invitation.json["link"].as_str().unwrap();
    assert!(link.starts_with(&format!("{}/invitation#token=", app.url)), "{link}");
    let token = link.split_once("#token=").unwrap().1;
    let acceptance = json!({ "token": token, "name": "Bo", "password": PASSWORD });
    let session = app.anonymous().post("/api/v1/invitations/accept", acceptance.clone()).await.expect(200);
    assert_eq!(session.json["person"]["role"], "commenter");

    app.anonymous().post("/api/v1/invitations/accept", acceptance).await.expect(401);
    assert_eq!(browser.get("/api/v1/invitations").await.expect(200).json["items"], json!([]));
    assert_eq!(browser.post("/api/v1/invitations", draft).await.expect(409).code(), "email_taken");
}

#[tokio::test]
async fn a_withdrawn_or_old_invitation_is_worth_nothing() {
    let app = TestApp::start().await;
    let browser = app.browser().await;
    let invite = async |email: &str| {
        let answer = browser
            .post("/api/v1/invitations", json!({ "email": email, "role": "viewer" }))
            .await
            .expect(201);
        let token = answer.json["link"].as_str().unwrap().split_once("#token=").unwrap().1.to_owned();
        (answer.id().to_owned(), json!({ "token": token, "name": "Bo", "password": PASSWORD }))
    };
    let (id, acceptance) = invite("bo@example.com").await;
    browser.delete(&format!("/api/v1/invitations/{id}")).await.expect(204);
    app.anonymous().post("/api/v1/invitations/accept", acceptance).await.expect(401);
    let (_, acceptance) = invite("cy@example.com").await;
    app.advance_hours(8 * 24);
    app.anonymous().post("/api/v1/invitations/accept", acceptance).await.expect(401);
}

#[tokio::test]
async fn suspension_and_role_are_seen_by_the_next_request() {
    let app = TestApp::start().await;
    let admin = app.browser().await;
    let bo = app.invited("bo@example.com", "viewer", PASSWORD).await;
    let id = bo.get("/api/v1/session").await.expect(200).json["person"]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/people/{id}");

    bo.get("/api/v1/audit").await.expect(403);
    admin.patch(&path, json!({ "role": "admin" })).await.expect(200);
    bo.get("/api/v1/audit").await.expect(200);
    admin.patch(&path, json!({ "suspended": true })).await.expect(200);
    bo.get("/api/v1/audit").await.expect(401);
    let body = json!({ "email": "bo@example.com", "password": PASSWORD });
    app.anonymous().post("/api/v1/session", body.clone()).await.expect(401);
    admin.patch(&path, json!({ "suspended": false, "role": "viewer" })).await.expect(200);
    bo.get("/api/v1/session").await.expect(401);
    app.anonymous().post("/api/v1/session", body).await.expect(200);
}

#[tokio::test]
async fn the_last_administrator_stays() {
    let app = TestApp::start().await;
    let admin = app.browser().await;
    let id = app.administrator().await.id;
    for patch in [json!({ "role": "editor" }), json!({ "suspended": true })] {
        let answer = admin.patch(&format!("/api/v1/people/{id}"), patch).await.expect(409);
        assert_eq!(answer.code(), "last_admin");
    }
}

#[tokio::test]
async fn preferences_follow_the_person() {
    let app = TestApp::start().await;
    let path = "/api/v1/session/preferences";
    app.browser().await.patch(path, json!({ "theme": "dark", "zone": "utc" })).await.expect(200);
    let other = app.browser().await;
    let all = other.patch(path, json!({ "zone": null, "language": "zh-CN" })).await.expect(200).json;
    assert_eq!(all, json!({ "language": "zh-CN", "theme": "dark" }));
    assert_eq!(other.get("/api/v1/session").await.expect(200).json["preferences"], all);
    other.patch(path, json!({ "theme": "x".repeat(500) })).await.expect(422);
}

#[tokio::test]
async fn the_audit_says_who_did_what() {
    let app = TestApp::start().await;
    let admin = app.browser().await;
    admin
        .post("/api/v1/invitations", json!({ "email": "bo@example.com", "role": "viewer" }))
        .await
        .expect(201);
    let entries = admin.get("/api/v1/audit?limit=2").await.expect(200).json;
    assert_eq!(entries["items"][0]["action"], "create_invitation");
    assert_eq!(entries["items"][0]["actor"]["name"], "Root");
    assert_eq!(entries["items"][1]["action"], "sign_in");
    let next = entries["next_cursor"].as_str().unwrap();
    let older = admin.get(&format!("/api/v1/audit?cursor={next}")).await.expect(200).json;
    assert_eq!(older["items"][0]["action"], "set_up");
}
