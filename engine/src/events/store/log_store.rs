use std::collections::BTreeMap;
use std::ops::Range;

use super::arn::{check_group_name, check_stream_name, group_arn};
use super::batch::{accept, check_batch};
use super::retention::check_retention;
use super::{
    EventKey, EventSnapshot, InputLogEvent, LogError, LogGroup, LogGroupClass, LogStream,
    RejectedLogEvents,
};
use crate::base::Millis;
use crate::events::LogType;

/// All log groups of an account in a region.
#[derive(Clone, Debug)]
pub struct LogStore {
    account: String,
    region: String,
    groups: BTreeMap<String, LogGroup>,
    next_position: u64,
}

/// What became of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appended {
    /// The indexes of the events that were kept.
    pub accepted: Range<usize>,
    /// Which were left out, and why.
    pub rejected: RejectedLogEvents,
}

impl LogStore {
    /// An empty store. Account and region appear in ARNs and in `@log`.
    pub fn new(account: &str, region: &str) -> Self {
        Self {
            account: account.into(),
            region: region.into(),
            groups: BTreeMap::new(),
            next_position: 0,
        }
    }

    /// Creates a group of class STANDARD that keeps its events for ever.
    pub fn create_group(&mut self, name: &str, now: Millis) -> Result<&LogGroup, LogError> {
        self.create_group_of(name, LogGroupClass::Standard, now)
    }

    /// Creates a group of a class that keeps its events for ever.
    pub fn create_group_of(
        &mut self,
        name: &str,
        class: LogGroupClass,
        now: Millis,
    ) -> Result<&LogGroup, LogError> {
        check_group_name(name)?;
        if self.groups.contains_key(name) {
            return Err(LogError::exists("log group"));
        }
        let arn = group_arn(&self.account, &self.region, name);
        let mut group = LogGroup::new(name, arn, (&self.account, &self.region), now);
        group.class = class;
        Ok(self.groups.entry(name.into()).or_insert(group))
    }

    /// Deletes a group with all its streams and events.
    pub fn delete_group(&mut self, name: &str) -> Result<LogGroup, LogError> {
        self.groups
            .remove(name)
            .ok_or_else(|| LogError::not_found("log group"))
    }

    /// All groups in order of their names.
    pub fn groups(&self) -> impl Iterator<Item = &LogGroup> {
        self.groups.values()
    }

    /// One group.
    pub fn group(&self, name: &str) -> Result<&LogGroup, LogError> {
        self.groups
            .get(name)
            .ok_or_else(|| LogError::not_found("log group"))
    }

    /// Sets how many days a group keeps its events; for ever with `None`.
    pub fn set_retention(&mut self, name: &str, days: Option<i64>) -> Result<(), LogError> {
        if let Some(days) = days {
            check_retention(days)?;
        }
        self.group_mut(name)?.retention_days = days;
        Ok(())
    }

    /// Creates a stream.
    pub fn create_stream(
        &mut self,
        group: &str,
        stream: &str,
        now: Millis,
    ) -> Result<(), LogError> {
        check_stream_name(stream)?;
        let streams = &mut self.group_mut(group)?.streams;
        if streams.contains_key(stream) {
            return Err(LogError::exists("log stream"));
        }
        streams.insert(stream.into(), LogStream::new(stream, now));
        Ok(())
    }

    /// Deletes a stream with all its events.
    pub fn delete_stream(&mut self, group: &str, stream: &str) -> Result<(), LogError> {
        let removed = self.group_mut(group)?.streams.remove(stream);
        removed
            .map(|_| ())
            .ok_or_else(|| LogError::not_found("log stream"))
    }

    /// PutLogEvents: the whole batch is refused, or the events of acceptable age are appended.
    pub fn put(
        &mut self,
        group: &str,
        stream: &str,
        events: &[InputLogEvent],
        now: Millis,
    ) -> Result<Appended, LogError> {
        check_batch(events)?;
        let first_position = self.next_position;
        let group = self.group_mut(group)?;
        let retention = group.retention_days;
        let stream = group
            .streams
            .get_mut(stream)
            .ok_or_else(|| LogError::not_found("log stream"))?;
        let (accepted, rejected) = accept(events, retention, now);
        let kept = events.get(accepted.clone()).unwrap_or_default();
        if let (None, Some(first)) = (group.first_line, kept.first()) {
            group.first_line = Some(LogType::of_line(&first.message));
        }
        let mut position = first_position;
        for event in kept {
            let key = EventKey {
                timestamp: event.timestamp,
                ingestion_time: now,
                position,
            };
            stream.push(key, &event.message);
            position += 1;
        }
        self.next_position = position;
        Ok(Appended { accepted, rejected })
    }

    /// The events of `groups` as they are now, for a scan. The order of `groups` is the order of chunks.
    pub fn snapshot(&self, groups: &[&str], now: Millis) -> Result<EventSnapshot, LogError> {
        let groups = self.named(groups)?;
        Ok(EventSnapshot::new(&groups, |group| group.horizon(now)))
    }

    /// The events of `groups` as Logs Insights sees them: without those that are dated before their group
    /// was created (user guide, "Analyzing log data with CloudWatch Logs Insights").
    pub fn query_source(&self, groups: &[&str], now: Millis) -> Result<EventSnapshot, LogError> {
        let groups = self.named(groups)?;
        Ok(EventSnapshot::new(&groups, |group| {
            group.searchable_from(now)
        }))
    }

