//! Captures: imported whole, looked into, taken away.

use app::Actor;
use app::captures::{self, Imported, Manifest, Origin, Table};
use app::idempotency::Claim;
use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures::StreamExt as _;
use http::{HeaderName, StatusCode, header};
use model::Instant;
use model::id::IncidentId;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use tokio::fs::File;
use tokio::io::AsyncWriteExt as _;
use tokio_util::io::ReaderStream;
use utoipa::{IntoParams, ToSchema};

use crate::answer::{self, Sent};
use crate::error::Problem;
use crate::extract::{AnnouncedKey, Authorized, Json, Path, Query};
use crate::gate::intake::{self, Announced};
use crate::page;
use crate::state::Server;
use crate::wire::incident::{IncidentView, WindowView};
use crate::wire::names::TableName;

#[derive(Debug, Serialize, ToSchema)]
pub struct ImportedView {
    incident: IncidentView,
    job: JobRef,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct JobRef {
    id: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Manifest)]
pub struct ManifestView {
    id: String,
    #[schema(value_type = String, format = "date-time")]
    collected_at: Instant,
    window: Option<WindowView>,
    /// Of the names and hashes of all files.
    sha256: String,
    size_bytes: i64,
    files: Vec<FileView>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CaptureFile)]
pub struct FileView {
    name: String,
    size_bytes: i64,
    sha256: String,
    rows: Option<i64>,
    source: String,
}

impl From<Manifest> for ManifestView {
    fn from(manifest: Manifest) -> Self {
        Self {
            id: manifest.id.to_string(),
            collected_at: manifest.collected_at,
            window: manifest.window.map(WindowView::from),
            sha256: manifest.sha256,
            size_bytes: manifest.size_bytes,
            files: manifest.files.into_iter().map(FileView::from).collect(),
        }
    }
}

impl From<captures::File> for FileView {
    fn from(file: captures::File) -> Self {
        let captures::File { name, size_bytes, sha256, rows, source } = file;
        Self { name, size_bytes, sha256, rows, source }
    }
}

/// For the document: a zip file.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "only the document reads it")]
pub struct Zip(Vec<u8>);

/// Import a capture: a zip as in docs/captures.md. Its analysis runs as a job.
#[utoipa::path(
    post, path = "/incidents/import", tag = "captures",
    request_body(content = Zip, content_type = "application/zip"), responses((status = 202, body = ImportedView))
)]
pub async fn import_capture(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    AnnouncedKey(announced): AnnouncedKey,
    body: Body,
) -> Result<Response, Problem> {
    let begun = begin_import(&server, &actor, announced.as_ref()).await;
    let (mut upload, claim) = match begun {
        Ok(begun) => begun,
        Err(problem) => return Ok(intake::refuse(body, problem).await),
    };
    let sha256 = receive(&mut upload, body).await?;
    let attempt = announced.zip(claim).map(|(announced, claim)| announced.arrived(&sha256, claim));
    let reply = answer::json(attempt, StatusCode::ACCEPTED, |imported: &Imported| ImportedView {
        incident: IncidentView::whole(&imported.incident),
        job: JobRef { id: imported.job.to_string() },
    });
    let imported = captures::import_capture(&server.app, &actor, upload.path(), Origin::Import, reply).await;
    Ok(Sent::from(imported?).into_response())
}

/// What can be refused before the capture is sent.
async fn begin_import(
    server: &Server,
    actor: &Actor,
    announced: Option<&Announced>,
) -> Result<(captures::Upload, Option<Claim>), Problem> {
    let claim = announced.map(|announced| server.app.claim_key(actor, &announced.key)).transpose()?;
    let upload = captures::begin_upload(&server.app, actor).await?;
    Ok((upload, claim))
}

/// Writes what arrives to a file, so that no capture has to fit into memory. Gives back its SHA-256.
async fn receive(upload: &mut captures::Upload, body: Body) -> Result<[u8; 32], Problem> {
    let mut hash = Sha256::new();
    let mut chunks = body.into_data_stream();
    while let Some(chunk) = chunks.next().await {
        let chunk: Bytes = chunk.map_err(too_large_or_cut)?;
        hash.update(&chunk);
        upload.file().write_all(&chunk).await.map_err(captures::storing)?;
    }
    upload.file().flush().await.map_err(captures::storing)?;
    Ok(hash.finalize().into())
}

