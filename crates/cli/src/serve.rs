//! `fupan serve`: runs the service until it is told to end.

use std::io::Write as _;
use std::net::SocketAddr;

use anyhow::Context as _;
use app::App;
use app::accounts::setup;
use app::app::Claim;
use server::Server;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use crate::config::{Config, Flags};
use crate::{instance, log};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    flags: Flags,
}

pub fn run(args: &Args) -> anyhow::Result<()> {
    let config = Config::load(&args.flags)?;
    log::start(&config, "info")?;
    runtime()?.block_on(async {
        let app = open(&config).await?;
        let listener = listen(&config).await?;
        let url = base_url(&config, listener.local_addr()?);
        greet(&app, &url).await?;
        until_the_end(app, listener, config.for_server()).await
    })
}

pub fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().context("the runtime cannot be started")
}

pub async fn open(config: &Config) -> anyhow::Result<App> {
    instance::open(config, Claim::Serve).await
}

pub async fn listen(config: &Config) -> anyhow::Result<TcpListener> {
    let address = config.listen;
    TcpListener::bind(address).await.with_context(|| {
        format!("cannot listen on {address}; if another program uses the port, try --listen 127.0.0.1:0")
    })
}

/// Address at which a person opens the UI.
pub fn base_url(config: &Config, address: SocketAddr) -> String {
    match &config.public_url {
        Some(url) => url.trim_end_matches('/').to_owned(),
        None => format!("http://{address}"),
    }
}

/// The address, and on the first start the link by which the first administrator comes in.
async fn greet(app: &App, url: &str) -> anyhow::Result<()> {
    let mut lines = format!("Fupan 复盘 serves {url}\n");
    if setup::is_needed(app).await? {
        let link = setup::create_link(app).await?;
        lines.push_str(&format!(
            "Nobody administers this instance yet. Open this link once, within a day:\n\n  {url}/setup#token={}\n\n",
            link.reveal()
        ));
    }
    say(&lines)
}

/// Standard output may be a file or a pipe: what is said is out at once.
pub fn say(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).context("standard output cannot be written")
}

/// Serves, then ends in order: not ready, no new connections, running requests, background work, files.
pub async fn until_the_end(app: App, listener: TcpListener, config: server::Config) -> anyhow::Result<()> {
    app.start().await.context("background work cannot be started")?;
    let server = Server::new(app.clone(), config);
    let shutdown = CancellationToken::new();
    tokio::spawn(wait_for_signal(shutdown.clone())?);
    server::connection::serve(listener, server, shutdown).await;
    app.close().await.context("the instance did not close cleanly; nothing acknowledged is lost")
}

/// SIGTERM and Ctrl-C end the service in order; a second one ends the process at once.
fn wait_for_signal(shutdown: CancellationToken) -> anyhow::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate()).context("cannot listen for SIGTERM")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("cannot listen for SIGINT")?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("ending: requests that are running are finished first");
        shutdown.cancel();
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        std::process::exit(130);
    })
}
