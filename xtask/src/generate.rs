//! Files that are made from others and committed: the OpenAPI document, and the types that the web UI takes from it.

use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::{build, shell, tools};

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Write,
    /// Fail when a file is stale.
    Check,
}

const OPENAPI: &str = "docs/openapi.json";

pub fn run(mode: Mode) -> Result<()> {
    settle(mode, &build::release()?)?;
    if mode == Mode::Write {
        tools::npm_packages()?;
        shell::run(&mut shell::npm(&["run", "--silent", "gen"]))?;
    }
    // Whether the types are stale, `npm run check` tells without a binary.
    Ok(())
}

/// Compares or writes what this binary says.
pub fn settle(mode: Mode, binary: &Path) -> Result<()> {
    let fresh = shell::output(&mut shell::command(binary, &["openapi"]))?;
    let path = shell::root().join(OPENAPI);
    if std::fs::read_to_string(&path).is_ok_and(|committed| committed == fresh) {
        return Ok(());
    }
    match mode {
        Mode::Check => bail!("{OPENAPI} is stale: run `cargo xtask gen` and commit it"),
        Mode::Write => {
            let folder = path.parent().unwrap_or(Path::new("."));
            std::fs::create_dir_all(folder)?;
            std::fs::write(&path, fresh).with_context(|| format!("{OPENAPI} cannot be written"))
        }
    }
}
