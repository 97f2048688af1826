//! The example incidents, inside the binary: the demo needs nothing beside it.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Context as _;
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../examples/incidents"]
#[allow_missing = true]
struct Files;

/// Names of the example captures, in their order.
pub fn names() -> Vec<String> {
    let mut names = BTreeSet::new();
    for file in Files::iter() {
        if let Some((folder, "incident.json")) = file.split_once('/') {
            names.insert(folder.to_owned());
        }
    }
    names.into_iter().collect()
}

/// Writes one example as a capture folder.
pub fn unpack(name: &str, folder: &Path) -> anyhow::Result<()> {
    let prefix = format!("{name}/");
    for file in Files::iter() {
        let Some(rest) = file.strip_prefix(&prefix) else { continue };
        let content = Files::get(&file).with_context(|| format!("the example file {file} is missing"))?;
        let path = folder.join(rest);
        std::fs::write(&path, &content.data).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}
