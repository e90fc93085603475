use std::path::{Path, PathBuf};

use super::Arguments;
use crate::cli::connection::{Loaded, load_suite};
use crate::cli::{CommandError, Context, Exit, Format, Kind};
use crate::report::{Tested, spinner, write_github, write_junit, write_tested, write_tested_json};
use crate::testing::{Outcome, Test, TestFile, TestsError, read_files, run as run_tests};

/// Runs the tests and reports them.
pub(in crate::cli) fn run(cx: &mut Context, arguments: &Arguments) -> Result<Exit, CommandError> {
    check_format(cx)?;
    let loaded = load_suite(cx)?;
    let files = read(cx, &loaded, &arguments.paths)?;
    let wanted = |file: &TestFile, test: &Test| {
        let filter = arguments.filter.as_deref().unwrap_or_default();
        test.name.contains(filter) || file.path.contains(filter)
    };
    let outcomes = run_all(cx, &loaded, &files, &wanted)?;
    if outcomes.is_empty() {
        return Err(CommandError::usage("no test was selected")
            .hint("`--filter` is a part of a test's name or file; `belfry test` runs all"));
    }
    let prefix = prefix(&loaded.folder);
    let tested = Tested {
        files: &files,
        outcomes: &outcomes,
        prefix: &prefix,
    };
    report(cx, &tested)?;
    Ok(match tested.failed() {
        0 => Exit::Fine,
        _ => Exit::CheckFailed,
    })
}

fn check_format(cx: &Context) -> Result<(), CommandError> {
    match cx.globals.format {
        Format::Csv | Format::Markdown => Err(CommandError::usage(
            "tests are reported as text, json, junit or github",
        )),
        Format::Table | Format::Json | Format::Junit | Format::Github => Ok(()),
    }
}

fn read(cx: &Context, loaded: &Loaded, paths: &[PathBuf]) -> Result<Vec<TestFile>, CommandError> {
    read_files(&loaded.suite, &loaded.folder, paths).map_err(|error| refused(cx, error))
}

fn refused(cx: &Context, error: TestsError) -> CommandError {
    let rendered = match &error {
        TestsError::Wrong(files) => {
            let texts = files.iter().map(|file| file.render(cx.err_coloured));
            Some(texts.collect::<Vec<_>>().join("\n\n"))
        }
        TestsError::Read { .. } | TestsError::None { .. } => None,
    };
    let error = CommandError::new(Kind::User, error);
    match rendered {
        Some(text) => error.rendered(text).hint(
            "docs/testing.md shows the format; `belfry explain CODE` tells more about a code",
        ),
        None => error.hint("docs/testing.md shows how to write tests"),
    }
}

fn run_all(
    cx: &Context,
    loaded: &Loaded,
    files: &[TestFile],
    wanted: &dyn Fn(&TestFile, &Test) -> bool,
) -> Result<Vec<Outcome>, CommandError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let bar = spinner(cx.watched, "running tests");
    let progress = |done: usize, all: usize| bar.set_message(format!("{done} of {all} tests"));
    let outcomes = run_tests(&loaded.suite, files, wanted, runtime.handle(), &progress);
    bar.finish_and_clear();
    outcomes.map_err(|error| CommandError::new(Kind::Check, error))
}

fn report(cx: &mut Context, tested: &Tested<'_>) -> Result<(), CommandError> {
    match cx.globals.format {
        Format::Json => write_tested_json(&mut cx.out, tested)?,
        Format::Junit => write_junit(&mut cx.out, tested)?,
        Format::Github => write_github(&mut cx.out, tested)?,
        Format::Table | Format::Csv | Format::Markdown => {
            write_tested(&mut cx.out, tested, cx.err_coloured)?;
        }
    }
    Ok(())
}

/// How to get from here to the suite: machines that show annotations know files by their paths from here.
fn prefix(folder: &Path) -> PathBuf {
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    let there = folder.canonicalize();
    match (here, there) {
        (Ok(here), Ok(there)) => match there.strip_prefix(&here) {
            Ok(below) => below.to_path_buf(),
            Err(_) => there,
        },
        _ => folder.to_path_buf(),
    }
}
