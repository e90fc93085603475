use std::future::Future;
use std::time::Duration;

use aws_sdk_athena::types::{
    ColumnInfo as Column, QueryExecution, QueryExecutionContext, QueryExecutionState,
    ResultConfiguration, Row, StatementType,
};
use belfry_athena::answer::{Answer, ColumnInfo, Statistics};

use super::{CloudError, Session};
use crate::iam::{Action, On, WATCH};

/// What this file asks of AWS. Tables are looked up in Glue, lines read from S3 and results written there with the
/// caller's own permissions ("Actions, resources, and condition keys for Amazon Athena").
pub(super) const ACTIONS: &[Action] = &[
    Action::new(
        "start_query_execution",
        "athena:StartQueryExecution",
        On::Workgroup,
        WATCH,
    ),
    Action::new(
        "start_query_execution",
        "glue:GetDatabase",
        On::GlueDatabase,
        WATCH,
    ),
    Action::new(
        "start_query_execution",
        "glue:GetTable",
        On::GlueCatalog,
        WATCH,
    ),
    Action::new(
        "start_query_execution",
        "glue:GetPartitions",
        On::GlueCatalog,
        WATCH,
    ),
    Action::new(
        "start_query_execution",
        "s3:GetBucketLocation",
        On::ResultBuckets,
        WATCH,
    ),
    Action::new("start_query_execution", "s3:PutObject", On::Results, WATCH),
    // Long results are written in parts.
    Action::new(
        "start_query_execution",
        "s3:AbortMultipartUpload",
        On::Results,
        WATCH,
    ),
    Action::new(
        "start_query_execution",
        "s3:ListMultipartUploadParts",
        On::Results,
        WATCH,
    ),
    Action::new(
        "start_query_execution",
        "s3:ListBucket",
        On::TableBuckets,
        WATCH,
    ),
    Action::new(
        "start_query_execution",
        "s3:GetObject",
        On::TableObjects,
        WATCH,
    ),
    Action::new(
        "get_query_execution",
        "athena:GetQueryExecution",
        On::Workgroup,
        WATCH,
    ),
    Action::new(
        "get_query_results",
        "athena:GetQueryResults",
        On::Workgroup,
        WATCH,
    ),
    Action::new("get_query_results", "s3:GetObject", On::Results, WATCH),
    Action::new(
        "stop_query_execution",
        "athena:StopQueryExecution",
        On::Workgroup,
        WATCH,
    ),
];

/// A query for Athena, wherever it runs.
#[derive(Clone, Copy, Debug)]
pub struct AthenaRequest<'a> {
    /// The query.
    pub text: &'a str,
    /// The values of its `?`, as SQL.
    pub parameters: &'a [String],
    /// Athena takes `primary` where none is named.
    pub workgroup: Option<&'a str>,
    /// The database of tables without one; Athena takes `default`.
    pub database: Option<&'a str>,
    /// `s3://bucket/folder/` for the result; what the workgroup says where it insists.
    pub output: Option<&'a str>,
}

/// How a query of Athena ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AthenaRan {
    /// With an answer.
    Complete(Answer),
    /// With Athena's reason.
    Failed {
        /// In Athena's words.
        reason: String,
        /// Whether Athena says that the query is to blame.
        by_text: bool,
    },
    /// Athena cancelled it, after so many bytes.
    Cancelled(String, Statistics),
    /// This command stopped it, after so many bytes.
    Stopped(Statistics),
}

/// Told what a running query has scanned, in bytes, each time it was asked for; `false` stops it.
pub type AthenaWatch<'w> = dyn FnMut(Statistics) -> bool + 'w;

const FIRST_WAIT: Duration = Duration::from_millis(50);
const LONGEST_WAIT: Duration = Duration::from_secs(2);
/// Of Athena's error categories this one is the user's ("Athena error catalog").
const OF_USER: i32 = 2;

impl Session {
    /// Starts a query of Athena, looks after it at growing intervals until it has ended, and fetches all pages of its
    /// answer. When `stop` completes first or `watch` says so, it is stopped at the service.
    pub async fn run_sql(
        &self,
        request: &AthenaRequest<'_>,
        watch: &mut AthenaWatch<'_>,
        stop: impl Future<Output = ()>,
    ) -> Result<AthenaRan, CloudError> {
        let id = self.start_sql(request).await?;
        let mut scanned = Statistics::default();
        let mut seen = |so_far: Statistics| {
            scanned = so_far;
            watch(so_far)
        };
        let ended = tokio::select! {
            biased;
            () = stop => None,
            ended = self.wait_for_sql(&id, &mut seen) => ended?,
        };
        match ended {
            Some(ended) => Ok(ended),
            None => self
                .stop_sql(&id)
                .await
                .map(|()| AthenaRan::Stopped(scanned)),
        }
    }

    async fn start_sql(&self, request: &AthenaRequest<'_>) -> Result<String, CloudError> {
        let resource = request.workgroup.unwrap_or("primary");
        let database = request.database.map(str::to_owned);
        let context =
            database.map(|database| QueryExecutionContext::builder().database(database).build());
        let output = request.output.map(str::to_owned);
        let output = output.map(|place| {
            ResultConfiguration::builder()
                .output_location(place)
                .build()
        });
        let parameters = (!request.parameters.is_empty()).then(|| request.parameters.to_vec());
        let answer = self
            .athena()
            .start_query_execution()
            .query_string(request.text)
            .set_work_group(request.workgroup.map(str::to_owned))
            .set_query_execution_context(context)
            .set_result_configuration(output)
            .set_execution_parameters(parameters)
            .send()
            .await
            .map_err(|e| CloudError::from_sdk("StartQueryExecution", resource, &e))?;
        answer.query_execution_id.ok_or_else(|| {
            CloudError::local(
                "StartQueryExecution",
                resource,
                "the answer carries no query execution id",
            )
        })
    }

