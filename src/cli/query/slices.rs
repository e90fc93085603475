use belfry_engine::base::{Millis, TimeRange};
use belfry_engine::insights::{QueryResults, ResultRow, Statistics, TimeOrder};

/// Rows that one query gives at most (CloudWatch Logs quotas).
pub(super) const MOST_ROWS: u32 = 100_000;
/// Parts that a range is cut into at once, at most.
const MOST_PARTS: i64 = 64;

/// A query of more rows than the service gives at once, as queries of parts of its time range, one after the
/// other in the order of the answer. A part that still has too many rows is cut again.
#[derive(Debug)]
pub(super) struct Slices {
    /// The next one last.
    pending: Vec<TimeRange>,
    order: TimeOrder,
    most: usize,
    answer: QueryResults,
    cut: Option<Millis>,
}

impl Slices {
    /// Of a range of whole seconds. More than `most` rows are never given at once.
    pub(super) fn of(range: TimeRange, order: TimeOrder, most: usize) -> Self {
        Self {
            pending: vec![range],
            order,
            most,
            answer: QueryResults {
                columns: Vec::new(),
                rows: Vec::new(),
                statistics: Statistics::default(),
                notes: Vec::new(),
            },
            cut: None,
        }
    }

    /// The same with the columns that the whole answer has, whatever the parts bring.
    pub(super) fn with_columns(mut self, columns: Vec<String>) -> Self {
        self.answer.columns = columns;
        self
    }

    /// The next range to ask for.
    pub(super) fn next(&mut self) -> Option<TimeRange> {
        self.pending.pop()
    }

    /// Takes the answer over `range`. True where its rows now stand at the end of the whole answer; false where they
    /// were too many, and the range is cut.
    pub(super) fn take(&mut self, range: TimeRange, results: QueryResults) -> bool {
        self.add_scan(&results.statistics);
        if results.rows.len() >= self.most {
            let parts = parts(range, results.statistics.records_matched, self.most);
            if parts.len() > 1 {
                let newest_last = self.order == TimeOrder::NewestFirst;
                match newest_last {
                    true => self.pending.extend(parts),
                    false => self.pending.extend(parts.into_iter().rev()),
                }
                return false;
            }
            self.cut.get_or_insert(range.start);
        }
        self.answer.statistics.records_matched += results.statistics.records_matched;
        for note in results.notes {
            if !self.answer.notes.contains(&note) {
                self.answer.notes.push(note);
            }
        }
        let columns = results.columns;
        self.append(&columns, results.rows);
        true
    }

    /// Whether ranges are left.
    pub(super) fn has_more(&self) -> bool {
        !self.pending.is_empty()
    }

    /// The columns, and the rows since the last call: they are final, and those of later parts follow them.
    pub(super) fn drain(&mut self) -> (&[String], Vec<ResultRow>) {
        let rows = std::mem::take(&mut self.answer.rows);
        (&self.answer.columns, rows)
    }

    /// The whole answer; without the rows that were drained.
    pub(super) fn finish(mut self) -> QueryResults {
        if let Some(second) = self.cut {
            self.answer.notes.push(format!(
                "the second {second} UTC has more than {} rows, which is all that one query gives: rows are missing",
                self.most
            ));
        }
        self.answer
    }

    fn add_scan(&mut self, scan: &Statistics) {
        let sum = &mut self.answer.statistics;
        sum.records_scanned += scan.records_scanned;
        sum.bytes_scanned += scan.bytes_scanned;
        sum.log_groups_scanned = sum.log_groups_scanned.max(scan.log_groups_scanned);
    }

    /// A part may lack columns that others have: a field stands in an answer only where a row has it.
    fn append(&mut self, columns: &[String], rows: Vec<ResultRow>) {
        let mut next = 0;
        for column in columns {
            match self.answer.columns.iter().position(|known| known == column) {
                Some(at) => next = at + 1,
                None => {
                    self.answer.columns.insert(next, column.clone());
                    for row in &mut self.answer.rows {
                        row.cells.insert(next, None);
                    }
                    next += 1;
                }
            }
        }
        let places: Vec<Option<usize>> = self
            .answer
            .columns
            .iter()
            .map(|column| columns.iter().position(|own| own == column))
            .collect();
        for mut row in rows {
            let cells = places.iter().map(|at| row.cells.get_mut((*at)?)?.take());
            row.cells = cells.collect();
            self.answer.rows.push(row);
        }
    }
}

