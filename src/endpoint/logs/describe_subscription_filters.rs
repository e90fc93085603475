use super::pages::{self, Order};
use super::read;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DescribeSubscriptionFilters`: those of a group by name, all or those of a name's prefix.
pub(super) const OPERATION: Operation = Operation {
    name: "DescribeSubscriptionFilters",
    mutates: false,
    members: &["logGroupName", "filterNamePrefix", "nextToken", "limit"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let group = input.required_str("logGroupName")?;
    let prefix = read::text(input, "filterNamePrefix", 1..=512)?;
    let token = read::text(input, "nextToken", 1..=usize::MAX)?;
    let size = read::page_size(input, "limit", 50, 50)?;
    read::standard_group(cx, group)?;
    let filters = cx.stores.subscription_filters.of(cx.region);
    let of_group = filters.of_group(group);
    let selected = of_group.filter(|(name, _)| prefix.is_none_or(|p| name.starts_with(p)));
    let key = |(name, _): &(&str, _)| (*name).to_owned();
    let (shown, next) = pages::page(selected, key, Order::Ascending, (token, size));
    let shown = shown
        .into_iter()
        .map(|(name, filter)| filter.document(group, name));
    Ok(Document::structure([
        ("subscriptionFilters", Document::list(shown)),
        ("nextToken", next.into()),
    ]))
}
