//! Who did what and when, for administrators.

use app::audit;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::Problem;
use crate::extract::{Authorized, Json, Query};
use crate::page::{Page, Slice};
use crate::state::Server;
use crate::wire::By;

#[derive(Debug, Serialize, ToSchema)]
pub struct AuditEntry {
    /// Its place in the chain.
    pub id: i64,
    #[schema(format = "date-time")]
    pub at: String,
    pub actor: By,
    /// The session or token through which it came.
    pub via: Option<String>,
    /// The operation.
    pub action: String,
    /// Kind of the thing it was done to, from its id.
    pub noun: &'static str,
    pub noun_id: String,
    pub incident_id: Option<String>,
    pub request_id: Option<String>,
    pub detail: Option<String>,
    /// SHA-256 over this entry and the hash before it.
    pub hash: String,
}

/// The audit, latest first.
#[utoipa::path(get, path = "/audit", tag = "audit", params(Slice), responses((status = 200, body = Page<AuditEntry>)))]
pub async fn list_audit(
    State(server): State<Server>,
    Authorized(actor): Authorized,
    Query(slice): Query<Slice>,
) -> Result<Json<Page<AuditEntry>>, Problem> {
    let (limit, before) = (slice.limit()?, slice.after::<i64>()?);
    let found = audit::list_audit(&server.app, &actor, before, limit + 1).await?;
    Ok(Json(Page::cut(found, limit, |last| last.seq.to_string(), to_entry)))
}

fn to_entry(entry: audit::Entry) -> AuditEntry {
    AuditEntry {
        id: entry.seq,
        at: entry.at.to_string(),
        actor: By { id: entry.actor_id, name: entry.actor_name },
        via: entry.via,
        action: entry.action,
        noun: noun_of(&entry.target),
        noun_id: entry.target,
        incident_id: entry.incident_id,
        request_id: entry.request_id,
        detail: entry.detail,
        hash: entry.hash,
    }
}

fn noun_of(id: &str) -> &'static str {
    match id.split('_').next().unwrap_or_default() {
        "inc" => "incident",
        "evt" => "event",
        "cap" => "capture",
        "fnd" => "finding",
        "per" => "person",
        "tok" => "token",
        "inv" => "invitation",
        "ses" => "session",
        "job" => "job",
        _ => "other",
    }
}
