//! A capture comes in: its files are stored under their hashes, an incident is made for it, a job will analyse it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use connectors::capture::{Bundle, limits};
use model::id::{CaptureId, IncidentId, JobId};
use model::incident::{
    AnalysisState, Clock, ClockName, ClockSetter, Counts, Incident, Severity, Status, Visibility,
};
use model::person::Role;
use model::telemetry::Header;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use store::capture::{self, File, Manifest};
use store::change::{Noun, What};
use store::objects::{Hold, Object};
use store::{job, loose_object};

use crate::actor::Actor;
use crate::analysis;
use crate::app::App;
use crate::commit::{Outcome, Reply};
use crate::error::Error;
use crate::incidents::{self, Shown};

/// An incident made from a capture, and the job that will analyse it.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    pub incident: Shown,
    pub job: JobId,
}

/// Where a capture comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    Import,
    /// Came with the product.
    Example,
}

/// Imports a folder or a zip.
///
/// # Errors
/// [`Error::Invalid`] when it is no capture, [`Error::StorageFull`].
pub async fn import_capture(
    app: &App,
    actor: &Actor,
    path: &Path,
    origin: Origin,
    reply: Reply<Imported>,
) -> Result<Outcome<Imported>, Error> {
    may_import(actor)?;
    if let Some(answer) = app.find_repeated(actor, &reply).await? {
        return Ok(Outcome::Repeated(answer));
    }
    let read = read(path.to_owned()).await?;
    // A file on its way to the disk must be held until it is there and has its row.
    let importing = take_in(app.clone(), actor.clone(), read, origin, reply);
    app.parts().tasks.finish(importing).await.map_err(Error::internal)?
}

async fn take_in(
    app: App,
    actor: Actor,
    (header, contents): (Header, Vec<Content>),
    origin: Origin,
    reply: Reply<Imported>,
) -> Result<Outcome<Imported>, Error> {
    let hold = app.store().objects().hold().await?;
    let files = store_files(&app, &hold, contents).await?;
    let now = app.now();
    let incident = IncidentId::from_bits(app.new_bits());
    let manifest = Manifest {
        id: CaptureId::from_bits(app.new_bits()),
        incident: incident.clone(),
        sha256: hash_of(&files),
        size_bytes: files.iter().map(|file| file.size_bytes).sum(),
        collected_at: now,
        window: Some(header.window),
        files,
    };
    let incident = to_incident(incident, &header, &manifest, origin, now);
    let outcome = commit(&app, &actor, incident, manifest, reply).await;
    drop(hold);
    app.parts().queue.wake();
    outcome
}

async fn commit(
    app: &App,
    actor: &Actor,
    incident: Incident,
    manifest: Manifest,
    reply: Reply<Imported>,
) -> Result<Outcome<Imported>, Error> {
    let queued = analysis::job::draft(app, &incident.id);
    let job = queued.id.clone();
    app.commit(actor, reply, move |work| {
        Box::pin(async move {
            let mut incident = incident;
            // The row of the capture needs that of the incident, which then names it.
            let capture = incident.capture.take();
            let shown = incidents::insert(work, incident).await?;
            let mut incident = shown.known.incident.clone();
            capture::insert(&**work.unit, &manifest).await?;
            incident.capture = capture;
            store::incident::update(&**work.unit, &incident).await?;
            job::insert(&**work.unit, &queued, work.now).await?;
            work.audit("import_capture", &manifest.id, Some(&incident.id));
            work.change((Noun::Capture, What::Created), &manifest.id, Some(&incident.id), 1);
            let incident = incidents::known::show(&**work.unit, incident, &work.actor).await?;
            Ok(Imported { incident, job })
        })
    })
    .await
}

pub(super) fn may_import(actor: &Actor) -> Result<(), Error> {
    actor.require_role(Role::Editor)?;
    actor.require_all_incidents()
}

fn to_incident(
    id: IncidentId,
    header: &Header,
    manifest: &Manifest,
    origin: Origin,
    now: model::Instant,
) -> Incident {
    let clock = |at| Clock { at, by: ClockSetter::Capture, confirmed: false };
    let said = [
        (ClockName::StartedAt, header.started_at),
        (ClockName::DetectedAt, Some(header.detected_at)),
        (ClockName::MitigatedAt, header.mitigated_at),
        (ClockName::ResolvedAt, header.resolved_at),
    ];
    let is_over = header.resolved_at.is_some();
    Incident {
        id,
        number: 0,
        title: header.title.clone(),
        severity: header.severity.unwrap_or(Severity::Sev3),
        status: if is_over { Status::Resolved } else { Status::Investigating },
        visibility: Visibility::Public,
        services: header.services.clone(),
        impact: None,
        entry_service: header.entry_service.clone(),
        timezone: header.timezone.clone(),
        window: Some(header.window),
        example: origin == Origin::Example,
        clocks: said.into_iter().filter_map(|(name, at)| Some((name, clock(at?)))).collect(),
        capture: Some(manifest.id.clone()),
        counts: Counts::default(),
        analysis: AnalysisState::Queued,
        analysis_error: None,
        spark: None,
        suspect: None,
        depths: BTreeMap::new(),
        version: 1,
        revision: 0,
        created_at: now,
        updated_at: now,
    }
}

