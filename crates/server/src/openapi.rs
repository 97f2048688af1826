//! The OpenAPI document: what utoipa collects from the routes, completed from the table of operations.

mod answers;

use std::collections::HashMap;
use std::sync::OnceLock;

use axum::body::Bytes;
use http::Method;
use model::access::Permission;
use serde_json::{Value, json};
use utoipa::openapi::{ComponentsBuilder, Info, OpenApi};

use crate::operations::{self, Operation};
use crate::router;
use crate::wire::names::{LanesName, OrderName, TableName};

/// The finished document and what the gate looks up in it.
pub struct Document {
    pub value: Value,
    /// Pretty-printed, with the same bytes in each build of the same source.
    pub text: Bytes,
    operations: HashMap<String, Vec<(Method, &'static Operation)>>,
}

impl Document {
    /// The entry of the table for a route; a `HEAD` is the `GET` without its body.
    pub fn operation(&self, method: &Method, path: &str) -> Option<&'static Operation> {
        let method = if *method == Method::HEAD { &Method::GET } else { method };
        let of_path = self.operations.get(path)?;
        of_path.iter().find(|(known, _)| known == method).map(|(_, operation)| *operation)
    }
}

/// The document of this binary, made once.
pub fn document() -> &'static Document {
    static DOCUMENT: OnceLock<Document> = OnceLock::new();
    DOCUMENT.get_or_init(|| complete(router::contents().into_openapi()))
}

/// The document before the routes are added.
pub fn head() -> OpenApi {
    let mut info = Info::new("Fupan 复盘", env!("CARGO_PKG_VERSION"));
    info.description =
        Some("Incident reviews: timelines, findings, accounts. Errors are RFC 9457 problems.".to_owned());
    let mut head = OpenApi::new(info, utoipa::openapi::Paths::new());
    // Only parameters name these sets, and what parameters name is not collected.
    let named = ComponentsBuilder::new()
        .schema_from::<LanesName>()
        .schema_from::<OrderName>()
        .schema_from::<TableName>();
    head.components = Some(named.build());
    head
}

fn complete(collected: OpenApi) -> Document {
    let mut value = serde_json::to_value(collected).unwrap_or_default();
    let mut found = HashMap::<String, Vec<_>>::new();
    let paths = value.get_mut("paths").and_then(Value::as_object_mut);
    for (path, item) in paths.into_iter().flatten() {
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            let Ok(method) = method.to_ascii_uppercase().parse::<Method>() else {
                continue;
            };
            let id = operation["operationId"].as_str().unwrap_or_default();
            let Some(entry) = operations::find(id) else {
                continue;
            };
            describe(operation, &method, entry);
            found.entry(path.clone()).or_default().push((method, entry));
        }
    }
    value["components"]["schemas"]["Problem"] = problem_schema();
    value["components"]["securitySchemes"] = json!({
        "token": { "type": "http", "scheme": "bearer", "description": "An API token: `fup_…`" },
        "session": { "type": "apiKey", "in": "cookie", "name": "__Host-fupan" },
    });
    answers::promise(&mut value);
    let text = serde_json::to_vec_pretty(&value).unwrap_or_default().into();
    Document { value, text, operations: found }
}

/// What the table knows about an operation, in the words of OpenAPI.
fn describe(operation: &mut Value, method: &Method, entry: &Operation) {
    operation["x-permission"] = entry.permission.as_str().into();
    operation["x-body-limit"] = entry.body_limit_bytes.into();
    operation["x-class"] = entry.class.as_str().into();
    if entry.permission == Permission::Public {
        operation["x-public"] = true.into();
        operation["security"] = json!([]);
    } else {
        operation["security"] = json!([{ "token": [] }, { "session": [] }]);
    }
    if *method != Method::GET {
        let key = json!({
            "name": "Idempotency-Key", "in": "header", "required": false,
            "description": "Makes sending the same request again safe for a day",
            "schema": { "type": "string", "minLength": 1, "maxLength": 255 },
        });
        match operation["parameters"].as_array_mut() {
            Some(parameters) => parameters.push(key),
            None => operation["parameters"] = json!([key]),
        }
    }
    operation["responses"]["default"] = json!({
        "description": "Refused or failed; `code` says why",
        "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
    });
}

fn problem_schema() -> Value {
    json!({
        "type": "object",
        "required": ["type", "title", "status", "code", "detail", "request_id"],
        "properties": {
            "type": { "type": "string" },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "code": { "type": "string", "description": "Stable; for programs" },
            "detail": { "type": "string", "description": "For people" },
            "request_id": { "type": "string" },
            "fields": { "type": "array", "items": {
                "type": "object",
                "required": ["path", "code", "detail"],
                "properties": {
                    "path": { "type": "string" },
                    "code": { "type": "string" },
                    "detail": { "type": "string" },
                },
            } },
            "current": { "description": "With `version_conflict`: what the thing looks like now" },
        },
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::operations::OPERATIONS;

    fn documented() -> BTreeSet<String> {
        let collected = serde_json::to_value(router::contents().into_openapi()).unwrap();
        let items = collected["paths"].as_object().unwrap().values();
        let operations = items.flat_map(|item| item.as_object().unwrap().values());
        operations.filter_map(|operation| operation["operationId"].as_str().map(str::to_owned)).collect()
    }

    #[test]
    fn each_route_has_a_row_in_the_table_and_each_row_a_route() {
        let rows: BTreeSet<String> = OPERATIONS.iter().map(|operation| operation.id.to_owned()).collect();
        assert_eq!(documented(), rows);
        assert_eq!(rows.len(), OPERATIONS.len(), "an operation has two rows");
    }

    fn references(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => {
                found.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
                fields.values().for_each(|value| references(value, found));
            }
            Value::Array(items) => items.iter().for_each(|value| references(value, found)),
            _ => {}
        }
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let mut found = BTreeSet::new();
        references(&document().value, &mut found);
        let is_there = |target: &String| document().value.pointer(target.trim_start_matches('#')).is_some();
        let dangling: Vec<&String> = found.iter().filter(|target| !is_there(target)).collect();
        assert!(dangling.is_empty() && !found.is_empty(), "{dangling:?}");
    }

    #[test]
    fn the_document_is_the_same_each_time() {
        let again = complete(router::contents().into_openapi());
        assert_eq!(again.text, document().text);
    }
}
