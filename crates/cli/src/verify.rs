//! `fupan verify`: is everything still as it was written?

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use app::App;
use app::app::{Claim, Options};

use crate::serve::{runtime, say};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder of the instance; a server may run on it
    #[arg(long, value_name = "DIR", env = "FUPAN_DATA", default_value = "fupan-data")]
    data: PathBuf,
    /// PostgreSQL, when the instance uses it
    #[arg(long, value_name = "postgres://…", env = "FUPAN_DATABASE")]
    database: Option<String>,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    if args.database.is_none() && !args.data.join("fupan.db").exists() {
        bail!("there is no instance in {}", args.data.display());
    }
    runtime()?.block_on(async {
        let options =
            Options { database: args.database, claim: Claim::Visit, ..Options::in_folder(args.data.clone()) };
        let app = App::open(options)
            .await
            .with_context(|| format!("the instance in {} cannot be opened", args.data.display()))?;
        let report = app::verify::verify(&app).await?;
        app.close().await?;
        say(&format!(
            "audit: {} entries, captures: {} with {} files\n",
            report.audit_entries, report.captures, report.files
        ))?;
        if report.wrong.is_empty() {
            return say("all as it was written\n");
        }
        bail!("{} things are not as they were written:\n  {}", report.wrong.len(), report.wrong.join("\n  "))
    })
}
