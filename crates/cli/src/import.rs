//! `fupan import`: captures become incidents of an instance.

use std::path::PathBuf;

use anyhow::Context as _;
use app::accounts::{authentication, people};
use app::app::{Claim, Options};
use app::captures::{Origin, import_capture};
use app::{App, Reply};
use model::person::Role;

use crate::serve::{runtime, say};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Capture folders or zips
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Folder of the instance; a server that runs on it analyses what was imported
    #[arg(long, value_name = "DIR", env = "FUPAN_DATA", default_value = "fupan-data")]
    data: PathBuf,
    /// PostgreSQL, when the instance uses it
    #[arg(long, value_name = "postgres://…", env = "FUPAN_DATABASE")]
    database: Option<String>,
}

/// Account in whose name captures are imported.
const NAME: &str = "command line";

pub fn run(args: Args) -> anyhow::Result<()> {
    runtime()?.block_on(async {
        let options =
            Options { database: args.database, claim: Claim::Visit, ..Options::in_folder(args.data.clone()) };
        let app = App::open(options)
            .await
            .with_context(|| format!("the instance in {} cannot be opened", args.data.display()))?;
        let program = people::ensure_program(&app, NAME, Role::Editor).await?;
        let actor = authentication::on_behalf_of(&program);
        for path in &args.paths {
            let imported = import_capture(&app, &actor, path, Origin::Import, Reply::internal())
                .await
                .with_context(|| format!("{} was not imported", path.display()))?
                .into_value()?;
            let incident = &imported.incident.known.incident;
            say(&format!("INC-{} {} ({})\n", incident.number, incident.title, incident.id))?;
        }
        app.close().await?;
        Ok(())
    })
}
