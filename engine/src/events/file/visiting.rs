use std::borrow::Cow;

use super::blocks::lines;
use super::raw::{Head, RawFile, last_moment};
use super::remarks::Dated;
use crate::base::{Millis, TimeRange};
use crate::events::{EventRef, FieldReader, Literal, Scanned, Visit, Wanted};

/// The index of the clock's fields in the reader; the wanted ones come first.
const CLOCK: usize = 1;

/// What stands before the first block.
#[derive(Clone, Copy)]
pub(super) enum Start {
    /// Whatever ends the chunk before this one.
    Chunk(usize),
    /// So many lines, the last with this moment, if any before has one.
    Behind(u64, Option<Millis>),
}

/// Shows the events of consecutive blocks.
pub(super) struct Visiting<'v, 'd> {
    file: &'v RawFile,
    wanted: &'v Wanted<'v>,
    visit: &'v mut Visit<'d>,
    reader: FieldReader<'v>,
    start: Start,
    timed: bool,
    everything: bool,
    /// How many lines came before, where no line has a time.
    number: Option<u64>,
    /// The moment of the last line that was looked at or left behind.
    last: Option<Millis>,
    scanned: Scanned,
    dated: Dated,
}

impl<'v, 'd> Visiting<'v, 'd> {
    pub(super) fn new(
        file: &'v RawFile,
        wanted: &'v Wanted<'v>,
        start: Start,
        visit: &'v mut Visit<'d>,
    ) -> Self {
        let everything = wanted.range == TimeRange::ALL;
        let timed = wanted.times || !everything;
        Self {
            reader: FieldReader::new(vec![wanted.fields, file.clock.scanner()]),
            number: timed.then(|| first_number(file, start)).flatten(),
            last: None,
            scanned: Scanned::default(),
            dated: Dated::default(),
            file,
            wanted,
            visit,
            start,
            timed,
            everything,
        }
    }

    /// Shows the events of the next block, which starts at byte `offset` of the file.
    pub(super) fn block(&mut self, offset: u64, block: &[u8]) {
        let text = std::str::from_utf8(block).ok();
        if text.is_none() {
            self.file.remarks.damaged();
        }
        let usable = text.is_some() && self.everything;
        let mut hits = Hits::new(self.wanted.literal.filter(|_| usable), block);
        let mut looked_at = 0;
        for (at, line) in lines(block) {
            let end = at + line.len();
            let message = match text {
                Some(text) => Cow::Borrowed(text.get(at..end).unwrap_or_default()),
                None => String::from_utf8_lossy(line),
            };
            if hits.may_skip(at, end) {
                self.scanned.count(&message);
                self.number = self.number.map(|number| number + 1);
                continue;
            }
            let position = offset + u64::try_from(at).unwrap_or(0);
            let skipped = block.get(looked_at..at).unwrap_or_default();
            self.line(&message, position, skipped);
            looked_at = end;
        }
        if self.timed && self.number.is_none() {
            let skipped = block.get(looked_at..).unwrap_or_default();
            self.last = last_moment(&self.file.clock, skipped).or(self.last);
        }
    }

    fn line(&mut self, message: &str, position: u64, skipped: &[u8]) {
        self.reader.start();
        let (timestamp, own) = self.moment(message, skipped);
        if !self.everything && !self.wanted.range.contains(timestamp) {
            return;
        }
        self.scanned.count(message);
        let literal = self.wanted.literal;
        if literal.is_some_and(|literal| !literal.admits(message)) {
            return;
        }
        let event = EventRef {
            timestamp,
            ingestion_time: None,
            message,
            log_stream: None,
            log: None,
            origin: None,
            position,
        };
        if (self.visit)(event, &mut self.reader) {
            self.dated.events += 1;
            self.dated.undated += u64::from(!own);
        }
    }

    /// The moment of a line, and whether it is its own; the epoch where nobody looks at it.
    fn moment(&mut self, message: &str, skipped: &[u8]) -> (Millis, bool) {
        if !self.timed {
            return (Millis(0), true);
        }
        if let Some(number) = &mut self.number {
            let moment = Millis(i64::try_from(*number).unwrap_or(i64::MAX));
            *number += 1;
            return (moment, true);
        }
        let clock = &self.file.clock;
        let own = clock.read_with(&mut self.reader, CLOCK, message);
        let moment = own
            .or_else(|| last_moment(clock, skipped))
            .or(self.last)
            .or_else(|| self.before());
        self.last = moment;
        (moment.unwrap_or_default(), own.is_some())
    }

    fn before(&self) -> Option<Millis> {
        match self.start {
            Start::Chunk(chunk) => self.file.before(chunk),
            Start::Behind(_, last) => last.or_else(|| self.file.before(0)),
        }
    }

    /// Leaves its remarks under the place `at` where the part starts.
    pub(super) fn finish(self, at: u64) -> Scanned {
        if self.number.is_some() {
            self.file.remarks.no_times();
        }
        if self.timed {
            self.file.remarks.dated(at, self.dated);
        }
        self.scanned
    }
}

fn first_number(file: &RawFile, start: Start) -> Option<u64> {
    let Head::Undated(starts) = file.head() else {
        return None;
    };
    match start {
        Start::Chunk(chunk) => Some(starts.get(chunk).copied().unwrap_or_default()),
        Start::Behind(lines, _) => Some(lines),
    }
}

/// Where in a block the literal stands, or may stand.
struct Hits<'w, 'b> {
    literal: Option<&'w Literal>,
    block: &'b [u8],
    found: usize,
    escape: usize,
}

impl<'w, 'b> Hits<'w, 'b> {
    /// Without a literal no line may be skipped.
    fn new(literal: Option<&'w Literal>, block: &'b [u8]) -> Self {
        let place = |place: Option<usize>| place.unwrap_or(usize::MAX);
        Self {
            literal,
            block,
            found: place(literal.and_then(|literal| literal.find(block, 0))),
            escape: place(literal.and_then(|literal| literal.find_escape(block, 0))),
        }
    }

    /// Whether the line from `at` to `end` holds no hit; lines must be asked for in order.
    fn may_skip(&mut self, at: usize, end: usize) -> bool {
        let Some(literal) = self.literal else {
            return false;
        };
        if self.found < at {
            self.found = literal.find(self.block, at).unwrap_or(usize::MAX);
        }
        if self.escape < at {
            self.escape = literal.find_escape(self.block, at).unwrap_or(usize::MAX);
        }
        self.found >= end && self.escape >= end
    }
}
