use std::collections::BinaryHeap;

use super::segment::OpenSegment;
use super::snapshot::Chunk;
use super::{EventKey, EventSnapshot, LogError, LogGroup};
use crate::base::{FastMap, Millis, TimeRange};

/// A page never holds more than this many bytes of messages, unless one event alone is longer.
const MOST_BYTES: usize = 1_048_576;

/// An event as FilterLogEvents and GetLogEvents return it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEvent {
    /// Its time, when it came, and where it stands; prints as its `eventId`.
    pub key: EventKey,
    /// Its stream.
    pub log_stream: String,
    /// Its text, unchanged.
    pub message: String,
}

/// Which way GetLogEvents reads from its boundary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Events at the boundary and later.
    Forward,
    /// Events before the boundary.
    Backward,
}

/// Some events in order of their keys, and whether more lie beyond.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventPage {
    /// Oldest first, whichever way was read.
    pub events: Vec<StoredEvent>,
    /// Whether further matching events lie beyond the last one read.
    pub more: bool,
}

/// What to read from a snapshot.
#[derive(Clone, Copy, Debug)]
pub struct FilterScan {
    /// Both ends included.
    pub range: TimeRange,
    /// Where reading starts: everything, where absent.
    pub boundary: Option<EventKey>,
    /// Which way.
    pub direction: Direction,
    /// At most so many events.
    pub limit: usize,
}

/// A matching event: its distance from where reading starts, chunk and index.
type Found = (Rank, usize, usize);

/// Orders keys by the way of reading: the nearest to the boundary is the smallest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Forward(EventKey),
    Backward(std::cmp::Reverse<EventKey>),
}

impl EventSnapshot {
    /// One stream of `group` as it is now.
    pub fn stream(group: &LogGroup, stream: &str, now: Millis) -> Result<Self, LogError> {
        Ok(Self::of_stream(group, group.stream(stream)?, now))
    }

    /// Reads a page: the `limit` events that `matches` keeps nearest to where reading starts, by event
    /// time, then ingestion time, then request (API reference, FilterLogEvents).
    pub fn page(&self, scan: &FilterScan, matches: &dyn Fn(&str) -> bool) -> EventPage {
        let mut nearest: BinaryHeap<Found> = BinaryHeap::new();
        for (chunk_index, chunk) in self.chunks.iter().enumerate() {
            collect(chunk, chunk_index, scan, matches, &mut nearest);
        }
        let mut more = nearest.len() > scan.limit;
        let mut found = nearest.into_sorted_vec();
        found.truncate(scan.limit);
        let mut reader = Reader::new(&self.chunks);
        let mut events = Vec::with_capacity(found.len());
        let mut bytes = 0;
        for (_, chunk, index) in found {
            let Some(event) = reader.event(chunk, index) else {
                continue;
            };
            bytes += event.message.len();
            if bytes > MOST_BYTES && !events.is_empty() {
                more = true;
                break;
            }
            events.push(event);
        }
        if scan.direction == Direction::Backward {
            events.reverse();
        }
        EventPage { events, more }
    }
}

/// Reads single events; opens each segment once.
struct Reader<'a> {
    chunks: &'a [Chunk],
    open: FastMap<usize, OpenSegment<'a>>,
}

impl<'a> Reader<'a> {
    fn new(chunks: &'a [Chunk]) -> Self {
        Self {
            chunks,
            open: FastMap::default(),
        }
    }

    fn event(&mut self, chunk: usize, index: usize) -> Option<StoredEvent> {
        let of = self.chunks.get(chunk)?;
        let segment = self.open.entry(chunk).or_insert_with(|| of.segment.open());
        let event = segment.get(index)?;
        Some(StoredEvent {
            key: event.key,
            log_stream: of.stream.to_string(),
            message: event.message.to_owned(),
        })
    }
}

/// Adds the matching events of one chunk; keeps one more than the limit, to know whether there are more.
fn collect(
    chunk: &Chunk,
    chunk_index: usize,
    scan: &FilterScan,
    matches: &dyn Fn(&str) -> bool,
    nearest: &mut BinaryHeap<Found>,
) {
    let range = chunk.visible(scan.range);
    if !chunk.segment.overlaps(range) {
        return;
    }
    for (index, event) in chunk.segment.open().iter() {
        if !range.contains(event.key.timestamp) || !scan.reaches(event.key) {
            continue;
        }
        let found = (scan.rank(event.key), chunk_index, index);
        let full = nearest.len() > scan.limit;
        if full && nearest.peek().is_some_and(|farthest| *farthest <= found) {
            continue;
        }
        if matches(event.message) {
            if full {
                nearest.pop();
            }
            nearest.push(found);
        }
    }
}

