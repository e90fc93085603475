use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use belfry_athena::answer::{Answer, Session, run as answer};
use belfry_athena::refusal::Refusal;
use belfry_athena::scan::Objects;
use belfry_engine::base::{Clock, Millis};
use belfry_engine::catalog::Catalog;

use super::check::{moment, said};
use super::end_query_execution::{self, Ended};
use super::results;
use crate::endpoint::protocol::Call;

/// What a running query and those who look at it share.
#[derive(Debug, Default)]
pub(super) struct Progress {
    /// Whether it runs; before that it is queued.
    pub(super) is_running: AtomicBool,
    /// The bytes that it read so far.
    pub(super) scanned: Arc<AtomicU64>,
    /// Whether somebody stopped it.
    pub(super) is_stopped: AtomicBool,
}

/// A query that was taken and is to be run, beside whatever is asked meanwhile.
#[derive(Debug)]
pub(in crate::endpoint) struct Job {
    pub(super) id: String,
    /// Where its execution is.
    pub(in crate::endpoint) region: String,
    pub(super) text: String,
    pub(super) parameters: Vec<String>,
    /// The database of names without one.
    pub(super) database: String,
    /// The tables as they were when it was taken.
    pub(super) catalog: Catalog,
    /// When it was taken: its `now()`.
    pub(super) submitted: Millis,
    /// Most bytes that may be read, where the workgroup says so.
    pub(super) cutoff: Option<u64>,
    pub(super) progress: Arc<Progress>,
}

impl Job {
    /// Runs the query over `objects`; what comes back is the call that writes down how it ended.
    pub(in crate::endpoint) fn run(&self, objects: &dyn Objects, clock: &dyn Clock) -> Call {
        let progress = &self.progress;
        let begun = clock.now();
        progress.is_running.store(true, Ordering::Relaxed);
        let session = Session {
            catalog: &self.catalog,
            objects,
            database: &self.database,
            now: moment(self.submitted),
            parameters: &self.parameters,
            cutoff: self.cutoff,
            cancelled: &progress.is_stopped,
            scanned: &progress.scanned,
        };
        let (found, statistics) = answer(&self.text, &session);
        let over = |refusal: &&Refusal| refusal.name == "EXCEEDED_BYTES_SCANNED_LIMIT";
        let is_over = found
            .as_ref()
            .err()
            .map(AsRef::as_ref)
            .filter(over)
            .is_some();
        end_query_execution::call(&Ended {
            id: &self.id,
            outcome: outcome(&found),
            // A query over the limit is charged the limit: Athena ends it at that byte.
            scanned: match self.cutoff.filter(|_| is_over) {
                Some(cutoff) => cutoff.min(statistics.scanned),
                None => statistics.scanned,
            },
            queued: begun.0.saturating_sub(self.submitted.0),
            ran: clock.now().0.saturating_sub(begun.0),
        })
    }
}

/// How a query ended.
pub(super) enum Outcome {
    /// With an answer: its columns, the bytes of its object, and what is to be said beside it.
    Succeeded(results::Columns, Vec<u8>, Option<String>),
    /// With Athena's reason.
    Failed(String),
    /// It read more than its workgroup allows.
    Cancelled(String),
}

fn outcome(found: &Result<Answer, Box<Refusal>>) -> Outcome {
    match found {
        Ok(answer) => {
            let notes = (!answer.notes.is_empty()).then(|| answer.notes.join("; "));
            Outcome::Succeeded(results::columns_of(answer), results::csv(answer), notes)
        }
        Err(refusal) if refusal.name == "EXCEEDED_BYTES_SCANNED_LIMIT" => {
            Outcome::Cancelled(refusal.message.clone())
        }
        Err(refusal) => Outcome::Failed(said(refusal)),
    }
}
