//! The verbs over the HTTP interface of a running server. Fields that a newer server adds are passed over.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use app::captures;
use futures::TryStreamExt as _;
use model::id::IncidentId;
use model::person::Role;
use model::text::Language;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};
use tempfile::NamedTempFile;

use super::client::{Client, Request};
use super::{Bundle, Imported};
use crate::misuse::Misuse;
use crate::progress::Progress;

/// Items on a page: as many as a server gives.
const PAGE: &str = "1000";
/// What tokens of the command line are called in the settings.
const TOKEN_NAME: &str = "command line";

#[derive(Deserialize)]
struct Page<T> {
    items: Vec<T>,
    next_cursor: Option<String>,
}

#[derive(Deserialize)]
struct Incident {
    id: String,
    number: i64,
    title: String,
}

pub async fn import_capture(server: &Client, path: &Path) -> anyhow::Result<Imported> {
    #[derive(Deserialize)]
    struct Answer {
        incident: Incident,
    }
    let (zip, _packed) = packed(path).await?;
    let answer: Answer = server.read(&Request::post_zip("incidents/import", zip)).await?;
    let Incident { id, number, title } = answer.incident;
    Ok(Imported { number, id, title })
}

/// The zip to send, once it is known to hold a capture. A folder is packed into a file that goes with the value.
async fn packed(path: &Path) -> anyhow::Result<(PathBuf, Option<NamedTempFile>)> {
    let path = path.to_owned();
    let work = tokio::task::spawn_blocking(move || {
        captures::check(&path)?;
        if !path.is_dir() {
            return Ok((path, None));
        }
        let zip = NamedTempFile::new().context("no temporary file to pack the capture into")?;
        captures::pack(&path, zip.path())?;
        anyhow::Ok((zip.path().to_owned(), Some(zip)))
    });
    work.await.context("packing ended early")?
}

pub async fn find_incident(server: &Client, number: i64) -> anyhow::Result<IncidentId> {
    let mut cursor = None;
    loop {
        // The search also finds titles that hold the number.
        let search = Request::get("incidents").with("q", format!("#{number}")).with("limit", PAGE);
        let page: Page<Incident> = server.read(&search.after(cursor)).await?;
        if let Some(found) = page.items.iter().find(|incident| incident.number == number) {
            let id = found.id.parse().ok();
            return id.context("the server names it in a way that this command does not know");
        }
        cursor = page.next_cursor;
        if cursor.is_none() {
            bail!("{} has no such incident, or none that this token may see", server.url());
        }
    }
}

pub async fn get_incident(server: &Client, id: &IncidentId) -> anyhow::Result<Box<RawValue>> {
    server.read(&Request::get(&format!("incidents/{id}"))).await
}

pub async fn write_events(server: &Client, id: &IncidentId, out: &mut impl Write) -> anyhow::Result<()> {
    let (mut cursor, mut separator) = (None, "\n");
    loop {
        let walk = Request::get(&format!("incidents/{id}/events")).with("limit", PAGE);
        let page: Page<Box<RawValue>> = server.read(&walk.after(cursor)).await?;
        for event in page.items {
            write!(out, "{separator}{event}")?;
            separator = ",\n";
        }
        cursor = page.next_cursor;
        if cursor.is_none() {
            return Ok(());
        }
    }
}

pub async fn get_analysis(
    server: &Client,
    id: &IncidentId,
    language: Language,
) -> anyhow::Result<Map<String, Value>> {
    let analysis = Request::get(&format!("incidents/{id}/analysis")).with("timeline", "none");
    server.read(&analysis.in_language(language)).await
}

pub async fn export_bundle(server: &Client, id: &IncidentId) -> anyhow::Result<Bundle> {
    let response = server.send(&Request::get(&format!("incidents/{id}/bundle"))).await?;
    let progress = Progress::of_transfer("receiving", response.content_length());
    let zip = NamedTempFile::new().context("no temporary file for the bundle")?;
    let mut out = BufWriter::new(zip.as_file());
    let mut chunks = response.bytes_stream();
    while let Some(chunk) = chunks.try_next().await.map_err(|error| server.lost(error))? {
        out.write_all(&chunk).context("the bundle cannot be written to a temporary file")?;
        progress.pass(chunk.len() as u64);
    }
    out.flush().context("the bundle cannot be written to a temporary file")?;
    drop(out);
    Ok(Bundle::Zip(zip))
}

pub async fn create_token(server: &Client, role: Role, user: Option<&str>) -> anyhow::Result<String> {
    #[derive(Deserialize)]
    struct Answer {
        /// Not there when the first answer was lost: a server shows a token once.
        token: Option<String>,
    }
    if user.is_some() {
        return Misuse::because(
            "over --server a token acts for whoever asks for it; --user needs the folder of the instance",
        );
    }
    let draft = json!({
        "name": TOKEN_NAME, "role": role.as_str(), "may_create_tokens": role == Role::Admin,
    });
    let answer: Answer = server.read(&Request::post_json("tokens", draft)).await?;
    answer.token.with_context(|| {
        format!(
            "{} made a token named `{TOKEN_NAME}`, but the answer that showed it was lost: revoke it in the settings of \
             the web page, and run this again",
            server.url()
        )
    })
}
