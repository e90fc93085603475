use std::borrow::Cow;
use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use super::EventKey;
use crate::base::{Millis, TimeRange};

/// A segment is closed when its text would pass this many bytes; a longer event has one of its own.
const MOST_TEXT: usize = 512 * 1024;
/// A segment is closed when it holds this many events.
const MOST_EVENTS: usize = 8192;

/// A run of events of one stream, in order of arrival: one text, and where each event ends in it.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    text: Text,
    bytes: usize,
    entries: Vec<Entry>,
    span: Option<TimeRange>,
}

/// The messages of a segment, one behind the other.
#[derive(Clone, Debug)]
enum Text {
    Plain(String),
    /// Deflated; a tenth of the memory for a hundredth of a second when it is read.
    Packed(Box<[u8]>),
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    key: EventKey,
    end: usize,
}

/// An event inside a segment.
#[derive(Clone, Copy, Debug)]
pub(super) struct SegmentEvent<'a> {
    pub(super) key: EventKey,
    pub(super) message: &'a str,
}

impl Default for Segment {
    fn default() -> Self {
        Self {
            text: Text::Plain(String::new()),
            bytes: 0,
            entries: Vec::new(),
            span: None,
        }
    }
}

impl Segment {
    /// Whether an event of `bytes` bytes still belongs here.
    pub(super) fn has_room_for(&self, bytes: usize) -> bool {
        self.entries.is_empty()
            || (self.entries.len() < MOST_EVENTS && self.bytes + bytes <= MOST_TEXT)
    }

    /// Appends an event. Only the open segment of a stream is written to, and it is never packed.
    pub(super) fn push(&mut self, key: EventKey, message: &str) {
        let Text::Plain(text) = &mut self.text else {
            debug_assert!(false, "a packed segment is closed");
            return;
        };
        text.push_str(message);
        self.bytes = text.len();
        self.entries.push(Entry {
            key,
            end: self.bytes,
        });
        let at = key.timestamp;
        let span = self.span.get_or_insert(TimeRange { start: at, end: at });
        span.start = span.start.min(at);
        span.end = span.end.max(at);
    }

    /// Gives back what a closed segment does not need.
    pub(super) fn shrink(&mut self) {
        if let Text::Plain(text) = &mut self.text {
            text.shrink_to_fit();
        }
        self.entries.shrink_to_fit();
    }

    /// The same events with their text deflated; `None` where it is so already.
    pub(super) fn packed(&self) -> Option<Self> {
        let Text::Plain(text) = &self.text else {
            return None;
        };
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text.as_bytes()).ok()?;
        let packed = encoder.finish().ok()?;
        Some(Self {
            text: Text::Packed(packed.into()),
            bytes: self.bytes,
            entries: self.entries.clone(),
            span: self.span,
        })
    }

    /// The oldest and the newest event's time; `None` for an empty segment.
    pub(super) fn span(&self) -> Option<TimeRange> {
        self.span
    }

    /// Whether some event may lie in `range`.
    pub(super) fn overlaps(&self, range: TimeRange) -> bool {
        self.span
            .is_some_and(|s| s.start <= range.end && range.start <= s.end)
    }

    /// The event of that position.
    pub(super) fn event_at(&self, position: u64) -> Option<(EventKey, String)> {
        let found = self
            .entries
            .binary_search_by_key(&position, |entry| entry.key.position);
        let index = found.ok()?;
        let open = self.open();
        let (_, event) = open.iter().nth(index)?;
        Some((event.key, event.message.to_owned()))
    }

    /// Bytes of text before packing.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Opens the segment for reading.
    pub(super) fn open(&self) -> OpenSegment<'_> {
        OpenSegment {
            text: self.text.read(self.bytes),
            entries: &self.entries,
        }
    }

    /// Whether every event is older than `horizon`.
    pub(super) fn is_before(&self, horizon: Millis) -> bool {
        self.span.is_some_and(|s| s.end < horizon)
    }
}

impl Text {
    fn read(&self, bytes: usize) -> Cow<'_, str> {
        match self {
            Self::Plain(text) => Cow::Borrowed(text),
            Self::Packed(packed) => {
                let mut text = String::with_capacity(bytes);
                let read = DeflateDecoder::new(&packed[..]).read_to_string(&mut text);
                debug_assert_eq!(read.ok(), Some(bytes), "memory holds what was packed");
                Cow::Owned(text)
            }
        }
    }
}

/// A segment whose text can be read.
#[derive(Debug)]
pub(super) struct OpenSegment<'a> {
    text: Cow<'a, str>,
    entries: &'a [Entry],
}

impl OpenSegment<'_> {
    /// The event at `index`; `None` behind the last.
    pub(super) fn get(&self, index: usize) -> Option<SegmentEvent<'_>> {
        let entry = self.entries.get(index)?;
        let start = match index.checked_sub(1) {
            Some(previous) => self.entries.get(previous)?.end,
            None => 0,
        };
        let message = self.text.get(start..entry.end)?;
        Some(SegmentEvent {
            key: entry.key,
            message,
        })
    }

    /// All events with their index, in order of arrival.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, SegmentEvent<'_>)> {
        (0..self.entries.len()).filter_map(|i| Some((i, self.get(i)?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(segment: &Segment) -> Vec<String> {
        let open = segment.open();
        open.iter().map(|(_, e)| e.message.to_owned()).collect()
    }

    #[test]
    fn events_come_back_in_order_of_arrival() {
        let mut segment = Segment::default();
        segment.push(EventKey::at(Millis(20)), "second");
        segment.push(EventKey::at(Millis(10)), "first");
        assert_eq!(texts(&segment), ["second", "first"]);
        assert_eq!(
            segment.span(),
            Some(TimeRange {
                start: Millis(10),
                end: Millis(20)
            })
        );
    }

    #[test]
    fn a_packed_segment_shows_the_same_events_in_less_memory() {
        let mut segment = Segment::default();
        for n in 0..1000 {
            let message = format!(r#"{{"level":"INFO","message":"scored é","n":{n}}}"#);
            segment.push(EventKey::at(Millis(n)), &message);
        }
        let packed = segment.packed().unwrap();
        assert_eq!(texts(&packed), texts(&segment));
        assert_eq!(packed.bytes(), segment.bytes());
        let Text::Packed(bytes) = &packed.text else {
            panic!("packed");
        };
        assert!(bytes.len() * 5 < segment.bytes(), "{}", bytes.len());
        assert!(packed.packed().is_none());
    }

    #[test]
    fn a_full_segment_takes_no_more_but_an_empty_one_takes_anything() {
        let mut segment = Segment::default();
        assert!(segment.has_room_for(MOST_TEXT * 2));
        segment.push(EventKey::default(), &"x".repeat(MOST_TEXT));
        assert!(!segment.has_room_for(1));
    }
}