impl FilterScan {
    fn reaches(&self, key: EventKey) -> bool {
        match (self.boundary, self.direction) {
            (None, _) => true,
            (Some(boundary), Direction::Forward) => key >= boundary,
            (Some(boundary), Direction::Backward) => key < boundary,
        }
    }

    fn rank(&self, key: EventKey) -> Rank {
        match self.direction {
            Direction::Forward => Rank::Forward(key),
            Direction::Backward => Rank::Backward(std::cmp::Reverse(key)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::{InputLogEvent, LogStore};

    const NOW: Millis = Millis(1_776_679_200_000);

    fn store() -> LogStore {
        let mut store = LogStore::new("000000000000", "us-east-1");
        store.create_group("g", NOW).unwrap();
        for stream in ["a", "b"] {
            store.create_stream("g", stream, NOW).unwrap();
        }
        put(&mut store, "a", &[(1, "a1"), (4, "a4")]);
        put(&mut store, "b", &[(2, "b2"), (3, "b3")]);
        store
    }

    fn put(store: &mut LogStore, stream: &str, events: &[(i64, &str)]) {
        let event = |&(t, message): &(i64, &str)| InputLogEvent {
            timestamp: NOW.plus(t),
            message: message.into(),
        };
        let events: Vec<_> = events.iter().map(event).collect();
        store.put("g", stream, &events, NOW).unwrap();
    }

    fn scan(direction: Direction, boundary: Option<EventKey>, limit: usize) -> FilterScan {
        FilterScan {
            range: TimeRange::ALL,
            boundary,
            direction,
            limit,
        }
    }

    fn texts(page: &EventPage) -> Vec<&str> {
        page.events.iter().map(|e| e.message.as_str()).collect()
    }

    #[test]
    fn events_of_several_streams_are_interleaved_by_time() {
        let all = store().snapshot(&["g"], NOW).unwrap();
        let page = all.page(&scan(Direction::Forward, None, 10), &|_| true);
        assert_eq!(texts(&page), ["a1", "b2", "b3", "a4"]);
        assert!(!page.more);
    }

    #[test]
    fn a_page_ends_at_the_limit_and_the_next_begins_behind_it() {
        let all = store().snapshot(&["g"], NOW).unwrap();
        let first = all.page(&scan(Direction::Forward, None, 3), &|_| true);
        assert_eq!(texts(&first), ["a1", "b2", "b3"]);
        assert!(first.more);
        let boundary = first.events.last().map(|e| e.key.next());
        let second = all.page(&scan(Direction::Forward, boundary, 3), &|_| true);
        assert_eq!(texts(&second), ["a4"]);
        assert!(!second.more);
    }

    #[test]
    fn reading_backward_takes_the_newest_and_shows_them_oldest_first() {
        let all = store().snapshot(&["g"], NOW).unwrap();
        let page = all.page(&scan(Direction::Backward, None, 2), &|_| true);
        assert_eq!(texts(&page), ["b3", "a4"]);
        let boundary = page.events.first().map(|e| e.key);
        let earlier = all.page(&scan(Direction::Backward, boundary, 2), &|_| true);
        assert_eq!(texts(&earlier), ["a1", "b2"]);
        assert!(!earlier.more);
    }

    #[test]
    fn only_matching_events_count_towards_the_limit() {
        let all = store().snapshot(&["g"], NOW).unwrap();
        let page = all.page(&scan(Direction::Forward, None, 2), &|m| m.starts_with('a'));
        assert_eq!(texts(&page), ["a1", "a4"]);
        assert!(!page.more);
    }

    #[test]
    fn a_page_holds_at_most_a_mebibyte() {
        let mut store = store();
        let long = "x".repeat(700_000);
        put(&mut store, "a", &[(5, &long)]);
        put(&mut store, "a", &[(6, &long)]);
        let all = store.snapshot(&["g"], NOW).unwrap();
        let page = all.page(&scan(Direction::Forward, None, 10), &|_| true);
        assert_eq!(page.events.len(), 5);
        assert!(page.more);
    }

    #[test]
    fn events_of_the_same_millisecond_stay_in_order_of_arrival() {
        let mut store = store();
        put(&mut store, "b", &[(9, "first")]);
        put(&mut store, "a", &[(9, "second")]);
        let all = store.snapshot(&["g"], NOW).unwrap();
        let page = all.page(&scan(Direction::Backward, None, 2), &|_| true);
        assert_eq!(texts(&page), ["first", "second"]);
    }
}
