use std::io::{self, Read};

/// What a line may have in bytes: far more than any log event, and little enough that a file which is no log, or a small
/// one that unpacks to gigabytes without a line end, is refused instead of filling memory.
const MOST_OF_A_LINE: usize = 64 << 20;

/// Refuses a line that starts at `offset`, goes on, and has `length` bytes already.
pub(super) fn check_line(offset: u64, length: usize) -> io::Result<()> {
    if length < MOST_OF_A_LINE {
        return Ok(());
    }
    let text = format!(
        "the line that starts at byte {offset} is longer than {} MB, which no log event is",
        MOST_OF_A_LINE >> 20
    );
    Err(io::Error::new(io::ErrorKind::FileTooLarge, text))
}

/// Cuts bytes into blocks of whole lines. Holds one block and the start of the line behind it.
pub(super) struct Blocks<R> {
    reader: R,
    buffer: Vec<u8>,
    /// How much of the buffer holds bytes.
    filled: usize,
    /// How much of it was given.
    given: usize,
    /// Where the buffer starts in the input.
    offset: u64,
    ended: bool,
}

impl<R: Read> Blocks<R> {
    /// Blocks of about `size` bytes; the first starts at `offset` of the input.
    pub(super) fn new(reader: R, offset: u64, size: usize) -> Self {
        Self {
            reader,
            buffer: vec![0; size],
            filled: 0,
            given: 0,
            offset,
            ended: false,
        }
    }

    /// The next block and where it starts; `None` at the end. A line longer than a block is given whole.
    pub(super) fn next(&mut self) -> io::Result<Option<(u64, &[u8])>> {
        self.drop_given();
        let mut searched = 0;
        loop {
            self.fill()?;
            let new = self.buffer.get(searched..self.filled).unwrap_or_default();
            let newline = memchr::memrchr(b'\n', new);
            self.given = match newline {
                _ if self.ended => self.filled,
                Some(at) => searched + at + 1,
                None => {
                    check_line(self.offset, self.buffer.len())?;
                    searched = self.filled;
                    self.buffer.resize(self.buffer.len() * 2, 0);
                    continue;
                }
            };
            let block = self.buffer.get(..self.given).unwrap_or_default();
            return Ok((!block.is_empty()).then_some((self.offset, block)));
        }
    }

    fn drop_given(&mut self) {
        self.buffer.copy_within(self.given..self.filled, 0);
        self.filled -= self.given;
        self.offset += u64::try_from(self.given).unwrap_or_default();
        self.given = 0;
    }

    fn fill(&mut self) -> io::Result<()> {
        while let Some(room) = self.buffer.get_mut(self.filled..)
            && !room.is_empty()
            && !self.ended
        {
            match self.reader.read(room) {
                Ok(0) => self.ended = true,
                Ok(count) => self.filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

/// The lines of a block that are not blank, without their ends, and where they start.
pub(super) fn lines(block: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = block.get(at..).filter(|rest| !rest.is_empty())?;
            let length = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            let line = rest.get(..length).unwrap_or_default();
            let start = at;
            at += length + 1;
            if !is_blank(line) {
                return Some((start, without_end(line)));
            }
        }
    })
}

/// The last line that is not blank, and where it starts.
pub(super) fn last_line(block: &[u8]) -> Option<(usize, &[u8])> {
    let mut end = block.len();
    while end > 0 {
        let text = block.get(..end)?;
        let text = text.strip_suffix(b"\n").unwrap_or(text);
        let start = memchr::memrchr(b'\n', text).map_or(0, |at| at + 1);
        let line = text.get(start..)?;
        if !is_blank(line) {
            return Some((start, without_end(line)));
        }
        end = start;
    }
    None
}

fn without_end(line: &[u8]) -> &[u8] {
    let kept = line.iter().rposition(|byte| *byte != b'\r');
    kept.and_then(|at| line.get(..=at)).unwrap_or_default()
}

/// Whether there is nothing but white space of any script.
fn is_blank(line: &[u8]) -> bool {
    match line.first() {
        Some(byte) if byte.is_ascii_graphic() => false,
        None => true,
        Some(_) => String::from_utf8_lossy(line).trim().is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_without_an_end_is_refused_before_it_fills_memory() {
        let mut blocks = Blocks::new(io::repeat(b'a'), 7, 1 << 20);
        let error = blocks.next().map(drop).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the line that starts at byte 7 is longer than 64 MB, which no log event is"
        );
    }
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn blocks_put_together_are_the_input(text in "[a-c\n\r ]{0,60}", size in 1_usize..20) {
            let mut blocks = Blocks::new(text.as_bytes(), 0, size);
            let mut all = Vec::new();
            while let Some((offset, block)) = blocks.next().unwrap() {
                prop_assert_eq!(offset, all.len() as u64);
                all.extend_from_slice(block);
                prop_assert!(block.ends_with(b"\n") || all.len() == text.len());
            }
            prop_assert_eq!(all, text.as_bytes());
        }

        #[test]
        fn the_last_line_is_the_last_of_the_lines(text in "[a\n\r \u{a0}]{0,20}") {
            prop_assert_eq!(last_line(text.as_bytes()), lines(text.as_bytes()).last());
        }
    }
}
