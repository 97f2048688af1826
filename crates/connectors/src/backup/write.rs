//! Making a backup.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::entries::{Failure, copy};
use super::{About, Entry, Error, MANIFEST, Manifest, Passed, seal};

/// A file that goes into a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Path in the data folder.
    pub name: String,
    pub path: PathBuf,
    /// What it must be; `None` when whatever is there is right.
    pub sha256: Option<String>,
}

/// Writes `sources` into the empty `file`, which lies at `path`. On disk when this returns.
///
/// # Errors
/// [`Error::Source`] when a file is not what it must be: a damaged file is not carried on.
pub fn write(
    (file, path): (File, &Path),
    about: About,
    sources: &[Source],
    passed: &mut Passed<'_>,
) -> Result<Manifest, Error> {
    let failed = |cause: io::Error| Error::Write { path: path.to_owned(), cause };
    let mut zip = ZipWriter::new(BufWriter::new(file));
    let mut entries = Vec::with_capacity(sources.len());
    for source in sources {
        entries.push(add(&mut zip, path, source, passed)?);
    }
    let manifest = Manifest { about, entries };
    let text = serde_json::to_vec_pretty(&manifest).map_err(|error| failed(error.into()))?;
    zip.start_file(MANIFEST, options(text.len() as u64)).map_err(io::Error::from).map_err(failed)?;
    zip.write_all(&text).map_err(failed)?;
    zip.set_raw_comment(Box::new(seal::BLANK)).map_err(io::Error::from).map_err(failed)?;
    let written = zip.finish().map_err(io::Error::from).map_err(failed)?;
    let mut file = written.into_inner().map_err(|error| failed(error.into_error()))?;
    seal::set(&mut file, path, passed)?;
    file.sync_all().map_err(failed)?;
    Ok(manifest)
}

/// Level 1: tables of captures are compressed already, and a database shrinks well at any level.
fn options(size_bytes: u64) -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(1))
        .last_modified_time(DateTime::default())
        // Room for the longer sizes that a file of 4 GiB needs, with some to spare where deflate makes it longer.
        .large_file(size_bytes > u64::from(u32::MAX / 2))
}

fn add(
    zip: &mut ZipWriter<BufWriter<File>>,
    path: &Path,
    source: &Source,
    passed: &mut Passed<'_>,
) -> Result<Entry, Error> {
    let unread = |cause| Error::Read { path: source.path.clone(), cause };
    let failed = |cause| Error::Write { path: path.to_owned(), cause };
    let mut file = File::open(&source.path).map_err(unread)?;
    let size_bytes = file.metadata().map_err(unread)?.len();
    zip.start_file(source.name.as_str(), options(size_bytes)).map_err(io::Error::from).map_err(failed)?;
    let copied = copy(&mut file, zip, u64::MAX, passed).map_err(|failure| match failure {
        Failure::Read(cause) => unread(cause),
        Failure::Write(cause) => failed(cause),
        Failure::Interrupted => Error::Interrupted,
        Failure::TooLong => Error::Source { name: source.name.clone() },
    })?;
    if source.sha256.as_ref().is_some_and(|sha256| *sha256 != copied.sha256) {
        return Err(Error::Source { name: source.name.clone() });
    }
    Ok(Entry { name: source.name.clone(), size_bytes: copied.size_bytes, sha256: copied.sha256 })
}
