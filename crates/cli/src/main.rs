//! The binary `fupan`.
//!
//! Each subcommand is a file of its own. Exit codes: 0 done, 1 failed (the message says what was tried, on what, why
//! not), 2 wrong usage, 130 ended by Ctrl-C or SIGTERM.

mod analyze;
mod backup;
mod config;
mod demo;
mod detect;
mod evaluate;
mod examples;
mod export;
mod import;
mod instance;
mod interrupt;
mod log;
mod misuse;
mod output;
mod progress;
mod report;
mod restore;
mod serve;
mod templates;
mod token;
mod verify;

use std::process::ExitCode;

use app::watch::Interrupted;
use clap::{Parser, Subcommand};
use misuse::Misuse;

/// Gives memory back to the system when an analysis is done; that of the C library keeps it for the life of the server.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Turns an incident's telemetry into a reviewed, evidence-linked postmortem.
#[derive(Parser)]
#[command(name = "fupan", bin_name = "fupan", version, max_term_width = 110, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// From what one tries first to what an operator needs, then what measures and explains.
#[derive(Subcommand)]
enum Command {
    /// Run the service with the example incidents loaded, and print a sign-in link
    Demo(demo::Args),
    /// Run the service
    Serve(serve::Args),
    /// Timeline and findings of a capture, without a server
    Analyze(analyze::Args),
    /// Make incidents of captures
    Import(import::Args),
    /// Write one incident as a file that needs no server
    Export(export::Args),
    /// Make API tokens for programs
    #[command(subcommand)]
    Token(token::Command),
    /// Write a whole instance into one file, beside a running server or without one
    Backup(backup::Args),
    /// Put a backup into an empty folder
    Restore(restore::Args),
    /// Check rows, hashes and the audit chain of an instance
    Verify(verify::Args),
    /// Show how often the true service comes first, on labelled captures
    Evaluate(evaluate::Args),
    /// Give each row of a series a score of how anomalous it is
    Detect(detect::Args),
    /// Mine the templates of a log file, as text or JSONL
    Templates(templates::Args),
    /// Print the OpenAPI document of the HTTP interface
    Openapi,
}

const EXAMPLES: &str = "\
Examples:
  fupan demo                                    incidents that really happened
  fupan analyze capture/                        a report; --html FILE for a browser
  fupan import capture.zip --data fupan-data    a capture becomes an incident
  fupan export INC-7 --format html -o r.html    its report

`import`, `export` and `token` reach an instance by its folder (--data), or a
server by its address (--server, or FUPAN_SERVER and FUPAN_TOKEN).

Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.";

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        Command::Serve(args) => serve::run(&args),
        Command::Demo(args) => demo::run(args),
        Command::Token(token) => token::run(token),
        Command::Import(args) => import::run(args),
        Command::Export(args) => export::run(args),
        Command::Backup(args) => backup::run(args),
        Command::Restore(args) => restore::run(args),
        Command::Verify(args) => verify::run(args),
        Command::Analyze(args) => analyze::run(&args),
        Command::Evaluate(args) => evaluate::run(&args),
        Command::Detect(args) => detect::run(&args),
        Command::Templates(args) => templates::run(&args),
        Command::Openapi => serve::say(&String::from_utf8_lossy(&server::openapi::document().text)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) if error.is::<Interrupted>() => ExitCode::from(interrupt::EXIT_CODE),
        Err(error) => {
            eprintln!("fupan: {error:#}");
            if error.is::<Misuse>() { ExitCode::from(2) } else { ExitCode::FAILURE }
        }
    }
}

/// The reader of our output went away, as `head` does: nothing failed.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let source = error.downcast_ref::<std::io::Error>();
    source.is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}
