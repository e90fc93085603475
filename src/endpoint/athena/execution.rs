use std::sync::Arc;
use std::sync::atomic::Ordering;

use belfry_engine::base::Millis;

use super::job::Progress;
use super::refusals::coded;
use super::results::Columns;
use super::store::AthenaStore;
use crate::endpoint::{Document, Fault};

/// What a statement answered: columns with their types, and rows of text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Rows {
    pub(super) columns: Columns,
    /// The rows; nothing stands for NULL.
    pub(super) rows: Vec<Vec<Option<String>>>,
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

/// A statement that was taken.
#[derive(Clone, Debug)]
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
    pub(super) completed: Option<Millis>,
    pub(super) bytes_scanned: u64,
    /// Milliseconds before it ran.
    pub(super) queued: i64,
    /// Milliseconds for which it ran.
    pub(super) ran: i64,
    /// What a query says beside its answer: where Athena would approximate.
    pub(super) note: Option<String>,
    pub(super) progress: Arc<Progress>,
    /// Nothing as long as it runs.
    pub(super) ending: Option<Ending>,
}

fn not_found(id: &str) -> Fault {
    coded(
        "INVALID_QUERY_EXECUTION_ID",
        format!("QueryExecution {id} was not found"),
    )
}

/// The execution with this id.
pub(super) fn find<'a>(store: &'a AthenaStore, id: &str) -> Result<&'a Execution, Fault> {
    let found = store.executions.iter().find(|execution| execution.id == id);
    found.ok_or_else(|| not_found(id))
}

/// The same, to change it.
pub(super) fn find_mut<'a>(
    store: &'a mut AthenaStore,
    id: &str,
) -> Result<&'a mut Execution, Fault> {
    let mut all = store.executions.iter_mut();
    all.find(|execution| execution.id == id)
        .ok_or_else(|| not_found(id))
}

impl Execution {
    /// It ended; what it is from now on does not change.
    pub(super) fn end(&mut self, ending: Ending, now: Millis) {
        self.ending = Some(ending);
        self.completed = Some(now);
    }

    /// `QUEUED`, `RUNNING`, `SUCCEEDED`, `FAILED` or `CANCELLED`.
    pub(super) fn state(&self) -> &'static str {
        match &self.ending {
            None if self.progress.is_running.load(Ordering::Relaxed) => "RUNNING",
            None => "QUEUED",
            Some(Ending::Succeeded(_)) => "SUCCEEDED",
            Some(Ending::Failed(_)) => "FAILED",
            Some(Ending::Cancelled(_)) => "CANCELLED",
        }
    }

    /// As GetQueryExecution shows it.
    pub(super) fn show(&self, now: Millis) -> Document {
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
            ("Statistics", self.statistics(now)),
            ("WorkGroup", Document::from(&self.workgroup)),
            ("EngineVersion", self.engine.clone()),
            ("ExecutionParameters", parameters.unwrap_or(Document::Null)),
        ])
    }

    /// Athena gives a reason where a query did not succeed; here a query that did may have a remark in its place.
    fn status(&self) -> Document {
        let reason = match &self.ending {
            Some(Ending::Failed(reason) | Ending::Cancelled(reason)) => Some(reason),
            _ => self.note.as_ref(),
        };
        // Category 2 is the user's mistake, 1 the system's ("Athena error catalog").
        let error = match &self.ending {
            Some(Ending::Failed(reason)) => {
                let by_system = reason.starts_with("GENERIC_INTERNAL_ERROR");
                Document::structure([
                    (
                        "ErrorCategory",
                        Document::Integer(if by_system { 1 } else { 2 }),
                    ),
                    ("Retryable", by_system.into()),
                    ("ErrorMessage", Document::from(reason)),
                ])
            }
            _ => Document::Null,
        };
        Document::structure([
            ("State", Document::from(self.state())),
            ("StateChangeReason", reason.cloned().into()),
            ("SubmissionDateTime", self.submitted.into()),
            ("CompletionDateTime", self.completed.into()),
            ("AthenaError", error),
        ])
    }

    fn statistics(&self, now: Millis) -> Document {
        let reuse = Document::structure([("ReusedPreviousResult", Document::from(false))]);
        let so_far = self.progress.scanned.load(Ordering::Relaxed);
        let scanned = match self.completed {
            None => so_far,
            Some(_) => self.bytes_scanned,
        };
        let total = self.completed.unwrap_or(now).0 - self.submitted.0;
        Document::structure([
            ("EngineExecutionTimeInMillis", Document::Integer(self.ran)),
            ("DataScannedInBytes", scanned.into()),
            ("TotalExecutionTimeInMillis", Document::Integer(total)),
            ("QueryQueueTimeInMillis", Document::Integer(self.queued)),
            (
                "ServiceProcessingTimeInMillis",
                Document::Integer((total - self.ran - self.queued).max(0)),
            ),
            ("ResultReuseInformation", reuse),
        ])
    }
}
