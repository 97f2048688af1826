//! What a command writes: to standard output, or to a file that has its name only when it is whole.

use std::fs::{File, Permissions};
use std::io::{BufWriter, Write, stdout};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use anyhow::Context as _;
use tempfile::Builder;

/// Writes to standard output; a pipe whose reader went away is told from other failures by its cause.
pub fn print(write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let mut out = BufWriter::new(stdout().lock());
    write(&mut out).and_then(|()| Ok(out.flush()?)).context("standard output cannot be written")
}

/// Writes `path` by `write`, in place of what was there.
pub fn write_file(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<&mut File>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let failed = || format!("cannot write {}", path.display());
    // A pipe or a device is written as it is.
    if path.exists() && !path.is_file() {
        let mut file = File::create(path).with_context(failed)?;
        let mut out = BufWriter::new(&mut file);
        write(&mut out)?;
        return out.flush().with_context(failed);
    }
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    // As readable as any other new file; the umask has the last word.
    let usual = Permissions::from_mode(0o666);
    let named = Builder::new().prefix(".fupan-").permissions(usual).tempfile_in(folder);
    let mut named = named.with_context(failed)?;
    let mut out = BufWriter::new(named.as_file_mut());
    write(&mut out)?;
    out.flush().with_context(failed)?;
    drop(out);
    named.as_file().sync_all().with_context(failed)?;
    named.persist(path).with_context(failed)?;
    File::open(folder).and_then(|folder| folder.sync_all()).with_context(failed)
}
