//! `fupan restore`: from a backup to an instance.

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use app::backup::{Error, restore};
use tokio_util::sync::CancellationToken;

use crate::backup::told;
use crate::config::FolderFlags;
use crate::instance::NoServer;
use crate::progress::Progress;
use crate::serve::say;
use crate::{instance, interrupt};

#[derive(clap::Args)]
pub struct Args {
    /// File that `fupan backup` wrote
    file: PathBuf,
    /// Folder of the instance, empty or not there yet [default: fupan-data]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Configuration file (TOML) that names the folder
    #[arg(long, value_name = "FILE", env = "FUPAN_CONFIG")]
    config: Option<PathBuf>,
    #[command(flatten)]
    no: NoServer,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    interrupt::run(|stop| put(args, stop))
}

async fn put(args: Args, stop: CancellationToken) -> anyhow::Result<()> {
    let flags = FolderFlags { data: args.data, config: args.config, ..FolderFlags::default() };
    let config = instance::folder(flags, &args.no)?;
    if config.database.is_some() || config.objects.is_some() {
        bail!(
            "a backup is restored into one folder, but `database` or `objects` is set (FUPAN_DATABASE, FUPAN_OBJECTS \
             or the configuration file): a server would not look there"
        );
    }
    let progress = Progress::start();
    let restored = restore(&args.file, &config.data, &progress.watch(stop)).await;
    drop(progress);
    match restored {
        Ok(manifest) => say(&format!("{}: {}", config.data.display(), told(&manifest))),
        Err(Error::Interrupted(interrupted)) => Err(interrupted.into()),
        Err(error) => Err(error).with_context(|| {
            format!("{} was not restored into {}", args.file.display(), config.data.display())
        }),
    }
}
