use belfry_engine::insights::called_queries;

use super::over_environment::Priced;
use super::subject::{Judge, Subject, find};
use super::{Arguments, link, list, over_environment, over_file, show};
use crate::check::Contract;
use crate::cli::connection::{Loaded, load_suite};
use crate::cli::{CommandError, Context, Exit, Format, Kind};
use crate::report::{Answer, Sheet, SheetForm, write_csv, write_json, write_markdown, write_table};
use crate::suite::SuiteError;

/// Lists the saved queries, shows one, or runs one.
pub(crate) fn run(cx: &mut Context, arguments: &Arguments) -> Result<Exit, CommandError> {
    let loaded = load(cx, arguments)?;
    if let (None, None, Some(loaded)) = (&arguments.name, &arguments.text, &loaded) {
        return only_list(cx, arguments, loaded);
    }
    if let (true, Some(name), Some(loaded)) = (arguments.show, &arguments.name, &loaded) {
        show::show(cx, find(&loaded.suite, name)?)?;
        return Ok(Exit::Fine);
    }
    let judge = judge(cx, arguments, loaded.as_ref());
    let subject = Subject::of(cx, arguments, loaded.as_ref(), judge)?;
    let subject = subject.choose(cx, &arguments.choices)?;
    match &loaded {
        Some(loaded) if arguments.link => link::print(cx, arguments, &subject, loaded)?,
        _ => {
            let mut sheet = Sheet::of(form(cx.globals.format), cx.width);
            let answer = answer(cx, arguments, &subject, loaded.as_ref(), &mut sheet);
            if answer.is_err() {
                sheet.close(&mut cx.out)?;
                cx.out.flush()?;
            }
            write(cx, answer?, sheet)?;
        }
    }
    Ok(Exit::Fine)
}

/// Files and the embedded endpoint are read by the engine here; everything else may know more than it.
fn judge(cx: &Context, arguments: &Arguments, loaded: Option<&Loaded>) -> Judge {
    let environment = loaded.map(|loaded| &loaded.suite.environment);
    let embedded = environment.is_none_or(|environment| environment.is_local());
    if !arguments.files.is_empty() {
        Judge::Engine
    } else if embedded && cx.settings.endpoint_url.is_none() {
        Judge::Embedded
    } else {
        Judge::Service
    }
}

/// The suite. A text over a file needs none, unless it calls saved queries; they are told to be unknown where there is
/// no suite.
fn load(cx: &mut Context, arguments: &Arguments) -> Result<Option<Loaded>, CommandError> {
    match (&arguments.text, arguments.files.is_empty()) {
        (Some(text), false) if called_queries(text).is_empty() => Ok(None),
        (Some(_), false) => match load_suite(cx) {
            Err(error) if is_without_suite(&error) => Ok(None),
            loaded => loaded.map(Some),
        },
        _ => load_suite(cx).map(Some),
    }
}

fn is_without_suite(error: &CommandError) -> bool {
    let cause = error.error.downcast_ref::<SuiteError>();
    matches!(cause, Some(SuiteError::NotFound { .. }))
}

fn answer(
    cx: &mut Context,
    arguments: &Arguments,
    subject: &Subject,
    loaded: Option<&Loaded>,
    sheet: &mut Sheet,
) -> Result<Priced, CommandError> {
    match loaded {
        Some(loaded) if arguments.files.is_empty() => {
            over_environment::run(cx, arguments, subject, loaded, sheet)
        }
        _ => {
            let contract = match loaded {
                Some(loaded) => Contract::load(&loaded.folder)
                    .map_err(|error| CommandError::new(Kind::User, error))?,
                None => Contract::default(),
            };
            let results = over_file::run(cx, arguments, subject, contract.fields(), sheet)?;
            Ok((results, None))
        }
    }
}

/// The forms in which rows can stand before all are known; one JSON object is none.
fn form(format: Format) -> Option<SheetForm> {
    match format {
        Format::Table => Some(SheetForm::Table),
        Format::Csv => Some(SheetForm::Csv),
        Format::Markdown => Some(SheetForm::Markdown),
        Format::Json | Format::Junit | Format::Github | Format::Sarif => None,
    }
}

fn only_list(
    cx: &mut Context,
    arguments: &Arguments,
    loaded: &Loaded,
) -> Result<Exit, CommandError> {
    if !arguments.files.is_empty() || !arguments.log_groups.is_empty() || arguments.link {
        let error = CommandError::usage("which query? neither a name nor --text was given");
        return Err(error.hint("`belfry query` alone lists the saved queries"));
    }
    list::list(cx, &loaded.suite)?;
    Ok(Exit::Fine)
}

fn write(cx: &mut Context, (results, price): Priced, mut sheet: Sheet) -> Result<(), CommandError> {
    let mut answer = Answer {
        columns: results.columns,
        rows: results.rows.into_iter().map(|row| row.cells).collect(),
        statistics: results.statistics,
        notes: results.notes,
        price,
    };
    if cx.globals.quiet && cx.globals.format != Format::Json {
        answer.notes.clear();
    }
    if sheet.has_begun() {
        return Ok(sheet.finish(&mut cx.out, &mut cx.err, &answer)?);
    }
    match cx.globals.format {
        Format::Table => write_table(&mut cx.out, &mut cx.err, &answer, cx.width)?,
        Format::Json => write_json(&mut cx.out, &answer)?,
        Format::Csv => write_csv(&mut cx.out, &mut cx.err, &answer)?,
        Format::Markdown => write_markdown(&mut cx.out, &answer)?,
        Format::Junit | Format::Github | Format::Sarif => {
            return Err(CommandError::usage(
                "only checks and tests report in this format",
            ));
        }
    }
    Ok(())
}
