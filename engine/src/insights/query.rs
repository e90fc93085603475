use super::choices::Choices;
use super::compile::compile_chosen;
use super::exec;
use super::others::{Fetching, Need, NoSources, SourceError, Sources};
use super::parse;
use super::plan::{Input, Key, Operator, Plan, Slot};
use super::resolve;
use super::results::QueryResults;
use super::saved::NoSavedQueries;
use super::source::Source;
use crate::base::{Millis, TimeRange};
use crate::diag::{Diagnostic, Span, has_errors};
use crate::events::EventSource;

/// A checked query, ready to run.
#[derive(Debug)]
pub struct Query {
    pub(super) text: String,
    pub(super) source: Option<Source>,
    pub(super) plan: Plan,
}

/// How to run a query.
#[derive(Clone, Copy, Debug)]
pub struct RunOptions {
    /// Both ends included.
    pub range: TimeRange,
    /// What `now()` says.
    pub now: Millis,
    /// StartQuery's `limit`: one more trailing `limit`.
    pub limit: Option<usize>,
}

/// How the rows of an answer follow each other in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeOrder {
    /// By `@timestamp`, greatest first; also what a query without `sort` gives.
    NewestFirst,
    /// By `@timestamp`, least first.
    OldestFirst,
}

impl Query {
    /// The same query with choices of its own where AWS is silent; fails where a choice refuses what it holds.
    pub fn chosen(mut self, choices: Choices) -> Result<Self, Vec<Diagnostic>> {
        // The text is expanded and known to be right.
        let (plan, found) = resolve::resolve(&parse::read(&self.text).ast, choices);
        if has_errors(&found) {
            return Err(found);
        }
        self.plan = plan;
        Ok(self)
    }

    /// The text that runs: with saved queries in the place of their calls.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Log groups named by `SOURCE` at the head of the text, in order; empty where there is none.
    pub fn source_groups(&self) -> &[String] {
        match &self.source {
            Some(source) => &source.groups,
            None => &[],
        }
    }

    /// What stands behind `SOURCE` at the head of the text, if it has one.
    pub fn source(&self) -> Option<&Source> {
        self.source.as_ref()
    }

    /// The fields of JSON messages that the query reads, by their dotted names.
    pub fn event_fields(&self) -> impl Iterator<Item = &str> {
        self.plan
            .inputs
            .iter()
            .filter_map(|(_, input)| match input {
                Input::Json(name) => Some(name.as_str()),
                _ => None,
            })
    }

