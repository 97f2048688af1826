//! Every operation of the OpenAPI document is refused to everyone who must not use it. A new operation fails here until
//! it says what it asks of its caller, and until its smallest body stands in the table below.

use reqwest::Method;
use serde_json::{Value, json};
use tests::estate::{Estate, Ids};
use tests::{Answer, Client};

/// The smallest sound body of each operation that takes one.
fn body_of(operation: &str) -> Option<Value> {
    let time = "2026-01-02T03:30:00Z";
    let password = "correct horse battery";
    let body = match operation {
        "sign_in" => json!({ "email": "a@example.com", "password": password }),
        "sign_in_by_link" => json!({ "token": "x" }),
        "set_up" => json!({ "token": "x", "name": "A", "email": "a@example.com", "password": password }),
        "accept_invitation" => json!({ "token": "x", "name": "A", "password": password }),
        "change_password" => json!({ "password": password }),
        "update_preferences" | "update_person" => json!({}),
        "create_invitation" => json!({ "email": "b@example.com", "role": "viewer" }),
        "create_token" => json!({ "name": "t", "role": "viewer" }),
        "create_incident" => json!({ "title": "t" }),
        "update_incident" | "update_event" => json!({ "version": 1 }),
        "put_member" => json!({ "access": "viewer" }),
        "assign_role" => json!({ "person_id": format!("per_{}", "0".repeat(26)) }),
        "add_event" => json!({ "title": "t", "occurred_at": time }),
        "add_events" => json!({ "events": [{ "title": "t", "occurred_at": time }] }),
        "decide_correlation" => json!({ "state": "confirmed" }),
        "judge_finding" => json!({ "state": "dismissed", "version": 1 }),
        "import_capture" => json!({}),
        _ => return None,
    };
    Some(body)
}

struct Operation {
    id: String,
    method: Method,
    path: String,
    permission: String,
    body: Option<Value>,
}

impl Operation {
    /// What is wrong with its entry in the document.
    fn complaints(&self, entry: &Value) -> Vec<String> {
        let mut complaints = Vec::new();
        if self.permission.is_empty() {
            complaints.push("has no x-permission".to_owned());
        }
        if entry["x-body-limit"].as_u64().is_none() {
            complaints.push("has no x-body-limit".to_owned());
        }
        if entry["security"].as_array().is_none_or(|ways| ways.is_empty() != (self.permission == "public")) {
            complaints.push("has a security that does not fit its permission".to_owned());
        }
        if entry.get("requestBody").is_some() != self.body.is_some() {
            complaints.push("has no body in the table of this test, or one too many".to_owned());
        }
        complaints
    }

    async fn ask(&self, client: &Client, ids: &Ids) -> Answer {
        let mut path = self.path.clone();
        for (name, id) in ids {
            path = path.replace(&format!("{{{name}}}"), id);
        }
        let query = if self.id == "search" { "?q=checkout" } else { "" };
        let body = self.body.as_ref().map(Value::to_string);
        client.send(self.method.clone(), &format!("{path}{query}"), body).await
    }
}

fn operations(document: &Value) -> Vec<(Operation, Value)> {
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().expect("a document has paths") {
        for (method, entry) in item.as_object().expect("a path has methods") {
            let id = entry["operationId"].as_str().unwrap_or_default().to_owned();
            let operation = Operation {
                method: method.to_uppercase().parse().expect("a method of HTTP"),
                path: path.clone(),
                permission: entry["x-permission"].as_str().unwrap_or_default().to_owned(),
                body: body_of(&id),
                id,
            };
            operations.push((operation, entry.clone()));
        }
    }
    operations
}

/// The answer without what differs from request to request.
fn shape(answer: &Answer) -> (u16, Value) {
    let mut json = answer.json.clone();
    json["request_id"] = Value::Null;
    (answer.status, json)
}