    /// How it ended; none where `watch` wants no more.
    async fn wait_for_sql(
        &self,
        id: &str,
        watch: &mut AthenaWatch<'_>,
    ) -> Result<Option<AthenaRan>, CloudError> {
        let mut wait = FIRST_WAIT;
        loop {
            let execution = self.execution(id).await?;
            let scanned = scanned(&execution);
            let status = execution.status();
            match status.and_then(|status| status.state()) {
                Some(QueryExecutionState::Succeeded) => {
                    let answer = self.sql_answer(id, &execution, scanned).await?;
                    return Ok(Some(AthenaRan::Complete(answer)));
                }
                Some(QueryExecutionState::Failed) => return Ok(Some(failed(&execution))),
                Some(QueryExecutionState::Cancelled) => {
                    return Ok(Some(AthenaRan::Cancelled(reason(&execution), scanned)));
                }
                Some(QueryExecutionState::Queued | QueryExecutionState::Running) => {}
                other => {
                    let state = other.map_or("no state", QueryExecutionState::as_str);
                    let message = format!("the query is in {state}, which is not known here");
                    return Err(CloudError::local("GetQueryExecution", id, message));
                }
            }
            if !watch(scanned) {
                return Ok(None);
            }
            tokio::time::sleep(wait).await;
            wait = (wait * 2).min(LONGEST_WAIT);
        }
    }

    async fn execution(&self, id: &str) -> Result<QueryExecution, CloudError> {
        let request = self.athena().get_query_execution().query_execution_id(id);
        let answer = request.send().await;
        let answer = answer.map_err(|e| CloudError::from_sdk("GetQueryExecution", id, &e))?;
        answer.query_execution.ok_or_else(|| {
            CloudError::local("GetQueryExecution", id, "the answer carries no execution")
        })
    }

    /// All pages. The first row of a query's first page is its columns' names; statements of the catalogue have none.
    async fn sql_answer(
        &self,
        id: &str,
        execution: &QueryExecution,
        statistics: Statistics,
    ) -> Result<Answer, CloudError> {
        let mut columns: Option<Vec<ColumnInfo>> = None;
        let mut rows = Vec::new();
        let mut token = None;
        loop {
            let request = self.athena().get_query_results().query_execution_id(id);
            let page = request.set_next_token(token).send().await;
            let page = page.map_err(|e| CloudError::from_sdk("GetQueryResults", id, &e))?;
            token = page.next_token;
            let Some(set) = page.result_set else { break };
            if columns.is_none() {
                let told = set.result_set_metadata.and_then(|told| told.column_info);
                columns = Some(told.unwrap_or_default().into_iter().map(column).collect());
            }
            rows.extend(set.rows.unwrap_or_default().into_iter().map(cells));
            if token.is_none() {
                break;
            }
        }
        let columns = columns.unwrap_or_default();
        if execution.statement_type() == Some(&StatementType::Dml) && has_header(&columns, &rows) {
            rows.remove(0);
        }
        Ok(Answer {
            columns,
            rows,
            statistics,
            // AWS says nothing here of a query that succeeded; Belfry's endpoint says where AWS would approximate.
            notes: remark(execution).into_iter().collect(),
        })
    }

    /// What has ended in the meantime stays as it ended.
    async fn stop_sql(&self, id: &str) -> Result<(), CloudError> {
        let request = self.athena().stop_query_execution().query_execution_id(id);
        let answer = request.send().await;
        answer
            .map(|_| ())
            .map_err(|e| CloudError::from_sdk("StopQueryExecution", id, &e))
    }
}

/// Statements of the catalogue scan nothing.
fn scanned(execution: &QueryExecution) -> Statistics {
    let bytes = execution
        .statistics()
        .and_then(|statistics| statistics.data_scanned_in_bytes());
    Statistics {
        scanned: bytes
            .and_then(|bytes| u64::try_from(bytes).ok())
            .unwrap_or(0),
    }
}

fn remark(execution: &QueryExecution) -> Option<String> {
    let reason = execution.status()?.state_change_reason()?;
    Some(reason.to_owned())
}

fn reason(execution: &QueryExecution) -> String {
    remark(execution).unwrap_or_else(|| "Athena gives no reason".to_owned())
}

fn failed(execution: &QueryExecution) -> AthenaRan {
    let status = execution.status();
    let error = status.and_then(|status| status.athena_error());
    AthenaRan::Failed {
        reason: reason(execution),
        by_text: error.and_then(|error| error.error_category()) == Some(OF_USER),
    }
}

fn column(column: Column) -> ColumnInfo {
    let Column {
        name,
        r#type,
        precision,
        scale,
        case_sensitive,
        ..
    } = column;
    ColumnInfo {
        name,
        data_type: r#type,
        precision,
        scale,
        case_sensitive,
    }
}

/// A row's values; nothing stands for NULL.
fn cells(row: Row) -> Vec<Option<String>> {
    let data = row.data.unwrap_or_default().into_iter();
    data.map(|datum| datum.var_char_value).collect()
}

fn has_header(columns: &[ColumnInfo], rows: &[Vec<Option<String>>]) -> bool {
    let names = columns.iter().map(|column| Some(column.name.as_str()));
    rows.first()
        .is_some_and(|row| row.iter().map(Option::as_deref).eq(names))
}
