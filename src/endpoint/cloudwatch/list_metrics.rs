use belfry_engine::metrics::MetricId;

use super::alarm_metric::show_dimensions;
use super::page;
use super::read::invalid_value;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `ListMetrics`: 500 a page; metrics that were silent for two weeks are left out.
pub(super) const OPERATION: Operation = Operation {
    name: "ListMetrics",
    mutates: false,
    members: &[
        "Namespace",
        "MetricName",
        "Dimensions",
        "NextToken",
        "RecentlyActive",
        "IncludeLinkedAccounts",
        "OwningAccount",
    ],
    call,
};

const HOUR: i64 = 3_600_000;
const TWO_WEEKS: i64 = 14 * 24 * HOUR;

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    if input.optional_bool("IncludeLinkedAccounts")? == Some(true) {
        return Err(invalid_value(
            "IncludeLinkedAccounts is not supported by this endpoint, which has no linked accounts.",
        ));
    }
    if let Some(owner) = input.optional_str("OwningAccount")? {
        return Err(invalid_value(format!(
            "OwningAccount {owner} is not supported by this endpoint, which has no linked accounts."
        )));
    }
    let oldest = cx.now.plus(-silence(input)?);
    let wanted = Wanted::read(input)?;
    let found = cx
        .account
        .metrics
        .list()
        .into_iter()
        .filter(|(id, last)| *last >= oldest && wanted.matches(id))
        .map(|(id, _)| (key(id), id));
    let page = page::of(found.collect(), input, 500)?;
    let metrics = page.items.iter().map(|id| show(id));
    Ok(Document::structure([
        ("Metrics", Document::List(metrics.collect())),
        ("NextToken", page.next.into()),
    ]))
}

/// For how long a metric may have been silent.
fn silence(input: &Input<'_>) -> Result<i64, Fault> {
    match input.optional_str("RecentlyActive")? {
        None => Ok(TWO_WEEKS),
        Some("PT3H") => Ok(3 * HOUR),
        Some(other) => Err(input.constraint(
            "RecentlyActive",
            other,
            "Member must satisfy enum value set: [PT3H]",
        )),
    }
}

/// The filters. Dimensions are a subset here, unlike in data queries.
struct Wanted<'a> {
    namespace: Option<&'a str>,
    name: Option<&'a str>,
    dimensions: Vec<(&'a str, Option<&'a str>)>,
}

impl<'a> Wanted<'a> {
    fn read(input: &Input<'a>) -> Result<Self, Fault> {
        let dimensions = input.structures("Dimensions")?;
        if dimensions.len() > 10 {
            return Err(
                input.invalid("The collection Dimensions must not have a size greater than 10.")
            );
        }
        let dimensions = dimensions.iter().map(|dimension| {
            dimension.only(&["Name", "Value"])?;
            Ok((
                dimension.required_str("Name")?,
                dimension.optional_str("Value")?,
            ))
        });
        Ok(Self {
            namespace: input.optional_str("Namespace")?,
            name: input.optional_str("MetricName")?,
            dimensions: dimensions.collect::<Result<_, Fault>>()?,
        })
    }

    fn matches(&self, id: &MetricId) -> bool {
        self.namespace.is_none_or(|n| n == id.namespace.as_ref())
            && self.name.is_none_or(|n| n == id.name.as_ref())
            && self.dimensions.iter().all(|(name, value)| {
                let there = id.dimensions.get(*name);
                there.is_some_and(|there| value.is_none_or(|value| value == there))
            })
    }
}

fn key(id: &MetricId) -> String {
    format!("{}\u{1}{}\u{1}{:?}", id.namespace, id.name, id.dimensions)
}

fn show(id: &MetricId) -> Document {
    Document::structure([
        ("Namespace", Document::from(id.namespace.as_ref())),
        ("MetricName", Document::from(id.name.as_ref())),
        ("Dimensions", show_dimensions(&id.dimensions)),
    ])
}
