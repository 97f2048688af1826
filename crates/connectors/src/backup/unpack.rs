//! Taking a backup apart.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Component, Path};

use zip::ZipArchive;

use super::entries::{Failure, copy};
use super::{Entry, Error, FORMAT, MANIFEST, Manifest, Passed};

/// A manifest names each object once; this is enough for a million of them.
const MANIFEST_BYTES: u64 = 256 << 20;

/// Writes the entries of a backup whose seal holds into `folder`, and gives back what its manifest says. Each file is on
/// disk when this returns, and is what the manifest promises.
///
/// # Errors
/// [`Error::Entry`] names what does not fit; what was written so far stays for the caller to remove.
pub fn unpack(path: &Path, folder: &Path, passed: &mut Passed<'_>) -> Result<Manifest, Error> {
    let unread = |cause| Error::Read { path: path.to_owned(), cause };
    let file = File::open(path).map_err(unread)?;
    let mut archive = ZipArchive::new(file).map_err(|_| Error::NotABackup { path: path.to_owned() })?;
    let manifest = read_manifest(&mut archive, path)?;
    check_names(&archive, &manifest)?;
    let mut folders = BTreeSet::from([folder.to_owned()]);
    for entry in &manifest.entries {
        let target = folder.join(&entry.name);
        for parent in target.ancestors().skip(1).take_while(|parent| parent.starts_with(folder)) {
            folders.insert(parent.to_owned());
        }
        extract(&mut archive, entry, &target, passed)?;
    }
    for folder in folders.iter().rev() {
        let synced = File::open(folder).and_then(|folder| folder.sync_all());
        synced.map_err(|cause| Error::Write { path: folder.clone(), cause })?;
    }
    Ok(manifest)
}

fn read_manifest(archive: &mut ZipArchive<File>, path: &Path) -> Result<Manifest, Error> {
    let not_a_backup = || Error::NotABackup { path: path.to_owned() };
    let entry = archive.by_name(MANIFEST).map_err(|_| not_a_backup())?;
    let mut text = Vec::new();
    let read = entry.take(MANIFEST_BYTES).read_to_end(&mut text);
    read.map_err(|cause| Error::Read { path: path.to_owned(), cause })?;
    let manifest: Manifest = serde_json::from_slice(&text).map_err(|_| not_a_backup())?;
    if manifest.about.format > FORMAT {
        return Err(Error::Newer { made_by: manifest.about.made_by });
    }
    Ok(manifest)
}

/// Everything that is there is named, everything named is there, and no name leads out of the folder.
fn check_names(archive: &ZipArchive<File>, manifest: &Manifest) -> Result<(), Error> {
    let found: BTreeSet<&str> = archive.file_names().filter(|name| *name != MANIFEST).collect();
    let named: BTreeSet<&str> = manifest.entries.iter().map(|entry| entry.name.as_str()).collect();
    let wrong =
        |name: &str, problem: &str| Err(Error::Entry { name: name.to_owned(), problem: problem.to_owned() });
    if let Some(name) = found.symmetric_difference(&named).next() {
        return wrong(name, "it is in only one of the two");
    }
    match named.iter().find(|name| !is_plain(name)) {
        Some(name) => wrong(name, "its name leads elsewhere"),
        None => Ok(()),
    }
}

fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && !name.contains(['\\', '\0'])
        && Path::new(name).components().all(|step| matches!(step, Component::Normal(_)))
}

fn extract(
    archive: &mut ZipArchive<File>,
    entry: &Entry,
    target: &Path,
    passed: &mut Passed<'_>,
) -> Result<(), Error> {
    let wrong = |problem: String| Error::Entry { name: entry.name.clone(), problem };
    let failed = |cause| Error::Write { path: target.to_owned(), cause };
    if let Some(parent) = target.parent() {
        fs::create_dir_all(parent).map_err(failed)?;
    }
    let mut packed = archive.by_name(&entry.name).map_err(|error| wrong(error.to_string()))?;
    let mut file = File::create_new(target).map_err(failed)?;
    let copied = copy(&mut packed, &mut file, entry.size_bytes, passed).map_err(|failure| match failure {
        Failure::Read(cause) => wrong(cause.to_string()),
        Failure::Write(cause) => failed(cause),
        Failure::Interrupted => Error::Interrupted,
        Failure::TooLong => wrong("it is longer".to_owned()),
    })?;
    if copied.size_bytes != entry.size_bytes || copied.sha256 != entry.sha256 {
        return Err(wrong("its hash is another".to_owned()));
    }
    file.sync_all().map_err(failed)
}
