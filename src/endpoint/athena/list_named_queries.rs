use super::refusals::{page, store, workgroup};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `ListNamedQueries`: of one workgroup, up to 50 a page.
pub(super) const OPERATION: Operation = Operation {
    name: "ListNamedQueries",
    mutates: false,
    members: &["NextToken", "MaxResults", "WorkGroup"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let store = store(cx);
    let workgroup = &workgroup(store, input)?.name;
    let queries = store.named_queries.values();
    let of_workgroup = queries.filter(|query| query.workgroup == *workgroup);
    let ids = of_workgroup.map(|query| (query.id.clone(), Document::from(&query.id)));
    let page = page(input, ids.collect(), (0, 50))?;
    Ok(Document::structure([
        ("NamedQueryIds", Document::List(page.items)),
        ("NextToken", page.next.into()),
    ]))
}
