use belfry_engine::base::{Millis, TimeRange};

use super::from_files::Recording;
use super::source::{log_groups, range};
use super::{Arguments, from_environment};
use crate::aws::Session;
use crate::backtest::{
    Backtest, Course, Fed, MetricReading, Report, Revision, Settings, Trial, read_incidents,
};
use crate::cli::connection::{Loaded, connect, load_suite};
use crate::cli::{CommandError, Context, Exit, Format, Kind};
use crate::report::{
    Spinner, write_backtest, write_backtest_csv, write_backtest_github, write_backtest_markdown,
};
use crate::suite::{Request, Suite};

/// How far back an environment is read where nothing is said.
const DEFAULT_BACK: i64 = 86_400_000;
const MINUTE: i64 = 60_000;

/// Feeds the recording to the alarms and reports.
pub(in crate::cli) fn run(cx: &mut Context, arguments: &Arguments) -> Result<Exit, CommandError> {
    let began = cx.clock.now();
    let loaded = load_suite(cx)?;
    let revision = arguments
        .against
        .as_ref()
        .map(|revision| at_revision(cx, &loaded, revision));
    let before = revision.transpose()?;
    let settings = settings(arguments, &loaded.suite)?;
    let asked = range(cx, arguments)?;
    let versions = Versions {
        loaded: &loaded,
        before: before.as_ref(),
        against: arguments.against.as_deref(),
    };
    let spinner = Spinner::new(cx.watched, "opening the recording");
    let fed = match arguments.files.is_empty() && arguments.data.is_empty() {
        true => over_environment(cx, arguments, &versions, asked, &spinner),
        false => over_files(cx, arguments, &versions, asked, &spinner),
    };
    spinner.finish();
    let (courses, fed, ends) = fed?;
    let report = Report::of(courses, fed, ends, &settings);
    show(cx, &report)?;
    if !cx.globals.quiet {
        rate(cx, &report.fed, began)?;
    }
    Ok(
        match report.is_over_budget() || (arguments.require_detected && report.misses()) {
            true => Exit::CheckFailed,
            false => Exit::Fine,
        },
    )
}

/// The suites to try.
struct Versions<'a> {
    loaded: &'a Loaded,
    before: Option<&'a Suite>,
    against: Option<&'a str>,
}

type Outcome = (Vec<Course>, Fed, (Millis, Millis));

impl Versions<'_> {
    fn suites(&self) -> Vec<&Suite> {
        std::iter::once(&self.loaded.suite)
            .chain(self.before)
            .collect()
    }

    async fn trials(&self, at: Millis) -> Result<Backtest, CommandError> {
        let wrong = |error| CommandError::new(Kind::User, error);
        let mut trials = vec![
            Trial::of("working tree", &self.loaded.suite, at)
                .await
                .map_err(wrong)?,
        ];
        if let (Some(before), Some(revision)) = (self.before, self.against) {
            trials.push(Trial::of(revision, before, at).await.map_err(wrong)?);
        }
        Ok(Backtest::new(trials))
    }
}

/// The suite as it was in a revision, in the same environment.
fn at_revision(cx: &Context, loaded: &Loaded, revision: &str) -> Result<Suite, CommandError> {
    let read = Revision::read(&loaded.folder, revision);
    let read = read.map_err(|error| CommandError::new(Kind::User, error))?;
    let folder = read.folder();
    let request = Request {
        folder: &folder,
        environment: &cx.globals.env,
        region: cx.settings.region.as_deref(),
    };
    Suite::load(&request).map_err(|error| {
        let text = match &error {
            crate::suite::SuiteError::Wrong(files) => {
                let texts: Vec<String> = files
                    .iter()
                    .map(|file| file.render(cx.err_coloured))
                    .collect();
                Some(texts.join("\n\n"))
            }
            _ => None,
        };
        let context = format!("the suite of `{revision}` is refused");
        let error = CommandError::new(Kind::User, anyhow::Error::new(error).context(context));
        match text {
            Some(text) => error.rendered(text),
            None => error,
        }
    })
}

fn settings(arguments: &Arguments, suite: &Suite) -> Result<Settings, CommandError> {
    let incidents = arguments
        .incidents
        .as_deref()
        .map(read_incidents)
        .transpose();
    let incidents = incidents.map_err(|error| CommandError::new(Kind::User, error))?;
    let expected = incidents
        .iter()
        .flatten()
        .flat_map(|incident| &incident.alarms);
    for name in arguments.alarms.iter().chain(expected) {
        let names = || suite.alarm_names().into_iter();
        if !names().any(|known| known == name) {
            let error = CommandError::user(format!("the suite has no alarm `{name}`"));
            return Err(match belfry_engine::diag::nearest(name, names()) {
                Some(near) => error.hint(format!("an alarm with a similar name exists: {near}")),
                None => error,
            });
        }
    }
    Ok(Settings {
        incidents,
        grace: arguments.grace,
        budget: arguments.max_pages_per_week,
        alarms: arguments.alarms.clone(),
    })
}

