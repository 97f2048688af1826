//! The folder that is restored into: empty before, an instance after, and never taken for one in between.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use store::engine::{DATABASE, OBJECTS, RESTORING};

use super::Error;

/// Everything in the folder goes when this is dropped before [`Place::finish`].
pub(super) struct Place {
    data: PathBuf,
    is_new: bool,
    is_finished: bool,
}

impl Place {
    /// # Errors
    /// [`Error::NotEmpty`]; [`store::Error::HalfRestored`] when another restore is at it, or was killed.
    pub fn claim(data: &Path) -> Result<Self, Error> {
        let is_new = !data.exists();
        fs::create_dir_all(data).map_err(|cause| Error::io(data, cause))?;
        let marker = data.join(RESTORING);
        match fs::create_dir(&marker) {
            Ok(()) => {}
            Err(cause) if cause.kind() == ErrorKind::AlreadyExists => {
                return Err(store::Error::HalfRestored(data.to_owned()).into());
            }
            Err(cause) => return Err(Error::io(data, cause)),
        }
        // From here on servers refuse the folder, so what is seen now stays as it is.
        let count = fs::read_dir(data).map(Iterator::count);
        match count {
            Ok(1) => Ok(Self { data: data.to_owned(), is_new, is_finished: false }),
            Ok(_) => {
                let _ = fs::remove_dir(marker);
                Err(Error::NotEmpty(data.to_owned()))
            }
            Err(cause) => {
                let _ = fs::remove_dir(marker);
                Err(Error::io(data, cause))
            }
        }
    }

    /// Where the instance is put together and checked.
    pub fn scratch(&self) -> PathBuf {
        self.data.join(RESTORING)
    }

    /// Moves the instance to its place, the database last: without it, there is none.
    pub fn finish(mut self) -> Result<(), Error> {
        for name in [OBJECTS, DATABASE] {
            let (from, to) = (self.scratch().join(name), self.data.join(name));
            fs::rename(&from, &to).map_err(|cause| Error::io(&to, cause))?;
            sync(&self.data)?;
        }
        let scratch = self.scratch();
        fs::remove_dir_all(&scratch).map_err(|cause| Error::io(&scratch, cause))?;
        sync(&self.data)?;
        self.is_finished = true;
        match self.data.parent() {
            Some(parent) if self.is_new && parent != Path::new("") => sync(parent),
            _ => Ok(()),
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if self.is_finished {
            return;
        }
        // The marker goes last: what is left when this fails is still refused by servers.
        for name in [DATABASE, OBJECTS, RESTORING] {
            let path = self.data.join(name);
            let _ = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        }
        if self.is_new {
            let _ = fs::remove_dir(&self.data);
        }
    }
}

/// Makes sure that the names in the folder survive a loss of power.
pub(super) fn sync(folder: &Path) -> Result<(), Error> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(|cause| Error::io(folder, cause))
}