/// Parts of whole seconds, oldest first: as many as should bring each below `most` rows, were they spread evenly,
/// and a quarter more. One part where a second cannot be cut.
fn parts(range: TimeRange, matched: u64, most: usize) -> Vec<TimeRange> {
    let seconds = (range.end.0 - range.start.0) / 1000 + 1;
    let matched = i64::try_from(matched).unwrap_or(i64::MAX / 4);
    let most = i64::try_from(most).unwrap_or(i64::MAX).max(1);
    let wanted = (matched / most * 5 / 4 + 1).clamp(2, MOST_PARTS);
    let count = wanted.min(seconds);
    let start = |part: i64| range.start.plus(seconds * part / count * 1000);
    let part = |part: i64| TimeRange {
        start: start(part),
        end: if part + 1 == count {
            range.end
        } else {
            start(part + 1).plus(-1)
        },
    };
    (0..count).map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENTS: i64 = 1000;

    /// One event every 100 ms; answers at most `most` of them, newest first.
    fn run(range: TimeRange, most: usize) -> QueryResults {
        let inside = (0..EVENTS)
            .rev()
            .filter(|n| range.contains(Millis(n * 100)));
        let rows = inside.clone().take(most).map(|n| ResultRow {
            cells: vec![Some(n.to_string())],
            position: None,
        });
        let count = u64::try_from(inside.clone().count()).unwrap();
        QueryResults {
            columns: vec!["n".to_owned()],
            rows: rows.collect(),
            statistics: Statistics {
                records_matched: count,
                records_scanned: count,
                bytes_scanned: count * 10,
                log_groups_scanned: 1,
            },
            notes: Vec::new(),
        }
    }

    fn all(most: usize) -> QueryResults {
        let range = TimeRange {
            start: Millis(0),
            end: Millis(119_999),
        };
        let mut slices = Slices::of(range, TimeOrder::NewestFirst, most);
        while let Some(range) = slices.next() {
            slices.take(range, run(range, most));
        }
        slices.finish()
    }

    #[test]
    fn every_row_is_there_once_and_in_order() {
        for most in [11, 50, 333, 1000, 2000] {
            let answer = all(most);
            let found: Vec<String> = answer
                .rows
                .iter()
                .map(|row| row.cells[0].clone().unwrap())
                .collect();
            let expected: Vec<String> = (0..EVENTS).rev().map(|n| n.to_string()).collect();
            assert_eq!(found, expected, "{most}");
            assert!(answer.notes.is_empty());
            assert_eq!(answer.statistics.records_matched, 1000);
        }
    }

    #[test]
    fn a_second_with_too_many_rows_is_said() {
        let answer = all(5);
        assert_eq!(answer.rows.len(), 500);
        assert!(
            answer.notes[0].contains("rows are missing"),
            "{:?}",
            answer.notes
        );
    }

    #[test]
    fn a_column_that_a_part_lacks_is_empty_there() {
        let mut slices = Slices::of(TimeRange::ALL, TimeOrder::NewestFirst, 10);
        for columns in [["a", "c"].as_slice(), &["a", "b", "c"], &["c"]] {
            let cells = columns.iter().map(|c| Some((*c).to_owned())).collect();
            let names: Vec<String> = columns.iter().map(|c| (*c).to_owned()).collect();
            slices.append(
                &names,
                vec![ResultRow {
                    cells,
                    position: None,
                }],
            );
        }
        let answer = slices.finish();
        assert_eq!(answer.columns, ["a", "b", "c"]);
        let text = |row: &ResultRow| {
            row.cells
                .iter()
                .map(|c| c.clone().unwrap_or_default())
                .collect::<Vec<_>>()
                .join(",")
        };
        assert_eq!(
            answer.rows.iter().map(text).collect::<Vec<_>>(),
            ["a,,c", "a,b,c", ",,c"]
        );
    }
}
