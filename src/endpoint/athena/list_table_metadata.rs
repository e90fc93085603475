use super::catalog_show::{database, show_table};
use super::refusals::{invalid, page};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `ListTableMetadata`: by name, up to 50 a page.
pub(super) const OPERATION: Operation = Operation {
    name: "ListTableMetadata",
    mutates: false,
    members: &[
        "CatalogName",
        "DatabaseName",
        "Expression",
        "NextToken",
        "MaxResults",
        "WorkGroup",
    ],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    if let Some(expression) = input
        .optional_str("Expression")?
        .filter(|e| !matches!(*e, "" | "*" | ".*"))
    {
        return Err(invalid(format!(
            "the expression `{expression}` is not supported by this endpoint; without one all tables are listed"
        )));
    }
    let tables = database(cx, input)?.tables.values();
    let all = tables.map(|table| (table.name.clone(), show_table(table)));
    let page = page(input, all.collect(), (1, 50))?;
    Ok(Document::structure([
        ("TableMetadataList", Document::List(page.items)),
        ("NextToken", page.next.into()),
    ]))
}
