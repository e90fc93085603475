use std::fs::File;
use std::io::{self, BufRead, Read, Write};

use flate2::bufread::MultiGzDecoder;

use super::bytes::{Bytes, GZIP};
use super::error::ReadError;

/// What is longer is kept in a file instead of in memory.
const MOST_IN_MEMORY: u64 = 8 << 20;

/// Keeps what can be read only once, unpacked, so that it can be read several times and by several threads: a little
/// in memory, more in a temporary file without a name.
pub(super) fn keep(path: &str, mut bytes: impl BufRead) -> Result<Bytes, ReadError> {
    let name = || path.to_owned();
    let start = bytes.fill_buf().map_err(|source| ReadError::Read {
        path: name(),
        source,
    })?;
    if start.starts_with(&GZIP) {
        let wrong = |source| ReadError::Gzip {
            path: name(),
            source,
        };
        keep_all(path, MultiGzDecoder::new(bytes), &wrong)
    } else {
        let wrong = |source| ReadError::Read {
            path: name(),
            source,
        };
        keep_all(path, bytes, &wrong)
    }
}

fn keep_all(
    path: &str,
    mut reader: impl Read,
    wrong: &dyn Fn(io::Error) -> ReadError,
) -> Result<Bytes, ReadError> {
    let mut part = Vec::new();
    let mut read_part = |part: &mut Vec<u8>| {
        part.clear();
        let mut next = reader.by_ref().take(MOST_IN_MEMORY);
        next.read_to_end(part).map_err(wrong)
    };
    if read_part(&mut part)? < usize::try_from(MOST_IN_MEMORY).unwrap_or(usize::MAX) {
        return Ok(Bytes::Memory(part));
    }
    let unkept = |source| ReadError::Keep {
        path: path.to_owned(),
        source,
    };
    let mut file = tempfile::tempfile().map_err(unkept)?;
    let mut length = 0;
    while !part.is_empty() {
        length += write_part(&mut file, &part).map_err(unkept)?;
        read_part(&mut part)?;
    }
    Ok(Bytes::Kept { file, length })
}

fn write_part(file: &mut File, part: &[u8]) -> io::Result<u64> {
    file.write_all(part)?;
    u64::try_from(part.len()).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_input_is_kept_in_a_file() {
        let text = b"some line\n".repeat(2_000_000);
        let Bytes::Kept { length, .. } = keep("-", text.as_slice()).unwrap() else {
            panic!("kept in memory");
        };
        assert_eq!(length, text.len() as u64);
        let Bytes::Memory(short) = keep("-", &text[..100]).unwrap() else {
            panic!("kept in a file");
        };
        assert_eq!(short, text[..100]);
    }
}
