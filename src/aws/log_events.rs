use aws_sdk_cloudwatchlogs::types::FilteredLogEvent;
use belfry_engine::base::{Millis, TimeRange};

use super::{CloudError, Session};
use crate::iam::{Action, On, WATCH};

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[Action::new(
    "filter_log_events",
    "logs:FilterLogEvents",
    On::LogGroups,
    WATCH,
)];

/// Events of a log group that match a pattern.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundEvents {
    /// How many were counted.
    pub count: usize,
    /// Whether there are more that were not counted.
    pub more: bool,
    /// Time and text of the first of them.
    pub first: Vec<(Millis, String)>,
}

/// Pages that are read of one question: a busy group is not read to its end to show three lines.
const MOST_PAGES: usize = 5;

impl Session {
    /// Counts the events of `group` in `range` (both ends included) that match the filter `pattern`, and keeps
    /// the first `kept` of them (FilterLogEvents, which AWS does not charge). `None` where the group is not there.
    pub async fn count_events(
        &self,
        group: &str,
        pattern: Option<&str>,
        range: TimeRange,
        kept: usize,
    ) -> Result<Option<FoundEvents>, CloudError> {
        let mut found = FoundEvents::default();
        let mut token = None;
        for _ in 0..MOST_PAGES {
            let page = self
                .logs()
                .filter_log_events()
                .log_group_name(group)
                .start_time(range.start.0)
                .end_time(range.end.0)
                .set_filter_pattern(pattern.map(str::to_owned))
                .set_next_token(token)
                .send()
                .await
                .map_err(|e| CloudError::from_sdk("FilterLogEvents", group, &e));
            let page = match page {
                Err(error) if error.is_not_found() => return Ok(None),
                page => page?,
            };
            found.count += page.events().len();
            let room = kept.saturating_sub(found.first.len());
            found
                .first
                .extend(page.events().iter().take(room).map(event));
            token = page.next_token().map(str::to_owned);
            if token.is_none() {
                return Ok(Some(found));
            }
        }
        found.more = true;
        Ok(Some(found))
    }
}

impl Session {
    /// All events of `group` in `range` (both ends included), by time (FilterLogEvents). `None` where the group is not
    /// there.
    pub async fn events_of(
        &self,
        group: &str,
        range: TimeRange,
    ) -> Result<Option<Vec<(Millis, String)>>, CloudError> {
        let client = self.logs();
        let request = client.filter_log_events().log_group_name(group);
        let request = request.start_time(range.start.0).end_time(range.end.0);
        let mut pages = request.into_paginator().send();
        let mut events = Vec::new();
        while let Some(page) = pages.next().await {
            let page = page.map_err(|e| CloudError::from_sdk("FilterLogEvents", group, &e));
            match page {
                Err(error) if error.is_not_found() => return Ok(None),
                page => events.extend(page?.events().iter().map(event)),
            }
        }
        events.sort_by_key(|(at, _)| *at);
        Ok(Some(events))
    }
}

fn event(event: &FilteredLogEvent) -> (Millis, String) {
    let at = Millis(event.timestamp().unwrap_or_default());
    let message = event.message().unwrap_or_default();
    (at, message.trim_end().to_owned())
}
