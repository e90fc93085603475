use belfry_engine::base::{Millis, TimeRange};
use belfry_engine::events::{
    Direction, EventKey, EventPage, EventSnapshot, FilterScan, StoredEvent,
};

use super::{read, show};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `GetLogEvents`: one stream, page by page, forward and backward. `startTime` is included, `endTime` is not.
/// `unmask` changes nothing: nothing is ever masked here.
pub(super) const OPERATION: Operation = Operation {
    name: "GetLogEvents",
    mutates: false,
    members: &[
        "logGroupName",
        "logGroupIdentifier",
        "logStreamName",
        "startTime",
        "endTime",
        "nextToken",
        "limit",
        "startFromHead",
        "unmask",
    ],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let group = read::log_group(cx, input)?;
    let stream = read::required_text(input, "logStreamName", 1..=512)?;
    let scan = scan(input)?;
    let group = read::standard_group(cx, group)?;
    let page = EventSnapshot::stream(group, stream, cx.now)?.page(&scan, &|_| true);
    let (backward, forward) = boundaries(&scan, &page);
    Ok(Document::structure([
        ("events", Document::list(page.events.iter().map(event))),
        ("nextForwardToken", format!("f/{forward}/s").into()),
        ("nextBackwardToken", format!("b/{backward}/s").into()),
    ]))
}

fn scan(input: &Input<'_>) -> Result<FilterScan, Fault> {
    let start = read::number(input, "startTime", 0..=i64::MAX)?.unwrap_or(0);
    let end = read::number(input, "endTime", 0..=i64::MAX)?;
    let from_head = input.optional_bool("startFromHead")?.unwrap_or(false);
    let token = read::text(input, "nextToken", 1..=usize::MAX)?;
    let boundary = token.map(|token| boundary(input, token)).transpose()?;
    let direction = match boundary {
        Some((direction, _)) => direction,
        None if from_head => Direction::Forward,
        None => Direction::Backward,
    };
    Ok(FilterScan {
        range: TimeRange {
            start: Millis(start),
            end: Millis(end.map_or(i64::MAX, |end| end - 1)),
        },
        boundary: boundary.map(|(_, key)| key),
        direction,
        limit: read::page_size(input, "limit", 10_000, 10_000)?,
    })
}

/// A token is `f/KEY/s` or `b/KEY/s`: a boundary between events and the way to read from it.
fn boundary(input: &Input<'_>, token: &str) -> Result<(Direction, EventKey), Fault> {
    let direction = match token.get(..2) {
        Some("f/") => Some(Direction::Forward),
        Some("b/") => Some(Direction::Backward),
        _ => None,
    };
    let key = token
        .get(2..)
        .and_then(|rest| rest.strip_suffix("/s"))
        .and_then(EventKey::parse);
    direction
        .zip(key)
        .ok_or_else(|| input.invalid("The specified nextToken is invalid."))
}

/// The boundaries before and behind the page. Behind an empty page both are where reading began, so that
/// the end gives back the token that was passed.
fn boundaries(scan: &FilterScan, page: &EventPage) -> (EventKey, EventKey) {
    match (page.events.first(), page.events.last()) {
        (Some(first), Some(last)) => (first.key, last.key.next()),
        _ => {
            let here = scan.boundary.unwrap_or(EventKey::at(scan.range.start));
            (here, here)
        }
    }
}

fn event(event: &StoredEvent) -> Document {
    Document::structure([
        ("timestamp", show::millis(event.key.timestamp)),
        ("message", (&event.message).into()),
        ("ingestionTime", show::millis(event.key.ingestion_time)),
    ])
}
