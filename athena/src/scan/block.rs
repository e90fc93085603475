use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::read::MultiGzDecoder;

/// The bytes that are read at once.
const BLOCK: usize = 4 << 20;

/// Whole lines of one object.
#[derive(Debug)]
pub(crate) struct Block {
    pub(crate) bytes: Vec<u8>,
    /// The place of the object's part among all parts.
    pub(crate) part: usize,
    /// Whether the object begins here.
    pub(crate) first: bool,
}

/// Counts what is read of an object, as it is kept: this is what Athena charges.
struct Counted<R> {
    inner: R,
    bytes: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.bytes
            .fetch_add(u64::try_from(count).unwrap_or(0), Ordering::Relaxed);
        Ok(count)
    }
}

/// Cuts an object into blocks of whole lines.
pub(crate) struct Blocks {
    reader: Box<dyn Read + Send>,
    /// The start of a line whose end was not read yet.
    rest: Vec<u8>,
    part: usize,
    first: bool,
    ended: bool,
}

impl Blocks {
    /// `gzip` says how the object is kept.
    pub(crate) fn new(
        inner: Box<dyn Read + Send>,
        gzip: bool,
        part: usize,
        bytes: &Arc<AtomicU64>,
    ) -> Self {
        let counted = Counted {
            inner,
            bytes: Arc::clone(bytes),
        };
        let reader: Box<dyn Read + Send> = match gzip {
            true => Box::new(MultiGzDecoder::new(io::BufReader::with_capacity(
                1 << 18,
                counted,
            ))),
            false => Box::new(counted),
        };
        Self {
            reader,
            rest: Vec::new(),
            part,
            first: true,
            ended: false,
        }
    }

    fn fill(&mut self, bytes: &mut Vec<u8>) -> io::Result<usize> {
        let wanted = u64::try_from(BLOCK).unwrap_or(0);
        self.reader.by_ref().take(wanted).read_to_end(bytes)
    }
}

impl Iterator for Blocks {
    type Item = io::Result<Block>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let mut bytes = Vec::with_capacity(self.rest.len() + BLOCK + 1);
        bytes.append(&mut self.rest);
        loop {
            let start = bytes.len();
            match self.fill(&mut bytes) {
                Err(error) => {
                    self.ended = true;
                    return Some(Err(error));
                }
                Ok(0) => {
                    self.ended = true;
                    break;
                }
                Ok(_) => {}
            }
            let fresh = bytes.get(start..).unwrap_or_default();
            if let Some(end) = memchr::memrchr(b'\n', fresh) {
                self.rest = bytes.split_off(start + end + 1);
                break;
            }
        }
        let first = std::mem::replace(&mut self.first, false);
        let part = self.part;
        (!bytes.is_empty()).then_some(Ok(Block { bytes, part, first }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_hold_whole_lines_and_all_bytes() {
        let text = "a line of some length\n".repeat(400_000) + "the last";
        let bytes = Arc::new(AtomicU64::new(0));
        let blocks = Blocks::new(
            Box::new(io::Cursor::new(text.clone().into_bytes())),
            false,
            0,
            &bytes,
        );
        let blocks: Vec<Block> = blocks.map(Result::unwrap).collect();
        assert!(blocks.len() > 1);
        let (last, others) = blocks.split_last().unwrap();
        assert!(others.iter().all(|block| block.bytes.ends_with(b"\n")));
        assert!(last.bytes.ends_with(b"the last"));
        let all: Vec<u8> = blocks.into_iter().flat_map(|block| block.bytes).collect();
        assert_eq!(all, text.as_bytes());
        assert_eq!(bytes.load(Ordering::Relaxed), text.len() as u64);
    }
}
