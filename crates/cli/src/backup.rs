//! `fupan backup`: a whole instance as one file.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use app::app::Claim;
use app::backup::{Error, Manifest, backup};
use tokio_util::sync::CancellationToken;

use crate::config::FolderFlags;
use crate::instance::NoServer;
use crate::progress::Progress;
use crate::serve::say;
use crate::{instance, interrupt};

#[derive(clap::Args)]
pub struct Args {
    /// File to write; must not exist
    file: PathBuf,
    #[command(flatten)]
    folder: FolderFlags,
    #[command(flatten)]
    no: NoServer,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    interrupt::run(|stop| make(args, stop))
}

async fn make(args: Args, stop: CancellationToken) -> anyhow::Result<()> {
    let config = instance::folder(args.folder, &args.no)?;
    let app = instance::open(&config, Claim::Inspect).await?;
    let progress = Progress::start();
    let made = backup(&app, &args.file, &progress.watch(stop)).await;
    drop(progress);
    app.close().await?;
    match made {
        Ok(manifest) => say(&format!("{}: {}", args.file.display(), told(&manifest))),
        Err(Error::NotAFile) => bail!("{}", by_its_own_tools(&config.data)),
        Err(Error::Interrupted(interrupted)) => Err(interrupted.into()),
        Err(error) => {
            Err(error).with_context(|| format!("the instance in {} was not backed up", config.data.display()))
        }
    }
}

/// What is in a backup, for whoever made or restored it.
pub fn told(manifest: &Manifest) -> String {
    let size_bytes: u64 = manifest.entries.iter().map(|entry| entry.size_bytes).sum();
    let about = &manifest.about;
    format!(
        "{} files with {} bytes\ncontent: {} rows, sha256 {}\n",
        manifest.entries.len(),
        size_bytes,
        about.row_count,
        about.content_sha256
    )
}

/// The database first, for the reason that `app::backup` gives.
fn by_its_own_tools(data: &Path) -> String {
    let data = data.display();
    format!(
        "the database of this instance is PostgreSQL, which is backed up by its own tools. In this order, while the \
         server runs:\n\
         \n  pg_dump --format=custom --file=fupan.dump \"$FUPAN_DATABASE\"\
         \n  tar -C {data} -cf fupan-objects.tar objects\n\
         \nand into an empty database and an empty folder:\n\
         \n  pg_restore --exit-on-error --no-owner --dbname=\"$FUPAN_DATABASE\" fupan.dump\
         \n  tar -C {data} -xf fupan-objects.tar\n\
         \nThen `fupan verify` says of the new place what it says of this one."
    )
}
