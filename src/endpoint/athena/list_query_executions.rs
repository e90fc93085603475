use super::refusals::{page, store, workgroup};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `ListQueryExecutions`: of one workgroup, the newest first, up to 50 a page.
pub(super) const OPERATION: Operation = Operation {
    name: "ListQueryExecutions",
    mutates: false,
    members: &["NextToken", "MaxResults", "WorkGroup"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let store = store(cx);
    let workgroup = &workgroup(store, input)?.name;
    let numbered = store.executions.iter().enumerate();
    let of_workgroup = numbered.filter(|(_, execution)| execution.workgroup == *workgroup);
    let newest_first = |number: usize| format!("{:020}", usize::MAX - number);
    let ids = of_workgroup
        .map(|(number, execution)| (newest_first(number), Document::from(&execution.id)));
    let page = page(input, ids.collect(), (0, 50))?;
    Ok(Document::structure([
        ("QueryExecutionIds", Document::List(page.items)),
        ("NextToken", page.next.into()),
    ]))
}
