use std::collections::BTreeSet;

use super::tagged::{page, tagged};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `GetTagKeys`: every key in use in the region.
pub(super) const OPERATION: Operation = Operation {
    name: "GetTagKeys",
    mutates: false,
    members: &["PaginationToken"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let keys: BTreeSet<String> = tagged(cx)
        .into_values()
        .flatten()
        .map(|tag| tag.0)
        .collect();
    let keys = keys.into_iter().map(|key| (key.clone(), key.into()));
    let (keys, next) = page(input, keys.collect(), 100)?;
    Ok(Document::structure([
        ("PaginationToken", next),
        ("TagKeys", keys),
    ]))
}
