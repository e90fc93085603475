use std::future::Future;
use std::time::Duration;

use aws_sdk_cloudwatchlogs::operation::get_query_results::GetQueryResultsOutput;
use aws_sdk_cloudwatchlogs::types::{QueryStatistics, QueryStatus, ResultField};
use belfry_engine::base::TimeRange;
use belfry_engine::insights::{QueryResults, ResultRow, Statistics};

use super::actions::RUNNING;
use super::{CloudError, Session};
use crate::iam::{Action, On, WATCH};

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[
    Action::new("start_query", "logs:StartQuery", On::LogGroups, WATCH),
    Action::new(
        "get_query_results",
        "logs:GetQueryResults",
        On::Everything(RUNNING),
        WATCH,
    ),
    Action::new(
        "stop_query",
        "logs:StopQuery",
        On::Everything(RUNNING),
        WATCH,
    ),
];

/// A query for Logs Insights, wherever it runs.
#[derive(Clone, Debug)]
pub struct QueryRequest<'a> {
    /// The query.
    pub text: &'a str,
    /// Where it looks; empty where the text itself says so (SOURCE).
    pub log_groups: &'a [String],
    /// Both ends included, in whole seconds.
    pub range: TimeRange,
    /// At most so many rows.
    pub limit: Option<i32>,
}

/// How a query ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ran {
    /// With an answer.
    Complete(QueryResults),
    /// It was stopped, after so much was scanned.
    Stopped(Statistics),
}

/// What a running query has done so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Running {
    /// Scanned so far.
    pub statistics: Statistics,
    /// How many rows the service already shows; they may still change.
    pub rows: usize,
    /// The first of them, each as one line of its values.
    pub first: Vec<String>,
}

/// Told about a running query each time it was asked for; `false` stops it.
pub type Watch<'w> = dyn FnMut(&Running) -> bool + 'w;

const FIRST_WAIT: Duration = Duration::from_millis(50);
const LONGEST_WAIT: Duration = Duration::from_secs(2);
/// Rows of a running query that can be shown.
const SHOWN: usize = 5;
/// The field that stands for the whole event. It comes with every row of events and means something to
/// GetLogRecord only.
const POINTER: &str = "@ptr";

impl Session {
    /// Starts a query and asks for its answer until it is there, at growing intervals, and tells `watch` what
    /// was scanned. When `stop` completes first or `watch` says so, the query is stopped at the service, so that
    /// it costs no more.
    pub async fn run_query(
        &self,
        request: &QueryRequest<'_>,
        watch: &mut Watch<'_>,
        stop: impl Future<Output = ()>,
    ) -> Result<Ran, CloudError> {
        let id = self.start_query(request).await?;
        let mut scanned = Statistics::default();
        let mut seen = |running: &Running| {
            scanned = running.statistics;
            watch(running)
        };
        let answer = tokio::select! {
            biased;
            () = stop => None,
            answer = self.wait_for(&id, request.text, &mut seen) => answer?,
        };
        match answer {
            Some(results) => Ok(Ran::Complete(results)),
            None => self.stop_query(&id).await.map(|()| Ran::Stopped(scanned)),
        }
    }

    async fn start_query(&self, request: &QueryRequest<'_>) -> Result<String, CloudError> {
        let resource = request.log_groups.join(", ");
        let log_groups = (!request.log_groups.is_empty()).then(|| request.log_groups.to_vec());
        let answer = self
            .logs()
            .start_query()
            .query_string(request.text)
            .set_log_group_names(log_groups)
            .start_time(request.range.start.as_seconds())
            .end_time(request.range.end.as_seconds())
            .set_limit(request.limit)
            .send()
            .await
            .map_err(|e| CloudError::from_sdk("StartQuery", &resource, &e))?;
        let id = answer.query_id().map(str::to_owned);
        id.ok_or_else(|| {
            CloudError::local("StartQuery", resource, "the answer carries no query id")
        })
    }

    /// The answer; none where `watch` wants no more.
    async fn wait_for(
        &self,
        id: &str,
        text: &str,
        watch: &mut Watch<'_>,
    ) -> Result<Option<QueryResults>, CloudError> {
        let mut wait = FIRST_WAIT;
        loop {
            let answer = self.query_page(id, None).await?;
            match answer.status() {
                Some(QueryStatus::Complete) => {
                    return self.whole_answer(id, text, answer).await.map(Some);
                }
                Some(QueryStatus::Running | QueryStatus::Scheduled) => {}
                other => {
                    let status = other.map_or("without a status", QueryStatus::as_str);
                    let message = format!("the query ended {status}");
                    return Err(CloudError::local("GetQueryResults", id, message));
                }
            }
            let running = Running {
                statistics: answer.statistics().map(statistics).unwrap_or_default(),
                rows: answer.results().len(),
                first: answer
                    .results()
                    .iter()
                    .take(SHOWN)
                    .map(|row| as_line(row))
                    .collect(),
            };
            if !watch(&running) {
                return Ok(None);
            }
            tokio::time::sleep(wait).await;
            wait = (wait * 2).min(LONGEST_WAIT);
        }
    }

