//! A capture that lies in a folder, with what people said after it was taken. Files that they said nothing about stay
//! as they are, byte for byte.

use std::fs;
use std::path::Path;

use model::telemetry::{Capture, Happening, Header, Telemetry};

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
    let has_said_so = match Bundle::open(folder)?.has("incident.json") {
        true => super::read_header(&Bundle::open(folder)?)? == *header,
        false => false,
    };
    if !has_said_so {
        write::write_text(folder, "incident.json", &write::header_text(header), "incident")?;
    }
    if added.is_empty() {
        return Ok(());
    }
    let bundle = Bundle::open(folder)?;
    let mut happenings = Vec::new();
    if let Some(part) = bundle.table(Table::Events) {
        happenings = take(folder, &bundle, &part)?;
    }
    happenings.extend(added);
    let telemetry = Telemetry { happenings, ..Telemetry::default() };
    write::write_events(folder, &Capture { header: header.clone(), telemetry })?;
    Ok(())
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
