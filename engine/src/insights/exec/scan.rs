use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::group::Groups;
use super::in_order::InOrder;
use super::prepare::Scan;
use super::rows::{Best, Row, View};
use super::rowwise::{Pointer, fill_row};
use crate::base::TimeRange;
use crate::events::{EventRef, EventSource, FieldReader, Piece, Wanted};
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
    /// The moments of the events.
    pub(super) range: TimeRange,
    /// One chunk after the other, for tests of the parallel way.
    pub(super) serial: bool,
}

/// A part of the source.
enum Part<'s> {
    Chunk(usize),
    Piece(Box<dyn Piece + 's>),
}

/// Takes the row of an event that passed the filters.
type RowVisit<'v> = dyn FnMut(&mut [Value<'_>], EventRef<'_>) + 'v;

impl Scanning<'_> {
    /// The best rows, in order.
    pub(super) fn rows(&self, limit: usize) -> (Vec<Row>, Statistics) {
        let order = &self.scan.order;
        let all = Mutex::new(Best::new(order, limit));
        let locked = || all.lock().unwrap_or_else(PoisonError::into_inner);
        let part = |_: usize, part: &Part<'_>| {
            let bound = locked().worst().cloned();
            let mut best = Best::within(order, limit, bound);
            let statistics = self.part(part, &mut |row, event| {
                let view = View {
                    values: row,
                    at: event.timestamp,
                    position: Some(event.position),
                };
                if best.admits(view) {
                    best.push(self.keep(row, event));
                }
            });
            (best.finish(), statistics)
        };
        let statistics = self.all(part, |rows| locked().extend(rows));
        let best = all.into_inner().unwrap_or_else(PoisonError::into_inner);
        (best.finish(), statistics)
    }

    /// The groups of the first `stats`.
    pub(super) fn groups<'p>(&self, stats: &'p Stats) -> (Groups<'p>, Statistics) {
        let mut groups = Groups::new(stats);
        let statistics = if groups.fit_any_order() {
            // Each thread goes on with groups of its own, so that no value is taken twice.
            let spare = Mutex::new(Vec::new());
            let locked = || spare.lock().unwrap_or_else(PoisonError::into_inner);
            let part = |number: usize, part: &Part<'_>| {
                let taken = locked().pop();
                let mut mine = taken.unwrap_or_else(|| Groups::new(stats));
                let statistics = self.grouped(&mut mine, number, part);
                locked().push(mine);
                ((), statistics)
            };
            let statistics = self.all(part, |()| {});
            let all = spare.into_inner().unwrap_or_else(PoisonError::into_inner);
            all.into_iter().for_each(|later| groups.merge(later));
            statistics
        } else {
            let part = |number: usize, part: &Part<'_>| {
                let mut groups = Groups::new(stats);
                let statistics = self.grouped(&mut groups, number, part);
                (groups, statistics)
            };
            self.all(part, |later| groups.merge(later))
        };
        (groups, statistics)
    }

    fn grouped(&self, groups: &mut Groups<'_>, number: usize, part: &Part<'_>) -> Statistics {
        groups.start_part(number);
        self.part(part, &mut |row, _| groups.add(row, self.options))
    }

    /// Scans the whole source and joins the answers of its parts in order.
    fn all<T: Send>(
        &self,
        scan: impl Fn(usize, &Part<'_>) -> (T, Statistics) + Sync,
        join: impl FnMut(T) + Send,
    ) -> Statistics {
        let parts = self.parts().enumerate();
        let joined = Mutex::new(InOrder::new(join));
        let take = |(number, part): (usize, Part<'_>)| {
            let answer = scan(number, &part);
            let mut joined = joined.lock().unwrap_or_else(PoisonError::into_inner);
            joined.take(number, answer);
        };
        if self.serial {
            parts.for_each(take);
        } else {
            // Taking a part may read and unpack it: one thread does, while the others scan.
            parts.par_bridge().for_each(take);
        }
        let joined = joined.into_inner();
        joined.unwrap_or_else(PoisonError::into_inner).total
    }

    fn parts(&self) -> Box<dyn Iterator<Item = Part<'_>> + Send + '_> {
        match self.source.pieces() {
            Some(pieces) => Box::new(pieces.map(Part::Piece)),
            None => Box::new((0..self.source.chunks()).map(Part::Chunk)),
        }
    }

    /// Shows every row that passes the filters to `visit`.
    fn part(&self, part: &Part<'_>, visit: &mut RowVisit<'_>) -> Statistics {
        let mut matched = 0;
        let mut room = Vec::new();
        let mut event = |event: EventRef<'_>, reader: &mut FieldReader<'_>| {
            let mut row = emptied(std::mem::take(&mut room));
            row.extend(std::iter::repeat_with(|| Value::Null).take(self.width));
            let stays = fill_row(
                self.scan,
                &mut row,
                event,
                reader,
                self.options,
                self.pointer,
            );
            if stays {
                matched += 1;
                visit(&mut row, event);
            }
            room = emptied(row);
            stays
        };
        let wanted = &Wanted {
            range: self.range,
            times: self.scan.times,
            literal: self.scan.literal.as_ref(),
            fields: &self.scan.scanner,
        };
        let scanned = match part {
            Part::Chunk(chunk) => self.source.scan_wanted(*chunk, wanted, &mut event),
            Part::Piece(piece) => piece.scan(wanted, &mut event),
        };
        Statistics {
            records_matched: matched,
            records_scanned: scanned.records,
            bytes_scanned: scanned.bytes,
            log_groups_scanned: 0,
        }
    }

    /// The row without what nothing reads any more.
    fn keep(&self, row: &mut [Value<'_>], event: EventRef<'_>) -> Row {
        let keep = |(slot, value): (usize, &mut Value<'_>)| {
            let value = std::mem::replace(value, Value::Null);
            if self.scan.kept.contains(&slot) {
                value.into_owned()
            } else {
                Value::Null
            }
        };
        let values = row.iter_mut().enumerate().map(keep).collect();
        Row {
            values,
            at: event.timestamp,
            position: Some(event.position),
        }
    }
}

/// The room of a row for values of another event: collecting nothing in place keeps the allocation.
fn emptied<'b>(mut row: Vec<Value<'_>>) -> Vec<Value<'b>> {
    row.clear();
    row.into_iter().map(|_| Value::Null).collect()
}
