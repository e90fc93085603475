use belfry_engine::events::LogStream;

use super::pages::{self, Order};
use super::{read, show};
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
    let streams = group
        .streams()
        .filter(|stream| prefix.is_none_or(|prefix| stream.name().starts_with(prefix)));
    let key = |stream: &&LogStream| match by_time {
        true => format!("{:020}:{}", last_event(stream), stream.name()),
        false => stream.name().to_string(),
    };
    let (shown, next) = pages::page(streams, key, Order::of(descending), (token, size));
    let shown = shown
        .into_iter()
        .map(|stream| show::log_stream(group, stream));
    Ok(Document::structure([
        ("logStreams", Document::list(shown)),
        ("nextToken", next.into()),
    ]))
}

/// A stream without events stands before all others.
fn last_event(stream: &LogStream) -> i64 {
    stream.last_event().map_or(0, |at| at.0)
}
