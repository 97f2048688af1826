//! The last 64 bytes of a backup: SHA-256 of all bytes before them, in hex. They are the comment of the zip, so that
//! every zip tool opens the file all the same.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use super::entries::{Failure, copy};
use super::{Error, Passed};

pub const LENGTH: u64 = 64;
/// Holds the place of the seal until the zip is finished.
pub const BLANK: [u8; LENGTH as usize] = [b'0'; LENGTH as usize];

pub fn set(file: &mut File, path: &Path, passed: &mut Passed<'_>) -> Result<(), Error> {
    let (sealed, _) = read(file, path, passed)?;
    let written = file.seek(SeekFrom::End(-(LENGTH as i64))).and_then(|_| file.write_all(sealed.as_bytes()));
    written.map_err(|cause| Error::Write { path: path.to_owned(), cause })
}

/// Whether every byte is as it was written.
///
/// # Errors
/// [`Error::NotABackup`], [`Error::Damaged`].
pub fn check(path: &Path, passed: &mut Passed<'_>) -> Result<(), Error> {
    let unread = |cause| Error::Read { path: path.to_owned(), cause };
    let mut file = File::open(path).map_err(unread)?;
    let mut first = [0_u8; 4];
    let is_zip = file.read_exact(&mut first).is_ok() && first == *b"PK\x03\x04";
    let size_bytes = file.metadata().map_err(unread)?.len();
    if !is_zip || size_bytes <= LENGTH {
        return Err(Error::NotABackup { path: path.to_owned() });
    }
    let (computed, found) = read(&mut file, path, passed)?;
    if computed.as_bytes() == found { Ok(()) } else { Err(Error::Damaged { path: path.to_owned() }) }
}

/// The seal that belongs to the content, and the one that is there.
fn read(file: &mut File, path: &Path, passed: &mut Passed<'_>) -> Result<(String, Vec<u8>), Error> {
    let unread = |cause: io::Error| Error::Read { path: path.to_owned(), cause };
    let size_bytes = file.seek(SeekFrom::End(0)).map_err(unread)?;
    file.rewind().map_err(unread)?;
    let mut content = io::Read::take(&mut *file, size_bytes.saturating_sub(LENGTH));
    let copied = copy(&mut content, &mut io::sink(), u64::MAX, passed).map_err(|failure| match failure {
        Failure::Read(cause) | Failure::Write(cause) => unread(cause),
        Failure::Interrupted => Error::Interrupted,
        Failure::TooLong => Error::Damaged { path: path.to_owned() },
    })?;
    let mut found = Vec::new();
    file.read_to_end(&mut found).map_err(unread)?;
    Ok((copied.sha256, found))
}
