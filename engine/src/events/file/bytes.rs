use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::PathBuf;

use flate2::bufread::MultiGzDecoder;

use super::blocks::Blocks;
use super::error::ReadError;
use super::windows::Windows;

/// The first bytes of a gzip file.
pub(super) const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Files below this size are copied.
const LEAST_MAPPED: u64 = 1 << 20;

/// Blocks of whole lines, however they are got.
pub(super) enum LineBlocks<'b> {
    Copied(Blocks<Box<dyn Read + Send + 'b>>),
    Mapped(Windows),
}

impl LineBlocks<'_> {
    /// The next block and where it starts; `None` at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<(u64, &[u8])>> {
        match self {
            Self::Copied(blocks) => blocks.next(),
            Self::Mapped(windows) => windows.next(),
        }
    }
}

/// Where a file's bytes come from; they can be read several times.
#[derive(Debug)]
pub(super) enum Bytes {
    /// All in memory.
    Memory(Vec<u8>),
    /// A file as long as it was when it was opened.
    Plain { path: PathBuf, length: u64 },
    /// A file without a name that vanishes with its last user.
    Kept { file: File, length: u64 },
    /// A packed file.
    Gzip { path: PathBuf },
}

impl Bytes {
    /// How many there are; `None` where only reading them shows it.
    pub(super) fn length(&self) -> Option<u64> {
        match self {
            Self::Memory(bytes) => u64::try_from(bytes.len()).ok(),
            Self::Plain { length, .. } | Self::Kept { length, .. } => Some(*length),
            Self::Gzip { .. } => None,
        }
    }

    /// Blocks of whole lines from `offset` on for a reader of the lines that start before `to`; packed files are read
    /// from the start whatever it says. `size` is about that of a block.
    pub(super) fn blocks(&self, offset: u64, to: u64, size: usize) -> io::Result<LineBlocks<'_>> {
        let reader: Box<dyn Read + Send + '_> = match self {
            Self::Memory(bytes) => {
                let start = usize::try_from(offset).unwrap_or(usize::MAX);
                Box::new(bytes.get(start..).unwrap_or_default())
            }
            Self::Plain { path, length } => {
                let mut file = File::open(path)?;
                if *length >= LEAST_MAPPED {
                    return Ok(mapped(file, offset..to, *length, size));
                }
                file.seek(SeekFrom::Start(offset))?;
                Box::new(file)
            }
            Self::Kept { file, length } => {
                return Ok(mapped(file.try_clone()?, offset..to, *length, size));
            }
            Self::Gzip { path } => {
                let packed = BufReader::with_capacity(1 << 16, File::open(path)?);
                Box::new(MultiGzDecoder::new(packed))
            }
        };
        Ok(LineBlocks::Copied(Blocks::new(reader, offset, size)))
    }

    /// What a failure to read means.
    pub(super) fn error(&self, path: &str, source: io::Error) -> ReadError {
        let path = path.to_owned();
        match self {
            Self::Gzip { .. } if source.kind() != io::ErrorKind::FileTooLarge => {
                ReadError::Gzip { path, source }
            }
            Self::Gzip { .. } | Self::Memory(_) | Self::Plain { .. } | Self::Kept { .. } => {
                ReadError::Read { path, source }
            }
        }
    }
}

/// Mapping more at once costs less for each byte.
fn mapped(file: File, lines: Range<u64>, length: u64, size: usize) -> LineBlocks<'static> {
    let size = u64::try_from(size).unwrap_or(u64::MAX).saturating_mul(4);
    LineBlocks::Mapped(Windows::new(file, lines, length, size))
}
