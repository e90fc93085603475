use tokio::runtime::Runtime;

use super::Arguments;
use super::read::read;
use super::report::{Report, report};
use crate::cli::connection::{Loaded, from_here, load_suite};
use crate::cli::{CommandError, Context, Exit, Format, Kind};
use crate::report::{Spinner, Tested};
use crate::suite::FILE_NAME;
use crate::testing::coverage::measure;
use crate::testing::mutation::{Mutation, mutate};
use crate::testing::{Outcome, Test, TestFile, run as run_tests};

/// Runs the tests and reports them.
pub(in crate::cli) fn run(cx: &mut Context, arguments: &Arguments) -> Result<Exit, CommandError> {
    check_format(cx)?;
    let loaded = load_suite(cx)?;
    let files = read(cx, &loaded, &arguments.paths)?;
    let session = Session {
        loaded: &loaded,
        files: &files,
        filter: arguments.filter.as_deref().unwrap_or_default(),
        runtime: tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()?,
    };
    let outcomes = session.run(cx)?;
    let prefix = from_here(&loaded.folder);
    let tested = Tested {
        files: &files,
        outcomes: &outcomes,
        prefix: &prefix,
    };
    let coverage = arguments
        .wants_coverage()
        .then(|| measure(&loaded.suite, &files, &outcomes));
    let path = loaded.folder.join(FILE_NAME);
    let source = std::fs::read_to_string(&path).unwrap_or_default();
    // Where tests fail already, a mutant that fails them says nothing.
    let mutation = match arguments.mutate && tested.failed() == 0 {
        true => Some(session.mutate(cx, &source)?),
        false => None,
    };
    let is_whole = arguments.filter.is_none() && arguments.paths.is_empty();
    let all = Report {
        tested,
        coverage: coverage.as_ref(),
        min_coverage: arguments.min_coverage,
        mutation: mutation.as_ref(),
        suite: &source,
        is_whole,
    };
    report(cx, &all)
}

fn check_format(cx: &Context) -> Result<(), CommandError> {
    match cx.globals.format {
        Format::Csv | Format::Markdown | Format::Sarif => Err(CommandError::usage(
            "tests are reported as text, json, junit or github",
        )),
        Format::Table | Format::Json | Format::Junit | Format::Github => Ok(()),
    }
}

/// What tests and mutants are run with.
struct Session<'a> {
    loaded: &'a Loaded,
    files: &'a [TestFile],
    filter: &'a str,
    runtime: Runtime,
}

impl Session<'_> {
    fn is_wanted(&self, file: &TestFile, test: &Test) -> bool {
        test.name.contains(self.filter) || file.path.contains(self.filter)
    }

    fn run(&self, cx: &Context) -> Result<Vec<Outcome>, CommandError> {
        let bar = Spinner::new(cx.watched, "running tests");
        let progress = |done: usize, all: usize| bar.say(&format!("{done} of {all} tests"));
        let outcomes = run_tests(
            &self.loaded.suite,
            self.files,
            &|file, test| self.is_wanted(file, test),
            self.runtime.handle(),
            &progress,
        );
        bar.finish();
        let outcomes = outcomes.map_err(|error| CommandError::new(Kind::Check, error))?;
        if outcomes.is_empty() {
            return Err(CommandError::usage("no test was selected")
                .hint("`--filter` is a part of a test's name or file; `belfry test` runs all"));
        }
        Ok(outcomes)
    }

    fn mutate(&self, cx: &Context, source: &str) -> Result<Mutation, CommandError> {
        let bar = Spinner::new(cx.watched, "changing the suite");
        let progress = |done: usize, all: usize| bar.say(&format!("{done} of {all} mutants"));
        let mutation = mutate(
            (&self.loaded.suite, source),
            self.files,
            &|file, test| self.is_wanted(file, test),
            self.runtime.handle(),
            &progress,
        );
        bar.finish();
        mutation.map_err(|error| CommandError::new(Kind::Check, error))
    }
}
