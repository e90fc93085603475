use std::collections::BTreeMap;

use belfry_engine::base::{Millis, TimeRange};
use belfry_engine::events::EventSource;
use belfry_engine::insights::discovered_fields;

use super::read;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `GetLogGroupFields`: which fields the events of a group have, and in how many percent of them (rounded down),
/// the most frequent first, then by name. Counted are the last 15 minutes, or 8 minutes on either side of
/// `time`.
pub(super) const OPERATION: Operation = Operation {
    name: "GetLogGroupFields",
    mutates: false,
    members: &["logGroupName", "logGroupIdentifier", "time"],
    call,
};

const MINUTE: i64 = 60 * 1000;

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let group = read::log_group(cx, input)?;
    let range = match read::number(input, "time", 0..=i64::MAX / 1000)? {
        Some(center) => TimeRange {
            start: Millis::from_seconds(center).plus(-8 * MINUTE),
            end: Millis::from_seconds(center).plus(8 * MINUTE),
        },
        None => TimeRange {
            start: cx.now.plus(-15 * MINUTE),
            end: cx.now,
        },
    };
    let source = cx.account.query_source(&[group], cx.now)?;
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut events = 0;
    for chunk in 0..source.chunks() {
        source.scan(chunk, range, &mut |event| {
            events += 1;
            for field in discovered_fields(event) {
                *counts.entry(field.name).or_default() += 1;
            }
        });
    }
    Ok(answer(counts, events))
}

fn answer(counts: BTreeMap<String, usize>, events: usize) -> Document {
    let percent = |count: usize| count * 100 / events.max(1);
    let mut fields: Vec<_> = counts
        .into_iter()
        .map(|(name, count)| (name, percent(count)))
        .collect();
    fields.sort_by_key(|(_, percent)| std::cmp::Reverse(*percent));
    let fields = fields.into_iter().map(|(name, percent)| {
        Document::structure([("name", Document::from(name)), ("percent", percent.into())])
    });
    Document::structure([("logGroupFields", Document::list(fields))])
}
