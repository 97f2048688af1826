//! The verbs in the folder of an instance. Whoever holds the folder may read all of it; what is written is written in
//! the name of an account that only programs use.

use std::io::Write;
use std::path::Path;

use anyhow::Context as _;
use app::accounts::people::ensure_program;
use app::accounts::tokens::create_for_program;
use app::analysis::findings::{self, Extent};
use app::app::Claim;
use app::captures::{self, Origin};
use app::timeline::{everything, walk_events};
use app::{Actor, App, Outcome, Reply, incidents};
use model::id::IncidentId;
use model::person::Role;
use model::text::Language;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Map, Value};
use server::wire::analysis::AnalysisView;
use server::wire::event::EventView;
use server::wire::incident::IncidentView;

use super::{Bundle, Imported};
use crate::config::Config;

/// Account in whose name captures are imported.
const NAME: &str = "command line";
/// Account of tokens that name none.
const USER: &str = "token";
/// Events read at a time.
const PAGE: u64 = 5_000;

pub async fn open(config: &Config, claim: Claim) -> anyhow::Result<App> {
    App::open(config.for_app(claim))
        .await
        .with_context(|| format!("the instance in {} cannot be opened", config.data.display()))
}

pub async fn import_capture(app: &App, path: &Path) -> anyhow::Result<Imported> {
    let actor = Actor::on_behalf_of(&ensure_program(app, NAME, Role::Editor).await?);
    let imported = captures::import_capture(app, &actor, path, Origin::Import, Reply::internal()).await;
    let imported = imported.and_then(Outcome::into_value)?;
    let incident = &imported.incident.known.incident;
    Ok(Imported { number: incident.number, id: incident.id.to_string(), title: incident.title.clone() })
}

pub async fn find_incident(app: &App, number: i64) -> anyhow::Result<IncidentId> {
    Ok(incidents::get_id(app, &Actor::keeper(), number).await?)
}

pub async fn get_incident(app: &App, id: &IncidentId) -> anyhow::Result<Box<RawValue>> {
    let shown = incidents::get_incident(app, &Actor::keeper(), id).await?;
    Ok(to_raw_value(&IncidentView::whole(&shown))?)
}

pub async fn write_events(app: &App, id: &IncidentId, out: &mut impl Write) -> anyhow::Result<()> {
    let mut query = everything(PAGE);
    let mut separator = "\n";
    loop {
        let page = walk_events(app, &Actor::keeper(), id, query.clone()).await?;
        for event in EventView::all(&page.shown) {
            write!(out, "{separator}{}", serde_json::to_string(&event)?)?;
            separator = ",\n";
        }
        query.after = page.next;
        if query.after.is_none() {
            return Ok(());
        }
    }
}

pub async fn get_analysis(
    app: &App,
    id: &IncidentId,
    language: Language,
) -> anyhow::Result<Map<String, Value>> {
    let report = findings::get_analysis(app, &Actor::keeper(), id, Extent::FindingsOnly).await?;
    match serde_json::to_value(AnalysisView::new(&report, language))? {
        Value::Object(fields) => Ok(fields),
        _ => Ok(Map::new()),
    }
}

pub async fn export_bundle(app: &App, id: &IncidentId) -> anyhow::Result<Bundle> {
    Ok(Bundle::Folder(captures::export_bundle(app, &Actor::keeper(), id).await?))
}

pub async fn create_token(app: &App, role: Role, user: Option<&str>) -> anyhow::Result<String> {
    let secret = create_for_program(app, user.unwrap_or(USER), role).await?;
    Ok(secret.reveal().to_owned())
}
