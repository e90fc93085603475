use super::refusals::{page, store};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `ListWorkGroups`: by name, up to 50 a page.
pub(super) const OPERATION: Operation = Operation {
    name: "ListWorkGroups",
    mutates: false,
    members: &["NextToken", "MaxResults"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let all = store(cx)
        .workgroups
        .values()
        .map(|w| (w.name.clone(), w.summary()));
    let page = page(input, all.collect(), (1, 50))?;
    Ok(Document::structure([
        ("WorkGroups", Document::List(page.items)),
        ("NextToken", page.next.into()),
    ]))
}
