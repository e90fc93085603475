use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use crate::endpoint::EndpointError;

/// A data folder that this process alone works in, until it is dropped.
#[derive(Debug)]
pub(in crate::endpoint) struct DataFolder {
    path: PathBuf,
    /// Held for the lock on it.
    _lock: File,
}

impl DataFolder {
    /// Makes the folder where there is none, and keeps other processes out of it.
    pub(in crate::endpoint) fn open(path: &Path) -> Result<Self, EndpointError> {
        let failed = |source| EndpointError::Folder {
            path: path.to_owned(),
            source,
        };
        fs::create_dir_all(path).map_err(failed)?;
        let lock = OpenOptions::new()
            .create(true)
            .append(true)
            .open(path.join("lock"))
            .map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self {
                path: path.to_owned(),
                _lock: lock,
            }),
            Err(TryLockError::WouldBlock) => Err(EndpointError::InUse {
                path: path.to_owned(),
                address: fs::read_to_string(address_file(path)).ok(),
            }),
            Err(TryLockError::Error(source)) => Err(failed(source)),
        }
    }

    /// Where the journal is.
    pub(in crate::endpoint) fn journal(&self) -> PathBuf {
        self.path.join("journal.jsonl")
    }

    /// Where the bytes of objects are.
    pub(in crate::endpoint) fn objects(&self) -> PathBuf {
        self.path.join("s3")
    }

    /// Tells other processes where the endpoint of this folder is reached.
    pub(in crate::endpoint) fn write_address(&self, address: &str) -> Result<(), EndpointError> {
        fs::write(address_file(&self.path), address).map_err(|source| EndpointError::Folder {
            path: self.path.clone(),
            source,
        })
    }

    /// Takes the address away again.
    pub(in crate::endpoint) fn remove_address(&self) {
        // A file that stays is only read while the lock is held.
        let _ = fs::remove_file(address_file(&self.path));
    }
}

fn address_file(folder: &Path) -> PathBuf {
    folder.join("address")
}
