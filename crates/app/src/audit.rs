//! Reading the audit. Every use case writes it by [`Work::audit`](crate::commit::Work::audit).

use model::Instant;
use model::person::Role;

use crate::actor::Actor;
use crate::app::App;
use crate::error::Error;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub seq: i64,
    pub at: Instant,
    pub actor_id: String,
    pub actor_name: String,
    pub via: Option<String>,
    pub action: String,
    pub target: String,
    pub incident_id: Option<String>,
    pub request_id: Option<String>,
    pub detail: Option<String>,
    pub hash: String,
}

/// Latest first.
///
/// # Errors
/// [`Error::Forbidden`] for who is no administrator, and for tokens that see only some incidents.
pub async fn list_audit(
    app: &App,
    actor: &Actor,
    before: Option<i64>,
    limit: u64,
) -> Result<Vec<Entry>, Error> {
    actor.require_role(Role::Admin)?;
    actor.require_all_incidents()?;
    let links = store::audit::list(app.db(), before, limit).await?;
    Ok(links.into_iter().map(from_link).collect())
}

fn from_link(link: store::audit::Link) -> Entry {
    Entry {
        seq: link.seq,
        at: Instant::EPOCH.saturating_add(link.at),
        actor_id: link.actor_id,
        actor_name: link.actor_name,
        via: link.via,
        action: link.action,
        target: link.target,
        incident_id: link.incident_id,
        request_id: link.request_id,
        detail: link.detail,
        hash: link.hash,
    }
}
