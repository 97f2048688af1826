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

/// Gives memory back to the system when an analysis is done; that of the C library keeps it for the life of the server.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Turns an incident's telemetry into a reviewed, evidence-linked postmortem.
#[derive(Debug, Parser)]
#[command(name = "fupan", version, max_term_width = 110)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the service
    Serve(serve::Args),
    /// Run the service with the example incidents loaded, and print a sign-in link
    Demo(demo::Args),
    /// API tokens for programs
    #[command(subcommand)]
    Token(token::Token),
    /// Captures become incidents of an instance
    Import(import::Args),
    /// One incident as a file that needs no instance
    Export(export::Args),
    /// Write a whole instance into one file, beside a running server or without one
    Backup(backup::Args),
    /// Put a backup into an empty folder
    Restore(restore::Args),
    /// Check rows, hashes and the audit chain of an instance
    Verify(verify::Args),
    /// Timeline and findings of a capture, offline
    Analyze(analyze::Args),
    /// How often the true service comes first, on labelled captures
    Evaluate(evaluate::Args),
    /// Anomaly scores of a whole series
    Detect(detect::Args),
    /// Log templates of a text or JSONL log file
    Templates(templates::Args),
    /// Print the OpenAPI document
    Openapi,
}

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
            ExitCode::FAILURE
        }
    }
}

/// The reader of our output went away, as `head` does: nothing failed.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let source = error.downcast_ref::<std::io::Error>();
    source.is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}
