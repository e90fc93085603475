use super::{FieldReader, FieldScanner, Literal, LogType, Origin};
use crate::base::{Millis, TimeRange};

/// One log event as a scan sees it; borrowed from the source.
#[derive(Clone, Copy, Debug)]
pub struct EventRef<'a> {
    /// `@timestamp`.
    pub timestamp: Millis,
    /// `@ingestionTime`; a file has none.
    pub ingestion_time: Option<Millis>,
    /// `@message`, unchanged.
    pub message: &'a str,
    /// `@logStream`; a file has none.
    pub log_stream: Option<&'a str>,
    /// `@log`: `account:group`; a file has none.
    pub log: Option<&'a str>,
    /// What else is known of the group or file.
    pub origin: Option<&'a Origin>,
    /// Where the event stands in its source: unique in it, rising in order of arrival.
    pub position: u64,
}

impl EventRef<'_> {
    /// What kind of lines the event's log holds: what its origin says, else what the group's name says; `None`
    /// where neither is known.
    pub fn log_type(&self) -> Option<LogType> {
        let said = self.origin.and_then(|origin| origin.log_type);
        said.or_else(|| {
            let (_, group) = self.log?.split_once(':')?;
            Some(LogType::of_group(group).unwrap_or(LogType::Other))
        })
    }
}

/// What a scan is for. A source may leave out work that nothing asks for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'w> {
    /// Events outside are not shown.
    pub range: TimeRange,
    /// Whether anybody looks at the timestamps; where not, and the range is all of time, they may be wrong.
    pub times: bool,
    /// Text without which an event cannot matter: such events need not be shown.
    pub literal: Option<&'w Literal>,
    /// The fields that are read.
    pub fields: &'w FieldScanner,
}

/// What a scan has seen, events that were not shown for want of the literal included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scanned {
    /// Events in range.
    pub records: u64,
    /// Their messages' bytes.
    pub bytes: u64,
}

impl Scanned {
    /// Counts one event.
    pub fn count(&mut self, message: &str) {
        self.records += 1;
        self.bytes += u64::try_from(message.len()).unwrap_or(u64::MAX);
    }

    /// Adds what another scan has seen.
    pub fn join(&mut self, other: Self) {
        self.records += other.records;
        self.bytes += other.bytes;
    }
}

/// Takes an event of a scan, with a reader that gives the wanted fields of its message as scanner
/// [`WANTED_FIELDS`]; says whether the event matters to the answer.
pub type Visit<'v> = dyn FnMut(EventRef<'_>, &mut FieldReader<'_>) -> bool + 'v;

/// The index of the wanted fields in the reader that a [`Visit`] gets.
pub const WANTED_FIELDS: usize = 0;

/// A part of a source that is read only once, from the front to the back.
pub trait Piece: Send {
    /// Shows its events, as [`EventSource::scan_wanted`] does.
    fn scan(&self, wanted: &Wanted<'_>, visit: &mut Visit<'_>) -> Scanned;
}

/// The pieces of a source in order.
pub type Pieces<'s> = Box<dyn Iterator<Item = Box<dyn Piece + 's>> + Send + 's>;

/// Anything a query can scan. Chunks are independent, so that they can be scanned in parallel.
pub trait EventSource: Sync {
    /// How many chunks there are.
    fn chunks(&self) -> usize;

    /// Shows every event of `chunk` that lies in `range` to `visit`, in order of arrival.
    fn scan(&self, chunk: usize, range: TimeRange, visit: &mut dyn FnMut(EventRef<'_>));

    /// Like [`EventSource::scan`], but without what is not wanted.
    fn scan_wanted(&self, chunk: usize, wanted: &Wanted<'_>, visit: &mut Visit<'_>) -> Scanned {
        let mut reader = FieldReader::new(vec![wanted.fields]);
        let mut scanned = Scanned::default();
        self.scan(chunk, wanted.range, &mut |event| {
            scanned.count(event.message);
            if wanted
                .literal
                .is_none_or(|literal| literal.admits(event.message))
            {
                reader.start();
                visit(event, &mut reader);
            }
        });
        scanned
    }

    /// A source that can only be read from the front to the back gives its pieces here, and may be slow to
    /// show a chunk alone.
    fn pieces(&self) -> Option<Pieces<'_>> {
        None
    }

    /// How many log groups the source spans; a file counts as one.
    fn log_groups(&self) -> usize;

    /// Why a field that CloudWatch fills cannot be filled from this source; `None` where it is filled, or
    /// truly missing. `field` is a name as queries write it.
    fn refuses(&self, field: &str) -> Option<String> {
        Origin::default().refuses(field)
    }

    /// What a reader of an answer over this source should know, such as times that were guessed.
    fn notes(&self) -> Vec<String> {
        Vec::new()
    }
}
