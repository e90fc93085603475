use std::borrow::Cow;
use std::ops::ControlFlow;

use serde::Deserialize;

use super::blocks::lines;
use super::bytes::LineBlocks;
use super::error::ReadError;
use super::raw::{PIECE, RawFile};
use crate::base::{Millis, TimeRange};
use crate::events::{
    EventRef, EventSource, FieldReader, FieldScanner, Piece, Pieces, Scanned, Visit, Wanted,
};

/// Events as the AWS CLI prints them, one a line.
#[derive(Debug)]
pub(super) struct ExportedFile(RawFile);

/// One event as the AWS CLI prints it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Exported<'t> {
    timestamp: i64,
    #[serde(borrow)]
    message: Cow<'t, str>,
    ingestion_time: Option<i64>,
    #[serde(borrow)]
    log_stream_name: Option<Cow<'t, str>>,
}

impl ExportedFile {
    /// Reads the lines of `lines`.
    pub(super) fn new(lines: RawFile) -> Self {
        Self(lines)
    }

    /// What went wrong in any scan so far, such as a line that is no event.
    pub(super) fn check(&self) -> Result<(), ReadError> {
        self.0.check()
    }

    /// The line that starts at byte `position` is no event.
    fn no_event(&self, position: u64, source: serde_json::Error) {
        let mut line = 1;
        self.0.each_block(0, position, &mut |offset, block| {
            let before = usize::try_from(position.saturating_sub(offset)).unwrap_or(usize::MAX);
            let block = block.get(..before).unwrap_or(block);
            line += memchr::memchr_iter(b'\n', block).count();
            ControlFlow::Continue(())
        });
        let path = self.0.path.clone();
        self.0.remarks.fail(ReadError::Event { path, line, source });
    }

    /// Shows the events of a block that starts at byte `offset`, up to the first line that is none.
    fn block(
        &self,
        offset: u64,
        block: &[u8],
        show: &mut dyn FnMut(u64, &Exported<'_>),
    ) -> ControlFlow<()> {
        for (at, line) in lines(block) {
            let text = String::from_utf8_lossy(line);
            if matches!(text, Cow::Owned(_)) {
                self.0.remarks.damaged();
            }
            let position = offset + u64::try_from(at).unwrap_or(0);
            match serde_json::from_str(&text) {
                Ok(event) => show(position, &event),
                Err(source) => {
                    self.no_event(position, source);
                    return ControlFlow::Break(());
                }
            }
        }
        ControlFlow::Continue(())
    }
}

/// Shows events to a visit as it wants them.
struct Showing<'v, 'd> {
    wanted: &'v Wanted<'v>,
    reader: FieldReader<'v>,
    visit: &'v mut Visit<'d>,
    scanned: Scanned,
}

impl<'v, 'd> Showing<'v, 'd> {
    fn new(wanted: &'v Wanted<'v>, visit: &'v mut Visit<'d>) -> Self {
        Self {
            wanted,
            reader: FieldReader::new(vec![wanted.fields]),
            visit,
            scanned: Scanned::default(),
        }
    }

    fn event(&mut self, position: u64, event: &Exported<'_>) {
        let timestamp = Millis(event.timestamp);
        if !self.wanted.range.contains(timestamp) {
            return;
        }
        let message = event.message.as_ref();
        self.scanned.count(message);
        let literal = self.wanted.literal;
        if literal.is_some_and(|literal| !literal.admits(message)) {
            return;
        }
        self.reader.start();
        let event = EventRef {
            timestamp,
            ingestion_time: event.ingestion_time.map(Millis),
            message,
            log_stream: event.log_stream_name.as_deref(),
            log: None,
            origin: None,
            position,
        };
        (self.visit)(event, &mut self.reader);
    }
}

impl EventSource for ExportedFile {
    fn chunks(&self) -> usize {
        self.0.chunks()
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
        let (from, to) = self.0.ends(chunk);
        let mut showing = Showing::new(wanted, visit);
        self.0.each_block(from, to, &mut |offset, block| {
            self.block(offset, block, &mut |at, event| showing.event(at, event))
        });
        showing.scanned
    }

    fn pieces(&self) -> Option<Pieces<'_>> {
        self.0.is_packed().then(|| {
            let pieces: Pieces<'_> = Box::new(UnpackedEvents {
                file: self,
                blocks: self.0.open_blocks(PIECE),
            });
            pieces
        })
    }

    fn log_groups(&self) -> usize {
        1
    }

    fn notes(&self) -> Vec<String> {
        self.0.notes()
    }
}

/// The blocks of a packed file, unpacked one after the other by whoever asks for the next.
struct UnpackedEvents<'f> {
    file: &'f ExportedFile,
    blocks: Option<LineBlocks<'f>>,
}

struct Unpacked<'f> {
    file: &'f ExportedFile,
    offset: u64,
    bytes: Vec<u8>,
}

impl<'f> Iterator for UnpackedEvents<'f> {
    type Item = Box<dyn Piece + 'f>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.blocks.as_mut()?.next() {
            Ok(block) => {
                let (offset, block) = block?;
                Some(Box::new(Unpacked {
                    file: self.file,
                    offset,
                    bytes: block.to_vec(),
                }))
            }
            Err(error) => {
                self.file.0.fail(error);
                self.blocks = None;
                None
            }
        }
    }
}

impl Piece for Unpacked<'_> {
    fn scan(&self, wanted: &Wanted<'_>, visit: &mut Visit<'_>) -> Scanned {
        let mut showing = Showing::new(wanted, visit);
        let show = &mut |at, event: &Exported<'_>| showing.event(at, event);
        // What went wrong is with the file's remarks.
        let _ended = self.file.block(self.offset, &self.bytes, show);
        showing.scanned
    }
}