struct Content {
    name: String,
    bytes: Vec<u8>,
    rows: Option<i64>,
    source: String,
}

/// Reads the files of a capture and makes sure that its header can be understood.
async fn read(path: PathBuf) -> Result<(Header, Vec<Content>), Error> {
    let read = tokio::task::spawn_blocking(move || {
        let refused = |error| refused(&error, &path);
        let bundle = Bundle::open(&path).map_err(refused)?;
        let header = connectors::capture::read_header(&bundle).map_err(refused)?;
        let said = said_of_files(&bundle);
        let mut contents = Vec::new();
        let mut total: u64 = 0;
        for name in bundle.names().iter().filter(|name| is_evidence(name)) {
            let bytes = bundle.bytes(name, limits::FILE_BYTES).map_err(refused)?;
            total += bytes.len() as u64;
            if total > limits::TOTAL_BYTES {
                return Err(Error::invalid("", "too_large", "the capture is too large once unpacked"));
            }
            let told = said.get(name);
            contents.push(Content {
                rows: told.and_then(|told| told.rows),
                source: told.and_then(|told| told.source.clone()).unwrap_or_else(|| "import".to_owned()),
                name: name.clone(),
                bytes,
            });
        }
        Ok((header, contents))
    });
    read.await.map_err(Error::internal)?
}

/// Without the path: who sent the capture need not know where on the server it lay.
fn refused(error: &connectors::capture::Error, path: &Path) -> Error {
    let text = error.to_string().replace(&*path.to_string_lossy(), "the capture");
    Error::invalid("", "unreadable_capture", text)
}

/// Truth is for measuring, and would spoil the review; hidden files are not evidence.
fn is_evidence(name: &str) -> bool {
    let kinds = [".json", ".parquet", ".csv", ".jsonl", ".md", ".txt"];
    !name.starts_with('.')
        && name != "truth.json"
        && name != "manifest.json"
        && kinds.iter().any(|kind| name.ends_with(kind))
}

/// What a manifest of the capture, when it has one, says of its files.
#[derive(Deserialize)]
struct Said {
    rows: Option<i64>,
    source: Option<String>,
}

fn said_of_files(bundle: &Bundle) -> BTreeMap<String, Said> {
    #[derive(Deserialize)]
    struct Named {
        name: String,
        #[serde(flatten)]
        said: Said,
    }
    #[derive(Deserialize)]
    struct Files {
        files: Vec<Named>,
    }
    let text = bundle.bytes("manifest.json", limits::HEADER_BYTES).unwrap_or_default();
    let files = serde_json::from_slice::<Files>(&text).map(|manifest| manifest.files).unwrap_or_default();
    files.into_iter().map(|file| (file.name, file.said)).collect()
}

/// Before anything is put it is written down that it may come to belong to no capture.
async fn store_files(app: &App, hold: &Hold, contents: Vec<Content>) -> Result<Vec<File>, Error> {
    let mut files = Vec::with_capacity(contents.len());
    let mut objects = Vec::with_capacity(contents.len());
    for content in contents {
        let object = Object::new(Bytes::from(content.bytes));
        files.push(File {
            name: content.name,
            size_bytes: object.content.len() as i64,
            sha256: object.sha256.clone(),
            rows: content.rows,
            source: content.source,
        });
        objects.push(object);
    }
    files.sort_by(|one, other| one.name.cmp(&other.name));
    let sha256s = objects.iter().map(|object| object.sha256.clone()).collect();
    let noted: Result<(), store::Error> = app
        .store()
        .writer()
        .write(move |unit| Box::pin(async move { loose_object::insert(&**unit, &sha256s).await }))
        .await;
    noted?;
    for object in objects {
        app.store().objects().put(hold, object).await?;
    }
    Ok(files)
}

fn hash_of(files: &[File]) -> String {
    let mut hash = Sha256::new();
    for file in files {
        hash.update(file.name.as_bytes());
        hash.update([0]);
        hash.update(file.sha256.as_bytes());
        hash.update([0]);
    }
    hex::encode(hash.finalize())
}
