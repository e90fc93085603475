use belfry_athena::answer::{Answer, write_csv};
use serde_json::{Value, json};

use crate::cli::{CommandError, Context, Format};
use crate::report::{Grid, GridForm, bytes, dollars, plural};

/// US dollars for a terabyte that Athena scans: the list price, in `src/cost/prices.json` too.
const DOLLARS_PER_TERABYTE: f64 = 5.0;
const BYTES_PER_TERABYTE: f64 = 1_099_511_627_776.0;

/// Writes the answer, and on standard error what it would have cost.
pub(super) fn write(
    cx: &mut Context,
    answer: &Answer,
    query: Option<&str>,
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
    let (rows, scanned) = (
        plural(answer.rows.len(), "row"),
        bytes(answer.statistics.scanned),
    );
    let price = dollars(price);
    writeln!(
        cx.err,
        "{rows}; {scanned} scanned, for which Athena would charge {price}"
    )?;
    Ok(())
}

fn price(charged: u64) -> f64 {
    // Exact below 2^53 bytes.
    charged.to_string().parse().unwrap_or(0.0) / BYTES_PER_TERABYTE * DOLLARS_PER_TERABYTE
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
