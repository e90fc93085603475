//! Events in memory, cut into chunks of any size.

use std::collections::BTreeMap;
use std::sync::Arc;

use belfry_engine::base::{Millis, TimeRange};
use belfry_engine::events::{EventRef, EventSource, LogType, Origin};
use belfry_engine::insights::{LookupTable, RunOptions, Source, SourceError, Sources};

/// The time range and clock of all cases.
pub(crate) const OPTIONS: RunOptions = RunOptions {
    range: TimeRange {
        start: Millis(1_776_600_000_000),
        end: Millis(1_776_800_000_000),
    },
    now: Millis(1_776_679_200_000),
    limit: None,
};

/// One event of a case.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) timestamp: i64,
    pub(crate) message: String,
}

/// Events of one log group.
#[derive(Clone, Debug)]
pub(crate) struct Events {
    pub(crate) events: Vec<Event>,
    /// `@log`.
    pub(crate) log: String,
    /// What else is known of the group.
    pub(crate) origin: Origin,
    /// Events in a chunk.
    pub(crate) chunk: usize,
}

impl EventSource for Events {
    fn chunks(&self) -> usize {
        self.events.len().div_ceil(self.chunk)
    }

    fn scan(&self, chunk: usize, range: TimeRange, visit: &mut dyn FnMut(EventRef<'_>)) {
        let first = chunk * self.chunk;
        let events = self.events.iter().enumerate().skip(first).take(self.chunk);
        for (position, event) in events {
            let timestamp = Millis(event.timestamp);
            if range.contains(timestamp) {
                visit(EventRef {
                    timestamp,
                    ingestion_time: Some(timestamp),
                    message: &event.message,
                    log_stream: Some("stream"),
                    log: Some(&self.log),
                    origin: Some(&self.origin),
                    position: u64::try_from(position).unwrap(),
                });
            }
        }
    }

    fn log_groups(&self) -> usize {
        1
    }

    fn refuses(&self, field: &str) -> Option<String> {
        self.origin.refuses(field)
    }
}

/// A group of the account that all cases use.
pub(crate) fn origin(log_type: Option<LogType>) -> Origin {
    Origin {
        log_type,
        account: Some("000000000000".into()),
        region: Some("us-east-1".into()),
        ..Origin::default()
    }
}

/// The other log groups and the lookup tables of a case.
#[derive(Clone, Debug, Default)]
pub(crate) struct Others {
    pub(crate) groups: BTreeMap<String, Events>,
    pub(crate) tables: BTreeMap<String, Arc<LookupTable>>,
}

impl Sources for Others {
    fn open(&self, source: &Source) -> Result<&dyn EventSource, SourceError> {
        let found = source.groups.first().and_then(|name| self.groups.get(name));
        let found = found.map(|events| events as &dyn EventSource);
        found.ok_or_else(|| SourceError::new("no such group"))
    }

    fn lookup_table(&self, name: &str) -> Result<Arc<LookupTable>, SourceError> {
        let found = self.tables.get(name).cloned();
        found.ok_or_else(|| SourceError::new("no such table"))
    }
}
