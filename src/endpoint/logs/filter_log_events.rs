use belfry_engine::base::{Millis, TimeRange};
use belfry_engine::events::{
    Direction, EventKey, EventPage, EventSnapshot, FilterScan, StoredEvent,
};
use belfry_engine::pattern::FilterPattern;

use super::{read, show};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `FilterLogEvents`: the matching events of a group, interleaved by time; both times are included.
/// `interleaved` changes nothing, as on AWS since 2019; nor does `unmask`: nothing is ever masked here.
pub(super) const OPERATION: Operation = Operation {
    name: "FilterLogEvents",
    mutates: false,
    members: &[
        "logGroupName",
        "logGroupIdentifier",
        "logStreamNames",
        "logStreamNamePrefix",
        "startTime",
        "endTime",
        "filterPattern",
        "nextToken",
        "limit",
        "interleaved",
        "startFromHead",
        "unmask",
    ],
    call,
};

/// Reading from the newest event is allowed from this start on: 2024-01-01T00:00:00Z.
const EARLIEST_FOR_TAIL: i64 = 1_704_067_200_000;

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let source = source(cx, input)?;
    let pattern = read::text(input, "filterPattern", 0..=1024)?;
    let pattern = FilterPattern::parse(pattern.unwrap_or_default())?;
    let scan = scan(input)?;
    let mut page = source.page(&scan, &|message| pattern.matches(message));
    let next = next_token(&scan, &page);
    if scan.direction == Direction::Backward {
        page.events.reverse();
    }
    Ok(Document::structure([
        ("events", Document::list(page.events.iter().map(event))),
        ("searchedLogStreams", Document::List(Vec::new())),
        ("nextToken", next.into()),
    ]))
}

fn source(cx: &Context<'_>, input: &Input<'_>) -> Result<EventSnapshot, Fault> {
    let name = read::log_group(cx, input)?;
    let streams = input.strings("logStreamNames")?;
    let prefix = read::text(input, "logStreamNamePrefix", 1..=512)?;
    if !streams.is_empty() && prefix.is_some() {
        return Err(input
            .invalid("logStreamNames and logStreamNamePrefix are mutually exclusive parameters."));
    }
    if streams.len() > 100 {
        return Err(input.constraint(
            "logStreamNames",
            &format!("[{}]", streams.join(", ")),
            "Member must have length less than or equal to 100",
        ));
    }
    let group = read::standard_group(cx, name)?;
    for stream in &streams {
        group.stream(stream)?;
    }
    let snapshot = cx.account.logs.snapshot(&[name], cx.now)?;
    Ok(snapshot.streams(|stream| {
        (streams.is_empty() || streams.contains(&stream))
            && prefix.is_none_or(|prefix| stream.starts_with(prefix))
    }))
}

fn scan(input: &Input<'_>) -> Result<FilterScan, Fault> {
    let start = read::number(input, "startTime", 0..=i64::MAX)?;
    let end = read::number(input, "endTime", 0..=i64::MAX)?;
    let from_head = input.optional_bool("startFromHead")?.unwrap_or(true);
    if !from_head && start.is_none_or(|start| start < EARLIEST_FOR_TAIL) {
        return Err(input.invalid(
            "startFromHead=false requires a startTime on or after 1704067200000 (2024-01-01T00:00:00Z)",
        ));
    }
    let token = read::text(input, "nextToken", 1..=usize::MAX)?;
    let boundary = token.map(|token| boundary(input, token)).transpose()?;
    let asked = if from_head {
        Direction::Forward
    } else {
        Direction::Backward
    };
    Ok(FilterScan {
        range: TimeRange {
            start: Millis(start.unwrap_or(0)),
            end: Millis(end.unwrap_or(i64::MAX)),
        },
        boundary: boundary.map(|(_, key)| key),
        direction: boundary.map_or(asked, |(direction, _)| direction),
        limit: read::page_size(input, "limit", 10_000, 10_000)?,
    })
}

/// A token is `h/KEY` (on from the head) or `t/KEY` (on from the tail).
fn boundary(input: &Input<'_>, token: &str) -> Result<(Direction, EventKey), Fault> {
    let direction = match token.get(..2) {
        Some("h/") => Some(Direction::Forward),
        Some("t/") => Some(Direction::Backward),
        _ => None,
    };
    let key = token.get(2..).and_then(EventKey::parse);
    direction
        .zip(key)
        .ok_or_else(|| input.invalid("The specified nextToken is invalid."))
}

fn next_token(scan: &FilterScan, page: &EventPage) -> Option<String> {
    if !page.more {
        return None;
    }
    match scan.direction {
        Direction::Forward => page
            .events
            .last()
            .map(|event| format!("h/{}", event.key.next())),
        Direction::Backward => page.events.first().map(|event| format!("t/{}", event.key)),
    }
}

fn event(event: &StoredEvent) -> Document {
    Document::structure([
        ("logStreamName", Document::from(&event.log_stream)),
        ("timestamp", show::millis(event.key.timestamp)),
        ("message", (&event.message).into()),
        ("ingestionTime", show::millis(event.key.ingestion_time)),
        ("eventId", event.key.to_string().into()),
    ])
}
