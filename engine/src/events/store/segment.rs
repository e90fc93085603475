use super::EventKey;
use crate::base::{Millis, TimeRange};

/// A segment is closed when its text would pass this many bytes; a longer event has one of its own.
const MOST_TEXT: usize = 512 * 1024;
/// A segment is closed when it holds this many events.
const MOST_EVENTS: usize = 8192;

/// A run of events of one stream, in order of arrival: one text, and where each event ends in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Segment {
    text: String,
    entries: Vec<Entry>,
    span: Option<TimeRange>,
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

impl Segment {
    /// Whether an event of `bytes` bytes still belongs here.
    pub(super) fn has_room_for(&self, bytes: usize) -> bool {
        self.entries.is_empty()
            || (self.entries.len() < MOST_EVENTS && self.text.len() + bytes <= MOST_TEXT)
    }

    /// Appends an event.
    pub(super) fn push(&mut self, key: EventKey, message: &str) {
        self.text.push_str(message);
        self.entries.push(Entry {
            key,
            end: self.text.len(),
        });
        let at = key.timestamp;
        let span = self.span.get_or_insert(TimeRange { start: at, end: at });
        span.start = span.start.min(at);
        span.end = span.end.max(at);
    }

    /// Gives back what a closed segment does not need.
    pub(super) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.entries.shrink_to_fit();
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

    /// How many events.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Bytes of text.
    pub(super) fn bytes(&self) -> usize {
        self.text.len()
    }

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
        (0..self.len()).filter_map(|i| Some((i, self.get(i)?)))
    }

    /// Whether every event is older than `horizon`.
    pub(super) fn is_before(&self, horizon: Millis) -> bool {
        self.span.is_some_and(|s| s.end < horizon)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_come_back_in_order_of_arrival() {
        let mut segment = Segment::default();
        segment.push(EventKey::at(Millis(20)), "second");
        segment.push(EventKey::at(Millis(10)), "first");
        let texts: Vec<_> = segment.iter().map(|(_, e)| e.message).collect();
        assert_eq!(texts, ["second", "first"]);
        assert_eq!(
            segment.span(),
            Some(TimeRange {
                start: Millis(10),
                end: Millis(20)
            })
        );
    }

    #[test]
    fn a_full_segment_takes_no_more_but_an_empty_one_takes_anything() {
        let mut segment = Segment::default();
        assert!(segment.has_room_for(MOST_TEXT * 2));
        segment.push(EventKey::default(), &"x".repeat(MOST_TEXT));
        assert!(!segment.has_room_for(1));
    }
}
