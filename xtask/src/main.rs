//! Everything one does to this repository, as `cargo xtask COMMAND`.
//!
//! Each command is a module that says what it needs, gets it or tells what to install, and then does one job. Start
//! with [`run`] (what a newcomer types) and [`test`] (what CI types); [`tidy`] holds the rules of the house as data.
#![expect(clippy::print_stdout, reason = "a command line speaks on standard output")]

mod bench;
mod build;
mod dev;
mod generate;
mod postgres;
mod run;
mod shell;
mod test;
mod tidy;
mod tools;

use clap::{Parser, Subcommand};

/// Builds, runs, checks and measures Fupan.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the web UI and the binary, then start `fupan demo`. Extra arguments go to `fupan demo`.
    Run {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Start the server and the web UI with reload on change.
    Dev,
    /// Build the web UI and leave the release binary at target/release/fupan.
    Build,
    /// Rules of the house, formatting, clippy, types and style of the web UI, dependencies.
    Check,
    /// Get what the tests need, then run all of them.
    Test {
        /// Only these parts: rust, web, browser. All when none is named.
        parts: Vec<test::Part>,
    },
    /// Write the generated files: the OpenAPI document and the types of the web UI.
    Gen {
        /// Change nothing; fail when a generated file is stale.
        #[arg(long)]
        check: bool,
    },
    /// Measure the release binary and print the figures of docs/benchmarks.md.
    Bench {
        /// Only these parts. All when none is named.
        parts: Vec<bench::Part>,
    },
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().command {
        Command::Run { arguments } => run::run(&arguments),
        Command::Dev => dev::run(),
        Command::Build => build::release().map(|binary| println!("built {}", binary.display())),
        Command::Check => tidy::check_all(),
        Command::Test { parts } => test::run(&parts),
        Command::Gen { check } => {
            generate::run(if check { generate::Mode::Check } else { generate::Mode::Write })
        }
        Command::Bench { parts } => bench::run(&parts),
    }
}
