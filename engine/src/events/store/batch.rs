use std::ops::Range;

use super::LogError;
use super::retention::{DAY, horizon};
use crate::base::Millis;

/// One event of a PutLogEvents request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputLogEvent {
    /// When it happened, in milliseconds since the epoch.
    pub timestamp: Millis,
    /// The raw text; at least one byte.
    pub message: String,
}

/// `rejectedLogEventsInfo`: which events of a batch were left out because of their age.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RejectedLogEvents {
    /// The first event more than two hours ahead; it and all after it are left out.
    pub too_new_start: Option<usize>,
    /// One past the last event older than 14 days.
    pub too_old_end: Option<usize>,
    /// One past the last event older than the group's retention.
    pub expired_end: Option<usize>,
}

/// A batch holds at most 10,000 events.
const MOST_EVENTS: usize = 10_000;
/// A batch holds at most 1 MiB, each event counted with [`EVENT_OVERHEAD`]; so does one event.
const MOST_BYTES: usize = 1_048_576;
/// What each event costs beside its text, in bytes.
pub(super) const EVENT_OVERHEAD: usize = 26;
/// Events more than this ahead are too new.
const AHEAD: i64 = 2 * 3600 * 1000;
/// Events older than this are too old.
const BEHIND: i64 = 14 * DAY;

/// Checks a batch as a whole (API reference, PutLogEvents); the error carries AWS's text.
pub(super) fn check_batch(events: &[InputLogEvent]) -> Result<(), LogError> {
    check_count(events.len())?;
    check_sizes(events)?;
    let in_order = events
        .windows(2)
        .all(|pair| pair[0].timestamp <= pair[1].timestamp);
    if !in_order {
        return Err(LogError::invalid(
            "Log events in a single PutLogEvents request must be in chronological order.",
        ));
    }
    match (events.first(), events.last()) {
        (Some(first), Some(last)) if last.timestamp.0 - first.timestamp.0 > DAY => {
            Err(LogError::invalid(
                "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.",
            ))
        }
        _ => Ok(()),
    }
}

fn check_count(count: usize) -> Result<(), LogError> {
    let bound = match count {
        0 => "greater than or equal to 1",
        1..=MOST_EVENTS => return Ok(()),
        _ => "less than or equal to 10000",
    };
    Err(LogError::invalid(format!(
        "1 validation error detected: Value at 'logEvents' failed to satisfy constraint: Member must have \
         length {bound}"
    )))
}

fn check_sizes(events: &[InputLogEvent]) -> Result<(), LogError> {
    let mut total = 0;
    for (index, event) in events.iter().enumerate() {
        if event.message.is_empty() {
            return Err(LogError::invalid(format!(
                "1 validation error detected: Value '' at 'logEvents.{}.member.message' failed to satisfy \
                 constraint: Member must have length greater than or equal to 1",
                index + 1
            )));
        }
        if event.timestamp.0 < 0 {
            return Err(LogError::invalid(format!(
                "1 validation error detected: Value '{}' at 'logEvents.{}.member.timestamp' failed to \
                 satisfy constraint: Member must have value greater than or equal to 0",
                event.timestamp.0,
                index + 1
            )));
        }
        let size = event.message.len() + EVENT_OVERHEAD;
        if size > MOST_BYTES {
            return Err(LogError::invalid(format!(
                "Log event too large: {size} bytes exceeds limit of {MOST_BYTES}"
            )));
        }
        total += size;
    }
    if total > MOST_BYTES {
        return Err(LogError::invalid(format!(
            "Upload too large: {total} bytes exceeds limit of {MOST_BYTES}"
        )));
    }
    Ok(())
}

/// Which events of an ordered batch are kept at `now`, and what is said about the others.
pub(super) fn accept(
    events: &[InputLogEvent],
    retention_days: Option<i64>,
    now: Millis,
) -> (Range<usize>, RejectedLogEvents) {
    let before = |limit: Millis| events.partition_point(|e| e.timestamp < limit);
    let too_old = before(now.plus(-BEHIND));
    let expired = before(horizon(retention_days, now));
    let too_new = events.partition_point(|e| e.timestamp <= now.plus(AHEAD));
    let rejected = RejectedLogEvents {
        too_new_start: (too_new < events.len()).then_some(too_new),
        too_old_end: (too_old > 0).then_some(too_old),
        expired_end: (expired > 0).then_some(expired),
    };
    let start = too_old.max(expired).min(too_new);
    (start..too_new, rejected)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = Millis(1_776_679_200_000);

    fn events(times: &[i64]) -> Vec<InputLogEvent> {
        let event = |&t: &i64| InputLogEvent {
            timestamp: NOW.plus(t),
            message: "x".into(),
        };
        times.iter().map(event).collect()
    }

    #[test]
    fn events_out_of_order_are_refused() {
        let refused = check_batch(&events(&[1, 0])).unwrap_err();
        assert_eq!(
            refused.message,
            "Log events in a single PutLogEvents request must be in chronological order."
        );
    }

    #[test]
    fn a_batch_spans_exactly_a_day_at_most() {
        assert!(check_batch(&events(&[0, DAY])).is_ok());
        assert!(check_batch(&events(&[0, DAY + 1])).is_err());
    }

    #[test]
    fn each_event_counts_26_bytes_more_than_its_text() {
        let of_size = |bytes: usize| {
            check_batch(&[InputLogEvent {
                timestamp: NOW,
                message: "x".repeat(bytes),
            }])
        };
        assert!(of_size(MOST_BYTES - 26).is_ok());
        assert!(of_size(MOST_BYTES - 25).is_err());
        let mut two = events(&[0, 0]);
        two[0].message = "x".repeat(MOST_BYTES - 52 - 1);
        assert!(check_batch(&two).is_ok());
        two[1].message.push('y');
        assert_eq!(
            check_batch(&two).unwrap_err().message,
            "Upload too large: 1048577 bytes exceeds limit of 1048576"
        );
    }

    #[test]
    fn an_empty_message_and_an_empty_batch_are_refused() {
        assert!(check_batch(&[]).is_err());
        let mut one = events(&[0]);
        one[0].message.clear();
        assert!(check_batch(&one).is_err());
    }

    #[test]
    fn ages_decide_which_events_are_kept() {
        let batch = events(&[-BEHIND - 1, -BEHIND, 0, AHEAD, AHEAD + 1]);
        let (kept, rejected) = accept(&batch, None, NOW);
        assert_eq!(kept, 1..4);
        assert_eq!(
            rejected,
            RejectedLogEvents {
                too_new_start: Some(4),
                too_old_end: Some(1),
                expired_end: None
            }
        );
    }

    #[test]
    fn events_beyond_the_retention_are_expired() {
        let (kept, rejected) = accept(&events(&[-2 * DAY, -DAY, 0]), Some(1), NOW);
        assert_eq!(kept, 1..3);
        assert_eq!(rejected.expired_end, Some(1));
        assert_eq!(rejected.too_old_end, None);
    }
}
