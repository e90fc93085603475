use belfry_engine::account::{QueryStatus, StartedQuery};

use super::pages::{self, Order};
use super::read;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DescribeQueries`: started queries, newest first.
pub(super) const OPERATION: Operation = Operation {
    name: "DescribeQueries",
    mutates: false,
    members: &[
        "logGroupName",
        "status",
        "maxResults",
        "nextToken",
        "queryLanguage",
    ],
    call,
};

const STATUSES: [&str; 7] = [
    "Scheduled",
    "Running",
    "Complete",
    "Failed",
    "Cancelled",
    "Timeout",
    "Unknown",
];

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let group = read::text(input, "logGroupName", 1..=512)?;
    let status = read::word(input, "status", &STATUSES)?;
    let language = read::word(input, "queryLanguage", &["CWLI", "SQL", "PPL"])?;
    let token = read::text(input, "nextToken", 1..=usize::MAX)?;
    let size = read::page_size(input, "maxResults", 1000, 1000)?;
    // A scan may end at any moment: what is asked for and what is shown is one reading of the status.
    let now = |query| Standing {
        query,
        status: query.status(),
    };
    let takes = |Standing { query, status: now }: &Standing<'_>| {
        group.is_none_or(|group| query.log_groups.iter().any(|name| name == group))
            && status.is_none_or(|status| status == now.name())
            && language.is_none_or(|language| language == "CWLI")
    };
    let found = cx.account.queries.newest_first().map(now).filter(takes);
    let key =
        |Standing { query, .. }: &Standing<'_>| format!("{:020}:{}", query.created.0, query.id);
    let (shown, next) = pages::page(found, key, Order::Descending, (token, size));
    Ok(Document::structure([
        ("queries", Document::list(shown.into_iter().map(show))),
        ("nextToken", next.into()),
    ]))
}

/// A query and where it stood when it was looked at.
struct Standing<'a> {
    query: &'a StartedQuery,
    status: QueryStatus,
}

fn show(Standing { query, status }: Standing<'_>) -> Document {
    let group = match query.log_groups.as_slice() {
        [one] => Some(one),
        _ => None,
    };
    Document::structure([
        ("queryLanguage", Document::from("CWLI")),
        ("queryId", (&query.id).into()),
        ("queryString", with_source(query).into()),
        ("status", status.name().into()),
        ("createTime", super::show::millis(query.created)),
        ("logGroupName", group.into()),
    ])
}

/// AWS shows the text with its groups and range before it (recorded for one group).
fn with_source(query: &StartedQuery) -> String {
    let groups: Vec<_> = query
        .log_groups
        .iter()
        .map(|name| format!("\"{name}\""))
        .collect();
    format!(
        "SOURCE {} START={} END={} | {}",
        groups.join(", "),
        query.range.start.0,
        query.range.end.0,
        query.text
    )
}
