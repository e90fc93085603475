use std::collections::BTreeSet;

use super::tagged::{page, tagged};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `GetTagValues`: every value in use under a key.
pub(super) const OPERATION: Operation = Operation {
    name: "GetTagValues",
    mutates: false,
    members: &["Key", "PaginationToken"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let key = input.required_str("Key")?;
    let values = tagged(cx).into_values();
    let values: BTreeSet<String> = values.filter_map(|mut tags| tags.remove(key)).collect();
    let values = values
        .into_iter()
        .map(|value| (value.clone(), value.into()));
    let (values, next) = page(input, values.collect(), 100)?;
    Ok(Document::structure([
        ("PaginationToken", next),
        ("TagValues", values),
    ]))
}
