use serde_json::{Value, json};

use super::show;
use crate::cli::{CommandError, Context, Format};
use crate::report::{Answer, table, write_csv, write_markdown};
use crate::suite::{SavedQuery, Suite};

/// The saved queries of the suite.
pub(super) fn list(cx: &mut Context, suite: &Suite) -> Result<(), CommandError> {
    let columns: Vec<String> = ["query", "answers"].map(str::to_owned).to_vec();
    let rows: Vec<Vec<Option<String>>> = suite.queries.iter().map(row).collect();
    match cx.globals.format {
        Format::Table => writeln!(cx.out, "{}", table(&columns, &rows, None))?,
        Format::Json => {
            let queries: Vec<Value> = suite.queries.iter().map(show::entry).collect();
            writeln!(cx.out, "{:#}", json!({ "version": 1, "queries": queries }))?;
        }
        Format::Junit | Format::Github => {
            return Err(CommandError::usage(
                "only `belfry test` reports in this format",
            ));
        }
        Format::Csv | Format::Markdown => {
            let answer = Answer {
                columns,
                rows,
                ..Answer::default()
            };
            if cx.globals.format == Format::Markdown {
                write_markdown(&mut cx.out, &answer)?;
            } else {
                write_csv(&mut cx.out, &mut cx.err, &answer)?;
            }
        }
    }
    Ok(())
}

fn row(query: &SavedQuery) -> Vec<Option<String>> {
    vec![Some(query.stem.clone()), Some(query.description.clone())]
}
