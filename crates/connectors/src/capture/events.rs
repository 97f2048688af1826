//! `events`: what people did and what systems said, one row each; columns nobody named become attributes.

use std::collections::BTreeMap;

use model::event::Kind;
use model::telemetry::Happening;
use serde_json::{Map, Value};

use super::batch::{self, Batch, Column, Keep};
use super::bundle::{Bundle, Part};
use super::cell::{self, Problem};
use super::error::Error;
use super::limits;
use super::skipped::Skipped;

const KNOWN: &[&str] = &[
    "time",
    "ended_at",
    "kind",
    "type",
    "service",
    "instance",
    "title",
    "detail",
    "severity",
    "actor",
    "attributes",
];

/// What a system does by itself; every other type is taken as the act of a person when the row does not say.
const SYSTEM_TYPES: &[&str] = &[
    "alert",
    "alert_resolved",
    "restart",
    "crash",
    "oom_kill",
    "kill",
    "evicted",
    "probe_failed",
    "kernel",
    "node",
];

pub fn read(bundle: &Bundle, part: &Part, skipped: &mut Skipped) -> Result<Vec<Happening>, Error> {
    let mut happenings = Vec::new();
    let mut text_bytes = 0;
    let too_big = |what, limit| Error::TooBig { file: part.name.clone(), what, limit };
    for batch in batch::open(bundle, part, Keep::All, 0)? {
        let batch = batch?;
        for row in 0..batch.row_count {
            match happening(&batch, row) {
                Ok(happening) => {
                    text_bytes += size_bytes(&happening);
                    happenings.push(happening);
                }
                Err(reason) => {
                    skipped.add(batch.row(row), reason, || batch.column(reason.0).text(row));
                }
            }
            if happenings.len() as u64 > limits::HAPPENINGS {
                return Err(too_big("rows", limits::HAPPENINGS));
            }
            if text_bytes > limits::TEXT_BYTES {
                return Err(too_big("bytes of text", limits::TEXT_BYTES as u64));
            }
        }
    }
    skipped.refuse_if_nothing_is_left(happenings.len())?;
    happenings.sort_by_key(|happening| (happening.time, happening.row));
    Ok(happenings)
}

fn happening(batch: &Batch, row: usize) -> Result<Happening, (&'static str, Problem)> {
    let text = |column: &str| trimmed(batch.column(column), row);
    let time = batch.column("time").time(row).map_err(|problem| ("time", problem))?;
    let event_type = text("type").map(|text| text.to_lowercase());
    let kind = match (text("kind"), &event_type) {
        (Some(kind), _) => match Kind::parse(&kind.to_lowercase()) {
            Some(kind @ (Kind::UserAction | Kind::SystemEvent | Kind::Note)) => kind,
            _ => return Err(("kind", Problem::UnknownKind)),
        },
        (None, Some(event_type)) if SYSTEM_TYPES.contains(&event_type.as_str()) => Kind::SystemEvent,
        (None, _) => Kind::UserAction,
    };
    let title = text("title").or_else(|| event_type.clone()).ok_or(("title", Problem::Missing))?;
    Ok(Happening {
        time,
        ended_at: batch.column("ended_at").time(row).ok().filter(|&end| end >= time),
        kind,
        event_type: event_type.unwrap_or_else(|| kind.as_str().to_owned()),
        service: text("service"),
        instance: text("instance"),
        title,
        detail: text("detail"),
        severity: text("severity").and_then(|text| cell::severity(&text)),
        actor: text("actor"),
        attributes: attributes(batch, row),
        row: batch.row(row),
    })
}

fn trimmed(column: &Column, row: usize) -> Option<String> {
    let text = column.text(row)?;
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The `attributes` column (a JSON object, or text as it is) and every column without a meaning of its own.
fn attributes(batch: &Batch, row: usize) -> BTreeMap<String, String> {
    let mut attributes = BTreeMap::new();
    if let Some(text) = trimmed(batch.column("attributes"), row) {
        match serde_json::from_str::<Map<String, Value>>(&text) {
            Ok(fields) => {
                for (name, value) in fields {
                    match value {
                        Value::Null => {}
                        Value::String(text) => _ = attributes.insert(name, text),
                        other => _ = attributes.insert(name, other.to_string()),
                    }
                }
            }
            Err(_) => _ = attributes.insert("attributes".to_owned(), text),
        }
    }
    for (name, column) in &batch.columns {
        if !KNOWN.contains(&name.as_str())
            && let Some(text) = trimmed(column, row)
        {
            attributes.insert(name.clone(), text);
        }
    }
    attributes
}

fn size_bytes(happening: &Happening) -> usize {
    let attributes: usize = happening.attributes.iter().map(|(name, value)| name.len() + value.len()).sum();
    happening.title.len() + happening.detail.as_ref().map_or(0, String::len) + attributes
}