    /// The first page and all that follow it.
    async fn whole_answer(
        &self,
        id: &str,
        text: &str,
        first: GetQueryResultsOutput,
    ) -> Result<QueryResults, CloudError> {
        let statistics = first.statistics().map(statistics).unwrap_or_default();
        let mut token = first.next_token().map(str::to_owned);
        let mut rows = first.results.unwrap_or_default();
        while let Some(next) = token {
            let page = self.query_page(id, Some(next)).await?;
            token = page.next_token().map(str::to_owned);
            rows.extend(page.results.unwrap_or_default());
        }
        Ok(results(&rows, text.contains(POINTER), statistics))
    }

    async fn query_page(
        &self,
        id: &str,
        token: Option<String>,
    ) -> Result<GetQueryResultsOutput, CloudError> {
        self.logs()
            .get_query_results()
            .query_id(id)
            .set_next_token(token)
            .send()
            .await
            .map_err(|e| CloudError::from_sdk("GetQueryResults", id, &e))
    }

    async fn stop_query(&self, id: &str) -> Result<(), CloudError> {
        let answer = self.logs().stop_query().query_id(id).send().await;
        match answer.map_err(|e| CloudError::from_sdk("StopQuery", id, &e)) {
            // It ended while it was being stopped.
            Err(error) if error.code.as_deref() == Some("InvalidParameterException") => Ok(()),
            other => other.map(|_| ()),
        }
    }
}

/// AWS gives each row its own list of fields and leaves out those that a row lacks.
fn results(rows: &[Vec<ResultField>], with_pointer: bool, statistics: Statistics) -> QueryResults {
    let columns = columns(rows, with_pointer);
    let rows = rows.iter().map(|row| ResultRow {
        cells: columns.iter().map(|column| cell(row, column)).collect(),
        position: None,
    });
    QueryResults {
        rows: rows.collect(),
        columns,
        statistics,
        notes: Vec::new(),
    }
}

/// The values of a row without its pointer; what would move a terminal's cursor is blank.
fn as_line(row: &[ResultField]) -> String {
    let fields = row.iter().filter(|field| field.field() != Some(POINTER));
    let values: Vec<&str> = fields.filter_map(ResultField::value).collect();
    values.join("  ").replace(char::is_control, " ")
}

/// Every field of any row; one that a row brings anew stands after the field before it in that row.
fn columns(rows: &[Vec<ResultField>], with_pointer: bool) -> Vec<String> {
    let mut columns: Vec<String> = Vec::new();
    for row in rows {
        let mut next = 0;
        for name in row.iter().filter_map(ResultField::field) {
            if name == POINTER && !with_pointer {
                continue;
            }
            match columns.iter().position(|column| column == name) {
                Some(at) => next = at + 1,
                None => {
                    columns.insert(next, name.to_owned());
                    next += 1;
                }
            }
        }
    }
    columns
}

fn cell(row: &[ResultField], column: &str) -> Option<String> {
    let field = row.iter().find(|field| field.field() == Some(column))?;
    field.value().map(str::to_owned)
}

fn statistics(statistics: &QueryStatistics) -> Statistics {
    Statistics {
        records_matched: whole(statistics.records_matched()),
        records_scanned: whole(statistics.records_scanned()),
        bytes_scanned: whole(statistics.bytes_scanned()),
        log_groups_scanned: whole(statistics.log_groups_scanned()),
    }
}

/// Counts travel as floating-point numbers.
fn whole(count: f64) -> u64 {
    format!("{:.0}", count.max(0.0)).parse().unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_a_running_query_is_one_line_that_moves_no_cursor() {
        let field = |name: &str, value: &str| {
            let field = ResultField::builder().field(name).value(value);
            field.build()
        };
        let row = vec![
            field("@timestamp", "2026-04-20 10:00:00.000"),
            field("@message", "a\tb\u{1b}[2J\n"),
            field(POINTER, "CmEK"),
        ];
        assert_eq!(as_line(&row), "2026-04-20 10:00:00.000  a b [2J ");
    }

    fn row(fields: &[(&str, &str)]) -> Vec<ResultField> {
        let fields = fields.iter();
        fields
            .map(|(name, value)| ResultField::builder().field(*name).value(*value).build())
            .collect()
    }

    #[test]
    fn a_field_that_only_later_rows_have_stands_in_its_place() {
        let rows = [
            row(&[("time", "1"), ("message", "a"), ("@ptr", "x")]),
            row(&[
                ("time", "2"),
                ("status", "500"),
                ("message", "b"),
                ("@ptr", "y"),
            ]),
        ];
        let results = results(&rows, false, Statistics::default());
        assert_eq!(results.columns, ["time", "status", "message"]);
        let first: Vec<_> = results.rows[0].cells.iter().map(Option::as_deref).collect();
        assert_eq!(first, [Some("1"), None, Some("a")]);
    }

    #[test]
    fn counts_are_whole() {
        assert_eq!(whole(12.0), 12);
        assert_eq!(whole(-1.0), 0);
    }
}
