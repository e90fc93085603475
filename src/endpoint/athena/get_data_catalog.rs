use super::refusals::{CATALOG, check_catalog};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `GetDataCatalog`: Athena's own.
pub(super) const OPERATION: Operation = Operation {
    name: "GetDataCatalog",
    mutates: false,
    members: &["Name", "WorkGroup"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    check_catalog(input.required_str("Name")?)?;
    let parameters = Document::map([("catalog-id", Document::from(cx.account_id))]);
    let catalog = Document::structure([
        ("Name", Document::from(CATALOG)),
        ("Type", "GLUE".into()),
        ("Parameters", parameters),
    ]);
    Ok(Document::structure([("DataCatalog", catalog)]))
}
