use std::sync::Arc;

use super::EventKey;
use super::segment::Segment;
use crate::base::Millis;

/// So many newest closed segments of a stream stay as they came (128 MiB, some hours of a busy service);
/// older ones are packed.
const PLAIN_SEGMENTS: usize = 256;

/// A log stream: a sequence of events from one source.
#[derive(Clone, Debug)]
pub struct LogStream {
    name: Arc<str>,
    creation_time: Millis,
    first_event: Option<Millis>,
    last_event: Option<Millis>,
    last_ingestion: Option<Millis>,
    segments: Vec<Arc<Segment>>,
}

impl LogStream {
    pub(super) fn new(name: &str, creation_time: Millis) -> Self {
        Self {
            name: name.into(),
            creation_time,
            first_event: None,
            last_event: None,
            last_ingestion: None,
            segments: Vec::new(),
        }
    }

    /// Its name.
    pub fn name(&self) -> &Arc<str> {
        &self.name
    }

    /// When it was created.
    pub fn creation_time(&self) -> Millis {
        self.creation_time
    }

    /// `firstEventTimestamp`: the oldest event; nothing before the first event came.
    pub fn first_event(&self) -> Option<Millis> {
        self.first_event
    }

    /// `lastEventTimestamp`: the newest event. AWS updates it within an hour; here it is always fresh.
    pub fn last_event(&self) -> Option<Millis> {
        self.last_event
    }

    /// When the last batch came.
    pub fn last_ingestion(&self) -> Option<Millis> {
        self.last_ingestion
    }

    /// Bytes of the messages it holds.
    pub fn stored_bytes(&self) -> usize {
        self.segments.iter().map(|s| s.bytes()).sum()
    }

    pub(super) fn segments(&self) -> &[Arc<Segment>] {
        &self.segments
    }

    /// Appends an event. A segment that a snapshot still shows is copied first, so that the snapshot stands.
    pub(super) fn push(&mut self, key: EventKey, message: &str) {
        let fits = |s: &Arc<Segment>| s.has_room_for(message.len());
        if !self.segments.last().is_some_and(fits) {
            self.close();
        }
        if let Some(open) = self.segments.last_mut() {
            Arc::make_mut(open).push(key, message);
        }
        let at = key.timestamp;
        self.first_event = Some(self.first_event.map_or(at, |first| first.min(at)));
        self.last_event = Some(self.last_event.map_or(at, |last| last.max(at)));
        self.last_ingestion = Some(key.ingestion_time);
    }

    /// Closes the open segment, opens another, and packs the one that is no longer among the newest.
    fn close(&mut self) {
        if let Some(full) = self.segments.last_mut().and_then(Arc::get_mut) {
            full.shrink();
        }
        self.segments.push(Arc::default());
        let old = self.segments.len().checked_sub(PLAIN_SEGMENTS + 2);
        if let Some(old) = old.and_then(|index| self.segments.get_mut(index))
            && let Some(packed) = old.packed()
        {
            *old = Arc::new(packed);
        }
    }

    /// Drops segments whose events are all older than `horizon`.
    pub(super) fn expire(&mut self, horizon: Millis) {
        let before = self.segments.len();
        self.segments.retain(|s| !s.is_before(horizon));
        if self.segments.len() < before {
            let starts = self.segments.iter().filter_map(|s| s.span());
            self.first_event = starts.map(|s| s.start).min();
            if self.first_event.is_none() {
                self.last_event = None;
            }
        }
    }
}
