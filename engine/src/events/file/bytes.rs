use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::PathBuf;

use flate2::bufread::MultiGzDecoder;

use super::error::ReadError;

/// The first bytes of a gzip file.
pub(super) const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Where a file's bytes come from; they can be read several times.
#[derive(Debug)]
pub(super) enum Bytes {
    /// All in memory.
    Memory(Vec<u8>),
    /// A file as long as it was when it was opened.
    Plain { path: PathBuf, length: u64 },
    /// A packed file.
    Gzip { path: PathBuf },
}

impl Bytes {
    /// How many there are; `None` where only reading them shows it.
    pub(super) fn length(&self) -> Option<u64> {
        match self {
            Self::Memory(bytes) => u64::try_from(bytes.len()).ok(),
            Self::Plain { length, .. } => Some(*length),
            Self::Gzip { .. } => None,
        }
    }

    /// Reads from `offset` on; packed files are read from the start whatever it says.
    pub(super) fn open(&self, offset: u64) -> io::Result<Box<dyn Read + Send + '_>> {
        Ok(match self {
            Self::Memory(bytes) => {
                let start = usize::try_from(offset).unwrap_or(usize::MAX);
                Box::new(bytes.get(start..).unwrap_or_default())
            }
            Self::Plain { path, .. } => {
                let mut file = File::open(path)?;
                file.seek(SeekFrom::Start(offset))?;
                Box::new(file)
            }
            Self::Gzip { path } => {
                let packed = BufReader::with_capacity(1 << 16, File::open(path)?);
                Box::new(MultiGzDecoder::new(packed))
            }
        })
    }

    /// What a failure to read means.
    pub(super) fn error(&self, path: &str, source: io::Error) -> ReadError {
        let path = path.to_owned();
        match self {
            Self::Gzip { .. } => ReadError::Gzip { path, source },
            Self::Memory(_) | Self::Plain { .. } => ReadError::Read { path, source },
        }
    }
}
