use std::collections::VecDeque;
use std::sync::{Arc, OnceLock};

use crate::base::{Millis, TimeRange};
use crate::events::{EventSnapshot, EventSource};
use crate::insights::{LookupTable, Query, QueryResults, RunOptions, Source, SourceError, Sources};

/// Results are kept for seven days (Logs Insights quotas).
const KEPT: i64 = 7 * 24 * 3600 * 1000;
/// At most so many queries are kept, and so many bytes of their answers; the oldest give way. AWS has no
/// such bounds, memory has.
const MOST_KEPT: usize = 1000;
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// Where a query stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryStatus {
    /// Still scanning.
    Running,
    /// All results are there.
    Complete,
    /// The scan broke off.
    Failed,
    /// StopQuery ended it.
    Cancelled,
}

impl QueryStatus {
    /// AWS's word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Running => "Running",
            Self::Complete => "Complete",
            Self::Failed => "Failed",
            Self::Cancelled => "Cancelled",
        }
    }
}

/// Where a running query puts its answer; shared with whoever runs it.
type Outcome = Arc<OnceLock<Finished>>;

/// A scan that has ended.
#[derive(Debug)]
struct Finished {
    /// The answer; none where the scan broke off.
    results: Option<QueryResults>,
    /// About how much memory the answer takes.
    bytes: usize,
}

impl Finished {
    fn new(results: Option<QueryResults>) -> Self {
        let rows = results.iter().flat_map(|results| &results.rows);
        let cell = |cell: &Option<String>| {
            size_of::<Option<String>>() + cell.as_ref().map_or(0, String::len)
        };
        let bytes = rows.flat_map(|row| &row.cells).map(cell).sum();
        Self { results, bytes }
    }
}

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
    outcome: Outcome,
}

impl StartedQuery {
    /// Where it stands.
    pub fn status(&self) -> QueryStatus {
        match (self.stopped, self.outcome.get()) {
            (true, _) => QueryStatus::Cancelled,
            (false, None) => QueryStatus::Running,
            (false, Some(finished)) if finished.results.is_some() => QueryStatus::Complete,
            (false, Some(_)) => QueryStatus::Failed,
        }
    }

    /// The answer; nothing while it runs, nor after it was stopped or broke off.
    pub fn results(&self) -> Option<&QueryResults> {
        if self.stopped {
            return None;
        }
        self.outcome.get()?.results.as_ref()
    }

    fn bytes(&self) -> usize {
        self.outcome.get().map_or(0, |finished| finished.bytes)
    }
}

/// A query ready to be scanned, apart from the account: [`PendingQuery::run`] needs no lock. Dropped without
/// an answer it has failed.
#[derive(Debug)]
pub struct PendingQuery {
    query: Query,
    source: EventSnapshot,
    others: OtherSources,
    options: RunOptions,
    outcome: Outcome,
}

/// The events of the groups that subqueries ask for, as they were when the query started.
#[derive(Debug, Default)]
pub struct OtherSources {
    /// What is asked for, and what it found.
    pub snapshots: Vec<(Source, EventSnapshot)>,
    /// The lookup tables, by name.
    pub tables: Vec<(String, Arc<LookupTable>)>,
}

impl Sources for OtherSources {
    fn open(&self, source: &Source) -> Result<&dyn EventSource, SourceError> {
        let found = self.snapshots.iter().find(|(asked, _)| asked == source);
        let missing = || SourceError::new("the query reads a log group that was not opened");
        found
            .map(|(_, events)| events as &dyn EventSource)
            .ok_or_else(missing)
    }

    fn lookup_table(&self, name: &str) -> Result<Arc<LookupTable>, SourceError> {
        match self.tables.iter().find(|(known, _)| known == name) {
            Some((_, table)) => Ok(Arc::clone(table)),
            None => Err(SourceError::new(format!(
                "the lookup table `{name}` does not exist"
            ))),
        }
    }
}

impl PendingQuery {
    /// Scans, and hands the answer to the started query.
    pub fn run(self) {
        let results = self.query.run_with_sources(
            &self.source,
            &self.options,
            &event_pointer,
            &self.others,
            false,
        );
        self.finish(results.ok());
    }

