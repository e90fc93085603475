use belfry_engine::account::{QueryStatus, StartedQuery, event_pointer};
use belfry_engine::insights::{QueryResults, ResultRow, Statistics};

use super::fault::not_found;
use super::read;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `GetQueryResults`: the rows of a finished query, page by page; none while it runs. A cell that the row does
/// not have is left out; `@ptr` stands last in rows that are events.
pub(super) const OPERATION: Operation = Operation {
    name: "GetQueryResults",
    mutates: false,
    members: &["queryId", "nextToken", "maxItems"],
    call,
};

/// Rows of a page.
const PAGE: usize = 10_000;

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let id = read::required_text(input, "queryId", 1..=256)?;
    let token = read::text(input, "nextToken", 0..=1024)?;
    let size = read::number(input, "maxItems", 0..=10_000)?;
    let size = size.map_or(PAGE, |size| usize::try_from(size).unwrap_or(PAGE));
    let query = cx
        .account
        .queries
        .get(id)
        .ok_or_else(|| not_found("query"))?;
    let start = token
        .map_or(Some(0), |token| token.parse().ok())
        .ok_or_else(|| input.invalid("The specified nextToken is invalid."))?;
    Ok(answer(query, start, size))
}

fn answer(query: &StartedQuery, start: usize, size: usize) -> Document {
    // The status comes first: a query that ends in between must not look complete without its rows.
    let status = query.status();
    let results = query.results().filter(|_| status == QueryStatus::Complete);
    let rows = results.map_or(0, |results| results.rows.len());
    let end = start.saturating_add(size).min(rows);
    let next = (end < rows && size > 0).then(|| end.to_string());
    let shown = results
        .and_then(|results| results.rows.get(start..end))
        .unwrap_or_default();
    let shown = shown.iter().filter_map(|row| Some(show_row(results?, row)));
    Document::structure([
        ("queryLanguage", Document::from("CWLI")),
        ("results", Document::list(shown)),
        (
            "statistics",
            statistics(results.map(|r| r.statistics), rows),
        ),
        ("status", status.name().into()),
        ("nextToken", next.into()),
    ])
}

fn show_row(results: &QueryResults, row: &ResultRow) -> Document {
    let cells = results.columns.iter().zip(&row.cells);
    let present = cells.filter_map(|(column, cell)| Some(field(column, cell.as_ref()?)));
    let named = results.columns.iter().any(|column| column == "@ptr");
    let pointer = row.position.filter(|_| !named);
    let pointer = pointer.map(|position| field("@ptr", &event_pointer(position)));
    Document::list(present.chain(pointer))
}

fn field(name: &str, value: &str) -> Document {
    Document::structure([("field", Document::from(name)), ("value", value.into())])
}

/// Every figure is a double on the wire.
fn statistics(statistics: Option<Statistics>, rows: usize) -> Document {
    let Statistics {
        records_matched,
        records_scanned,
        bytes_scanned,
        log_groups_scanned,
    } = statistics.unwrap_or_default();
    let rows = u64::try_from(rows).unwrap_or(u64::MAX);
    Document::structure([
        ("recordsMatched", double(records_matched)),
        ("recordsScanned", double(records_scanned)),
        ("estimatedRecordsSkipped", double(0)),
        ("bytesScanned", double(bytes_scanned)),
        ("estimatedBytesSkipped", double(0)),
        ("logGroupsScanned", double(log_groups_scanned)),
        ("resultCount", double(rows)),
    ])
}

#[expect(
    clippy::cast_precision_loss,
    reason = "AWS answers these counts as doubles"
)]
fn double(count: u64) -> Document {
    Document::Double(count as f64)
}
