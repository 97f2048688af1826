//! Files that are made from others and committed: the OpenAPI document, and the types that the web UI takes from it.

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
    // The build that `test` makes next: with other features of the dependencies, everything would be built twice.
    let binary = if mode == Mode::Check { build::with_tests()? } else { build::release()? };
    let fresh = shell::output(&mut shell::command(binary, &["openapi"]))?;
    let path = shell::root().join(OPENAPI);
    match mode {
        // Whether the types are stale, `npm run check` tells without a binary.
        Mode::Check if std::fs::read_to_string(&path).is_ok_and(|committed| committed == fresh) => Ok(()),
        Mode::Check => bail!("{OPENAPI} is stale: run `cargo xtask gen` and commit it"),
        Mode::Write => {
            std::fs::write(&path, fresh).with_context(|| format!("{OPENAPI} cannot be written"))?;
            tools::npm_packages()?;
            shell::run(&mut shell::npm(&["run", "--silent", "gen"]))
        }
    }
}
