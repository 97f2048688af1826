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

    /// Of bytes on their way to a server or from it.
    pub fn of_transfer(words: &'static str, size_bytes: Option<u64>) -> Self {
        let progress = Self::start();
        show_bytes(&progress.bar, words, size_bytes);
        progress
    }

    pub fn pass(&self, count: u64) {
        self.bar.inc(count);
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
    match step {
        Step::Copy => show(bar, "copying the database", ("{spinner} {msg}", total)),
        Step::Pages => show(bar, "checking the database", ("{spinner} {msg}", total)),
        Step::Audit => show(bar, "checking the audit", ("{spinner} {msg}", total)),
        Step::Rows => show(bar, "reading rows", ("{spinner} {msg} {human_pos}", total)),
        Step::Files => show_bytes(bar, "files", total),
    }
}

fn show_bytes(bar: &ProgressBar, words: &'static str, total: Option<u64>) {
    let template = match total {
        Some(_) => "{bar:24} {bytes}/{total_bytes} {msg}",
        None => "{spinner} {msg} {bytes}",
    };
    show(bar, words, (template, total));
}

fn show(bar: &ProgressBar, words: &'static str, (template, total): (&str, Option<u64>)) {
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
