//! The capture of an incident as it can be taken elsewhere: the evidence as it came, with what people said since.

use std::path::Path;

use connectors::capture::manifest::{self, entry};
use connectors::capture::{Bundle, extend, pack, read_header};
use model::Instant;
use model::event::{Kind, Recorded};
use model::id::IncidentId;
use model::incident::{Clock, ClockName, ClockSetter, Incident, Severity};
use model::instant::Span;
use model::telemetry::{Happening, Header};
use store::capture::Manifest;
use store::event;

use super::lay_out::{Folder, fill, scratch, storing};
use crate::access::{View, authorize};
use crate::actor::Actor;
use crate::app::App;
use crate::error::Error;

/// Around an incident that has no capture to say when it was.
const PADDING_US: i64 = 30 * 60 * 1_000_000;

/// Lays the capture out as a folder in the capture format, which `import` and `analyze` read. Events that people added
/// are among its events; what they changed about events out of the capture is not.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Internal`] when a file on disk is not the one that was stored.
pub async fn export_bundle(app: &App, actor: &Actor, id: &IncidentId) -> Result<Folder, Error> {
    let _hold = app.store().objects().hold().await?;
    let known = authorize::<View>(app, actor, id).await?.known;
    let by_people = event::list_by_people(app.db(), id).await?;
    let folder = Folder(tempfile::tempdir().map_err(storing)?);
    if let Some(capture) = &known.capture {
        fill(app, capture, folder.path()).await?;
    }
    let path = folder.path().to_owned();
    let work = tokio::task::spawn_blocking(move || {
        finish(&path, &known.incident, known.capture.as_ref(), &by_people)
    });
    work.await.map_err(Error::internal)??;
    Ok(folder)
}

/// The same as one zip, in a file without a name.
///
/// # Errors
/// As [`export_bundle`].
pub async fn export_zip(app: &App, actor: &Actor, id: &IncidentId) -> Result<std::fs::File, Error> {
    let folder = export_bundle(app, actor, id).await?;
    let scratch = scratch(app);
    let work = tokio::task::spawn_blocking(move || {
        std::fs::create_dir_all(&scratch).map_err(storing)?;
        let packed = tempfile::NamedTempFile::new_in(&scratch).map_err(storing)?;
        pack(folder.path(), packed.path()).map_err(failed)?;
        std::fs::File::open(packed.path()).map_err(storing)
    });
    work.await.map_err(Error::internal)?
}

fn finish(
    folder: &Path,
    incident: &Incident,
    capture: Option<&Manifest>,
    by_people: &[Recorded],
) -> Result<(), Error> {
    let came_with = match capture {
        Some(_) => Some(Bundle::open(folder).and_then(|bundle| read_header(&bundle)).map_err(failed)?),
        None => None,
    };
    let header = header(incident, came_with, by_people);
    extend(folder, &header, by_people.iter().map(happening).collect()).map_err(failed)?;
    write_manifest(folder, &header, incident, capture)
}

fn failed(error: connectors::capture::Error) -> Error {
    Error::internal(error)
}

/// What the capture said, and over it what people said.
fn header(incident: &Incident, came_with: Option<Header>, by_people: &[Recorded]) -> Header {
    let by_hand = |name: ClockName| {
        let is_told = |clock: &&Clock| clock.confirmed || matches!(clock.by, ClockSetter::Person { .. });
        incident.clocks.get(&name).filter(is_told).map(|clock| clock.at)
    };
    let came_with = came_with.unwrap_or_else(|| declared(incident, by_people));
    let is_usual = came_with.severity.unwrap_or(Severity::Sev3) == incident.severity;
    Header {
        title: incident.title.clone(),
        detected_at: by_hand(ClockName::DetectedAt).unwrap_or(came_with.detected_at),
        severity: if is_usual { came_with.severity } else { Some(incident.severity) },
        services: incident.services.clone(),
        timezone: incident.timezone.clone(),
        entry_service: incident.entry_service.clone(),
        started_at: by_hand(ClockName::StartedAt).or(came_with.started_at),
        mitigated_at: by_hand(ClockName::MitigatedAt).or(came_with.mitigated_at),
        resolved_at: by_hand(ClockName::ResolvedAt).or(came_with.resolved_at),
        ..came_with
    }
}

/// Of an incident without a capture: the window holds every moment that is known of it.
fn declared(incident: &Incident, by_people: &[Recorded]) -> Header {
    let clocks = incident.clocks.values().map(|clock| clock.at);
    let events = by_people.iter().map(|recorded| recorded.event.occurred_at);
    let times: Vec<Instant> = clocks.chain(events).collect();
    let first = times.iter().min().copied().unwrap_or(incident.created_at);
    let last = times.iter().max().copied().unwrap_or(incident.created_at);
    let detected_at = incident.clocks.get(&ClockName::DetectedAt).map_or(first, |clock| clock.at);
    let window = Span::new(first.saturating_add(-PADDING_US), last.saturating_add(PADDING_US));
    Header {
        title: incident.title.clone(),
        detected_at,
        window: window.unwrap_or(Span { start: first, end: last }),
        baseline: None,
        severity: None,
        services: Vec::new(),
        timezone: None,
        entry_service: None,
        started_at: None,
        mitigated_at: None,
        resolved_at: None,
    }
}

fn happening(recorded: &Recorded) -> Happening {
    let event = &recorded.event;
    let kind = match event.kind {
        kind @ (Kind::UserAction | Kind::SystemEvent | Kind::Note) => kind,
        // A person who remembers a curve or a log line has no row of it.
        Kind::Metric | Kind::Log | Kind::Trace => Kind::Note,
    };
    Happening {
        time: event.occurred_at,
        ended_at: event.ended_at,
        kind,
        event_type: event.event_type.clone().unwrap_or_else(|| kind.as_str().to_owned()),
        service: event.service.clone(),
        instance: event.instance.clone(),
        title: event.title.clone(),
        detail: event.detail.clone(),
        severity: Some(event.severity),
        actor: recorded.author.as_ref().map(|author| author.name.clone()),
        attributes: event.attributes.clone(),
        row: 0,
    }
}

fn write_manifest(
    folder: &Path,
    header: &Header,
    incident: &Incident,
    capture: Option<&Manifest>,
) -> Result<(), Error> {
    let bundle = Bundle::open(folder).map_err(failed)?;
    let mut files = Vec::new();
    for name in bundle.names() {
        let mut file = entry(folder, name, None, "people").map_err(failed)?;
        let known = capture.and_then(|capture| capture.files.iter().find(|known| known.name == *name));
        if let Some(known) = known.filter(|known| known.sha256 == file.sha256) {
            file.rows = known.rows.and_then(|rows| u64::try_from(rows).ok());
            file.source.clone_from(&known.source);
        }
        files.push(file);
    }
    let collected_at = capture.map_or(incident.created_at, |capture| capture.collected_at);
    let manifest = manifest::Manifest { collected_at, window: header.window, files };
    let text = serde_json::to_vec_pretty(&manifest).map_err(Error::internal)?;
    std::fs::write(folder.join(manifest::FILE), text).map_err(storing)
}
