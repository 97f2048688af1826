//! The web UI first, then the binary with it inside.

use std::path::PathBuf;

use anyhow::Result;

use crate::{shell, tools};

pub fn web() -> Result<()> {
    tools::npm_packages()?;
    shell::run(&mut shell::npm(&["run", "--silent", "build"]))
}

/// The release binary, with the web UI inside.
pub fn release() -> Result<PathBuf> {
    web()?;
    shell::run(&mut shell::cargo(&["build", "--release", "--package", "fupan"]))?;
    Ok(binary())
}

/// The binary and all tests in one build: cargo settles the features of dependencies for what is built together, and
/// building the binary alone would build most of them a second time.
pub fn with_tests() -> Result<PathBuf> {
    web()?;
    shell::run(&mut shell::cargo(&["build", "--release", "--workspace", "--bins", "--tests"]))?;
    Ok(binary())
}

pub fn binary() -> PathBuf {
    shell::target().join("release/fupan")
}
