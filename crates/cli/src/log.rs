//! Our own log: on standard error, as lines for people when that is a terminal, as JSON when it is not.

use std::fmt;
use std::io::{IsTerminal as _, stderr};

use anyhow::Context as _;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::FormatTime;

use crate::config::{Config, LogFormat};

/// Logs what the operator asked for; `usual` when nobody asked.
pub fn start(config: &Config, usual: &str) -> anyhow::Result<()> {
    let filter = config.log.as_deref().unwrap_or(usual);
    let filter = EnvFilter::try_new(filter)
        .with_context(|| format!("`{filter}` is no log filter; try info, or info,store=debug"))?;
    let is_terminal = stderr().is_terminal();
    let of_place = if is_terminal { LogFormat::Text } else { LogFormat::Json };
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr);
    let started = match config.log_format.unwrap_or(of_place) {
        LogFormat::Text => {
            let colour = is_terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
            lines.compact().with_target(false).with_timer(TimeOfDay).with_ansi(colour).try_init()
        }
        LogFormat::Json => lines.json().flatten_event(true).with_span_list(false).try_init(),
    };
    started.map_err(|error| anyhow::anyhow!("logging cannot be started: {error}"))
}

/// The time on the wall of whoever looks at the terminal; which day it is they know.
struct TimeOfDay;

impl FormatTime for TimeOfDay {
    fn format_time(&self, out: &mut Writer<'_>) -> fmt::Result {
        write!(out, "{}", jiff::Zoned::now().strftime("%H:%M:%S"))
    }
}
