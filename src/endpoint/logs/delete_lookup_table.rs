use super::lookup_tables;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DeleteLookupTable`: queries that name the table are refused from now on.
pub(super) const OPERATION: Operation = Operation {
    name: "DeleteLookupTable",
    mutates: true,
    members: &["lookupTableArn"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let name = lookup_tables::named(cx, input)?.name.clone();
    cx.account.tags.forget(&lookup_tables::arn(cx, &name));
    cx.account.lookup_tables.delete(&name);
    Ok(Document::empty())
}
