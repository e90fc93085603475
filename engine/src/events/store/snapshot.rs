use std::sync::Arc;

use super::segment::Segment;
use super::{LogGroup, LogStream};
use crate::base::{Millis, TimeRange};
use crate::events::{EventRef, EventSource, Origin};

/// The events of some groups as they were at one moment. Later writes do not show; the store goes on
/// without waiting. One chunk is one segment of one stream.
#[derive(Clone, Debug, Default)]
pub struct EventSnapshot {
    pub(super) chunks: Vec<Chunk>,
    origins: Vec<Arc<Origin>>,
    groups: usize,
}

/// A segment with the names it stands under.
#[derive(Clone, Debug)]
pub(super) struct Chunk {
    pub(super) log: Arc<str>,
    pub(super) stream: Arc<str>,
    pub(super) segment: Arc<Segment>,
    not_before: Millis,
    /// Which of the snapshot's origins.
    origin: usize,
}

impl Chunk {
    /// `range` without what the group's retention hides.
    pub(super) fn visible(&self, range: TimeRange) -> TimeRange {
        TimeRange {
            start: range.start.max(self.not_before),
            end: range.end,
        }
    }
}

impl EventSnapshot {
    /// The events of `groups`, each from the moment that `not_before` gives it.
    pub(super) fn new(groups: &[&LogGroup], not_before: impl Fn(&LogGroup) -> Millis) -> Self {
        let mut snapshot = Self {
            chunks: Vec::new(),
            origins: Vec::new(),
            groups: groups.len(),
        };
        for group in groups {
            snapshot.origins.push(Arc::new(group.origin()));
            for stream in group.streams() {
                snapshot.add(group, stream, not_before(group));
            }
        }
        snapshot
    }

    /// One stream alone.
    pub(super) fn of_stream(group: &LogGroup, stream: &LogStream, now: Millis) -> Self {
        let mut snapshot = Self {
            chunks: Vec::new(),
            origins: Vec::new(),
            groups: 1,
        };
        snapshot.origins.push(Arc::new(group.origin()));
        snapshot.add(group, stream, group.horizon(now));
        snapshot
    }

    /// Only the streams that `keep` names.
    #[must_use]
    pub fn streams(mut self, keep: impl Fn(&str) -> bool) -> Self {
        self.chunks.retain(|chunk| keep(&chunk.stream));
        self
    }

    /// With other origins, one for each of the groups in the order in which they were named.
    #[must_use]
    pub fn with_origins(mut self, origins: impl IntoIterator<Item = Origin>) -> Self {
        for (known, origin) in self.origins.iter_mut().zip(origins) {
            *known = Arc::new(origin);
        }
        self
    }

    fn add(&mut self, group: &LogGroup, stream: &LogStream, not_before: Millis) {
        for segment in stream.segments() {
            self.chunks.push(Chunk {
                log: Arc::clone(group.log()),
                stream: Arc::clone(stream.name()),
                segment: Arc::clone(segment),
                not_before,
                origin: self.origins.len().saturating_sub(1),
            });
        }
    }
}

impl EventSource for EventSnapshot {
    fn chunks(&self) -> usize {
        self.chunks.len()
    }

    fn scan(&self, chunk: usize, range: TimeRange, visit: &mut dyn FnMut(EventRef<'_>)) {
        let Some(chunk) = self.chunks.get(chunk) else {
            return;
        };
        let range = chunk.visible(range);
        let origin = self.origins.get(chunk.origin).map(Arc::as_ref);
        if !chunk.segment.overlaps(range) {
            return;
        }
        for (_, event) in chunk.segment.open().iter() {
            if range.contains(event.key.timestamp) {
                visit(EventRef {
                    timestamp: event.key.timestamp,
                    ingestion_time: Some(event.key.ingestion_time),
                    message: event.message,
                    log_stream: Some(&chunk.stream),
                    log: Some(&chunk.log),
                    origin,
                    position: event.key.position,
                });
            }
        }
    }

    fn log_groups(&self) -> usize {
        self.groups
    }

    fn refuses(&self, field: &str) -> Option<String> {
        self.origins.iter().find_map(|origin| origin.refuses(field))
    }
}
