use rayon::prelude::*;

use super::group::Groups;
use super::prepare::Scan;
use super::rows::{Best, Row, View};
use super::rowwise::{Pointer, row_of};
use crate::events::{EventRef, EventSource};
use crate::insights::plan::Stats;
use crate::insights::value::Value;
use crate::insights::{RunOptions, Statistics};

/// What every chunk of a scan needs.
#[derive(Clone, Copy)]
pub(super) struct Scanning<'s> {
    pub(super) scan: &'s Scan<'s>,
    /// Slots of an event's row.
    pub(super) width: usize,
    pub(super) source: &'s dyn EventSource,
    pub(super) options: &'s RunOptions,
    pub(super) pointer: Pointer<'s>,
    /// One chunk after the other, for tests of the parallel way.
    pub(super) serial: bool,
}

/// How many chunks are in flight before their answers are joined.
const BATCH: usize = 64;

impl Scanning<'_> {
    /// The best rows, in order.
    pub(super) fn rows(&self, limit: usize) -> (Vec<Row>, Statistics) {
        let mut best = Best::new(&self.scan.order, limit);
        let chunk = |chunk| {
            let mut best = Best::new(&self.scan.order, limit);
            let statistics = self.chunk(chunk, &mut |row, event| {
                let view = View {
                    values: &row,
                    at: event.timestamp,
                    position: Some(event.position),
                };
                if best.admits(view) {
                    best.push(self.keep(row, event));
                }
            });
            (best.finish(), statistics)
        };
        let statistics = self.all(chunk, |rows| best.extend(rows));
        (best.finish(), statistics)
    }

    /// The groups of the first `stats`.
    pub(super) fn groups<'p>(&self, stats: &'p Stats) -> (Groups<'p>, Statistics) {
        let mut groups = Groups::new(stats);
        let chunk = |chunk| {
            let mut groups = Groups::new(stats);
            let statistics = self.chunk(chunk, &mut |row, _| groups.add(&row, self.options));
            (groups, statistics)
        };
        let statistics = self.all(chunk, |later| groups.merge(later));
        (groups, statistics)
    }

    /// Scans all chunks and joins their answers in order.
    fn all<T: Send>(
        &self,
        chunk: impl Fn(usize) -> (T, Statistics) + Sync,
        mut join: impl FnMut(T),
    ) -> Statistics {
        let mut total = Statistics::default();
        let chunks: Vec<usize> = (0..self.source.chunks()).collect();
        for batch in chunks.chunks(BATCH) {
            let answers: Vec<_> = if self.serial {
                batch.iter().map(|index| chunk(*index)).collect()
            } else {
                batch.par_iter().map(|index| chunk(*index)).collect()
            };
            for (answer, statistics) in answers {
                total.records_matched += statistics.records_matched;
                total.records_scanned += statistics.records_scanned;
                total.bytes_scanned += statistics.bytes_scanned;
                join(answer);
            }
        }
        total
    }

    /// Shows every row that passes the filters to `visit`.
    fn chunk(
        &self,
        chunk: usize,
        visit: &mut dyn FnMut(Vec<Value<'_>>, EventRef<'_>),
    ) -> Statistics {
        let mut statistics = Statistics::default();
        self.source.scan(chunk, self.options.range, &mut |event| {
            statistics.records_scanned += 1;
            let bytes = u64::try_from(event.message.len()).unwrap_or(u64::MAX);
            statistics.bytes_scanned = statistics.bytes_scanned.saturating_add(bytes);
            let row = row_of(self.scan, self.width, event, self.options, self.pointer);
            if let Some(row) = row {
                statistics.records_matched += 1;
                visit(row, event);
            }
        });
        statistics
    }

    /// The row without what nothing reads any more.
    fn keep(&self, row: Vec<Value<'_>>, event: EventRef<'_>) -> Row {
        let values = row
            .into_iter()
            .enumerate()
            .map(|(slot, value)| {
                if self.scan.kept.contains(&slot) {
                    value.into_owned()
                } else {
                    Value::Null
                }
            })
            .collect();
        Row {
            values,
            at: event.timestamp,
            position: Some(event.position),
        }
    }
}
