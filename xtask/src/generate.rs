//! Files that are made from others and committed: the OpenAPI document and the TypeScript types made from it.

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
const TYPES: &str = "web/src/api/schema.d.ts";

pub fn run(mode: Mode) -> Result<()> {
    std::fs::create_dir_all(shell::root().join("web/dist"))?;
    shell::run(&mut shell::cargo(&["build", "--release", "--quiet", "--package", "fupan"]))?;
    let document = shell::output(&mut shell::command(build::binary(), &["openapi"]))?;
    settle(mode, OPENAPI, &document)?;

    tools::npm_packages()?;
    let fresh = tempfile::tempdir()?;
    let source = fresh.path().join("openapi.json");
    let types = fresh.path().join("schema.d.ts");
    std::fs::write(&source, &document)?;
    let (source, types_path) = (source.to_string_lossy(), types.to_string_lossy());
    shell::output(&mut shell::npm(&[
        "exec",
        "--no",
        "--",
        "openapi-typescript",
        &source,
        "-o",
        &types_path,
    ]))?;
    settle(mode, TYPES, &std::fs::read_to_string(&types)?)
}

fn settle(mode: Mode, name: &str, fresh: &str) -> Result<()> {
    let path = shell::root().join(name);
    if std::fs::read_to_string(&path).is_ok_and(|committed| committed == fresh) {
        return Ok(());
    }
    match mode {
        Mode::Check => bail!("{name} is stale: run `cargo xtask gen` and commit it"),
        Mode::Write => {
            let folder = path.parent().unwrap_or(Path::new("."));
            std::fs::create_dir_all(folder)?;
            std::fs::write(&path, fresh).with_context(|| format!("{name} cannot be written"))
        }
    }
}
