use belfry_engine::account::StoredLookupTable;

use super::{lookup_tables, read, show};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `UpdateLookupTable`: replaces a table's whole content, and its description where one is given.
pub(super) const OPERATION: Operation = Operation {
    name: "UpdateLookupTable",
    mutates: true,
    members: &[
        "lookupTableArn",
        "description",
        "tableBody",
        "queryId",
        "kmsKeyId",
    ],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let old = lookup_tables::named(cx, input)?.clone();
    let description = read::text(input, "description", 0..=1024)?;
    let (body, table) = lookup_tables::body(input)?;
    let arn = lookup_tables::arn(cx, &old.name);
    cx.account.lookup_tables.put(StoredLookupTable {
        description: description.map(str::to_owned).or(old.description),
        body,
        table,
        updated: cx.now,
        name: old.name,
    });
    Ok(Document::structure([
        ("lookupTableArn", arn.into()),
        ("lastUpdatedTime", show::millis(cx.now)),
    ]))
}
