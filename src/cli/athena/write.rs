use belfry_athena::answer::{Answer, Statistics, write_csv};
use serde_json::{Value, json};

use crate::cli::{CommandError, Context, Format};
use crate::report::{Grid, GridForm, bytes, dollars, plural};

/// US dollars for a terabyte that Athena scans: the list price, in `src/cost/prices.json` too.
const DOLLARS_PER_TERABYTE: f64 = 5.0;
const BYTES_PER_TERABYTE: f64 = 1_099_511_627_776.0;

/// Writes the answer, and on standard error what it cost, or would have cost where it was not AWS that answered.
pub(super) fn write(
    cx: &mut Context,
    answer: &Answer,
    query: Option<&str>,
    by_aws: bool,
) -> Result<(), CommandError> {
    let price = price(answer.statistics.charged());
    match cx.globals.format {
        Format::Json => writeln!(cx.out, "{:#}", document(answer, query, price))?,
        Format::Csv => write_csv(answer, &mut cx.out)?,
        Format::Markdown => grid(answer).write(&mut cx.out, GridForm::Markdown)?,
        _ => grid(answer).write(&mut cx.out, GridForm::Table(cx.width))?,
    }
    if cx.globals.quiet {
        return Ok(());
    }
    for note in &answer.notes {
        writeln!(cx.err, "note: {note}")?;
    }
    let rows = plural(answer.rows.len(), "row");
    writeln!(cx.err, "{rows}; {}", charges(answer.statistics, by_aws))?;
    Ok(())
}

/// What was scanned, and its price.
pub(super) fn charges(statistics: Statistics, by_aws: bool) -> String {
    let price = dollars(price(statistics.charged()));
    let scanned = bytes(statistics.scanned);
    match by_aws {
        true => format!("{scanned} scanned, for which Athena charges about {price} (estimate)"),
        false => format!("{scanned} scanned, for which Athena would charge {price}"),
    }
}

/// US dollars for so many bytes.
pub(super) fn price(charged: u64) -> f64 {
    // Exact below 2^53 bytes.
    charged.to_string().parse().unwrap_or(0.0) / BYTES_PER_TERABYTE * DOLLARS_PER_TERABYTE
}

/// The price of ten megabytes, the least that Athena charges for.
pub(super) const LEAST_DOLLARS: f64 = 0.000_05;

/// The bytes that so many US dollars pay for.
pub(super) fn scan_for(most: f64) -> u64 {
    let bytes = (most / DOLLARS_PER_TERABYTE * BYTES_PER_TERABYTE).floor();
    format!("{bytes:.0}").parse().unwrap_or(u64::MAX)
}

fn grid(answer: &Answer) -> Grid {
    let numbers = [
        "tinyint", "smallint", "integer", "bigint", "double", "decimal",
    ];
    let head = |column: &belfry_athena::answer::ColumnInfo| match numbers
        .contains(&column.data_type.as_str())
    {
        true => format!(">{}", column.name),
        false => column.name.clone(),
    };
    let heads: Vec<String> = answer.columns.iter().map(head).collect();
    let mut grid = Grid::new(heads.iter().map(String::as_str));
    for row in &answer.rows {
        grid.row(row.iter().map(|cell| cell.clone().unwrap_or_default()));
    }
    grid
}

fn document(answer: &Answer, query: Option<&str>, price: f64) -> Value {
    let columns: Vec<Value> = answer
        .columns
        .iter()
        .map(|column| json!({ "name": column.name, "type": column.data_type }))
        .collect();
    json!({
        "query": query,
        "columns": columns,
        "rows": answer.rows,
        "notes": answer.notes,
        "statistics": {
            "bytes_scanned": answer.statistics.scanned,
            "bytes_charged": answer.statistics.charged(),
            "estimated_dollars": price,
        },
    })
}