#[tokio::test]
async fn every_operation_is_refused_to_whom_it_must_be() {
    let estate = Estate::build().await;
    let document = estate.app.anonymous().get("/api/openapi.json").await.expect(200).json;
    let mut wrong = Vec::new();
    for (operation, entry) in operations(&document) {
        let complaints = operation.complaints(&entry).into_iter();
        let surprises = surprises(&estate, &operation).await.into_iter();
        wrong.extend(complaints.chain(surprises).map(|what| format!("{}: {what}", operation.id)));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

async fn surprises(estate: &Estate, operation: &Operation) -> Vec<String> {
    let mut surprises = Vec::new();
    let mut expect = |who: &str, answer: &Answer, allowed: &[u16]| {
        if !allowed.contains(&answer.status) {
            surprises.push(format!("{who} gets {} instead of {allowed:?}: {}", answer.status, answer.text));
        }
    };
    if operation.permission == "public" {
        return surprises;
    }
    let anonymous = estate.app.anonymous();
    expect("anonymous", &operation.ask(&anonymous, &estate.own).await, &[401]);
    let bad = anonymous.with_token("fup_nonsense");
    expect("a bad token", &operation.ask(&bad, &estate.own).await, &[401]);

    let viewer = &estate.members["viewer"];
    let refused = match operation.permission.as_str() {
        "administer" => operation.ask(&estate.outsider, &estate.own).await,
        "own_account" => operation.ask(&estate.admin, &estate.own).await,
        "incident.create" | "token.create" | "incident.edit" | "incident.comment" | "incident.own" => {
            operation.ask(viewer, &estate.own).await
        }
        "signed_in" | "incident.view" => return surprises_of_readers(estate, operation, surprises).await,
        unknown => {
            surprises.push(format!("has an unknown permission {unknown}"));
            return surprises;
        }
    };
    expect("who must not", &refused, &[403]);
    surprises_of_readers(estate, operation, surprises).await
}

/// What belongs to a private incident looks absent to whoever is not named in it.
async fn surprises_of_readers(
    estate: &Estate,
    operation: &Operation,
    mut surprises: Vec<String>,
) -> Vec<String> {
    if operation.permission.starts_with("incident.") && operation.path.contains('{') {
        let hidden = operation.ask(&estate.outsider, &estate.own).await;
        let absent = operation.ask(&estate.outsider, &estate.absent).await;
        if hidden.status != 404 || shape(&hidden) != shape(&absent) {
            surprises.push(format!(
                "an outsider can tell a private incident from none: {} {}",
                hidden.text, absent.text
            ));
        }
    }
    surprises
}

#[tokio::test]
async fn lists_and_searches_show_only_what_the_caller_may_see() {
    let estate = Estate::build().await;
    let count = async |client: &Client, path: &str| {
        client.get(path).await.expect(200).json["items"].as_array().map(Vec::len)
    };
    for path in ["/api/v1/incidents", "/api/v1/search?q=checkout"] {
        assert_eq!(count(&estate.outsider, path).await, Some(0), "{path}");
        assert_ne!(count(&estate.members["viewer"], path).await, Some(0), "{path}");
    }
}

#[tokio::test]
async fn a_token_of_some_incidents_sees_only_those() {
    let estate = Estate::build().await;
    let own = &estate.own["incident_id"];
    let made = estate.owner.post("/api/v1/incidents", json!({ "title": "another one" })).await.expect(201);
    let draft = json!({ "name": "narrow", "role": "editor", "incident_ids": [own] });
    assert_eq!(estate.owner.post("/api/v1/tokens", draft.clone()).await.expect(403).code(), "token_scope");

    let narrow = narrow_token(&estate, own).await;
    narrow.get(&format!("/api/v1/incidents/{own}")).await.expect(200);
    narrow.get(&format!("/api/v1/incidents/{}", made.id())).await.expect(404);
    let listed = narrow.get("/api/v1/incidents").await.expect(200).json;
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(1));
    narrow.post("/api/v1/incidents", json!({ "title": "t" })).await.expect(403);
    narrow.get("/api/v1/audit").await.expect(403);
    narrow.post("/api/v1/tokens", draft).await.expect(403);
}

/// An administrator's token for one incident.
async fn narrow_token(estate: &Estate, incident: &str) -> Client {
    let browser = estate.app.browser().await;
    let draft = json!({ "name": "narrow", "role": "admin", "incident_ids": [incident] });
    let made = browser.post("/api/v1/tokens", draft).await.expect(201);
    estate.app.anonymous().with_token(made.json["token"].as_str().unwrap_or_default())
}
