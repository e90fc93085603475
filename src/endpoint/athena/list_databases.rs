use super::catalog_show::show_database;
use super::refusals::{check_catalog, page, store};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `ListDatabases`: by name, up to 50 a page.
pub(super) const OPERATION: Operation = Operation {
    name: "ListDatabases",
    mutates: false,
    members: &["CatalogName", "NextToken", "MaxResults", "WorkGroup"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    check_catalog(input.required_str("CatalogName")?)?;
    let all = store(cx).catalog.databases();
    let all = all.map(|database| (database.name.clone(), show_database(database)));
    let page = page(input, all.collect(), (1, 50))?;
    Ok(Document::structure([
        ("DatabaseList", Document::List(page.items)),
        ("NextToken", page.next.into()),
    ]))
}
