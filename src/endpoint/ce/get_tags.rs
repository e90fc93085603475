use std::collections::BTreeSet;

use super::expression::Expression;
use super::grouping::carried;
use super::page::billing_view;
use super::period::Period;
use super::values::Found;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `GetTags`: the keys of tags in a period, or the values of one.
pub(super) const OPERATION: Operation = Operation {
    name: "GetTags",
    mutates: false,
    members: &[
        "SearchString",
        "TimePeriod",
        "TagKey",
        "Filter",
        "SortBy",
        "BillingViewArn",
        "MaxResults",
        "NextPageToken",
    ],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    billing_view(input)?;
    let period = Period::read(input)?;
    let key = input.optional_str("TagKey")?;
    let filter = Expression::read(input)?;
    let store = &cx.stores.cost;
    carried(store, filter.iter().flat_map(Expression::dimensions))?;
    let lines = store.lines().iter().filter(|line| period.holds(line.day));
    let lines = lines.filter(|line| filter.as_ref().is_none_or(|filter| filter.holds(line)));
    let values: BTreeSet<String> = match key {
        None => lines.flat_map(|line| line.tags.keys().cloned()).collect(),
        // A line without the tag is listed as the empty value.
        Some(key) => lines
            .map(|line| line.tags.get(key).cloned().unwrap_or_default())
            .collect(),
    };
    let found = Found::read(input, &values, &format!("{period:?} {key:?} {filter:?}"))?;
    Ok(Document::structure([
        (
            "Tags",
            Document::list(found.shown.iter().map(String::as_str)),
        ),
        ("ReturnSize", Document::Integer(found.size())),
        ("TotalSize", Document::Integer(found.all)),
        (
            "NextPageToken",
            found.next.map_or(Document::Null, Into::into),
        ),
    ]))
}
