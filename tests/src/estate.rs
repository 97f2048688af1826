//! A populated instance: people of every role, a private incident with an event, evidence and findings, and the same
//! once more that belongs to others.

use std::collections::BTreeMap;

use app::accounts::people;
use app::captures::{Origin, import_capture};
use app::live::{self, Heard};
use app::{Actor, Reply};
use serde_json::{Value, json};

use crate::capture;
use crate::client::Client;
use crate::instance::TestApp;

/// Values for the parameters of paths, by name.
pub type Ids = BTreeMap<String, String>;

pub struct Estate {
    pub app: TestApp,
    /// Administrator, by a token.
    pub admin: Client,
    /// Owns the private incident.
    pub owner: Client,
    /// Named in the private incident, by access.
    pub members: BTreeMap<&'static str, Client>,
    /// An editor who is not named in it.
    pub outsider: Client,
    /// Of the private incident.
    pub own: Ids,
    /// Of a private incident in which only an administrator is named.
    pub foreign: Ids,
    /// Of nothing.
    pub absent: Ids,
}

impl Estate {
    pub async fn build() -> Self {
        let app = TestApp::start().await;
        let (admin, owner) = (app.admin("ada").await, app.editor("olga").await);
        let outsider = app.editor("otto").await;
        let mut members = BTreeMap::new();
        for access in ["viewer", "commenter", "editor"] {
            let name = format!("member-{access}");
            let member = match access {
                "viewer" => app.viewer(&name).await,
                "commenter" => app.commenter(&name).await,
                _ => app.editor(&name).await,
            };
            members.insert(access, member);
        }
        let mut own = private_incident(&app, &owner, "olga").await;
        let foreign = private_incident(&app, &admin, "ada").await;
        for (access, member) in &members {
            let person = own_id(member).await;
            let path = format!("/api/v1/incidents/{}/members/{person}", own["incident_id"]);
            owner.put(&path, json!({ "access": access })).await.expect(200);
        }
        own.insert("person_id".to_owned(), own_id(&app.viewer("vera").await).await);
        own.insert("role".to_owned(), "scribe".to_owned());
        own.insert("session_id".to_owned(), session_id(&app.browser().await).await);
        own.insert("invitation_id".to_owned(), foreign["invitation_id"].clone());
        let absent = absent_ids(&own);
        Self { app, admin, owner, members, outsider, own, foreign, absent }
    }
}

impl Estate {
    /// What the administrator owns, with a person to try things on.
    pub fn foreign_with_people(&self) -> Ids {
        let mut ids = self.foreign.clone();
        for name in ["person_id", "role", "session_id"] {
            ids.insert(name.to_owned(), self.own[name].clone());
        }
        ids
    }
}

/// Who the caller is.
pub async fn own_id(client: &Client) -> String {
    client.get("/api/v1/session").await.expect(200).json["person"]["id"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

/// The browser in which this caller is signed in.
async fn session_id(browser: &Client) -> String {
    let listed = browser.get("/api/v1/sessions").await.expect(200).json;
    let mut items = listed["items"].as_array().into_iter().flatten();
    let current = items.find(|session| session["current"] == true);
    current.and_then(|session| session["id"].as_str()).expect("one of them asks").to_owned()
}

async fn private_incident(app: &TestApp, owner: &Client, name: &str) -> Ids {
    let incident = import(app, name).await;
    let path = format!("/api/v1/incidents/{incident}");
    let version = owner.get(&path).await.expect(200).json["version"].clone();
    owner.patch(&path, json!({ "version": version, "visibility": "private" })).await.expect(200);
    let mut event_ids = Vec::new();
    for title in ["restarted the database", "called the supplier"] {
        let draft = json!({ "title": title, "occurred_at": "2026-01-02T03:30:00Z" });
        let made = owner.post(&format!("{path}/events"), draft).await.expect(201);
        event_ids.push(made.id().to_owned());
    }
    let analysis = owner.get(&format!("{path}/analysis?timeline=none")).await.expect(200).json;
    let finding = analysis["anomalies"][0]["id"].as_str().expect("the capture has an anomaly").to_owned();
    let token = spare_token(app, owner, name).await;
    let mut ids = Ids::from([
        ("incident_id".to_owned(), incident),
        ("event_id".to_owned(), event_ids.remove(0)),
        ("other_id".to_owned(), event_ids.remove(0)),
        ("finding_id".to_owned(), finding),
        ("token_id".to_owned(), token),
        ("name".to_owned(), "metrics.csv".to_owned()),
    ]);
    if owner.get("/api/v1/invitations").await.status == 200 {
        let draft = json!({ "email": "guest@example.com", "role": "viewer" });
        let invitation = owner.post("/api/v1/invitations", draft).await.expect(201);
        ids.insert("invitation_id".to_owned(), invitation.id().to_owned());
    }
    ids
}

/// Id of another token of the same person, to be revoked.
async fn spare_token(app: &TestApp, owner: &Client, name: &str) -> String {
    app.viewer(name).await;
    let listed = owner.get("/api/v1/tokens?limit=1000").await.expect(200).json;
    let mut items = listed["items"].as_array().into_iter().flatten();
    let last = items.rfind(|token| token["created_by"]["name"] == name);
    last.and_then(|token| token["id"].as_str()).expect("it was just made").to_owned()
}

/// Imports a small capture in the name of this person, and waits until it has been analysed.
pub async fn import(app: &TestApp, name: &str) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    capture::write(folder.path(), "checkout is slow");
    let actor = actor(app, name).await;
    let mut changes = live::listen(&app.app, &actor, None).await.expect("changes can be heard");
    let outcome = import_capture(&app.app, &actor, folder.path(), Origin::Import, Reply::internal()).await;
    let imported = outcome.and_then(app::Outcome::into_value).expect("the capture is sound");
    let id = imported.incident.known.incident.id.clone();
    loop {
        let heard = changes.next().await.expect("the instance runs");
        let incident = app::incidents::get_incident(&app.app, &actor, &id).await.expect("it is there");
        match incident.known.incident.analysis.as_str() {
            "done" => return id.to_string(),
            "failed" => unreachable!("the analysis failed: {:?}", incident.known.incident.analysis_error),
            _ => assert!(matches!(heard, Heard::Change(_) | Heard::Reset { .. })),
        }
    }
}

async fn actor(app: &TestApp, name: &str) -> Actor {
    let system = people::list_people(&app.app, &administrator(app).await, None, 100).await;
    let found = system.expect("people can be listed").into_iter().find(|person| person.name == name);
    Actor::on_behalf_of(&found.expect("this person has an account"))
}

async fn administrator(app: &TestApp) -> Actor {
    Actor::on_behalf_of(&app.administrator().await)
}

/// Ids of the same form that name nothing.
fn absent_ids(like: &Ids) -> Ids {
    let with_zeros = |id: &String| match id.split_once('_') {
        Some((prefix, _)) => format!("{prefix}_{}", "0".repeat(26)),
        None => id.clone(),
    };
    let ids = like.iter().map(|(name, id)| (name.clone(), with_zeros(id)));
    ids.chain([("invitation_id".to_owned(), format!("inv_{}", "0".repeat(26)))]).collect()
}

/// The same ids as JSON, for tools.
pub fn to_json(ids: &Ids) -> Value {
    ids.iter()
        .map(|(name, id)| (name.clone(), Value::from(id.clone())))
        .collect::<serde_json::Map<_, _>>()
        .into()
}
