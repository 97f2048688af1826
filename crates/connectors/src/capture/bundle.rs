//! The files of a capture, wherever they lie: in a folder or inside a zip.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use zip::ZipArchive;

use super::batch::Table;
use super::error::Error;
use super::limits;

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Parquet,
    Csv,
    Jsonl,
}

impl Format {
    const ALL: [Self; 3] = [Self::Parquet, Self::Csv, Self::Jsonl];

    const fn extension(self) -> &'static str {
        match self {
            Self::Parquet => "parquet",
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
        }
    }
}

/// One table of a capture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub name: String,
    pub format: Format,
}

/// The content of one file.
pub enum Content {
    File(File),
    Memory(Vec<u8>),
}

enum Place {
    Folder,
    Zip { archive: Mutex<ZipArchive<File>>, prefix: String },
}

/// An open capture.
pub struct Bundle {
    path: PathBuf,
    place: Place,
    /// Names of its files, in order, without the folder inside a zip.
    names: Vec<String>,
}

impl Bundle {
    /// Opens a folder or a zip and lists its files; reads none of them.
    ///
    /// # Errors
    /// When there is no capture at `path`.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let metadata = path.metadata().map_err(|cause| Error::Open { path: path.to_owned(), cause })?;
        let bundle = if metadata.is_dir() { Self::of_folder(path)? } else { Self::of_zip(path)? };
        for table in Table::ALL {
            let names: Vec<String> = bundle.tables(table).map(|part| part.name).collect();
            if let [first, second, ..] = names.as_slice() {
                return Err(Error::Twice { first: first.clone(), second: second.clone() });
            }
        }
        Ok(bundle)
    }

    fn of_folder(path: &Path) -> Result<Self, Error> {
        let failed = |cause| Error::Open { path: path.to_owned(), cause };
        let mut names = Vec::new();
        for entry in path.read_dir().map_err(failed)? {
            let entry = entry.map_err(failed)?;
            if let (true, Ok(name)) = (entry.path().is_file(), entry.file_name().into_string()) {
                names.push(name);
            }
        }
        names.sort();
        Ok(Self { path: path.to_owned(), place: Place::Folder, names })
    }

    fn of_zip(path: &Path) -> Result<Self, Error> {
        let file = File::open(path).map_err(|cause| Error::Open { path: path.to_owned(), cause })?;
        let archive = ZipArchive::new(file).map_err(|_| Error::NotACapture { path: path.to_owned() })?;
        if archive.len() > limits::ENTRIES {
            let file = path.display().to_string();
            return Err(Error::TooBig { file, what: "files", limit: limits::ENTRIES as u64 });
        }
        let entries: Vec<String> = archive.file_names().map(str::to_owned).collect();
        for entry in &entries {
            let climbs = entry.split(['/', '\\']).any(|step| step == "..");
            if climbs || entry.starts_with(['/', '\\']) || entry.contains('\0') {
                return Err(Error::Traversal { file: entry.chars().take(100).collect() });
            }
        }
        let prefix = prefix_of_header(&entries).ok_or_else(|| Error::NoHeader { path: path.to_owned() })?;
        let inside = |entry: &String| entry.strip_prefix(&prefix).map(str::to_owned);
        let mut names: Vec<String> = entries
            .iter()
            .filter_map(inside)
            .filter(|name| !name.is_empty() && !name.contains('/'))
            .collect();
        names.sort();
        names.dedup();
        let place = Place::Zip { archive: Mutex::new(archive), prefix };
        Ok(Self { path: path.to_owned(), place, names })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Names of all files, tables or not, in order.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    fn tables(&self, table: Table) -> impl Iterator<Item = Part> {
        Format::ALL.into_iter().filter_map(move |format| {
            let name = format!("{}.{}", table.as_str(), format.extension());
            self.names.contains(&name).then_some(Part { name, format })
        })
    }

    pub fn table(&self, table: Table) -> Option<Part> {
        self.tables(table).next()
    }

    pub fn has(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }

    /// Opens one file; an entry of a zip is unpacked into memory, within [`limits`].
    ///
    /// # Errors
    /// When it is missing, damaged or too big.
    pub fn content(&self, name: &str) -> Result<Content, Error> {
        match &self.place {
            Place::Folder => {
                let path = self.path.join(name);
                let file = File::open(&path).map_err(|cause| Error::Open { path, cause })?;
                Ok(Content::File(file))
            }
            Place::Zip { archive, prefix } => {
                let mut archive = archive.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                unpack(&mut archive, &format!("{prefix}{name}"), name).map(Content::Memory)
            }
        }
    }

    /// The whole of one file.
    ///
    /// # Errors
    /// As [`Bundle::content`], and when it is longer than `limit`.
    pub fn bytes(&self, name: &str, limit: u64) -> Result<Vec<u8>, Error> {
        let too_big = || Error::TooBig { file: name.to_owned(), what: "bytes", limit };
        match self.content(name)? {
            Content::Memory(bytes) if bytes.len() as u64 > limit => Err(too_big()),
            Content::Memory(bytes) => Ok(bytes),
            Content::File(file) => {
                let mut bytes = Vec::new();
                let path = self.path.join(name);
                file.take(limit + 1).read_to_end(&mut bytes).map_err(|cause| Error::Open { path, cause })?;
                if bytes.len() as u64 > limit { Err(too_big()) } else { Ok(bytes) }
            }
        }
    }
}

/// The folder inside a zip that holds the capture: the one of the `incident.json` nearest to the root.
fn prefix_of_header(entries: &[String]) -> Option<String> {
    let candidates = entries.iter().filter(|entry| !entry.starts_with("__MACOSX/"));
    let prefixes = candidates.filter_map(|entry| entry.strip_suffix("incident.json"));
    prefixes
        .filter(|prefix| prefix.is_empty() || prefix.ends_with('/'))
        .min_by_key(|prefix| (prefix.matches('/').count(), prefix.to_string()))
        .map(str::to_owned)
}

fn unpack(archive: &mut ZipArchive<File>, entry: &str, name: &str) -> Result<Vec<u8>, Error> {
    let damaged = |problem: String| Error::Zip { file: name.to_owned(), problem };
    let entry = archive.by_name(entry).map_err(|error| damaged(error.to_string()))?;
    let by_ratio = entry.compressed_size().saturating_mul(limits::RATIO).max(limits::FREE_BYTES);
    let limit = by_ratio.min(limits::FILE_BYTES);
    let mut bytes = Vec::new();
    entry.take(limit + 1).read_to_end(&mut bytes).map_err(|error| damaged(error.to_string()))?;
    if bytes.len() as u64 > limit {
        return Err(Error::TooBig { file: name.to_owned(), what: "bytes once unpacked", limit });
    }
    Ok(bytes)
}
