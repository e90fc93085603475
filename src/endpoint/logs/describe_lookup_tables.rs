use belfry_engine::account::StoredLookupTable;

use super::pages::{self, Order};
use super::{lookup_tables, read, show};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DescribeLookupTables`: the tables by name, without their text.
pub(super) const OPERATION: Operation = Operation {
    name: "DescribeLookupTables",
    mutates: false,
    members: &["lookupTableNamePrefix", "maxResults", "nextToken"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let prefix = read::text(input, "lookupTableNamePrefix", 1..=256)?.unwrap_or_default();
    let token = read::text(input, "nextToken", 1..=usize::MAX)?;
    let size = read::page_size(input, "maxResults", 100, 50)?;
    let tables = cx.account.lookup_tables.iter();
    let tables = tables.filter(|table| table.name.starts_with(prefix));
    let key = |table: &&StoredLookupTable| table.name.clone();
    let (shown, next) = pages::page(tables, key, Order::Ascending, (token, size));
    let shown = shown.into_iter().map(|table| shown_table(cx, table));
    Ok(Document::structure([
        ("lookupTables", Document::list(shown)),
        ("nextToken", next.into()),
    ]))
}

fn shown_table(cx: &Context<'_>, table: &StoredLookupTable) -> Document {
    Document::structure([
        ("lookupTableArn", lookup_tables::arn(cx, &table.name).into()),
        ("lookupTableName", (&table.name).into()),
        ("description", table.description.clone().into()),
        ("tableFields", Document::list(table.table.fields())),
        ("recordsCount", table.table.rows().into()),
        ("sizeBytes", table.body.len().into()),
        ("lastUpdatedTime", show::millis(table.updated)),
    ])
}
