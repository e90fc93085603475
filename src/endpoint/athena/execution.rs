use belfry_engine::base::Millis;

use super::refusals::coded;
use super::store::AthenaStore;
use crate::endpoint::{Document, Fault};

/// What a statement answered: columns with their types, and rows of text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// Name and type of each column.
    pub columns: Vec<(String, String)>,
    /// Precision and scale of each column, where a query gives them.
    pub sizes: Vec<(i64, i64)>,
    /// The rows; nothing stands for NULL.
    pub rows: Vec<Vec<Option<String>>>,
}

/// How a statement ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// With an answer.
    Succeeded(Rows),
    /// With Athena's reason.
    Failed(String),
    /// Because it read more than its workgroup allows, or somebody stopped it.
    Cancelled(String),
}

/// A statement that was run.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Execution {
    pub(super) id: String,
    pub(super) text: String,
    /// `DDL`, `UTILITY` or `DML`.
    pub(super) kind: &'static str,
    pub(super) substatement: Option<String>,
    pub(super) workgroup: String,
    pub(super) engine: Document,
    pub(super) database: Option<String>,
    pub(super) catalog: Option<String>,
    pub(super) parameters: Vec<String>,
    /// The object of the result.
    pub(super) output: String,
    pub(super) submitted: Millis,
    pub(super) bytes_scanned: u64,
    pub(super) ending: Ending,
}

/// The execution with this id.
pub(super) fn find<'a>(store: &'a AthenaStore, id: &str) -> Result<&'a Execution, Fault> {
    store.execution(id).ok_or_else(|| {
        coded(
            "INVALID_QUERY_EXECUTION_ID",
            format!("QueryExecution {id} was not found"),
        )
    })
}

impl Execution {
    /// As GetQueryExecution shows it.
    pub(super) fn show(&self) -> Document {
        let parameters =
            (!self.parameters.is_empty()).then(|| Document::list(self.parameters.iter()));
        let context = Document::structure([
            ("Database", Document::from(self.database.clone())),
            ("Catalog", self.catalog.clone().into()),
        ]);
        let result = Document::structure([("OutputLocation", Document::from(&self.output))]);
        Document::structure([
            ("QueryExecutionId", Document::from(&self.id)),
            ("Query", Document::from(&self.text)),
            ("StatementType", self.kind.into()),
            ("SubstatementType", self.substatement.clone().into()),
            ("ResultConfiguration", result),
            ("QueryExecutionContext", context),
            ("Status", self.status()),
            ("Statistics", self.statistics()),
            ("WorkGroup", Document::from(&self.workgroup)),
            ("EngineVersion", self.engine.clone()),
            ("ExecutionParameters", parameters.unwrap_or(Document::Null)),
        ])
    }

    fn status(&self) -> Document {
        let (state, reason) = match &self.ending {
            Ending::Succeeded(_) => ("SUCCEEDED", None),
            Ending::Failed(reason) => ("FAILED", Some(reason)),
            Ending::Cancelled(reason) => ("CANCELLED", Some(reason)),
        };
        // Category 2 is the user's mistake ("Athena error catalog").
        let error = reason.filter(|_| state == "FAILED").map(|reason| {
            Document::structure([
                ("ErrorCategory", Document::Integer(2)),
                ("Retryable", false.into()),
                ("ErrorMessage", Document::from(reason)),
            ])
        });
        Document::structure([
            ("State", Document::from(state)),
            ("StateChangeReason", reason.cloned().into()),
            ("SubmissionDateTime", self.submitted.into()),
            ("CompletionDateTime", self.submitted.into()),
            ("AthenaError", error.unwrap_or(Document::Null)),
        ])
    }

    /// Times are none: a statement is run within the call that brings it.
    fn statistics(&self) -> Document {
        let reuse = Document::structure([("ReusedPreviousResult", Document::from(false))]);
        Document::structure([
            ("EngineExecutionTimeInMillis", Document::Integer(0)),
            ("DataScannedInBytes", self.bytes_scanned.into()),
            ("TotalExecutionTimeInMillis", Document::Integer(0)),
            ("QueryQueueTimeInMillis", Document::Integer(0)),
            ("ServiceProcessingTimeInMillis", Document::Integer(0)),
            ("ResultReuseInformation", reuse),
        ])
    }
}
