use std::fs::File;
use std::io;
use std::ops::Range;

use memmap2::{Mmap, MmapOptions};

use super::blocks::check_line;

/// How much behind the wanted bytes is mapped for the end of their last line at first.
const LAST_LINE: u64 = 1 << 12;

/// Blocks of whole lines of a file, shown where the system keeps them instead of copied. One window is mapped at a
/// time, so that memory does not grow with the file.
#[derive(Debug)]
pub(super) struct Windows {
    file: File,
    /// Where the file ended when it was opened.
    end: u64,
    /// Where the next window starts.
    next: u64,
    /// Lines that start from here on are not asked for.
    to: u64,
    size: u64,
    map: Option<Mmap>,
}

impl Windows {
    /// Windows of about `size` bytes on the lines that start in `lines`, of a file of `end` bytes.
    pub(super) fn new(file: File, lines: Range<u64>, end: u64, size: u64) -> Self {
        Self {
            file,
            end,
            next: lines.start,
            to: lines.end,
            size,
            map: None,
        }
    }

    /// The next block and where it starts; `None` at the end. A line longer than a window is given whole.
    pub(super) fn next(&mut self) -> io::Result<Option<(u64, &[u8])>> {
        // The last window goes before the next comes.
        self.map = None;
        let start = self.next;
        let wanted = self.to.saturating_sub(start).saturating_add(LAST_LINE);
        let mut size = self.size.min(wanted);
        while start < self.end {
            let stop = self.end.min(start.saturating_add(size));
            let map = self.map_of(start, stop)?;
            let whole = match memchr::memrchr(b'\n', &map) {
                _ if stop == self.end => map.len(),
                Some(at) => at + 1,
                None => {
                    check_line(start, map.len())?;
                    size = size.saturating_mul(2);
                    continue;
                }
            };
            self.next = start + u64::try_from(whole).unwrap_or_default();
            let map: &[u8] = self.map.insert(map);
            return Ok(map.get(..whole).map(|block| (start, block)));
        }
        Ok(None)
    }

    #[expect(
        unsafe_code,
        reason = "the system cannot promise that a mapped file stays as it is"
    )]
    fn map_of(&self, start: u64, stop: u64) -> io::Result<Mmap> {
        if self.file.metadata()?.len() < stop {
            return Err(io::Error::new(
                io::ErrorKind::UnexpectedEof,
                "the file became shorter while it was read",
            ));
        }
        let length = usize::try_from(stop - start).map_err(io::Error::other)?;
        let mut options = MmapOptions::new();
        options.offset(start).len(length).populate();
        // SAFETY: the bytes are only read, while the window lasts. Log files are appended to, which does not touch
        // what was there. One that is cut off within the moment that a window lasts ends the process; one whose
        // bytes are overwritten within it gives an answer over damaged lines.
        unsafe { options.map(&self.file) }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use proptest::prelude::*;

    use super::*;
    use crate::events::file::blocks::Blocks;

    proptest! {
        #[test]
        fn windows_show_the_lines_that_blocks_show(
            text in "[a-c\n]{1,60}",
            times in 1..300_usize,
            size in 1..9000_u64,
            lines in (0..9000_usize, 0..9000_u64),
        ) {
            let text = text.repeat(times);
            let mut file = tempfile::tempfile().unwrap();
            file.write_all(text.as_bytes()).unwrap();
            let from = lines.0.min(text.len());
            let start = from as u64;
            let mut windows = Windows::new(file, start..lines.1, text.len() as u64, size);
            let mut shown = Vec::new();
            while let Some((at, block)) = windows.next().unwrap() {
                prop_assert_eq!(at, start + shown.len() as u64);
                shown.extend_from_slice(block);
                prop_assert!(block.ends_with(b"\n") || start + shown.len() as u64 == text.len() as u64);
            }
            let mut blocks = Blocks::new(&text.as_bytes()[from..], start, 1 << 20);
            let expected = blocks.next().unwrap().map_or(&[][..], |(_, block)| block);
            prop_assert_eq!(shown.as_slice(), expected);
        }
    }

    #[test]
    fn a_file_that_became_shorter_is_an_error() {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(b"a\nb\n").unwrap();
        let error = Windows::new(file, 0..9, 9, 9).next().map(drop).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
    }
}
