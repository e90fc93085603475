use super::refusals::{page, store, workgroup};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `ListPreparedStatements`: of one workgroup, by name, up to 50 a page.
pub(super) const OPERATION: Operation = Operation {
    name: "ListPreparedStatements",
    mutates: false,
    members: &["WorkGroup", "NextToken", "MaxResults"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let group = input.required_str("WorkGroup")?;
    let store = store(cx);
    workgroup(store, input)?;
    let of_group = store
        .prepared
        .values()
        .filter(|prepared| prepared.workgroup == group);
    let all = of_group.map(|prepared| {
        let shown = Document::structure([
            ("StatementName", Document::from(&prepared.name)),
            ("LastModifiedTime", prepared.modified.into()),
        ]);
        (prepared.name.clone(), shown)
    });
    let page = page(input, all.collect(), (1, 50))?;
    Ok(Document::structure([
        ("PreparedStatements", Document::List(page.items)),
        ("NextToken", page.next.into()),
    ]))
}
