use super::blocks::lines;
use super::bytes::LineBlocks;
use super::raw::{RawFile, last_moment};
use super::visiting::{Start, Visiting};
use crate::base::Millis;
use crate::events::{Piece, Scanned, Visit, Wanted};

/// The blocks of a packed file, unpacked one after the other by whoever asks for the next.
pub(super) struct UnpackedPieces<'f> {
    file: &'f RawFile,
    blocks: Option<LineBlocks<'f>>,
    lines: u64,
    last: Option<Millis>,
}

/// One of them, and what stands before it.
struct Unpacked<'f> {
    file: &'f RawFile,
    offset: u64,
    bytes: Vec<u8>,
    lines: u64,
    last: Option<Millis>,
}

impl<'f> UnpackedPieces<'f> {
    /// Pieces of about `size` bytes.
    pub(super) fn new(file: &'f RawFile, size: usize) -> Self {
        Self {
            file,
            blocks: file.open_blocks(size),
            lines: 0,
            last: None,
        }
    }
}

impl<'f> Iterator for UnpackedPieces<'f> {
    type Item = Box<dyn Piece + 'f>;

    fn next(&mut self) -> Option<Self::Item> {
        let (offset, block) = match self.blocks.as_mut()?.next() {
            Ok(block) => block?,
            Err(error) => {
                self.file.fail(error);
                self.blocks = None;
                return None;
            }
        };
        let piece = Unpacked {
            file: self.file,
            offset,
            bytes: block.to_vec(),
            lines: self.lines,
            last: self.last,
        };
        self.lines += u64::try_from(lines(block).count()).unwrap_or(0);
        self.last = last_moment(&self.file.clock, block).or(self.last);
        Some(Box::new(piece))
    }
}

impl Piece for Unpacked<'_> {
    fn scan(&self, wanted: &Wanted<'_>, visit: &mut Visit<'_>) -> Scanned {
        let start = Start::Behind(self.lines, self.last);
        let mut visiting = Visiting::new(self.file, wanted, start, visit);
        visiting.block(self.offset, &self.bytes);
        visiting.finish(self.offset)
    }
}
