use std::io;
use std::ops::ControlFlow;
use std::sync::OnceLock;

use super::blocks::{last_line, lines};
use super::bytes::{Bytes, LineBlocks};
use super::clock::LineClock;
use super::error::ReadError;
use super::pieces::UnpackedPieces;
use super::remarks::Remarks;
use super::visiting::{Start, Visiting};
use crate::base::{Millis, TimeRange};
use crate::events::{EventRef, EventSource, FieldScanner, Pieces, Scanned, Visit, Wanted};

/// Bytes that are held at once by each thread that reads: they stay in the processor's cache.
const BLOCK: usize = 1 << 18;

/// Bytes of a packed file that are unpacked at once.
pub(super) const PIECE: usize = 1 << 20;

/// The most bytes of one chunk.
const CHUNK: u64 = 8 << 20;

/// The first window in which the moment before a chunk is looked for.
const WINDOW: u64 = 1 << 16;

/// A file of raw lines. Every line that is not blank is an event; a chunk holds the lines that start in
/// its bytes. Nothing is kept but what the moments of lines without a time need.
#[derive(Debug)]
pub(super) struct RawFile {
    pub(super) path: String,
    pub(super) bytes: Bytes,
    pub(super) clock: LineClock,
    chunk: u64,
    head: OnceLock<Head>,
    /// The moment of the line before each chunk, where it was needed.
    before: Vec<OnceLock<Option<Millis>>>,
    pub(super) remarks: Remarks,
}

/// How the file begins.
#[derive(Debug)]
pub(super) enum Head {
    /// The first moment in it.
    Dated(Millis),
    /// No line has a time; how many lines stand before each chunk.
    Undated(Vec<u64>),
}

impl RawFile {
    pub(super) fn new(path: String, bytes: Bytes, time_field: Option<&str>) -> Self {
        let length = bytes.length();
        let chunk = length.map_or(u64::MAX, |length| (length / 64).clamp(1 << 20, CHUNK));
        Self::cut(path, bytes, time_field, chunk)
    }

    /// With chunks of so many bytes.
    fn cut(path: String, bytes: Bytes, time_field: Option<&str>, chunk: u64) -> Self {
        let chunks = bytes.length().map_or(1, |length| length.div_ceil(chunk));
        let chunks = usize::try_from(chunks).unwrap_or(usize::MAX);
        Self {
            path,
            bytes,
            clock: LineClock::new(time_field),
            chunk,
            head: OnceLock::new(),
            before: (0..chunks).map(|_| OnceLock::new()).collect(),
            remarks: Remarks::default(),
        }
    }

    /// Whether there are lines and none has a time.
    pub(super) fn is_undated(&self) -> bool {
        match self.head() {
            Head::Dated(_) => false,
            Head::Undated(_) => self.some_line(),
        }
    }

    /// Whether it can only be read from the front to the back.
    pub(super) fn is_packed(&self) -> bool {
        matches!(self.bytes, Bytes::Gzip { .. })
    }

