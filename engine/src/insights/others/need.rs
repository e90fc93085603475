use std::fmt;
use std::sync::{Arc, OnceLock};

use super::{Found, Match, SourceError, Sources};
use crate::events::EventSource;
use crate::insights::earlier::Earlier;
use crate::insights::exec::{self, Row};
use crate::insights::plan::Plan;
use crate::insights::{RunOptions, Source, Statistics};

/// What is filled before a query runs, and then only read.
pub(in crate::insights) type Cell<T> = Arc<OnceLock<T>>;

/// Something that a query reads beside its own events.
#[derive(Debug)]
pub(in crate::insights) enum Need {
    /// The rows of a subquery.
    Rows(Rows),
    /// A lookup table.
    Table {
        name: String,
        by: Match,
        outputs: Vec<String>,
        cell: Cell<Found>,
    },
}

/// The rows of a subquery.
#[derive(Debug)]
pub(in crate::insights) struct Rows {
    /// Where its events are; those of the query itself where none is written.
    pub(in crate::insights) source: Option<Source>,
    /// What is done with them.
    pub(in crate::insights) plan: Box<Plan>,
    /// Which range before that of the query, for `diff`.
    pub(in crate::insights) earlier: Option<Earlier>,
    /// So many rows at most.
    pub(in crate::insights) most: usize,
    /// Where the rows go.
    pub(in crate::insights) take: Take,
}

/// What becomes of the rows of a subquery.
pub(in crate::insights) struct Take(TakeRows);

type TakeRows = Box<dyn Fn(Vec<Row>) -> Result<(), SourceError> + Send + Sync>;

impl Take {
    pub(in crate::insights) fn new(
        take: impl Fn(Vec<Row>) -> Result<(), SourceError> + Send + Sync + 'static,
    ) -> Self {
        Self(Box::new(take))
    }
}

impl fmt::Debug for Take {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Take")
    }
}

/// The run that needs are read for.
#[derive(Clone, Copy)]
pub(in crate::insights) struct Fetching<'f> {
    /// The events of the query itself.
    pub(in crate::insights) events: &'f dyn EventSource,
    /// Everything else.
    pub(in crate::insights) sources: &'f dyn Sources,
    /// One chunk after the other.
    pub(in crate::insights) serial: bool,
}

impl Fetching<'_> {
    /// Reads all of what is needed; says what that cost.
    pub(in crate::insights) fn all(
        &self,
        needs: &[Need],
        options: &RunOptions,
    ) -> Result<Statistics, SourceError> {
        let mut read = Statistics::default();
        for need in needs {
            let cost = match need {
                Need::Rows(rows) => self.rows(rows, options)?,
                Need::Table {
                    name,
                    by,
                    outputs,
                    cell,
                } => {
                    let table = self.sources.lookup_table(name)?;
                    let found = Found::new(name, &table, by, outputs)?;
                    cell.get_or_init(|| found);
                    Statistics::default()
                }
            };
            read.records_scanned += cost.records_scanned;
            read.bytes_scanned += cost.bytes_scanned;
        }
        Ok(read)
    }

    fn rows(&self, rows: &Rows, options: &RunOptions) -> Result<Statistics, SourceError> {
        let events = match &rows.source {
            Some(source) => self.sources.open(source)?,
            None => self.events,
        };
        let range = rows.source.as_ref().map_or(options.range, |source| {
            source.range(options.range, options.now)
        });
        let range = match rows.earlier {
            Some(earlier) => earlier.range(range).ok_or_else(|| {
                let message = "`diff` compares time ranges, and the query runs over all of time";
                SourceError::new(message)
            })?,
            None => range,
        };
        let options = RunOptions { range, ..*options };
        let refused = rows.plan.reads.iter().find_map(|(name, _)| {
            let reason = events.refuses(name)?;
            Some(SourceError::new(format!(
                "the field `{name}` cannot be filled here: {reason}"
            )))
        });
        if let Some(refused) = refused {
            return Err(refused);
        }
        let inner = Fetching { events, ..*self };
        let read = inner.all(&rows.plan.needs, &options)?;
        let pointer = |position: u64| position.to_string();
        let (found, statistics) = exec::rows(
            &rows.plan,
            events,
            &options,
            rows.most,
            &pointer,
            self.serial,
        )?;
        (rows.take.0)(found)?;
        Ok(Statistics {
            records_scanned: read.records_scanned + statistics.records_scanned,
            bytes_scanned: read.bytes_scanned + statistics.bytes_scanned,
            ..statistics
        })
    }
}

impl Need {
    /// Fails where this is a lookup table that is missing or lacks a column that is named.
    pub(in crate::insights) fn check_table(
        &self,
        sources: &dyn Sources,
    ) -> Result<(), SourceError> {
        let Self::Table {
            name, by, outputs, ..
        } = self
        else {
            return Ok(());
        };
        let table = sources.lookup_table(name)?;
        Found::new(name, &table, by, outputs).map(drop)
    }

    /// This need and those of its subquery.
    pub(in crate::insights) fn for_each<'n>(&'n self, visit: &mut dyn FnMut(&'n Self)) {
        visit(self);
        if let Self::Rows(rows) = self {
            rows.plan.needs.iter().for_each(|need| need.for_each(visit));
        }
    }
}