    /// The names of the answer's columns, in order.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.plan.columns.iter().map(|column| column.label.as_str())
    }

    /// Every place of the text that reads a field of the event, with the name it reads; a field that is read
    /// without being written has an empty span.
    pub fn reads(&self) -> impl Iterator<Item = (&str, Span)> {
        let reads = self.plan.reads.iter();
        reads.map(|(name, span)| (name.as_str(), *span))
    }

    /// The commands that only log groups of class STANDARD know, with their places in the text.
    pub fn standard_only(&self) -> &[(&'static str, Span)] {
        &self.plan.standard_only
    }

    /// Whether the last `stats` counts by `bin`, which is what CloudWatch draws over time.
    pub fn is_over_time(&self) -> bool {
        let last = self.plan.stages.last();
        last.is_some_and(|(stats, _)| stats.is_over_time)
    }

    /// Why the query cannot be answered from `source`: fields that CloudWatch fills and the source cannot, with
    /// their places in the text.
    pub fn refusals(&self, source: &dyn EventSource) -> Vec<Diagnostic> {
        let refuse = |(name, span)| {
            let reason = source.refuses(name)?;
            let refused = resolve::refused_field(name, span, &reason);
            Some(if name.starts_with('@') {
                refused.help("over the log group itself the query finds it")
            } else {
                refused
            })
        };
        let only = self.plan.aws_only.iter().cloned();
        only.chain(self.reads().filter_map(refuse)).collect()
    }

    /// The order of rows, where the answer over a range of time is that over its parts, one after the other: events
    /// one by one, sorted by time alone. None where rows are combined, cut off or ordered by something else, or where
    /// `SOURCE` has times of its own, or a subquery would see part of its range.
    pub fn time_order(&self) -> Option<TimeOrder> {
        if !self.plan.stages.is_empty()
            || self.plan.limited
            || !self.plan.needs.is_empty()
            || self.source.as_ref().is_some_and(Source::has_times)
        {
            return None;
        }
        let mut order = TimeOrder::NewestFirst;
        for operator in &self.plan.events.operators {
            match operator {
                Operator::Sort(keys) => order = self.key_order(keys)?,
                other if other.is_rowwise() => {}
                _ => return None,
            }
        }
        Some(order)
    }

    fn key_order(&self, keys: &[Key]) -> Option<TimeOrder> {
        let [key] = keys else { return None };
        let is_time = |input: &(Slot, Input)| *input == (key.slot, Input::Timestamp);
        self.plan
            .inputs
            .iter()
            .any(is_time)
            .then_some(match key.descending {
                true => TimeOrder::NewestFirst,
                false => TimeOrder::OldestFirst,
            })
    }

    /// Whether the query reads other log groups or lookup tables.
    pub fn reads_others(&self) -> bool {
        self.other_sources().next().is_some() || self.lookup_tables().next().is_some()
    }

    /// What the subqueries ask for, in order: [`Sources::open`] will be asked for each.
    pub fn other_sources(&self) -> impl Iterator<Item = &Source> {
        self.needs().into_iter().filter_map(|need| match need {
            Need::Rows(rows) => rows.source.as_ref(),
            Need::Table { .. } => None,
        })
    }

    /// The lookup tables that the query reads.
    pub fn lookup_tables(&self) -> impl Iterator<Item = &str> {
        self.needs().into_iter().filter_map(|need| match need {
            Need::Table { name, .. } => Some(name.as_str()),
            Need::Rows(_) => None,
        })
    }

    /// Fails where a lookup table is missing or lacks a column that the query names.
    pub fn check_tables(&self, sources: &dyn Sources) -> Result<(), SourceError> {
        self.needs()
            .into_iter()
            .try_for_each(|need| need.check_table(sources))
    }

    /// What the query and its subqueries need.
    fn needs(&self) -> Vec<&Need> {
        let mut all = Vec::new();
        for need in &self.plan.needs {
            need.for_each(&mut |need| all.push(need));
        }
        all
    }

    /// Runs the query, which may read other log groups and lookup tables; fails where `sources` does not
    /// know one. `serial` takes one chunk after the other.
    pub fn run_with_sources(
        &self,
        source: &dyn EventSource,
        options: &RunOptions,
        pointer: &(dyn Fn(u64) -> String + Sync),
        sources: &dyn Sources,
        serial: bool,
    ) -> Result<QueryResults, SourceError> {
        if let Some(refusal) = self.refusals(source).first() {
            return Err(SourceError::new(&refusal.message));
        }
        let is_open =
            options.range.start == TimeRange::ALL.start || options.range.end == TimeRange::ALL.end;
        if let Some(function) = self.plan.asks_range.filter(|_| is_open) {
            let message = format!(
                "`{function}` asks for the time range, and the query runs over all of time"
            );
            return Err(SourceError::new(&message));
        }
        if self.plan.needs.is_empty() {
            return exec::run(&self.plan, source, options, pointer, serial);
        }
        // What is read fills cells of the plan, so that every run has a plan of its own.
        let fresh = compile_chosen(&self.text, &NoSavedQueries, self.plan.choices)
            .map_err(|_| SourceError::new("the query does not compile"))?;
        let plan = &fresh.0.plan;
        let fetching = Fetching {
            events: source,
            sources,
            serial,
        };
        let read = fetching.all(&plan.needs, options)?;
        let mut results = exec::run(plan, source, options, pointer, serial)?;
        results.statistics.records_scanned += read.records_scanned;
        results.statistics.bytes_scanned += read.bytes_scanned;
        Ok(results)
    }

    /// Runs a query that reads nothing but `source`; fails where it reads other log groups or lookup tables, see
    /// [`Query::run_with_sources`]. Where the text names `@ptr`, its cells hold the event's position.
    pub fn run(
        &self,
        source: &dyn EventSource,
        options: &RunOptions,
    ) -> Result<QueryResults, SourceError> {
        self.run_alone(source, options, false)
    }

    /// Runs the query on one thread, chunk by chunk. The answer is the same as [`Query::run`]'s.
    pub fn run_serially(
        &self,
        source: &dyn EventSource,
        options: &RunOptions,
    ) -> Result<QueryResults, SourceError> {
        self.run_alone(source, options, true)
    }

    fn run_alone(
        &self,
        source: &dyn EventSource,
        options: &RunOptions,
        serial: bool,
    ) -> Result<QueryResults, SourceError> {
        let pointer = |position: u64| position.to_string();
        self.run_with_sources(source, options, &pointer, &NoSources, serial)
    }
}

#[cfg(test)]
mod tests {
    use super::{EventSource, RunOptions, TimeOrder};
    use crate::base::{Millis, TimeRange};
    use crate::events::EventRef;
    use crate::insights::compile;

    #[test]
    fn only_events_in_order_of_time_can_be_asked_for_part_by_part() {
        let order = |text| compile(text).expect(text).0.time_order();
        let newest = Some(TimeOrder::NewestFirst);
        assert_eq!(order("fields a | filter b = 1"), newest);
        assert_eq!(order("fields @timestamp | sort @timestamp desc"), newest);
        let oldest = Some(TimeOrder::OldestFirst);
        assert_eq!(
            order("parse @message \"x *\" as x | sort @timestamp asc"),
            oldest
        );
        for text in [
            "fields a | limit 5",
            "fields a | sort a desc",
            "fields a | sort @timestamp desc, a asc",
            "stats count(*) by bin(5m)",
            "fields a | dedup a",
        ] {
            assert_eq!(order(text), None, "{text}");
        }
    }

    #[test]
    fn a_query_that_reads_other_groups_fails_without_them() {
        let text = "filter a in (SOURCE '/other' | fields b)";
        let (query, _) = compile(text).expect(text);
        let options = RunOptions {
            range: TimeRange::ALL,
            now: Millis(0),
            limit: None,
        };
        assert!(query.run(&Nothing, &options).is_err());
    }

    struct Nothing;

    impl EventSource for Nothing {
        fn chunks(&self) -> usize {
            0
        }

        fn scan(&self, _: usize, _: TimeRange, _: &mut dyn FnMut(EventRef<'_>)) {}

        fn log_groups(&self) -> usize {
            0
        }
    }
}
