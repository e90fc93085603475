use belfry_engine::base::Millis;
use belfry_engine::events::LogStream;

use super::{pages, read, show};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DescribeLogStreams`: a group's streams by name or by their last event.
pub(super) const OPERATION: Operation = Operation {
    name: "DescribeLogStreams",
    mutates: false,
    members: &[
        "logGroupName",
        "logGroupIdentifier",
        "logStreamNamePrefix",
        "orderBy",
        "descending",
        "nextToken",
        "limit",
    ],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let group = read::log_group(cx, input)?;
    let prefix = read::text(input, "logStreamNamePrefix", 1..=512)?;
    let order = read::word(input, "orderBy", &["LogStreamName", "LastEventTime"])?;
    let by_time = order == Some("LastEventTime");
    if by_time && prefix.is_some() {
        return Err(input.invalid("Cannot order by LastEventTime with a logStreamNamePrefix."));
    }
    let descending = input.optional_bool("descending")?.unwrap_or(false);
    let token = read::text(input, "nextToken", 1..=usize::MAX)?;
    let size = read::page_size(input, "limit", 50, 50)?;
    let group = cx.account.logs.group(group)?;
    let mut streams: Vec<&LogStream> = group
        .streams()
        .filter(|stream| prefix.is_none_or(|prefix| stream.name().starts_with(prefix)))
        .collect();
    if by_time {
        streams.sort_by_key(|stream| stream.last_event().unwrap_or(Millis(0)));
    }
    if descending {
        streams.reverse();
    }
    let (shown, next) = pages::page_by_place(streams, token, size)
        .ok_or_else(|| input.invalid("The specified nextToken is invalid."))?;
    let shown = shown
        .into_iter()
        .map(|stream| show::log_stream(group, stream));
    Ok(Document::structure([
        ("logStreams", Document::list(shown)),
        ("nextToken", next.into()),
    ]))
}