fn too_large_or_cut(error: axum::Error) -> Problem {
    let inner = error.into_inner();
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&*inner);
    while let Some(error) = cause {
        if error.is::<http_body_util::LengthLimitError>() {
            let detail = "the capture is larger than this server takes";
            return Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", detail);
        }
        cause = error.source();
    }
    Problem::bad_request("incomplete_body", "the body ended early or is badly framed")
}

/// The manifest of an incident's capture.
#[utoipa::path(get, path = "/incidents/{incident_id}/capture", tag = "captures", params(("incident_id" = String, Path)), responses((status = 200, body = ManifestView)))]
pub async fn get_capture(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Path(id): Path<IncidentId>,
) -> Result<Json<ManifestView>, Problem> {
    Ok(Json(captures::get_capture(&server.app, &actor, &id).await?.into()))
}

/// One file of the capture, as it came.
#[utoipa::path(
    get, path = "/incidents/{incident_id}/capture/files/{name}", tag = "captures",
    params(("incident_id" = String, Path), ("name" = String, Path)),
    responses((status = 200, content_type = "application/octet-stream"))
)]
pub async fn get_capture_file(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Path((id, name)): Path<(IncidentId, String)>,
) -> Result<Response, Problem> {
    let (file, content) = captures::get_capture_file(&server.app, &actor, &id, &name).await?;
    // Names come from the manifest, whose files were named by rule when they came in.
    let plain: String = file
        .name
        .chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || "._-".contains(*letter))
        .collect();
    let headers: [(HeaderName, String); 3] = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{plain}\"")),
        (header::ETAG, format!("\"{}\"", file.sha256)),
    ];
    Ok((headers, content).into_response())
}

/// The incident as a capture to take elsewhere: a zip of what came with it, and the events that people added.
#[utoipa::path(
    get, path = "/incidents/{incident_id}/bundle", tag = "captures", params(("incident_id" = String, Path)),
    responses((status = 200, body = Zip, content_type = "application/zip"))
)]
pub async fn export_bundle(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Path(id): Path<IncidentId>,
) -> Result<Response, Problem> {
    let zip = File::from_std(captures::export_zip(&server.app, &actor, &id).await?);
    let size_bytes = zip.metadata().await.map_err(captures::storing)?.len();
    let headers: [(HeaderName, String); 3] = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CONTENT_LENGTH, size_bytes.to_string()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}.zip\"", id.as_str())),
    ];
    Ok((headers, Body::from_stream(ReaderStream::new(zip))).into_response())
}

/// Which rows.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct RowsQuery {
    /// The first that the capture has when left out.
    #[param(value_type = Option<TableName>)]
    table: Option<String>,
    /// Counted from 0.
    #[param(minimum = 0, default = 0)]
    from_row: Option<u64>,
    #[param(minimum = 1, maximum = 1000, default = 50)]
    limit: Option<u64>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RowsView {
    columns: Vec<String>,
    /// One value for each column.
    #[schema(value_type = Vec<Vec<Option<Cell>>>)]
    rows: Vec<Vec<serde_json::Value>>,
}

/// What a file of a capture holds in one place. Where the file has timestamps, they are texts in RFC 3339.
#[derive(ToSchema)]
#[serde(untagged)]
pub enum Cell {
    Text(String),
    Number(f64),
}

/// Rows of one table of the capture, as they are in its file.
#[utoipa::path(
    get, path = "/incidents/{incident_id}/capture/rows", tag = "captures",
    params(("incident_id" = String, Path), RowsQuery), responses((status = 200, body = RowsView))
)]
pub async fn list_capture_rows(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Path(id): Path<IncidentId>,
    Query(query): Query<RowsQuery>,
) -> Result<Json<RowsView>, Problem> {
    let known = |name: &str| Table::ALL.into_iter().find(|table| table.as_str() == name);
    let table = page::names("table", query.table.as_deref(), known)?.pop();
    let limit = usize::try_from(page::limit(query.limit)?).unwrap_or(captures::MOST_ROWS);
    let place = (query.from_row.unwrap_or(0), limit);
    let rows = captures::list_capture_rows(&server.app, &actor, &id, table, place).await?;
    Ok(Json(RowsView { columns: rows.columns, rows: rows.rows }))
}
