use super::refusals::{CATALOG, page};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `ListDataCatalogs`: Athena's own.
pub(super) const OPERATION: Operation = Operation {
    name: "ListDataCatalogs",
    mutates: false,
    members: &["NextToken", "MaxResults", "WorkGroup"],
    call,
};

fn call(_: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let own = Document::structure([
        ("CatalogName", Document::from(CATALOG)),
        ("Type", "GLUE".into()),
    ]);
    let page = page(input, vec![(CATALOG.to_owned(), own)], (2, 50))?;
    Ok(Document::structure([
        ("DataCatalogsSummary", Document::List(page.items)),
        ("NextToken", page.next.into()),
    ]))
}
