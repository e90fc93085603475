use std::io::{self, Write};

use belfry_engine::insights::Statistics;
use serde_json::json;

use super::count::plural;
use super::style::{FAINT, styled};
use super::{bytes, csv, dollars, grouped, spark_lines, table};

/// The answer to a query, from whichever engine gave it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// Column names in order.
    pub columns: Vec<String>,
    /// One cell a column; `None` where the answer leaves the field out.
    pub rows: Vec<Vec<Option<String>>>,
    /// What the scan cost.
    pub statistics: Statistics,
    /// Remarks.
    pub notes: Vec<String>,
    /// What the scan costs by the list price, in US dollars; none where nothing is charged.
    pub price: Option<f64>,
}

/// As a table with a line of statistics under it. Notes go to `notes`.
pub fn write_table(
    out: &mut dyn Write,
    notes: &mut dyn Write,
    answer: &Answer,
    width: Option<u16>,
) -> io::Result<()> {
    for note in &answer.notes {
        writeln!(notes, "note: {note}")?;
    }
    if answer.rows.is_empty() {
        writeln!(out, "no rows")?;
    } else {
        writeln!(
            out,
            "{}",
            table::table(&answer.columns, &answer.rows, width)
        )?;
    }
    for line in spark_lines(answer) {
        writeln!(out, "{line}")?;
    }
    writeln!(
        out,
        "{}",
        styled(FAINT, statistics(answer.rows.len(), answer))
    )
}

/// The line below a table of so many rows.
pub(super) fn statistics(rows: usize, answer: &Answer) -> String {
    let cost = &answer.statistics;
    let mut text = format!(
        "{}; {} of {} records matched, {} scanned",
        plural(rows, "row"),
        grouped(cost.records_matched),
        grouped(cost.records_scanned),
        bytes(cost.bytes_scanned),
    );
    if let Some(price) = answer.price {
        text = format!("{text}, about {} (estimate)", dollars(price));
    }
    text
}

/// As one JSON object: columns, rows (null where a field is left out), statistics, notes.
pub fn write_json(out: &mut dyn Write, answer: &Answer) -> io::Result<()> {
    let cost = &answer.statistics;
    let mut value = json!({
        "columns": answer.columns,
        "rows": answer.rows,
        "statistics": {
            "recordsMatched": cost.records_matched,
            "recordsScanned": cost.records_scanned,
            "bytesScanned": cost.bytes_scanned,
            "logGroupsScanned": cost.log_groups_scanned,
        },
        "notes": answer.notes,
    });
    if let Some(price) = answer.price {
        value["statistics"]["estimatedPriceUsd"] = price.into();
    }
    writeln!(out, "{value}")
}

/// As comma-separated values with a header. Notes go to `notes`.
pub fn write_csv(out: &mut dyn Write, notes: &mut dyn Write, answer: &Answer) -> io::Result<()> {
    for note in &answer.notes {
        writeln!(notes, "note: {note}")?;
    }
    csv::line(
        out,
        answer.columns.iter().map(|column| Some(column.as_str())),
    )?;
    for row in &answer.rows {
        csv::line(out, row.iter().map(Option::as_deref))?;
    }
    Ok(())
}
