use super::{lookup_tables, show};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `GetLookupTable`: a table with its whole text.
pub(super) const OPERATION: Operation = Operation {
    name: "GetLookupTable",
    mutates: false,
    members: &["lookupTableArn"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let table = lookup_tables::named(cx, input)?;
    Ok(Document::structure([
        ("lookupTableArn", lookup_tables::arn(cx, &table.name).into()),
        ("lookupTableName", (&table.name).into()),
        ("description", table.description.clone().into()),
        ("tableBody", (&table.body).into()),
        ("sizeBytes", table.body.len().into()),
        ("lastUpdatedTime", show::millis(table.updated)),
    ]))
}
