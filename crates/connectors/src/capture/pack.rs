//! A capture folder as one zip: the same files give the same bytes.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::bundle::Bundle;
use super::error::Error;

/// Writes the files of the capture in `folder` into the zip `path`, in the order of their names.
///
/// # Errors
/// When a file cannot be read or the zip cannot be written.
pub fn pack(folder: &Path, path: &Path) -> Result<(), Error> {
    let bundle = Bundle::open(folder)?;
    let failed = |cause| Error::Write { path: path.to_owned(), cause };
    let mut zip = ZipWriter::new(BufWriter::new(File::create(path).map_err(failed)?));
    // Without the time of day, which would make the same capture other bytes.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for name in bundle.names() {
        let place = folder.join(name);
        let unread = |cause| Error::Open { path: place.clone(), cause };
        let mut file = File::open(&place).map_err(unread)?;
        let is_large = file.metadata().map_err(unread)?.len() >= u64::from(u32::MAX);
        zip.start_file(name.as_str(), options.large_file(is_large))
            .map_err(io::Error::from)
            .map_err(failed)?;
        io::copy(&mut file, &mut zip).map_err(failed)?;
    }
    let mut written = zip.finish().map_err(io::Error::from).map_err(failed)?;
    written.flush().map_err(failed)
}
