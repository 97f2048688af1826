//! `fupan import`: captures become incidents of an instance.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use app::accounts::people;
use app::app::Claim;
use app::captures::{Imported, Origin, import_capture};
use app::watch::Interrupted;
use app::{Actor, App, Reply};
use model::person::Role;
use tokio_util::sync::CancellationToken;

use crate::config::InstanceFlags;
use crate::serve::say;
use crate::{instance, interrupt};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Capture folders or zips
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    instance: InstanceFlags,
}

/// Account in whose name captures are imported.
const NAME: &str = "command line";

pub fn run(args: Args) -> anyhow::Result<()> {
    interrupt::run(|stop| import(args, stop))
}

/// Each capture is an incident or nothing; those before a failure stay.
async fn import(args: Args, stop: CancellationToken) -> anyhow::Result<()> {
    let config = instance::config(args.instance)?;
    let app = instance::open(&config, Claim::Visit).await?;
    let program = people::ensure_program(&app, NAME, Role::Editor).await?;
    let actor = Actor::on_behalf_of(&program);
    for path in &args.paths {
        let imported = tokio::select! {
            () = stop.cancelled() => return Err(Interrupted.into()),
            imported = import_one(&app, &actor, path) => imported?,
        };
        let incident = &imported.incident.known.incident;
        say(&format!("INC-{} {} ({})\n", incident.number, incident.title, incident.id))?;
    }
    app.close().await?;
    Ok(())
}

async fn import_one(app: &App, actor: &Actor, path: &Path) -> anyhow::Result<Imported> {
    let imported = import_capture(app, actor, path, Origin::Import, Reply::internal()).await;
    let imported = imported.and_then(app::Outcome::into_value);
    imported.with_context(|| format!("{} was not imported", path.display()))
}
