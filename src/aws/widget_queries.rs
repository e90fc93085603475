use std::time::Duration;

use aws_sdk_cloudwatchlogs::types::{QueryStatus, ResultField};
use belfry_engine::base::Millis;

use super::actions::RUNNING;
use super::{CloudError, Widgets};
use crate::iam::{Action, On, WATCH};
use crate::web::QueryTable;

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[
    Action::new("start_query", "logs:StartQuery", On::LogGroups, WATCH),
    Action::new(
        "stop_query",
        "logs:StopQuery",
        On::Everything(RUNNING),
        WATCH,
    ),
    Action::new(
        "get_query_results",
        "logs:GetQueryResults",
        On::Everything(RUNNING),
        WATCH,
    ),
];

/// How long a page waits for a log query.
const PATIENCE: Duration = Duration::from_secs(30);

impl Widgets {
    /// The answer of a widget's log query.
    pub(super) async fn run_query(
        &self,
        log_groups: &[String],
        text: &str,
        start: Millis,
        end: Millis,
    ) -> Result<QueryTable, CloudError> {
        let about = log_groups.join(", ");
        let started = self
            .logs
            .start_query()
            .set_log_group_names(Some(log_groups.to_vec()))
            .query_string(text)
            .start_time(start.as_seconds())
            .end_time(end.as_seconds())
            .send()
            .await
            .map_err(|error| CloudError::from_sdk("StartQuery", &about, &error))?;
        let id = started.query_id().unwrap_or_default();
        let finished = tokio::time::timeout(PATIENCE, self.finished(id, &about)).await;
        if let Ok(finished) = finished {
            return finished;
        }
        // The query goes on, and costs, until it is stopped; whether that succeeds changes nothing here.
        let _ = self.logs.stop_query().query_id(id).send().await;
        let text = format!(
            "no answer after {} s; the query was stopped",
            PATIENCE.as_secs()
        );
        Err(CloudError::local("GetQueryResults", about, text))
    }

    async fn finished(&self, id: &str, about: &str) -> Result<QueryTable, CloudError> {
        let mut pause = Duration::from_millis(20);
        loop {
            let answer = self.logs.get_query_results().query_id(id).send().await;
            let answer = answer.map_err(|e| CloudError::from_sdk("GetQueryResults", about, &e))?;
            match answer.status() {
                Some(QueryStatus::Complete) => return Ok(table(answer.results())),
                Some(QueryStatus::Running | QueryStatus::Scheduled) => {}
                other => {
                    let status = other.map_or("no status", |status| status.as_str());
                    let text = format!("the query ended as {status}");
                    return Err(CloudError::local("GetQueryResults", about, text));
                }
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(Duration::from_secs(1));
        }
    }
}

/// Rows leave fields out that they do not have; columns stand in the order in which they first appear.
fn table(results: &[Vec<ResultField>]) -> QueryTable {
    let mut columns: Vec<String> = Vec::new();
    for field in results.iter().flatten().filter_map(ResultField::field) {
        if field != "@ptr" && !columns.iter().any(|column| column == field) {
            columns.push(field.to_owned());
        }
    }
    let cell = |row: &[ResultField], column: &String| {
        let field = row.iter().find(|f| f.field() == Some(column));
        field.and_then(|field| field.value().map(str::to_owned))
    };
    let row = |row: &Vec<ResultField>| columns.iter().map(|c| cell(row, c)).collect();
    QueryTable {
        rows: results.iter().map(row).collect(),
        columns,
    }
}
