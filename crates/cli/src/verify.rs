//! `fupan verify`: is everything still as it was written?

use anyhow::{Context as _, bail};
use app::app::Claim;
use app::verify::{Error, Report, verify};
use tokio_util::sync::CancellationToken;

use crate::config::FolderFlags;
use crate::instance::NoServer;
use crate::progress::Progress;
use crate::serve::say;
use crate::{instance, interrupt};

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    folder: FolderFlags,
    #[command(flatten)]
    no: NoServer,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    interrupt::run(|stop| check(args, stop))
}

async fn check(args: Args, stop: CancellationToken) -> anyhow::Result<()> {
    let config = instance::folder(args.folder, &args.no)?;
    let app = instance::open(&config, Claim::Inspect).await?;
    let progress = Progress::start();
    let checked = verify(&app, &progress.watch(stop)).await;
    drop(progress);
    app.close().await?;
    let report = match checked {
        Ok(report) => report,
        Err(Error::Interrupted(interrupted)) => return Err(interrupted.into()),
        Err(error) => {
            return Err(error)
                .with_context(|| format!("the instance in {} was not checked", config.data.display()));
        }
    };
    say(&told(&report))?;
    if report.wrong.is_empty() {
        return say("all as it was written\n");
    }
    let count = report.wrong.len();
    let things = if count == 1 { "thing is" } else { "things are" };
    bail!("{count} {things} not as written:\n  {}", report.wrong.join("\n  "))
}

fn told(report: &Report) -> String {
    let mut text = String::new();
    if let Some(entries) = report.database.audit_entries {
        text.push_str(&format!("audit: {entries} entries\n"));
    }
    text.push_str(&format!(
        "captures: {} with {} files, {} bytes\n",
        report.capture_count, report.file_count, report.size_bytes
    ));
    if let Some(content) = &report.database.content {
        text.push_str(&format!("content: {} rows, sha256 {}\n", content.row_count, content.sha256));
    }
    text
}
