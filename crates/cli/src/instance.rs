//! The instance that a command touches, beside a running server or without one.

use anyhow::Context as _;
use app::App;
use app::app::Claim;

use crate::config::{Config, Flags, InstanceFlags};

/// The configuration as the server of the instance finds it.
pub fn config(flags: InstanceFlags) -> anyhow::Result<Config> {
    Config::load(&Flags { instance: flags, ..Flags::default() })
}

pub async fn open(config: &Config, claim: Claim) -> anyhow::Result<App> {
    App::open(config.for_app(claim))
        .await
        .with_context(|| format!("the instance in {} cannot be opened", config.data.display()))
}
