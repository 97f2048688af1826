//! The instance that a command touches: one verb, two ways to reach it.
//!
//! [`here`] opens its folder, beside a running server or without one. [`there`] asks a running server over HTTP. A
//! command calls the verb and does not know the way; [`way`] decides it from flags and variables.

mod client;
mod here;
mod named;
mod patience;
mod refusal;
mod there;
mod way;

use std::io::Write;
use std::path::Path;

use app::App;
use app::app::Claim;
use app::captures::Folder;
use model::id::IncidentId;
use model::person::Role;
use model::text::Language;
use serde_json::value::RawValue;
use tempfile::NamedTempFile;

use client::Client;
pub use here::open;
pub use named::Named;
use way::Way;
pub use way::{NoServer, WayFlags, folder};

pub enum Instance {
    Here(App),
    There(Client),
}

/// The incident that a capture became.
pub struct Imported {
    pub number: i64,
    pub id: String,
    pub title: String,
}

/// The capture of an incident, with the events that people added. Goes when the value does.
pub enum Bundle {
    Folder(Folder),
    Zip(NamedTempFile),
}

impl Bundle {
    pub fn path(&self) -> &Path {
        match self {
            Self::Folder(folder) => folder.path(),
            Self::Zip(zip) => zip.path(),
        }
    }
}

impl Instance {
    /// `claim` is what the command does to a folder; a server decides that by the token.
    pub async fn reach(flags: WayFlags, claim: Claim) -> anyhow::Result<Self> {
        match way::of(flags)? {
            Way::Folder(config) => here::open(&config, claim).await.map(Self::Here),
            Way::Server(url, token) => Client::connect(url, &token).await.map(Self::There),
        }
    }

    /// Makes an incident of a capture folder or zip.
    pub async fn import_capture(&self, path: &Path) -> anyhow::Result<Imported> {
        match self {
            Self::Here(app) => here::import_capture(app, path).await,
            Self::There(server) => there::import_capture(server, path).await,
        }
    }

    pub async fn find_incident(&self, named: &Named) -> anyhow::Result<IncidentId> {
        match (named, self) {
            (Named::Id(id), _) => Ok(id.clone()),
            (Named::Number(number), Self::Here(app)) => here::find_incident(app, *number).await,
            (Named::Number(number), Self::There(server)) => there::find_incident(server, *number).await,
        }
    }

    /// The incident as the HTTP interface shows it.
    pub async fn get_incident(&self, id: &IncidentId) -> anyhow::Result<Box<RawValue>> {
        match self {
            Self::Here(app) => here::get_incident(app, id).await,
            Self::There(server) => there::get_incident(server, id).await,
        }
    }

    /// Writes the timeline as the elements of a JSON array, by the page: it may have a million events.
    pub async fn write_events(&self, id: &IncidentId, out: &mut impl Write) -> anyhow::Result<()> {
        match self {
            Self::Here(app) => here::write_events(app, id, out).await,
            Self::There(server) => there::write_events(server, id, out).await,
        }
    }

    /// What analysis found, without the timeline.
    pub async fn get_analysis(
        &self,
        id: &IncidentId,
        language: Language,
    ) -> anyhow::Result<serde_json::Map<String, serde_json::Value>> {
        match self {
            Self::Here(app) => here::get_analysis(app, id, language).await,
            Self::There(server) => there::get_analysis(server, id, language).await,
        }
    }

    pub async fn export_bundle(&self, id: &IncidentId) -> anyhow::Result<Bundle> {
        match self {
            Self::Here(app) => here::export_bundle(app, id).await,
            Self::There(server) => there::export_bundle(server, id).await,
        }
    }

    /// The text of a new token: of the account `user` here, of the caller's own account there.
    pub async fn create_token(&self, role: Role, user: Option<&str>) -> anyhow::Result<String> {
        match self {
            Self::Here(app) => here::create_token(app, role, user).await,
            Self::There(server) => there::create_token(server, role, user).await,
        }
    }

    pub async fn close(self) -> anyhow::Result<()> {
        match self {
            Self::Here(app) => Ok(app.close().await?),
            Self::There(_) => Ok(()),
        }
    }
}
