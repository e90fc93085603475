use belfry_engine::insights::QueryResults;

use super::subject::Subject;
use super::{Arguments, list, over_environment, over_file};
use crate::cli::connection::{Loaded, load_suite};
use crate::cli::{CommandError, Context, Exit, Format};
use crate::report::{Answer, write_csv, write_json, write_table};

/// Lists the saved queries, or runs one.
pub(crate) fn run(cx: &mut Context, arguments: &Arguments) -> Result<Exit, CommandError> {
    // A text over a file needs no suite.
    let loaded = match (&arguments.text, &arguments.file) {
        (Some(_), Some(_)) => None,
        _ => Some(load_suite(cx)?),
    };
    if let (None, None, Some(loaded)) = (&arguments.name, &arguments.text, &loaded) {
        return only_list(cx, arguments, loaded);
    }
    let subject = Subject::of(cx, arguments, loaded.as_ref())?;
    let results = match (&arguments.file, &loaded) {
        (Some(path), _) => over_file::run(cx, arguments, &subject, path)?,
        (None, Some(loaded)) => over_environment::run(cx, arguments, &subject, loaded)?,
        (None, None) => return Err(CommandError::usage("the query has nowhere to look")),
    };
    write(cx, results)?;
    Ok(Exit::Fine)
}

fn only_list(
    cx: &mut Context,
    arguments: &Arguments,
    loaded: &Loaded,
) -> Result<Exit, CommandError> {
    if arguments.file.is_some() || !arguments.log_groups.is_empty() {
        let error = CommandError::usage("which query? neither a name nor --text was given");
        return Err(error.hint("`belfry query` alone lists the saved queries"));
    }
    list::list(cx, &loaded.suite)?;
    Ok(Exit::Fine)
}

fn write(cx: &mut Context, results: QueryResults) -> Result<(), CommandError> {
    let mut answer = Answer {
        columns: results.columns,
        rows: results.rows.into_iter().map(|row| row.cells).collect(),
        statistics: results.statistics,
        notes: results.notes,
    };
    if cx.globals.quiet && cx.globals.format != Format::Json {
        answer.notes.clear();
    }
    match cx.globals.format {
        Format::Table => write_table(&mut cx.out, &mut cx.err, &answer, cx.width)?,
        Format::Json => write_json(&mut cx.out, &answer)?,
        Format::Csv => write_csv(&mut cx.out, &mut cx.err, &answer)?,
    }
    Ok(())
}
