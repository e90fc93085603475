use std::collections::VecDeque;
use std::sync::{Arc, OnceLock};

use crate::base::{Millis, TimeRange};
use crate::events::EventSnapshot;
use crate::insights::{Query, QueryResults, RunOptions};

/// Results are kept for seven days (Logs Insights quotas).
const KEPT: i64 = 7 * 24 * 3600 * 1000;
/// At most so many queries are kept; the oldest give way. AWS has no such bound, memory has.
const MOST_KEPT: usize = 1000;

/// Where a query stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryStatus {
    /// Still scanning.
    Running,
    /// All results are there.
    Complete,
    /// StopQuery ended it.
    Cancelled,
}

impl QueryStatus {
    /// AWS's word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Running => "Running",
            Self::Complete => "Complete",
            Self::Cancelled => "Cancelled",
        }
    }
}

/// Where a running query puts its answer; shared with whoever runs it.
pub type QueryOutcome = Arc<OnceLock<QueryResults>>;

/// A query that StartQuery started.
#[derive(Clone, Debug)]
pub struct StartedQuery {
    /// UUID-shaped.
    pub id: String,
    /// Its text.
    pub text: String,
    /// The log groups it reads.
    pub log_groups: Vec<String>,
    /// Both ends included.
    pub range: TimeRange,
    /// When it was started.
    pub created: Millis,
    stopped: bool,
    outcome: QueryOutcome,
}

impl StartedQuery {
    /// Where it stands.
    pub fn status(&self) -> QueryStatus {
        match (self.stopped, self.outcome.get()) {
            (true, _) => QueryStatus::Cancelled,
            (false, Some(_)) => QueryStatus::Complete,
            (false, None) => QueryStatus::Running,
        }
    }

    /// The answer; nothing while it runs, nor after it was stopped.
    pub fn results(&self) -> Option<&QueryResults> {
        match self.status() {
            QueryStatus::Complete => self.outcome.get(),
            QueryStatus::Running | QueryStatus::Cancelled => None,
        }
    }
}

/// A query ready to be scanned, apart from the account: [`PendingQuery::run`] needs no lock.
#[derive(Debug)]
pub struct PendingQuery {
    query: Query,
    source: EventSnapshot,
    options: RunOptions,
    outcome: QueryOutcome,
}

impl PendingQuery {
    /// Scans, and hands the answer to the started query.
    pub fn run(self) {
        let results = self
            .query
            .run_with_pointers(&self.source, &self.options, &event_pointer);
        // A second answer is impossible: a pending query is consumed by its one run.
        let _ = self.outcome.set(results);
    }
}

/// The text of `@ptr` for the event at `position`; opaque to callers, as AWS's is.
pub fn event_pointer(position: u64) -> String {
    format!("event-{position:016x}")
}

/// All started queries, oldest first. They live in memory only: a restart forgets them.
#[derive(Clone, Debug, Default)]
pub struct QueryStore {
    started: VecDeque<StartedQuery>,
}

impl QueryStore {
    /// Notes a started query; the answer appears when what is returned has run.
    pub fn start(
        &mut self,
        id: &str,
        (text, query): (&str, Query),
        (log_groups, source): (Vec<String>, EventSnapshot),
        options: RunOptions,
    ) -> PendingQuery {
        let outcome = QueryOutcome::default();
        self.expire(options.now);
        self.started.push_back(StartedQuery {
            id: id.into(),
            text: text.into(),
            log_groups,
            range: options.range,
            created: options.now,
            stopped: false,
            outcome: Arc::clone(&outcome),
        });
        PendingQuery {
            query,
            source,
            options,
            outcome,
        }
    }

    /// One query.
    pub fn get(&self, id: &str) -> Option<&StartedQuery> {
        self.started.iter().find(|q| q.id == id)
    }

    /// Ends a running query; whether it was running. `None` where there is no such query.
    pub fn stop(&mut self, id: &str) -> Option<bool> {
        let query = self.started.iter_mut().find(|q| q.id == id)?;
        let running = query.status() == QueryStatus::Running;
        query.stopped |= running;
        Some(running)
    }

    /// All queries, newest first.
    pub fn newest_first(&self) -> impl Iterator<Item = &StartedQuery> {
        self.started.iter().rev()
    }

    /// How many are running now.
    pub fn running(&self) -> usize {
        let running = |q: &&StartedQuery| q.status() == QueryStatus::Running;
        self.started.iter().filter(running).count()
    }

    /// Forgets queries older than seven days, and the oldest beyond what memory is kept for.
    pub fn expire(&mut self, now: Millis) {
        let horizon = now.plus(-KEPT);
        self.started.retain(|q| q.created >= horizon);
        while self.started.len() >= MOST_KEPT {
            self.started.pop_front();
        }
    }
}
