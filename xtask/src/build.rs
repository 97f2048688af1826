//! The web UI first, then the binary with it inside.

use std::path::PathBuf;

use anyhow::Result;

use crate::{shell, tools};

pub fn web() -> Result<()> {
    tools::npm_packages()?;
    shell::run(&mut shell::npm(&["run", "--silent", "build"]))
}

/// The release binary, with the web UI inside. The whole workspace, because cargo settles the features of dependencies
/// for what is built together: the binary alone would build many of them a second time.
pub fn release() -> Result<PathBuf> {
    build(&["--bins"])
}

pub fn with_tests() -> Result<PathBuf> {
    build(&["--bins", "--tests"])
}

fn build(targets: &[&str]) -> Result<PathBuf> {
    web()?;
    shell::run(shell::cargo(&["build", "--release", "--workspace"]).args(targets))?;
    Ok(binary())
}

pub fn binary() -> PathBuf {
    shell::target().join("release/fupan")
}
