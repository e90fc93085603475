use std::collections::BTreeMap;
use std::sync::Arc;

use super::retention::horizon;
use super::{LogError, LogGroupClass, LogStream};
use crate::base::Millis;
use crate::events::{LogType, Origin};

/// A log group.
#[derive(Clone, Debug)]
pub struct LogGroup {
    name: Arc<str>,
    arn: String,
    log: Arc<str>,
    account: Arc<str>,
    region: Arc<str>,
    /// What the first line put into the group looks like; `None` before there is one.
    pub(super) first_line: Option<Option<LogType>>,
    creation_time: Millis,
    pub(super) class: LogGroupClass,
    pub(super) retention_days: Option<i64>,
    pub(super) streams: BTreeMap<String, LogStream>,
}

impl LogGroup {
    pub(super) fn new(
        name: &str,
        arn: String,
        (account, region): (&str, &str),
        creation_time: Millis,
    ) -> Self {
        Self {
            account: account.into(),
            region: region.into(),
            first_line: None,
            name: name.into(),
            arn,
            log: format!("{account}:{name}").into(),
            creation_time,
            class: LogGroupClass::Standard,
            retention_days: None,
            streams: BTreeMap::new(),
        }
    }

    /// Its name.
    pub fn name(&self) -> &Arc<str> {
        &self.name
    }

    /// `arn:aws:logs:…:log-group:NAME`, without a trailing `:*`.
    pub fn arn(&self) -> &str {
        &self.arn
    }

    /// `@log` of its events: `account:name`.
    pub fn log(&self) -> &Arc<str> {
        &self.log
    }

    /// What its events' system fields say of it, tags aside. The type of its lines is what its name says, else
    /// what the first line ever put looks like.
    pub fn origin(&self) -> Origin {
        Origin {
            log_type: LogType::of_group(&self.name).or(self.first_line()),
            account: Some(Arc::clone(&self.account)),
            region: Some(Arc::clone(&self.region)),
            ..Origin::default()
        }
    }

    /// The type that the shape of the first line ever put says.
    pub fn first_line(&self) -> Option<LogType> {
        self.first_line.flatten()
    }

    /// When it was created.
    pub fn creation_time(&self) -> Millis {
        self.creation_time
    }

    /// What can be done with it.
    pub fn class(&self) -> LogGroupClass {
        self.class
    }

    /// How many days events are kept; for ever where there is none.
    pub fn retention_days(&self) -> Option<i64> {
        self.retention_days
    }

    /// The moment before which events are no longer shown.
    pub fn horizon(&self, now: Millis) -> Millis {
        horizon(self.retention_days, now)
    }

    /// The moment before which Logs Insights finds nothing: creation, or the retention's end.
    pub fn searchable_from(&self, now: Millis) -> Millis {
        self.horizon(now).max(self.creation_time)
    }

    /// Its streams in order of their names.
    pub fn streams(&self) -> impl Iterator<Item = &LogStream> {
        self.streams.values()
    }

    /// One stream.
    pub fn stream(&self, name: &str) -> Result<&LogStream, LogError> {
        self.streams
            .get(name)
            .ok_or_else(|| LogError::not_found("log stream"))
    }

    /// Bytes of the messages it holds. AWS's figure is of stored, compressed bytes and hours old.
    pub fn stored_bytes(&self) -> usize {
        self.streams().map(LogStream::stored_bytes).sum()
    }
}