    /// The first to finish is right: only a drop comes after an answer.
    fn finish(&self, results: Option<QueryResults>) {
        self.outcome.get_or_init(|| Finished::new(results));
    }
}

impl Drop for PendingQuery {
    fn drop(&mut self) {
        self.finish(None);
    }
}

/// The text of `@ptr` for the event at `position`; opaque to callers, as AWS's is.
pub fn event_pointer(position: u64) -> String {
    format!("event-{position:016x}")
}

/// The position that a text of [`event_pointer`] stands for.
pub fn pointed_position(pointer: &str) -> Option<u64> {
    let digits = pointer.strip_prefix("event-")?;
    let position = u64::from_str_radix(digits, 16).ok()?;
    (event_pointer(position) == pointer).then_some(position)
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
        (log_groups, source, others): (Vec<String>, EventSnapshot, OtherSources),
        options: RunOptions,
    ) -> PendingQuery {
        let outcome = Outcome::default();
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
            others,
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
        let mut bytes: usize = self.started.iter().map(StartedQuery::bytes).sum();
        while self.started.len() >= MOST_KEPT || (bytes > MOST_BYTES && self.started.len() > 1) {
            let Some(oldest) = self.started.pop_front() else {
                break;
            };
            bytes -= oldest.bytes().min(bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::{InputLogEvent, LogStore};
    use crate::insights::compile;

    const NOW: Millis = Millis(1_776_679_200_000);

    fn start(store: &mut QueryStore, id: &str, now: Millis) -> PendingQuery {
        let mut logs = LogStore::new("000000000000", "us-east-1");
        logs.create_group("g", NOW).unwrap();
        logs.create_stream("g", "s", NOW).unwrap();
        let event = InputLogEvent {
            timestamp: NOW,
            message: "hello".into(),
        };
        logs.put("g", "s", &[event], NOW).unwrap();
        let source = logs.query_source(&["g"], NOW).unwrap();
        let text = "fields @message, @ptr";
        let (query, _) = compile(text).unwrap();
        let options = RunOptions {
            range: TimeRange::ALL,
            now,
            limit: None,
        };
        store.start(
            id,
            (text, query),
            (vec!["g".into()], source, OtherSources::default()),
            options,
        )
    }

    fn status(store: &QueryStore) -> &'static str {
        store.get("q").unwrap().status().name()
    }

    #[test]
    fn a_query_runs_and_is_complete() {
        let mut store = QueryStore::default();
        let pending = start(&mut store, "q", NOW);
        assert_eq!(status(&store), "Running");
        pending.run();
        assert_eq!(status(&store), "Complete");
        let rows = &store.get("q").unwrap().results().unwrap().rows;
        assert_eq!(rows[0].cells[0].as_deref(), Some("hello"));
        assert_eq!(rows[0].cells[1], Some(event_pointer(0)));
    }

    #[test]
    fn a_stopped_query_stays_stopped_when_its_scan_ends() {
        let mut store = QueryStore::default();
        let pending = start(&mut store, "q", NOW);
        assert_eq!(store.stop("q"), Some(true));
        pending.run();
        assert_eq!(status(&store), "Cancelled");
        assert_eq!(store.get("q").unwrap().results(), None);
        assert_eq!(store.stop("q"), Some(false));
    }

    #[test]
    fn a_scan_that_breaks_off_has_failed() {
        let mut store = QueryStore::default();
        drop(start(&mut store, "q", NOW));
        assert_eq!(status(&store), "Failed");
    }

    #[test]
    fn queries_are_forgotten_after_seven_days() {
        let mut store = QueryStore::default();
        start(&mut store, "q", NOW).run();
        store.expire(NOW.plus(KEPT));
        assert!(store.get("q").is_some());
        store.expire(NOW.plus(KEPT + 1));
        assert!(store.get("q").is_none());
    }

    #[test]
    fn the_oldest_queries_give_way() {
        let mut store = QueryStore::default();
        for n in 0..=MOST_KEPT {
            start(&mut store, &n.to_string(), NOW).run();
        }
        assert!(store.get("0").is_none());
        assert!(store.get(&MOST_KEPT.to_string()).is_some());
    }
}
