use std::time::Duration;

use aws_sdk_athena::types::{QueryExecutionContext, QueryExecutionState, ResultConfiguration};

use super::CloudError;
use super::cloud::AwsCloud;
use crate::iam::{APPLY, Action, BY_HAND, On};

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
    // Where a database is adopted.
    Action::new(
        "start_query_execution",
        "glue:UpdateDatabase",
        On::GlueDatabase,
        BY_HAND,
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

/// Where a statement is run.
#[derive(Clone, Copy)]
pub(super) struct Within<'a> {
    /// The workgroup.
    pub(super) workgroup: &'a str,
    /// Of names without one.
    pub(super) database: Option<&'a str>,
    /// Where its results go, if the workgroup does not say.
    pub(super) output: Option<&'a str>,
}

impl<'a> Within<'a> {
    pub(super) fn workgroup(workgroup: &'a str) -> Self {
        Self {
            workgroup,
            database: None,
            output: None,
        }
    }
}

impl AwsCloud {
    /// Runs a statement of the catalogue and waits for its end; `about` is what it is for.
    pub(super) async fn run_statement(
        &self,
        within: Within<'_>,
        text: &str,
        about: &str,
    ) -> Result<(), CloudError> {
        let athena = self.session.athena();
        let database = within.database.map(str::to_owned);
        let context = QueryExecutionContext::builder().set_database(database);
        let output = within.output.map(|output| {
            let results = ResultConfiguration::builder().output_location(output);
            results.build()
        });
        let request = athena
            .start_query_execution()
            .query_string(text)
            .work_group(within.workgroup)
            .set_result_configuration(output);
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
