//! The binary `fupan`.
//!
//! Each subcommand is a file of its own. Exit codes: 0 done, 1 failed (the message says what was tried, on what, why
//! not), 2 wrong usage.

mod analyze;
mod report;
mod templates;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Turns an incident's telemetry into a reviewed, evidence-linked postmortem.
#[derive(Debug, Parser)]
#[command(name = "fupan", version, max_term_width = 110)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Timeline and findings of a capture, offline
    Analyze(analyze::Args),
    /// Log templates of a text or JSONL log file
    Templates(templates::Args),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        Command::Analyze(args) => analyze::run(&args),
        Command::Templates(args) => templates::run(&args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("fupan: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The reader of our output went away, as `head` does: nothing failed.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let source = error.downcast_ref::<std::io::Error>();
    source.is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}