fn over_files(
    cx: &Context,
    arguments: &Arguments,
    versions: &Versions<'_>,
    range: TimeRange,
    spinner: &Spinner,
) -> Result<Outcome, CommandError> {
    let recording = Recording::open(arguments, &versions.loaded.suite, range)?;
    let first = recording.first().ok_or_else(|| {
        CommandError::user("the recording has no event in that time, so nothing is judged")
    })?;
    let start = first.floor_to(MINUTE);
    let mut backtest = cx.block_on(versions.trials(start))?;
    recording.feed(&mut backtest, spinner)?;
    finish(backtest, start, None)
}

fn over_environment(
    cx: &mut Context,
    arguments: &Arguments,
    versions: &Versions<'_>,
    asked: TimeRange,
    spinner: &Spinner,
) -> Result<Outcome, CommandError> {
    let now = cx.clock.now();
    let start = match asked.start {
        Millis(i64::MIN) => now.plus(-DEFAULT_BACK),
        start => start,
    };
    let range = TimeRange {
        start: start.floor_to(MINUTE),
        end: asked.end.min(now),
    };
    let mut backtest = cx.block_on(versions.trials(range.start))?;
    let is_local = versions.loaded.suite.environment.is_local();
    if arguments.read == super::arguments::Read::Metrics {
        from_environment::check_age(range, now)?;
        let reading = MetricReading::of(backtest.metric_alarms());
        if !is_local {
            from_environment::announce(cx, arguments, &reading, range)?;
        }
        cx.block_on(async {
            let session: Session = connect(cx, versions.loaded).await?;
            from_environment::metrics(&session, &reading, range, &mut backtest, spinner).await
        })?;
    } else {
        let groups = log_groups(&versions.suites());
        if !is_local && !cx.globals.quiet {
            writeln!(
                cx.err,
                "reading {} with FilterLogEvents: the calls are free, bytes that leave AWS cost about $0.09 a gigabyte",
                groups.join(", ")
            )?;
        }
        cx.block_on(async {
            let session = connect(cx, versions.loaded).await?;
            from_environment::logs(&session, &groups, range, &mut backtest, spinner).await
        })?;
    }
    if backtest.ends().is_none() {
        let (from, to) = (range.start.to_rfc3339(), range.end.to_rfc3339());
        return Err(CommandError::user(format!(
            "the environment has nothing to read from {from} to {to}, so nothing is judged"
        ))
        .hint("`--since` reaches further back, `--env` names another environment"));
    }
    finish(backtest, range.start, Some(range.end.floor_to(MINUTE)))
}

fn finish(backtest: Backtest, start: Millis, end: Option<Millis>) -> Result<Outcome, CommandError> {
    let last = backtest.ends().map_or(start, |(_, last)| last);
    let end = end.unwrap_or_else(|| last.floor_to(MINUTE).plus(MINUTE));
    let (courses, fed) = backtest
        .finish(end)
        .map_err(|error| CommandError::new(Kind::User, error))?;
    Ok((courses, fed, (start, end.max(last))))
}

fn show(cx: &mut Context, report: &Report) -> Result<(), CommandError> {
    match cx.globals.format {
        Format::Table => write_backtest(&mut cx.out, report, cx.width)?,
        Format::Markdown => write_backtest_markdown(&mut cx.out, report)?,
        Format::Csv => write_backtest_csv(&mut cx.out, report)?,
        Format::Github => write_backtest_github(&mut cx.out, report)?,
        Format::Junit | Format::Sarif => {
            return Err(CommandError::usage(
                "a backtest has no form of JUnit or SARIF",
            ));
        }
        Format::Json => {
            let text = serde_json::to_string_pretty(report)
                .map_err(|error| CommandError::user(error.to_string()))?;
            writeln!(cx.out, "{text}")?;
        }
    }
    Ok(())
}

/// How fast it went.
fn rate(cx: &mut Context, fed: &Fed, began: Millis) -> Result<(), CommandError> {
    let millis = u64::try_from(cx.clock.now().0 - began.0)
        .unwrap_or(0)
        .max(1);
    let per_second = |count: u64| count.saturating_mul(1000) / millis;
    let (events, size) = (
        crate::report::grouped(fed.events),
        crate::report::bytes(fed.bytes),
    );
    writeln!(
        cx.err,
        "{events} events, {size} in {}.{} s: {} events and {} a second",
        millis / 1000,
        millis % 1000 / 100,
        crate::report::grouped(per_second(fed.events)),
        crate::report::bytes(per_second(fed.bytes)),
    )?;
    Ok(())
}
