//! From a backup to an instance.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use connectors::backup::{Manifest, check_seal, unpack};
use store::engine::{Claim, DATABASE, OBJECTS};
use store::objects::Objects;
use store::{Config, Store};

use super::Error;
use super::place::Place;
use crate::verify::{self, Files};
use crate::watch::{Step, Watch};

/// Puts a backup into `data`, which must be empty or absent. It becomes an instance when all of it is there and has been
/// checked; when anything fails, it is empty or absent again.
///
/// # Errors
/// When the backup is damaged, or does not hold what it says.
pub async fn restore(file: &Path, data: &Path, watch: &Watch) -> Result<Manifest, Error> {
    let place = Place::claim(data)?;
    let scratch = place.scratch();
    let manifest = take_apart(file.to_owned(), scratch.clone(), watch.clone()).await?;
    check(&scratch, &manifest, watch).await?;
    place.finish()?;
    Ok(manifest)
}

async fn take_apart(file: PathBuf, scratch: PathBuf, watch: Watch) -> Result<Manifest, Error> {
    let unpacking = tokio::task::spawn_blocking(move || {
        let size_bytes = file.metadata().map_or(0, |metadata| metadata.len());
        watch.begin(Step::Files, Some(size_bytes));
        check_seal(&file, &mut |count| watch.pass(count))?;
        watch.begin(Step::Files, None);
        Ok(unpack(&file, &scratch, &mut |count| watch.pass(count))?)
    });
    unpacking.await.map_err(|_| Error::Panicked)?
}

/// Whether the database is sound, every file it names came with it, and the content is that of before.
async fn check(scratch: &Path, manifest: &Manifest, watch: &Watch) -> Result<(), Error> {
    let config = Config { data: scratch.to_owned(), database: None, objects: None, claim: Claim::Serve };
    let restored = Store::open(&config).await?;
    let checked = verify::check_database(&restored, watch).await;
    let migrations = restored.migrations();
    restored.close().await?;
    let (database, files, mut wrong) = checked?;
    wrong.extend(missing(manifest, &files));
    let Some(content) = database.content.filter(|_| wrong.is_empty()) else {
        return Err(Error::Wrong(wrong));
    };
    // A backup of an older fupan has just been brought up to date, which changes what there is to compare; its bytes
    // were compared when it was unpacked.
    let about = &manifest.about;
    if migrations == about.migrations && content.sha256 != about.content_sha256 {
        let expected = about.content_sha256.clone();
        return Err(Error::OtherContent { expected, found: content.sha256 });
    }
    Ok(())
}

fn missing(manifest: &Manifest, files: &Files) -> Vec<String> {
    let names: HashSet<&str> = manifest.entries.iter().map(|entry| entry.name.as_str()).collect();
    let mut missing = Vec::new();
    if !names.contains(DATABASE) {
        missing.push(format!("{DATABASE} is not in the backup"));
    }
    for (sha256, name) in &files.names {
        if !names.contains(format!("{OBJECTS}/{}", Objects::name_of(sha256)).as_str()) {
            missing.push(format!("{name} is not in the backup"));
        }
    }
    missing
}