    /// Blocks of all lines.
    pub(super) fn open_blocks(&self, size: usize) -> Option<LineBlocks<'_>> {
        let opened = self.bytes.blocks(0, u64::MAX, size);
        opened.map_err(|error| self.fail(error)).ok()
    }

    fn some_line(&self) -> bool {
        let mut found = false;
        self.each_line(0, u64::MAX, &mut |_, _| {
            found = true;
            ControlFlow::Break(())
        });
        found
    }

    pub(super) fn fail(&self, error: io::Error) {
        self.remarks.fail(self.bytes.error(&self.path, error));
    }

    /// What went wrong in any scan so far.
    pub(super) fn check(&self) -> Result<(), ReadError> {
        self.remarks.failure().map_or(Ok(()), Err)
    }

    /// How the file begins; reads up to the first line with a time.
    pub(super) fn head(&self) -> &Head {
        self.head.get_or_init(|| {
            let (mut moment, mut count, mut starts) = (None, 0, Vec::new());
            self.each_line(0, u64::MAX, &mut |at, line| {
                let chunk = usize::try_from(at / self.chunk).unwrap_or(usize::MAX);
                starts.resize(starts.len().max(chunk + 1), count);
                count += 1;
                moment = self.clock.read_bytes(line);
                match moment {
                    Some(_) => ControlFlow::Break(()),
                    None => ControlFlow::Continue(()),
                }
            });
            starts.resize(starts.len().max(self.before.len()), count);
            moment.map_or(Head::Undated(starts), Head::Dated)
        })
    }

    /// The moment that lines without a time take at the start of a chunk.
    pub(super) fn before(&self, chunk: usize) -> Option<Millis> {
        let Some(earlier) = chunk.checked_sub(1) else {
            return match self.head() {
                Head::Dated(moment) => Some(*moment),
                Head::Undated(_) => None,
            };
        };
        let known = self.before.get(chunk)?;
        *known.get_or_init(|| self.last_moment(earlier).or_else(|| self.before(earlier)))
    }

    /// The last time in a chunk.
    fn last_moment(&self, chunk: usize) -> Option<Millis> {
        let (start, end) = self.ends(chunk);
        let mut window = WINDOW;
        loop {
            let from = end.saturating_sub(window).max(start);
            let mut last = None;
            self.each_line(from, end, &mut |_, line| {
                last = self.clock.read_bytes(line).or(last);
                ControlFlow::Continue(())
            });
            if last.is_some() || from == start {
                return last;
            }
            window = window.saturating_mul(8);
        }
    }

    /// Where a chunk starts and ends.
    pub(super) fn ends(&self, chunk: usize) -> (u64, u64) {
        let index = u64::try_from(chunk).unwrap_or(u64::MAX);
        let start = index.saturating_mul(self.chunk);
        (start, start.saturating_add(self.chunk))
    }

    fn each_line(&self, from: u64, to: u64, see: &mut dyn FnMut(u64, &[u8]) -> ControlFlow<()>) {
        self.each_block(from, to, &mut |offset, block| {
            let mut lines = lines(block);
            lines.try_for_each(|(at, line)| see(offset + u64::try_from(at).unwrap_or(0), line))
        });
    }

    /// Shows blocks of the lines that start from byte `from` on and before `to`.
    pub(super) fn each_block(
        &self,
        from: u64,
        to: u64,
        see: &mut dyn FnMut(u64, &[u8]) -> ControlFlow<()>,
    ) {
        if let Err(error) = self.try_each_block(from, to, see) {
            self.fail(error);
        }
    }

    fn try_each_block(
        &self,
        from: u64,
        to: u64,
        see: &mut dyn FnMut(u64, &[u8]) -> ControlFlow<()>,
    ) -> io::Result<()> {
        // A line starts at `from` only if the byte before ends one.
        let open = from.saturating_sub(1);
        let size = to.saturating_sub(from).clamp(1 << 12, BLOCK as u64);
        let size = usize::try_from(size).unwrap_or(BLOCK);
        let mut blocks = self.bytes.blocks(open, to, size)?;
        let mut inside = from == 0;
        while let Some((mut offset, mut block)) = blocks.next()? {
            if !inside {
                let skipped = memchr::memchr(b'\n', block).map_or(block.len(), |at| at + 1);
                block = block.get(skipped..).unwrap_or_default();
                offset += u64::try_from(skipped).unwrap_or(0);
                inside = true;
            }
            if offset >= to {
                break;
            }
            if see(offset, starting_before(block, to - offset)).is_break() {
                break;
            }
        }
        Ok(())
    }
}

/// The lines of a block that start in its first `length` bytes.
fn starting_before(block: &[u8], length: u64) -> &[u8] {
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    let last = block.get(length.saturating_sub(1)..).unwrap_or_default();
    let end = memchr::memchr(b'\n', last).map(|at| length.saturating_sub(1) + at + 1);
    end.and_then(|end| block.get(..end)).unwrap_or(block)
}

/// The last time in a block.
pub(super) fn last_moment(clock: &LineClock, mut block: &[u8]) -> Option<Millis> {
    while let Some((start, line)) = last_line(block) {
        let moment = clock.read_bytes(line);
        if moment.is_some() {
            return moment;
        }
        block = block.get(..start)?;
    }
    None
}

impl EventSource for RawFile {
    fn chunks(&self) -> usize {
        self.before.len()
    }

    fn scan(&self, chunk: usize, range: TimeRange, visit: &mut dyn FnMut(EventRef<'_>)) {
        let fields = FieldScanner::new([], 0);
        let wanted = Wanted {
            range,
            times: true,
            literal: None,
            fields: &fields,
        };
        self.scan_wanted(chunk, &wanted, &mut |event, _| {
            visit(event);
            true
        });
    }

    fn scan_wanted(&self, chunk: usize, wanted: &Wanted<'_>, visit: &mut Visit<'_>) -> Scanned {
        let (from, to) = self.ends(chunk);
        let mut visiting = Visiting::new(self, wanted, Start::Chunk(chunk), visit);
        self.each_block(from, to, &mut |offset, block| {
            visiting.block(offset, block);
            ControlFlow::Continue(())
        });
        visiting.finish(from)
    }

    fn pieces(&self) -> Option<Pieces<'_>> {
        if !self.is_packed() {
            return None;
        }
        Some(Box::new(UnpackedPieces::new(self, PIECE)))
    }

