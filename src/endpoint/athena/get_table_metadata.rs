use super::catalog_show::{database, show_table};
use super::refusals::metadata;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `GetTableMetadata`.
pub(super) const OPERATION: Operation = Operation {
    name: "GetTableMetadata",
    mutates: false,
    members: &["CatalogName", "DatabaseName", "TableName", "WorkGroup"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let name = input.required_str("TableName")?;
    let database = database(cx, input)?;
    let found = database.tables.get(&name.to_lowercase());
    let table = found.ok_or_else(|| metadata(format!("Table {name} not found.")))?;
    Ok(Document::structure([("TableMetadata", show_table(table))]))
}
