//! A capture that lies in a folder, with what people said after it was taken. Files that they said nothing about stay
//! as they are, byte for byte.

use std::fs;
use std::path::Path;

use model::telemetry::{Happening, Header};
use serde_json::{Value, json};

use super::batch::Table;
use super::bundle::{Bundle, Part};
use super::error::Error;
use super::skipped::Skipped;
use super::{events, write};

/// Writes `header` when it says something else than `incident.json`, and puts `added` behind the rows of the events.
///
/// # Errors
/// When the capture cannot be read or the folder cannot be written.
pub fn extend(folder: &Path, header: &Header, added: Vec<Happening>) -> Result<(), Error> {
    let bundle = Bundle::open(folder)?;
    let says_so = bundle.has("incident.json") && super::read_header(&bundle)? == *header;
    if !says_so {
        write::write_text(folder, "incident.json", &write::header_text(header), "incident")?;
    }
    if added.is_empty() {
        return Ok(());
    }
    let mut happenings = Vec::new();
    if let Some(part) = bundle.table(Table::Events) {
        happenings = take(folder, &bundle, &part)?;
    }
    happenings.extend(added);
    let lines: Vec<String> =
        happenings.iter().map(|happening| to_json(happening).to_string() + "\n").collect();
    write::write_text(folder, "events.jsonl", &lines.concat(), "")?;
    Ok(())
}

/// A row as [`events`] reads it. What is not known is left out.
fn to_json(happening: &Happening) -> Value {
    let mut row = json!({
        "time": happening.time,
        "ended_at": happening.ended_at,
        "kind": happening.kind,
        "type": happening.event_type,
        "service": happening.service,
        "instance": happening.instance,
        "title": happening.title,
        "detail": happening.detail,
        "severity": happening.severity,
        "actor": happening.actor,
        "attributes": happening.attributes,
    });
    if let Value::Object(fields) = &mut row {
        fields.retain(|_, value| !value.is_null() && *value != json!({}));
    }
    row
}

/// The rows that are there, in their order. The file goes, unless it holds rows that nobody could read.
fn take(folder: &Path, bundle: &Bundle, part: &Part) -> Result<Vec<Happening>, Error> {
    let mut skipped = Skipped::of(&part.name);
    let mut happenings = events::read(bundle, part, &mut skipped)?;
    happenings.sort_by_key(|happening| happening.row);
    let mut reasons = std::collections::BTreeMap::new();
    skipped.report(&mut reasons);
    let path = folder.join(&part.name);
    let done = if reasons.is_empty() {
        fs::remove_file(&path)
    } else {
        fs::rename(&path, folder.join(format!("original-{}", part.name)))
    };
    done.map_err(|cause| Error::Write { path, cause })?;
    Ok(happenings)
}
