//! How far long work is, on standard error when that is a terminal.

use std::io::{IsTerminal as _, stderr};
use std::time::Duration;

use app::watch::{Heard, Step, Watch};
use indicatif::{ProgressBar, ProgressStyle};
use tokio_util::sync::CancellationToken;

/// The bar goes when this is dropped.
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    pub fn start() -> Self {
        let bar = if stderr().is_terminal() { ProgressBar::no_length() } else { ProgressBar::hidden() };
        bar.enable_steady_tick(Duration::from_millis(300));
        Self { bar }
    }

    pub fn watch(&self, stop: CancellationToken) -> Watch {
        let bar = self.bar.clone();
        Watch::new(stop, move |heard| match heard {
            Heard::Began(step, total) => begin(&bar, step, total),
            Heard::Passed(count) => bar.inc(count),
        })
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

fn begin(bar: &ProgressBar, step: Step, total: Option<u64>) {
    let (words, template) = match (step, total) {
        (Step::Copy, _) => ("copying the database", "{spinner} {msg}"),
        (Step::Pages, _) => ("checking the database", "{spinner} {msg}"),
        (Step::Audit, _) => ("checking the audit", "{spinner} {msg}"),
        (Step::Rows, _) => ("reading rows", "{spinner} {msg} {human_pos}"),
        (Step::Files, Some(_)) => ("files", "{bar:24} {bytes}/{total_bytes} {msg}"),
        (Step::Files, None) => ("files", "{spinner} {msg} {bytes}"),
    };
    bar.reset();
    bar.set_style(
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_spinner()),
    );
    match total {
        Some(total) => bar.set_length(total),
        None => bar.unset_length(),
    }
    bar.set_message(words);
}
