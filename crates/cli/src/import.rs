//! `fupan import`: captures become incidents of an instance.

use std::path::PathBuf;

use anyhow::Context as _;
use app::app::Claim;
use app::watch::Interrupted;
use tokio_util::sync::CancellationToken;

use crate::instance::{Instance, WayFlags};
use crate::interrupt;
use crate::report::style::printable;
use crate::serve::say;

#[derive(clap::Args)]
pub struct Args {
    /// Capture folders or zips
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    way: WayFlags,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    interrupt::run(|stop| import(args, stop))
}

/// Each capture is an incident or nothing; those before a failure stay.
async fn import(args: Args, stop: CancellationToken) -> anyhow::Result<()> {
    // A mistyped name makes no empty instance, and leaves no half of a list behind.
    for path in &args.paths {
        path.metadata().with_context(|| format!("nothing was imported: cannot read {}", path.display()))?;
    }
    let instance = tokio::select! {
        () = stop.cancelled() => return Err(Interrupted.into()),
        instance = Instance::reach(args.way, Claim::Visit) => instance?,
    };
    for path in &args.paths {
        let imported = tokio::select! {
            () = stop.cancelled() => return Err(Interrupted.into()),
            imported = instance.import_capture(path) => imported,
        };
        let imported = imported.with_context(|| format!("{} was not imported", path.display()))?;
        say(&format!("INC-{} {} ({})\n", imported.number, printable(&imported.title), imported.id))?;
    }
    instance.close().await
}
