//! `fupan demo`: `serve` with the example incidents loaded, and a link that signs in.

use std::io::{IsTerminal as _, stderr};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use app::accounts::setup;
use app::captures::{Origin, import_capture};
use app::watch::Interrupted;
use app::{Actor, App, Reply};

use crate::config::{Config, Flags};
use crate::interrupt::signalled;
use crate::serve::{base_url, listen, open, runtime, say, until_the_end};
use crate::{examples, log};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    flags: Flags,
}

const NAME: &str = "Demo";
const EMAIL: &str = "demo@localhost";

pub fn run(mut args: Args) -> anyhow::Result<()> {
    args.flags.folder.data.get_or_insert_with(|| PathBuf::from("fupan-demo"));
    let config = Config::load(&args.flags)?;
    log::start(&config, if stderr().is_terminal() { "warn" } else { "info" })?;
    runtime()?.block_on(async {
        let app = open(&config).await?;
        let listener = listen(&config).await?;
        let url = base_url(&config, listener.local_addr()?);
        let person = setup::ensure_admin(&app, NAME, EMAIL).await?;
        let actor = Actor::on_behalf_of(&person);
        tokio::select! {
            loaded = load_examples(&app, &actor) => loaded?,
            () = signalled()? => return Err(Interrupted.into()),
        }
        let link = setup::create_sign_in_link(&app, &person.id).await?;
        say(&greeting(&url, link.reveal(), &config.data))?;
        until_the_end(app, listener, server::Config { demo: true, ..config.for_server() }).await
    })
}

/// The link stands last, where the eye is when the scrolling ends.
fn greeting(url: &str, token: &str, data: &Path) -> String {
    format!(
        "Fupan 复盘 demo: {url}\nIts data is in {}; Ctrl-C ends it.\n\nSign in with one click, once, within a day:\n\n  \
         {url}/sign-in#token={token}\n\n",
        data.display()
    )
}

/// Examples are the first incidents of an instance: one that a person removed does not come back, and a start that was
/// cut short goes on where it stopped.
async fn load_examples(app: &App, actor: &Actor) -> anyhow::Result<()> {
    let loaded = usize::try_from(app::incidents::count_ever(app).await?)?;
    for name in examples::names().iter().skip(loaded) {
        let folder = tempfile::tempdir().context("no temporary folder for the examples")?;
        examples::unpack(name, folder.path())?;
        import_capture(app, actor, folder.path(), Origin::Example, Reply::internal())
            .await
            .with_context(|| format!("the example {name} cannot be loaded"))?;
    }
    Ok(())
}
