use std::time::Duration;

use aws_sdk_athena::types::{QueryExecutionContext, QueryExecutionState};

use super::CloudError;
use super::cloud::AwsCloud;
use crate::iam::{APPLY, Action, On};

/// What this file asks of AWS. Statements of the catalogue are carried out by Glue, and their results written to S3, with
/// the caller's own permissions ("Actions, resources, and condition keys for Amazon Athena").
pub(super) const ACTIONS: &[Action] = &[
    Action::new(
        "start_query_execution",
        "athena:StartQueryExecution",
        On::Workgroup,
        APPLY,
    ),
    Action::new(
        "start_query_execution",
        "glue:CreateDatabase",
        On::GlueDatabase,
        APPLY,
    ),
    Action::new(
        "start_query_execution",
        "glue:GetDatabase",
        On::GlueDatabase,
        APPLY,
    ),
    Action::new(
        "start_query_execution",
        "glue:CreateTable",
        On::GlueCatalog,
        APPLY,
    ),
    Action::new(
        "start_query_execution",
        "glue:GetTable",
        On::GlueCatalog,
        APPLY,
    ),
    Action::new(
        "start_query_execution",
        "glue:UpdateTable",
        On::GlueCatalog,
        APPLY,
    ),
    Action::new(
        "start_query_execution",
        "glue:DeleteTable",
        On::GlueCatalog,
        APPLY,
    ),
    Action::new(
        "start_query_execution",
        "s3:GetBucketLocation",
        On::ResultBuckets,
        APPLY,
    ),
    Action::new("start_query_execution", "s3:PutObject", On::Results, APPLY),
    Action::new(
        "get_query_execution",
        "athena:GetQueryExecution",
        On::Workgroup,
        APPLY,
    ),
];

/// The first and the longest wait between two looks at a statement.
const SOON: Duration = Duration::from_millis(100);
const LATE: Duration = Duration::from_secs(2);

impl AwsCloud {
    /// Runs a statement of the catalogue and waits for its end; `about` is what it is for.
    pub(super) async fn run_statement(
        &self,
        (workgroup, database): (&str, Option<&str>),
        text: &str,
        about: &str,
    ) -> Result<(), CloudError> {
        let athena = self.session.athena();
        let context = QueryExecutionContext::builder().set_database(database.map(str::to_owned));
        let request = athena
            .start_query_execution()
            .query_string(text)
            .work_group(workgroup);
        let started = request
            .query_execution_context(context.build())
            .send()
            .await;
        let started =
            started.map_err(|e| CloudError::from_sdk("StartQueryExecution", about, &e))?;
        let id = started.query_execution_id().unwrap_or_default();
        let mut wait = SOON;
        loop {
            let found = athena
                .get_query_execution()
                .query_execution_id(id)
                .send()
                .await;
            let found = found.map_err(|e| CloudError::from_sdk("GetQueryExecution", about, &e))?;
            let status = found
                .query_execution()
                .and_then(|execution| execution.status());
            let reason = status.and_then(|status| status.state_change_reason());
            match status.and_then(|status| status.state()) {
                Some(QueryExecutionState::Succeeded) => return Ok(()),
                Some(state @ (QueryExecutionState::Failed | QueryExecutionState::Cancelled)) => {
                    let reason = reason.unwrap_or("no reason given");
                    let message = format!("the statement ended as {}: {reason}", state.as_str());
                    return Err(CloudError::local("StartQueryExecution", about, message));
                }
                _ => tokio::time::sleep(wait).await,
            }
            wait = LATE.min(wait * 2);
        }
    }
}
