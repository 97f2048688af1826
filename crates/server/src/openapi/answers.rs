//! What the schemas of answers promise beyond what their Rust types can say, so that clients can be generated from them.
//!
//! The server writes each field of an answer, `null` included, unless its schema says that it is never `null`: then it
//! may be left out. In a request both are allowed, so requests stay as they are; so do objects that say how few of their
//! fields there may be (`minProperties`).

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

const PREFIX: &str = "#/components/schemas/";

/// Requires what answers always have, and names the items of pages.
pub fn promise(document: &mut Value) {
    let asked = asked(document);
    let Some(schemas) = document["components"]["schemas"].as_object_mut() else { return };
    name_items_of_pages(schemas);
    for (_, schema) in schemas.iter_mut().filter(|(name, _)| !asked.contains(*name)) {
        require_nullable(schema);
    }
}

/// Schemas that a request may contain.
fn asked(document: &Value) -> BTreeSet<String> {
    let mut asked = BTreeSet::new();
    let items = document["paths"].as_object().into_iter().flat_map(Map::values);
    let operations = items.filter_map(Value::as_object).flat_map(Map::values);
    let mut open: Vec<&Value> = operations.map(|operation| &operation["requestBody"]).collect();
    while let Some(value) = open.pop() {
        match value {
            Value::Object(fields) => {
                let name = fields.get("$ref").and_then(Value::as_str).and_then(|at| at.strip_prefix(PREFIX));
                if let Some(name) = name
                    && asked.insert(name.to_owned())
                {
                    open.push(&document["components"]["schemas"][name]);
                }
                open.extend(fields.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    asked
}

/// A generic page carries a copy of its item; clients want one name for both.
fn name_items_of_pages(schemas: &mut Map<String, Value>) {
    let pages: Vec<String> = schemas.keys().filter(|name| name.starts_with("Page_")).cloned().collect();
    for page in pages {
        let item = page.trim_start_matches("Page_").to_owned();
        let Some(inline) =
            schemas.get_mut(&page).and_then(|page| page.pointer_mut("/properties/items/items"))
        else {
            continue;
        };
        let copy = std::mem::replace(inline, json!({ "$ref": format!("{PREFIX}{item}") }));
        schemas.entry(item).or_insert(copy);
    }
}

fn require_nullable(schema: &mut Value) {
    match schema {
        Value::Object(fields) if fields.contains_key("minProperties") => {}
        Value::Object(fields) => {
            let nullable: Vec<Value> = fields
                .get("properties")
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
                .filter(|(_, property)| may_be_null(property))
                .map(|(name, _)| name.as_str().into())
                .collect();
            if !nullable.is_empty() {
                let required = fields.entry("required").or_insert_with(|| json!([]));
                if let Some(required) = required.as_array_mut() {
                    let new =
                        nullable.into_iter().filter(|name| !required.contains(name)).collect::<Vec<_>>();
                    required.extend(new);
                }
            }
            fields.values_mut().for_each(require_nullable);
        }
        Value::Array(items) => items.iter_mut().for_each(require_nullable),
        _ => {}
    }
}

fn may_be_null(property: &Value) -> bool {
    let is_null = |kind: &Value| kind == "null" || kind["type"] == "null";
    ["type", "oneOf"]
        .iter()
        .any(|key| property[*key].as_array().is_some_and(|kinds| kinds.iter().any(is_null)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_has_its_nullable_fields_and_a_request_need_not() {
        let fields = json!({ "properties": {
            "ended_at": { "type": ["string", "null"] },
            "by": { "oneOf": [{ "$ref": "#/components/schemas/Asked" }, { "type": "null" }] },
            "detail": { "type": "string" },
        } });
        let mut document = json!({
            "paths": { "/events": { "post": { "requestBody": { "$ref": "#/components/schemas/Draft" } } } },
            "components": { "schemas": {
                "Draft": { "properties": { "inner": { "$ref": "#/components/schemas/Asked" } } },
                "Asked": fields,
                "Changes": { "minProperties": 0, "properties": fields["properties"] },
                "Page_Answer": { "properties": { "items": { "type": "array", "items": fields } } },
            } },
        });
        promise(&mut document);
        let schemas = &document["components"]["schemas"];
        assert_eq!(
            schemas["Page_Answer"]["properties"]["items"]["items"]["$ref"],
            "#/components/schemas/Answer"
        );
        assert_eq!(schemas["Answer"]["required"], json!(["by", "ended_at"]));
        assert_eq!(schemas["Asked"]["required"], Value::Null);
        assert_eq!(schemas["Changes"]["required"], Value::Null);
    }
}