    fn log_groups(&self) -> usize {
        1
    }

    fn notes(&self) -> Vec<String> {
        self.remarks.notes()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::events::{FieldReader, Literal};

    type Event = (i64, String);

    /// All lines with their moments and whether these are their own, read in the plainest way.
    fn plainly(text: &str) -> Vec<(i64, String, bool)> {
        let clock = LineClock::new(None);
        let lines = text.split('\n').filter(|line| !line.trim().is_empty());
        let lines = lines.map(|line| line.trim_end_matches('\r').to_owned());
        let moment = |line: String| (clock.read_bytes(line.as_bytes()).map(|at| at.0), line);
        let read: Vec<_> = lines.map(moment).collect();
        let first = read.iter().find_map(|(at, _)| *at);
        let mut last = first;
        let dated = read.into_iter().enumerate().map(|(number, (at, line))| {
            last = at.or(last);
            let number = i64::try_from(number).unwrap();
            (
                last.unwrap_or(number),
                line,
                at.is_some() || first.is_none(),
            )
        });
        dated.collect()
    }

    fn wanting<'w>(literal: Option<&'w Literal>, fields: &'w FieldScanner, end: i64) -> Wanted<'w> {
        let range = TimeRange {
            end: Millis(end),
            ..TimeRange::ALL
        };
        Wanted {
            range,
            times: true,
            literal,
            fields,
        }
    }

    /// What a scan shows of lines with the letter.
    fn shown(
        file: &RawFile,
        wanted: &Wanted<'_>,
        letter: char,
        pieces: Option<usize>,
    ) -> (Vec<Event>, Scanned) {
        let mut events = Vec::new();
        let mut scanned = Scanned::default();
        let mut visit = |event: EventRef<'_>, _: &mut FieldReader<'_>| {
            let stays = event.message.contains(letter);
            if stays {
                events.push((event.timestamp.0, event.message.to_owned()));
            }
            stays
        };
        match pieces {
            Some(size) => UnpackedPieces::new(file, size)
                .for_each(|piece| scanned.join(piece.scan(wanted, &mut visit))),
            None => (0..file.chunks())
                .for_each(|chunk| scanned.join(file.scan_wanted(chunk, wanted, &mut visit))),
        }
        (events, scanned)
    }

    fn line() -> impl Strategy<Value = String> {
        prop_oneof![
            (0..9_u8).prop_map(|at| format!("{{\"ts\":{at},\"k\":\"a\"}}")),
            (0..9_u8).prop_map(|at| format!("{{\"k\":\"b\",\"ts\":{at}}}\r")),
            "[ab ]{0,6}",
            Just("  at main".to_owned()),
            Just("é\u{a0}a".to_owned()),
        ]
    }

    proptest! {
        #[test]
        fn however_a_file_is_cut_its_events_are_the_same(
            lines in prop::collection::vec(line(), 0..60),
            repeats in 1..12_usize,
            chunk in 1..300_u64,
            piece in 1..300_usize,
            asked in any::<bool>(),
            end in prop::option::of(2000..9000_i64),
        ) {
            let text = lines.join("\n").repeat(repeats);
            let end = end.unwrap_or(i64::MAX);
            let all = plainly(&text);
            let in_range = || all.iter().filter(|(at, ..)| *at <= end);
            let matching = || in_range().filter(|(_, line, _)| line.contains('a'));
            let expected: Vec<Event> = matching().map(|(at, line, _)| (*at, line.clone())).collect();
            let undated = matching().filter(|(.., own)| !own).count();
            let letter = Literal::of_message("a");
            let fields = FieldScanner::new(["k"], 200);
            let wanted = wanting(asked.then_some(&letter), &fields, end);
            for pieces in [None, Some(piece)] {
                for chunk in [chunk, 1 << 20] {
                    let bytes = Bytes::Memory(text.clone().into_bytes());
                    let file = RawFile::cut("x".to_owned(), bytes, None, chunk);
                    let (events, scanned) = shown(&file, &wanted, 'a', pieces);
                    prop_assert_eq!(&events, &expected, "{:?} {}", pieces, chunk);
                    prop_assert_eq!(scanned.records, in_range().count() as u64);
                    let says = file.notes().iter().any(|note| note.starts_with(&format!("{undated} of {} ", events.len())));
                    prop_assert_eq!(says, undated > 0, "{:?}", file.notes());
                }
            }
        }
    }
}
