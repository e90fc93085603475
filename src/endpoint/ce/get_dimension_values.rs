use super::expression::{Expression, dimension};
use super::grouping::carried;
use super::page::billing_view;
use super::period::Period;
use super::values::Found;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `GetDimensionValues`: what a dimension was in a period.
pub(super) const OPERATION: Operation = Operation {
    name: "GetDimensionValues",
    mutates: false,
    members: &[
        "SearchString",
        "TimePeriod",
        "Dimension",
        "Context",
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
    let dimension = dimension(input, input.required_str("Dimension")?, false)?;
    match input.optional_str("Context")? {
        None | Some("COST_AND_USAGE") => {}
        Some(other) => {
            return Err(input.invalid(format!(
                "the context `{other}` is not answered here; expected COST_AND_USAGE"
            )));
        }
    }
    let filter = Expression::read(input)?;
    let store = &cx.stores.cost;
    carried(store, filter.iter().flat_map(Expression::dimensions))?;
    let lines = store.lines().iter().filter(|line| period.holds(line.day));
    let lines = lines.filter(|line| filter.as_ref().is_none_or(|filter| filter.holds(line)));
    let values = lines
        .filter_map(|line| line.dimensions.get(&dimension).cloned())
        .collect();
    let found = Found::read(
        input,
        &values,
        &format!("{period:?} {dimension:?} {filter:?}"),
    )?;
    let shown = found.shown.iter().map(|value| {
        let name = store
            .accounts
            .get(value)
            .filter(|_| dimension.name() == "LINKED_ACCOUNT");
        let name = name.map(|name| ("description", name.as_str().into()));
        Document::structure([
            ("Value", value.as_str().into()),
            ("Attributes", Document::map(name)),
        ])
    });
    Ok(Document::structure([
        ("DimensionValues", Document::List(shown.collect())),
        ("ReturnSize", Document::Integer(found.size())),
        ("TotalSize", Document::Integer(found.all)),
        (
            "NextPageToken",
            found.next.map_or(Document::Null, Into::into),
        ),
    ]))
}
