//! `fupan demo`: `serve` with the example incidents loaded, and a link that signs in.

use std::path::PathBuf;

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
    args.flags.instance.data.get_or_insert_with(|| PathBuf::from("fupan-demo"));
    let config = Config::load(&args.flags)?;
    log::start(&config.log)?;
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
        say(&format!(
            "Fupan 复盘 demo: {url}\nSign in with one click, once, within a day:\n{url}/sign-in#token={}\n",
            link.reveal()
        ))?;
        until_the_end(app, listener, server::Config { demo: true, ..config.for_server() }).await
    })
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
