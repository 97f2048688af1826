//! The rules of the house as data: which crate may use which, how large a file may grow, what may not be written.
//!
//! A rule that breaks says why it is there. A new edge in [`EDGES`] is its own reviewed change.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::{generate, shell, tools};

/// Crate -> the crates of this workspace that it may use.
const EDGES: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("timeline", &["model"]),
    ("analysis", &["model"]),
    ("connectors", &["model"]),
    ("store", &["model"]),
    ("app", &["model", "timeline", "analysis", "connectors", "store"]),
    ("server", &["model", "app"]),
    ("fupan", &["model", "app", "server"]),
    ("tests", &["model", "app", "server", "store"]),
    ("xtask", &[]),
];
const WHY_EDGES: &str = "the layers point one way, model <- { timeline, analysis, connectors, store } <- app <- server <- fupan, \
    so that each crate can be read, tested and replaced without its siblings; what two siblings need belongs in model, \
    what joins them belongs in app";

/// Crates that must stay pure, and what they may not mention.
const PURE: &[&str] = &["model", "timeline", "analysis"];
const IMPURE: &[&str] = &[
    "std::fs",
    "std::net",
    "std::process",
    "SystemTime",
    "Instant::now",
    "Timestamp::now",
    "tokio::",
    "rand::",
];
const WHY_PURE: &str = "these crates decide and never do: no IO, no clock, no chance, so that the same capture gives the same bytes";

const VAGUE: &[&str] = &["common", "util", "utils", "types", "core", "helpers", "manager", "misc", "mod"];
const MOST_LINES: usize = 700;

/// What `cargo xtask check` runs.
pub fn check_all() -> Result<()> {
    house()?;
    shell::run(&mut shell::cargo(&["fmt", "--all", "--check"]))?;
    std::fs::create_dir_all(shell::root().join("web/dist"))?;
    shell::run(&mut shell::cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    dependencies()?;
    tools::npm_packages()?;
    shell::run(&mut shell::npm(&["run", "--silent", "check"]))?;
    generate::run(generate::Mode::Check)
}

/// Licences, sources and bans need only the lock file; advisories need the database of RustSec, which a machine without
/// that network cannot fetch: that is said, not failed.
fn dependencies() -> Result<()> {
    if !shell::succeeds(&mut shell::cargo(&["deny", "--version"])) {
        eprintln!("SKIPPED: cargo-deny is not installed (cargo install cargo-deny)");
        return Ok(());
    }
    shell::run(&mut shell::cargo(&["deny", "--log-level", "error", "check", "bans", "licenses", "sources"]))?;
    if !shell::succeeds(&mut shell::cargo(&["deny", "fetch", "db"])) {
        eprintln!("SKIPPED: the advisory database cannot be fetched from here (cargo deny check advisories)");
        return Ok(());
    }
    shell::run(&mut shell::cargo(&["deny", "check", "advisories"]))
}

/// The rules that need no compiler.
pub fn house() -> Result<()> {
    let mut broken = Vec::new();
    check_edges(&mut broken)?;
    for file in tracked_files()? {
        check_file(&file, &mut broken)?;
    }
    if broken.is_empty() {
        return Ok(());
    }
    bail!("{} rules of the house are broken:\n  {}", broken.len(), broken.join("\n  "))
}

fn check_edges(broken: &mut Vec<String>) -> Result<()> {
    let allowed: BTreeMap<&str, &[&str]> = EDGES.iter().copied().collect();
    let mut manifests = vec![shell::root().join("tests/Cargo.toml"), shell::root().join("xtask/Cargo.toml")];
    for entry in std::fs::read_dir(shell::root().join("crates"))? {
        manifests.push(entry?.path().join("Cargo.toml"));
    }
    for manifest in manifests {
        let text = std::fs::read_to_string(&manifest).with_context(|| manifest.display().to_string())?;
        let table: toml::Table = text.parse().with_context(|| manifest.display().to_string())?;
        let name = table["package"]["name"].as_str().unwrap_or_default().to_owned();
        let Some(may_use) = allowed.get(name.as_str()) else {
            broken.push(format!("{name}: not in the dependency table of xtask/src/tidy.rs; {WHY_EDGES}"));
            continue;
        };
        for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let Some(uses) = table.get(section).and_then(toml::Value::as_table) else { continue };
            for used in uses.keys() {
                let ours = allowed.contains_key(used.as_str());
                if ours && !may_use.contains(&used.as_str()) {
                    broken.push(format!("{name} uses {used} ({section}): {WHY_EDGES}"));
                }
            }
        }
    }
    Ok(())
}

fn tracked_files() -> Result<Vec<PathBuf>> {
    let list = shell::output(&mut shell::command(
        "git",
        &["ls-files", "--cached", "--others", "--exclude-standard"],
    ))?;
    Ok(list.lines().map(PathBuf::from).filter(|file| shell::root().join(file).is_file()).collect())
}

fn check_file(file: &Path, broken: &mut Vec<String>) -> Result<()> {
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    if !matches!(ending, "rs" | "ts" | "tsx" | "py" | "mjs") || file.ends_with("schema.d.ts") {
        return Ok(());
    }
    let text =
        std::fs::read_to_string(shell::root().join(file)).with_context(|| file.display().to_string())?;
    let shown = file.display();
    let line_count = text.lines().count();
    if line_count > MOST_LINES {
        broken.push(format!("{shown}: {line_count} lines; a file has one meaning and at most {MOST_LINES} lines: split it by meaning"));
    }
    if ending == "rs" {
        let stem = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        if VAGUE.contains(&stem) {
            broken.push(format!("{shown}: a module is named after its subject, not `{stem}`"));
        }
    }
    if text.lines().any(has_homeless_todo) {
        broken.push(format!(
            "{shown}: a {} names its issue, as in `(#123)`, or is not written",
            concat!("TO", "DO")
        ));
    }
    let crate_name =
        file.strip_prefix("crates").ok().and_then(|rest| rest.iter().next()).and_then(|name| name.to_str());
    if crate_name.is_some_and(|name| PURE.contains(&name)) && file.iter().any(|part| part == "src") {
        for word in IMPURE {
            if text.contains(word) {
                broken.push(format!("{shown}: mentions `{word}`; {WHY_PURE}"));
            }
        }
    }
    Ok(())
}

fn has_homeless_todo(line: &str) -> bool {
    // Written in two parts so that this file does not break its own rule.
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME")];
    marks.iter().any(|mark| {
        line.match_indices(mark).any(|(at, _)| {
            let alone = !line[..at].ends_with(|before: char| before.is_alphanumeric());
            alone && !line[at + mark.len()..].starts_with("(#")
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_todo_needs_an_issue() {
        let mark = concat!("TO", "DO");
        assert!(has_homeless_todo(&format!("// {mark}: later")));
        assert!(!has_homeless_todo(&format!("// {mark}(#12): later")));
        assert!(!has_homeless_todo("let done = true;"));
    }

    #[test]
    fn the_house_is_tidy() {
        let broken = house();
        assert!(broken.is_ok(), "{broken:?}");
    }
}
