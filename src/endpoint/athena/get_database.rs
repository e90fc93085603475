use super::catalog_show::{database, show_database};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `GetDatabase`.
pub(super) const OPERATION: Operation = Operation {
    name: "GetDatabase",
    mutates: false,
    members: &["CatalogName", "DatabaseName", "WorkGroup"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let database = database(cx, input)?;
    Ok(Document::structure([("Database", show_database(database))]))
}
