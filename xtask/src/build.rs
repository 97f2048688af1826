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

pub fn binary() -> PathBuf {
    shell::target().join("release/fupan")
}
