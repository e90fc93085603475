use super::execution::{Ending, find};
use super::refusals::{coded, invalid, store};
use super::results::{self, columns, rows};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `GetQueryResults`: up to 1,000 rows a page; of a query the first row of the first page names the columns.
pub(super) const OPERATION: Operation = Operation {
    name: "GetQueryResults",
    mutates: false,
    members: &["QueryExecutionId", "NextToken", "MaxResults"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let id = input.required_str("QueryExecutionId")?;
    let output = find(store(cx), id)?.output.clone();
    let is_there = results::is_there(cx, &output);
    let execution = find(store(cx), id)?;
    let answer = match &execution.ending {
        Some(Ending::Succeeded(answer)) => answer,
        Some(Ending::Failed(_) | Ending::Cancelled(_)) => return Err(not_there(execution.state())),
        None => return Err(not_yet(execution.state())),
    };
    if !is_there {
        // Athena reads them from the object, too.
        return Err(invalid(format!("Could not find results: {output}")));
    }
    let limit = input.optional_i64("MaxResults")?.unwrap_or(1000);
    if !(1..=1000).contains(&limit) {
        let range = "Member must have value between 1 and 1000";
        return Err(input.constraint("MaxResults", &limit.to_string(), range));
    }
    let from = match input.optional_str("NextToken")? {
        None => 0,
        Some(token) => token
            .parse()
            .map_err(|_| invalid("NextToken is not valid"))?,
    };
    let header: Vec<_> = answer
        .columns
        .iter()
        .map(|column| Some(column.name.clone()))
        .collect();
    let header = (execution.kind == "DML").then_some(&header);
    let all = header.into_iter().chain(&answer.rows);
    let total = answer.rows.len() + usize::from(header.is_some());
    let limit = usize::try_from(limit).unwrap_or(1000);
    let to = total.min(from + limit);
    let metadata = Document::structure([("ColumnInfo", columns(answer))]);
    let set = Document::structure([
        ("Rows", rows(all.skip(from).take(limit))),
        ("ResultSetMetadata", metadata),
    ]);
    let next = (to < total).then(|| to.to_string());
    Ok(Document::structure([
        ("UpdateCount", Document::Integer(0)),
        ("ResultSet", set),
        ("NextToken", next.into()),
    ]))
}

fn not_yet(state: &str) -> Fault {
    let message = format!("Query has not yet finished. Current state: {state}");
    coded("INVALID_QUERY_STATUS", message)
}

fn not_there(state: &str) -> Fault {
    let message = format!("Query did not finish successfully. Final query state: {state}");
    coded("INVALID_QUERY_STATUS", message)
}
