use std::io::Write;

use belfry_engine::base::TimeRange;
use belfry_engine::insights::{QueryResults, TimeOrder};

use super::slices::{MOST_ROWS, Slices};
use super::subject::Subject;
use crate::cli::{CommandError, Kind};
use crate::report::Sheet;

/// The rows of `--all`: the time range part after part, in the order of the answer. Where the form of the answer
/// allows it, the rows of a part are written as soon as it is complete: nothing comes before them any more.
#[derive(Debug)]
pub(super) struct AllRows<'s> {
    slices: Slices,
    sheet: &'s mut Sheet,
}

impl<'s> AllRows<'s> {
    /// Fails where the query's rows do not follow each other in time.
    pub(super) fn of(
        subject: &Subject,
        range: TimeRange,
        sheet: &'s mut Sheet,
    ) -> Result<Self, CommandError> {
        let order = subject.time_order()?;
        let columns = subject.query()?.columns().map(str::to_owned).collect();
        let most = usize::try_from(MOST_ROWS).unwrap_or(usize::MAX);
        Ok(Self::cut(range, order, most, columns, sheet))
    }

    fn cut(
        range: TimeRange,
        order: TimeOrder,
        most: usize,
        columns: Vec<String>,
        sheet: &'s mut Sheet,
    ) -> Self {
        Self {
            slices: Slices::of(range, order, most).with_columns(columns),
            sheet,
        }
    }

    /// The next range to ask for.
    pub(super) fn next(&mut self) -> Option<TimeRange> {
        self.slices.next()
    }

    /// Takes the answer over `range`. An answer in one part is left to whoever writes whole answers.
    pub(super) fn take(
        &mut self,
        range: TimeRange,
        results: QueryResults,
        out: &mut dyn Write,
    ) -> Result<(), CommandError> {
        let is_final = self.slices.take(range, results);
        if !is_final || !self.sheet.takes_parts() || !(self.has_more() || self.sheet.has_begun()) {
            return Ok(());
        }
        let (columns, rows) = self.slices.drain();
        let rows: Vec<_> = rows.into_iter().map(|row| row.cells).collect();
        if !self.sheet.add(out, columns, &rows)? {
            let message = "later rows have a column that those already written lack";
            let error = CommandError::new(Kind::Cloud, anyhow::Error::msg(message));
            return Err(error.hint("--format json waits for the whole answer"));
        }
        out.flush()?;
        Ok(())
    }

    /// Whether ranges are left.
    pub(super) fn has_more(&self) -> bool {
        self.slices.has_more()
    }

    /// The rows written so far.
    pub(super) fn written(&self) -> usize {
        self.sheet.rows()
    }

    /// The whole answer; without the rows that were written.
    pub(super) fn finish(self) -> QueryResults {
        self.slices.finish()
    }
}

#[cfg(test)]
mod tests {
    use belfry_engine::base::Millis;
    use belfry_engine::insights::{ResultRow, Statistics};

    use super::*;
    use crate::report::SheetForm;

    /// One event a second, newest first, at most `most` of them.
    fn run(range: TimeRange, most: usize, columns: &[&str]) -> QueryResults {
        let inside = (0..20).rev().filter(|n| range.contains(Millis(n * 1000)));
        let count = u64::try_from(inside.clone().count()).unwrap();
        let rows = inside.take(most).map(|n| ResultRow {
            cells: columns.iter().map(|_| Some(n.to_string())).collect(),
            position: None,
        });
        QueryResults {
            columns: columns.iter().map(|c| (*c).to_owned()).collect(),
            rows: rows.collect(),
            statistics: Statistics {
                records_matched: count,
                ..Statistics::default()
            },
            notes: Vec::new(),
        }
    }

    fn range() -> TimeRange {
        TimeRange {
            start: Millis(0),
            end: Millis(19_999),
        }
    }

    fn columns(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn what_is_written_only_grows_and_is_the_whole_answer_in_the_end() {
        let mut sheet = Sheet::of(Some(SheetForm::Csv), None);
        let newest = TimeOrder::NewestFirst;
        let mut all = AllRows::cut(range(), newest, 7, columns(&["n"]), &mut sheet);
        let (mut out, mut lengths) = (Vec::new(), Vec::new());
        while let Some(range) = all.next() {
            all.take(range, run(range, 7, &["n"]), &mut out).unwrap();
            lengths.push(out.len());
        }
        assert!(all.finish().rows.is_empty());
        let growing = lengths.windows(2).filter(|pair| pair[0] < pair[1]).count();
        assert!(growing > 2, "{lengths:?}");
        let expected: Vec<String> = (0..20).rev().map(|n: i32| format!("{n}\r\n")).collect();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text, format!("n\r\n{}", expected.concat()));
    }

    #[test]
    fn json_and_an_answer_in_one_part_are_left_whole() {
        for (form, most) in [(None, 7), (Some(SheetForm::Csv), 100)] {
            let mut sheet = Sheet::of(form, None);
            let newest = TimeOrder::NewestFirst;
            let mut all = AllRows::cut(range(), newest, most, columns(&["n"]), &mut sheet);
            let mut out = Vec::new();
            while let Some(range) = all.next() {
                all.take(range, run(range, most, &["n"]), &mut out).unwrap();
            }
            assert_eq!(all.finish().rows.len(), 20);
            assert!(out.is_empty());
        }
    }

    #[test]
    fn a_column_that_comes_too_late_is_refused_not_misplaced() {
        let mut sheet = Sheet::of(Some(SheetForm::Csv), None);
        let newest = TimeOrder::NewestFirst;
        let mut all = AllRows::cut(range(), newest, 7, columns(&["n"]), &mut sheet);
        let mut out = Vec::new();
        let mut outcome = Ok(());
        while let (Some(range), true) = (all.next(), outcome.is_ok()) {
            let late = range.end < Millis(10_000);
            let names: &[&str] = if late { &["n", "late"] } else { &["n"] };
            outcome = all.take(range, run(range, 7, names), &mut out);
        }
        assert_eq!(outcome.unwrap_err().kind, Kind::Cloud);
        let text = String::from_utf8(out).unwrap();
        assert!(
            text.starts_with("n\r\n19\r\n") && !text.contains(','),
            "{text}"
        );
    }
}
