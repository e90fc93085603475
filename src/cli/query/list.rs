use serde_json::{Value, json};

use super::{parameters, show};
use crate::cli::{CommandError, Context, Format};
use crate::report::{Answer, table, write_csv, write_markdown};
use crate::suite::{SavedQuery, Suite};

/// The saved queries of the suite.
pub(super) fn list(cx: &mut Context, suite: &Suite) -> Result<(), CommandError> {
    let takes = suite
        .queries
        .iter()
        .any(|query| !query.parameters.is_empty());
    let columns: &[&str] = match takes {
        true => &["query", "takes", "answers"],
        false => &["query", "answers"],
    };
    let columns: Vec<String> = columns.iter().map(|&column| column.to_owned()).collect();
    let rows: Vec<Vec<Option<String>>> = suite.queries.iter().map(|q| row(q, takes)).collect();
    match cx.globals.format {
        Format::Table => writeln!(cx.out, "{}", table(&columns, &rows, None))?,
        Format::Json => {
            let queries: Vec<Value> = suite.queries.iter().map(show::entry).collect();
            writeln!(cx.out, "{:#}", json!({ "version": 1, "queries": queries }))?;
        }
        Format::Junit | Format::Github | Format::Sarif => {
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

fn row(query: &SavedQuery, with_parameters: bool) -> Vec<Option<String>> {
    let mut row = vec![Some(query.stem.clone())];
    if with_parameters {
        let parameters: Vec<String> = query.parameters.iter().map(parameters::short).collect();
        row.push(Some(parameters.join(", ")).filter(|takes| !takes.is_empty()));
    }
    row.push(Some(query.description.clone()));
    row
}
