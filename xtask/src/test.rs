//! All tests: gets what they need, then runs Rust tests, web unit tests and browser tests against the built binary.

use anyhow::Result;
use clap::ValueEnum;

use crate::postgres::Postgres;
use crate::{build, shell, tidy, tools};

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    Rust,
    Web,
    Browser,
}

pub fn run(parts: &[Part]) -> Result<()> {
    let wants = |part| parts.is_empty() || parts.contains(&part);
    let binary = build::with_tests()?;
    if parts.is_empty() {
        tidy::house()?;
    }
    if wants(Part::Web) {
        shell::run(&mut shell::npm(&["run", "--silent", "check"]))?;
        shell::run(&mut shell::npm(&["run", "--silent", "test"]))?;
        shell::run(&mut shell::npm(&["run", "--silent", "size"]))?;
    }
    if wants(Part::Browser) {
        let chromium = tools::CHROMIUM.get()?;
        let mut browser = shell::npm(&["run", "--silent", "e2e"]);
        shell::run(browser.env("FUPAN_BIN", &binary).env("CHROMIUM", chromium))?;
    }
    if wants(Part::Rust) {
        rust(&binary)?;
    }
    Ok(())
}

/// In the release profile, so that product, tests and figures share one build of the dependencies.
fn rust(binary: &std::path::Path) -> Result<()> {
    tools::PYTHON.get()?;
    let postgres = Postgres::start()?;
    let mut tests = if shell::succeeds(&mut shell::cargo(&["nextest", "--version"])) {
        shell::cargo(&["nextest", "run", "--release", "--workspace", "--no-fail-fast"])
    } else {
        shell::cargo(&["test", "--release", "--workspace", "--no-fail-fast"])
    };
    shell::run(tests.env("FUPAN_TEST_POSTGRES", postgres.url()).env("FUPAN_BIN", binary))?;
    say_what_was_skipped();
    Ok(())
}

/// A test that passes without its data says so where nobody looks.
fn say_what_was_skipped() {
    let beside = shell::root().join("../shared");
    let shared = std::env::var_os("FUPAN_SHARED").map_or(beside, Into::into);
    for (folder, what) in [
        ("tools", "every principal on every route, and bad requests on every route"),
        ("data", "accuracy on the fault sets, log templates and series of others"),
    ] {
        if !shared.join(folder).is_dir() {
            eprintln!(
                "SKIPPED: {what}: {} is not there (FUPAN_SHARED names its parent)",
                shared.join(folder).display()
            );
        }
    }
}
