use std::collections::BTreeSet;

use aws_sdk_cloudwatchlogs::types::FilteredLogEvent;
use belfry_engine::base::Millis;

use super::{CloudError, Session};
use crate::iam::{Action, On, WATCH};

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[Action::new(
    "filter_log_events",
    "logs:FilterLogEvents",
    On::LogGroups,
    WATCH,
)];

/// One event of a log group that is followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TailEvent {
    /// When it happened.
    pub timestamp: Millis,
    /// The stream that it stands in.
    pub log_stream: String,
    /// Unchanged.
    pub message: String,
}

/// Follows a log group: each [`LogTail::poll`] gives the events that are new since the last one, each once.
///
/// Events of different streams do not arrive in the order of their times, so every poll looks again at the last
/// minute before the newest event seen, and leaves out what was already given. An event that arrives more than a
/// minute later than one with a greater time is not seen.
#[derive(Debug)]
pub struct LogTail {
    group: String,
    pattern: Option<String>,
    from: Millis,
    newest: Millis,
    /// Time and id of what was given, from `from` on.
    given: BTreeSet<(Millis, String)>,
}

/// How long an event may be behind one with a greater time, in milliseconds.
const LATENESS: i64 = 60_000;

impl LogTail {
    /// Of `group`, from `since` on; only events that match the filter `pattern`.
    pub fn of(group: &str, pattern: Option<&str>, since: Millis) -> Self {
        Self {
            group: group.to_owned(),
            pattern: pattern.map(str::to_owned),
            from: since,
            newest: since,
            given: BTreeSet::new(),
        }
    }

    /// What is new, by time. Every page of the answer is read.
    pub async fn poll(&mut self, session: &Session) -> Result<Vec<TailEvent>, CloudError> {
        let mut fresh = Vec::new();
        let mut token = None;
        loop {
            let page = session
                .logs()
                .filter_log_events()
                .log_group_name(&self.group)
                .start_time(self.from.0)
                .set_filter_pattern(self.pattern.clone())
                .set_next_token(token)
                .send()
                .await
                .map_err(|e| CloudError::from_sdk("FilterLogEvents", &self.group, &e))?;
            fresh.extend(page.events().iter().filter_map(|event| self.give(event)));
            token = page.next_token().map(str::to_owned);
            if token.is_none() {
                break;
            }
        }
        self.forget();
        fresh.sort_by_key(|event| event.timestamp);
        Ok(fresh)
    }

    /// The event, unless it was given before.
    fn give(&mut self, event: &FilteredLogEvent) -> Option<TailEvent> {
        let timestamp = Millis(event.timestamp()?);
        let id = event.event_id()?.to_owned();
        self.newest = self.newest.max(timestamp);
        self.given.insert((timestamp, id)).then(|| TailEvent {
            timestamp,
            log_stream: event.log_stream_name().unwrap_or_default().to_owned(),
            message: event.message().unwrap_or_default().to_owned(),
        })
    }

    /// What lies before the last minute is not asked for again, so it need not be known.
    fn forget(&mut self) {
        self.from = self.from.max(self.newest.plus(-LATENESS));
        self.given = self.given.split_off(&(self.from, String::new()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(at: i64, id: &str) -> FilteredLogEvent {
        let event = FilteredLogEvent::builder();
        event.timestamp(at).event_id(id).message(id).build()
    }

    #[test]
    fn an_event_is_given_once_and_a_late_one_still_is() {
        let mut tail = LogTail::of("/g", None, Millis(0));
        let mut poll = |events: &[FilteredLogEvent]| {
            let given: Vec<_> = events.iter().filter_map(|event| tail.give(event)).collect();
            tail.forget();
            let ids: Vec<String> = given.into_iter().map(|event| event.message).collect();
            (ids.join(","), tail.from.0, tail.given.len())
        };
        assert_eq!(
            poll(&[event(1_000, "a"), event(100_000, "b")]),
            ("a,b".to_owned(), 40_000, 1)
        );
        assert_eq!(
            poll(&[event(50_000, "late"), event(100_000, "b")]),
            ("late".to_owned(), 40_000, 2)
        );
        assert_eq!(
            poll(&[event(100_000, "b"), event(100_000, "c")]),
            ("c".to_owned(), 40_000, 3)
        );
    }
}
