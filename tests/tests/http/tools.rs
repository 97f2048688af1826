//! The black-box tools that lie beside the repository, run over every route. Their folder is `FUPAN_SHARED`, or
//! `../shared` beside the workspace; where neither is, this says so and passes.

use std::path::PathBuf;

use serde_json::{Value, json};
use tests::Client;
use tests::estate::{Estate, to_json};
use tokio::process::Command;

fn tool(name: &str) -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let folder = std::env::var_os("FUPAN_SHARED").map_or(beside, PathBuf::from);
    let path = folder.join("tools").join(name);
    if path.exists() {
        return Some(path);
    }
    eprintln!("SKIPPED: {} is not there; set FUPAN_SHARED to the folder that holds tools/", path.display());
    None
}

/// Runs the tool; what it says is shown only when it found something.
async fn must_find_nothing(tool: PathBuf, arguments: &[&str]) {
    let output = Command::new("python3").arg(tool).args(arguments).output().await.expect("python3 is there");
    let said = String::from_utf8_lossy(&output.stdout);
    let tail: Vec<&str> = said.lines().rev().take(80).collect();
    let tail = tail.into_iter().rev().collect::<Vec<_>>().join("\n");
    assert!(output.status.success(), "{tail}\n{}", String::from_utf8_lossy(&output.stderr));
}

fn headers(client: &Client) -> Value {
    ["authorization", "cookie"]
        .iter()
        .filter_map(|name| Some((name.to_string(), client.header(name)?.into())))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_principal_gets_more_than_it_may() {
    let Some(tool) = tool("authz_matrix.py") else { return };
    let estate = Estate::build().await;
    let app = &estate.app;
    let principals = json!({
        "anonymous": {},
        "badtoken": { "Authorization": "Bearer nope" },
        "expired": headers(&expired(&estate).await),
        "revoked": headers(&revoked(&estate).await),
        "suspended": headers(&suspended(&estate).await),
        "outsider": headers(&estate.outsider),
        "viewer": headers(&estate.members["viewer"]),
        "commenter": headers(&estate.members["commenter"]),
        "editor": headers(&estate.members["editor"]),
        "owner": headers(&estate.owner),
        "cookieviewer": headers(&app.invited("cora@example.com", "viewer", "correct horse battery").await),
        "admin": headers(&estate.admin),
    });
    let vars = json!({
        "own": to_json(&estate.own), "foreign": to_json(&estate.foreign), "absent": to_json(&estate.absent),
        // It would sign the browsers out on its way through the table; foreign origins are refused before that.
        "skip": ["DELETE /api/v1/session"],
    });
    let folder = tempfile::tempdir().unwrap();
    let (who, what) = (folder.path().join("p.json"), folder.path().join("v.json"));
    std::fs::write(&who, principals.to_string()).unwrap();
    std::fs::write(&what, vars.to_string()).unwrap();
    let (who, what) = (who.to_string_lossy(), what.to_string_lossy());
    must_find_nothing(
        tool,
        &[
            "--base",
            &app.url,
            "--openapi",
            "/api/openapi.json",
            "--principals",
            &who,
            "--vars",
            &what,
            "--swap",
            "--foreign-origin",
            "--monotone",
            "viewer,commenter,editor,owner,admin",
            "--quiet",
        ],
    )
    .await;
}

async fn minted(estate: &Estate, draft: Value) -> (Client, String) {
    let made = estate.app.browser().await.post("/api/v1/tokens", draft).await.expect(201);
    let token = made.json["token"].as_str().unwrap_or_default().to_owned();
    (estate.app.anonymous().with_token(&token), made.id().to_owned())
}

/// A token whose time has passed.
async fn expired(estate: &Estate) -> Client {
    let end = estate.app.app.now().saturating_add(1_800_000_000).to_string();
    let (client, _) = minted(estate, json!({ "name": "expired", "role": "admin", "expires_at": end })).await;
    estate.app.advance_hours(1);
    client
}

async fn revoked(estate: &Estate) -> Client {
    let (client, id) = minted(estate, json!({ "name": "revoked", "role": "admin" })).await;
    estate.app.browser().await.delete(&format!("/api/v1/tokens/{id}")).await.expect(204);
    client
}

async fn suspended(estate: &Estate) -> Client {
    let client = estate.app.admin("sam").await;
    let id = tests::estate::own_id(&client).await;
    estate.admin.patch(&format!("/api/v1/people/{id}"), json!({ "suspended": true })).await.expect(200);
    client
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_requests_are_refused_and_do_no_harm() {
    let Some(tool) = tool("badinput.py") else { return };
    let estate = Estate::build().await;
    let token = estate.admin.header("authorization").unwrap_or_default();
    let token = token.trim_start_matches("Bearer ").to_owned();
    let vars = json!({ "own": to_json(&estate.foreign_with_people()) });
    let folder = tempfile::tempdir().unwrap();
    let what = folder.path().join("v.json");
    std::fs::write(&what, vars.to_string()).unwrap();
    let url = estate.app.url.as_str();
    let what = what.to_string_lossy();
    must_find_nothing(
        tool,
        &[
            "--base",
            url,
            "--openapi",
            "/api/openapi.json",
            "--token",
            &token,
            "--vars",
            &what,
            "--min-requests",
            "5000",
        ],
    )
    .await;
}