    fn named(&self, groups: &[&str]) -> Result<Vec<&LogGroup>, LogError> {
        groups.iter().map(|name| self.group(name)).collect()
    }

    /// Drops events that their groups' retention no longer keeps.
    pub fn expire(&mut self, now: Millis) {
        for group in self.groups.values_mut() {
            let horizon = group.horizon(now);
            for stream in group.streams.values_mut() {
                stream.expire(horizon);
            }
        }
    }

    fn group_mut(&mut self, name: &str) -> Result<&mut LogGroup, LogError> {
        self.groups
            .get_mut(name)
            .ok_or_else(|| LogError::not_found("log group"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::TimeRange;
    use crate::events::EventSource;

    const NOW: Millis = Millis(1_776_679_200_000);
    const DAY: i64 = 24 * 3600 * 1000;

    fn store() -> LogStore {
        let mut store = LogStore::new("000000000000", "us-east-1");
        store.create_group("g", NOW).unwrap();
        store.create_stream("g", "s", NOW).unwrap();
        store
    }

    fn put(store: &mut LogStore, at: Millis, message: &str) {
        let event = InputLogEvent {
            timestamp: at,
            message: message.into(),
        };
        store.put("g", "s", &[event], at).unwrap();
    }

    fn messages(snapshot: &EventSnapshot) -> Vec<String> {
        let mut found = Vec::new();
        for chunk in 0..snapshot.chunks() {
            snapshot.scan(chunk, TimeRange::ALL, &mut |e| found.push(e.message.into()));
        }
        found
    }

    #[test]
    fn a_group_exists_once() {
        let mut store = store();
        let refused = store.create_group("g", NOW).unwrap_err();
        assert_eq!(refused.code, "ResourceAlreadyExistsException");
        assert_eq!(refused.message, "The specified log group already exists");
        store.delete_group("g").unwrap();
        let refused = store.delete_group("g").unwrap_err();
        assert_eq!(refused.message, "The specified log group does not exist.");
    }

    #[test]
    fn a_scan_shows_log_stream_and_log() {
        let mut store = store();
        put(&mut store, NOW, "hello");
        let snapshot = store.snapshot(&["g"], NOW).unwrap();
        let mut seen = 0;
        snapshot.scan(0, TimeRange::ALL, &mut |event| {
            assert_eq!(event.log, Some("000000000000:g"));
            assert_eq!(event.log_stream, Some("s"));
            assert_eq!(event.ingestion_time, Some(NOW));
            seen += 1;
        });
        assert_eq!(seen, 1);
    }

    #[test]
    fn a_snapshot_does_not_change_when_the_store_does() {
        let mut store = store();
        put(&mut store, NOW, "before");
        let snapshot = store.snapshot(&["g"], NOW).unwrap();
        put(&mut store, NOW, "after");
        assert_eq!(messages(&snapshot), ["before"]);
        let later = store.snapshot(&["g"], NOW).unwrap();
        assert_eq!(messages(&later), ["before", "after"]);
    }

    #[test]
    fn events_beyond_the_retention_are_hidden_at_once_and_dropped_later() {
        let mut store = store();
        store.set_retention("g", Some(1)).unwrap();
        put(&mut store, NOW, "old");
        let later = NOW.plus(DAY + 1);
        let snapshot = store.snapshot(&["g"], later).unwrap();
        assert!(messages(&snapshot).is_empty());
        assert_eq!(store.group("g").unwrap().stored_bytes(), 3);
        store.expire(later);
        assert_eq!(store.group("g").unwrap().stored_bytes(), 0);
    }

    #[test]
    fn a_query_does_not_see_events_dated_before_their_group() {
        let mut store = store();
        let event = |t, message: &str| InputLogEvent {
            timestamp: NOW.plus(t),
            message: message.into(),
        };
        let batch = [event(-1, "before"), event(0, "after")];
        store.put("g", "s", &batch, NOW).unwrap();
        let source = store.query_source(&["g"], NOW).unwrap();
        assert_eq!(messages(&source), ["after"]);
        assert_eq!(source.log_groups(), 1);
    }

    #[test]
    fn a_long_stream_is_packed_without_losing_an_event() {
        let mut store = store();
        let long = "x".repeat(400_000);
        let count = 300;
        for n in 0..count {
            put(&mut store, NOW.plus(n), &format!("{n:06}{long}"));
        }
        let all = messages(&store.snapshot(&["g"], NOW).unwrap());
        let numbers: Vec<i64> = all.iter().map(|m| m[..6].parse().unwrap()).collect();
        assert_eq!(numbers, (0..count).collect::<Vec<_>>());
        assert!(all.iter().all(|m| m.len() == 400_006));
    }

    #[test]
    fn a_stream_knows_its_first_and_last_event() {
        let mut store = store();
        put(&mut store, NOW.plus(5), "b");
        put(&mut store, NOW.plus(1), "a");
        let stream = store.group("g").unwrap().stream("s").unwrap();
        assert_eq!(stream.first_event(), Some(NOW.plus(1)));
        assert_eq!(stream.last_event(), Some(NOW.plus(5)));
        assert_eq!(stream.last_ingestion(), Some(NOW.plus(1)));
    }
}
