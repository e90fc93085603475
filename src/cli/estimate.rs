use std::fs;
use std::path::{Path, PathBuf};

use belfry_engine::base::TimeRange;
use clap::Args;
use rust_decimal::Decimal;

use super::connection::{Loaded, connect, load_suite};
use super::query::{End, Here, Moment};
use super::{CommandError, Context, Exit, Format, Kind};
use crate::check::Contract;
use crate::cost::estimate::{
    AccessSample, Assumptions, Estimate, LogSample, OtherGroup, Subject, service_group,
};
use crate::cost::{Allowances, PriceList, quantity};
use crate::provision::Place;
use crate::report::{GridForm, write_estimate};
use crate::suite::Suite;

/// Say what the suite will cost a month before it exists
///
/// Counts alarms, metrics, dashboards, log ingestion and storage, scans, access logs and the cost report by list
/// prices, at several rates of requests. The bytes of a request are measured on a sample of the service's log: the
/// file given, else scoring-service/sample-log.jsonl beside belfry.toml. What the suite does not say is assumed, and
/// every assumption is shown. Nothing is asked of AWS.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Requests a second, one column for each
    #[arg(long, value_name = "RATE", value_delimiter = ',', default_value = "10,1000,10000", value_parser = rate)]
    rate: Vec<Decimal>,
    /// A sample of the service's log, one event a line, plain or gzip
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// Measure what the service wrote in the environment since then: `belfry up`, the local environment or AWS
    #[arg(long, value_name = "WHEN", value_parser = Moment::parse, conflicts_with = "file")]
    since: Option<Moment>,
    /// A sample of the load balancer's access log, plain or gzip, instead of scoring-service/sample-access.log
    #[arg(long, value_name = "FILE")]
    access_log: Option<PathBuf>,
    /// How many bytes a request writes to another log group of the suite; may be repeated
    #[arg(long, value_name = "NAME=BYTES", value_parser = group)]
    group: Vec<(String, Decimal)>,
    /// Another assumption, such as sampled=0.1 or query-runs=30; may be repeated
    #[arg(long, value_name = "KEY=NUMBER")]
    assume: Vec<String>,
    /// Keep the service's log for so many days instead of what the suite declares
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(i64).range(1..=3653))]
    retention: Option<i64>,
    /// Put the service's log into the Infrequent Access class
    #[arg(long)]
    infrequent: bool,
    /// Write metrics in lines of their own, one a task and minute
    #[arg(long)]
    metrics_apart: bool,
    /// With the tasks and the load balancer of the service itself
    #[arg(long)]
    service: bool,
    /// Take off the account's free allowances
    #[arg(long)]
    free_tier: bool,
    /// A price list of another region or contract, as src/cost/prices.json
    #[arg(long, value_name = "FILE")]
    prices: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  belfry estimate                                    at 10, 1,000 and 10,000 requests a second
  belfry estimate --rate 250 --service               with the tasks and the load balancer
  belfry estimate --file app.jsonl.gz                bytes measured on a log of one's own
  belfry estimate --since 10m                        on what `belfry up` is writing
  belfry estimate --assume sampled=0.1 --retention 7 what would be left with both
  belfry estimate --format markdown                  for a pull request";

/// The sample that comes with the suite.
const SAMPLE: &str = "scoring-service/sample-log.jsonl";
/// Lines of the access log that come with it; where there are none, those that Belfry was measured with are assumed.
const ACCESS_LOG: &str = "scoring-service/sample-access.log";
/// More than any service answers; sums stay exact.
const MOST_RATE: i64 = 10_000_000;

pub(super) fn run(cx: &mut Context, arguments: &Arguments) -> Result<Exit, CommandError> {
    let loaded = load_suite(cx)?;
    let assumed = assumptions(&loaded, arguments)?;
    let own = arguments.prices.as_deref().map(PriceList::load).transpose();
    let own = own.map_err(user)?;
    let list = match &own {
        Some(list) => list,
        None => PriceList::built_in().map_err(user)?,
    };
    let sample = match arguments.since {
        Some(since) => written_since(cx, &loaded, since)?,
        None => of_file(&loaded, arguments)?,
    };
    let subject = subject(&loaded, arguments, sample)?;
    let estimate = Estimate::of(list, &subject, &assumed, &arguments.rate).map_err(user)?;
    let form = match cx.globals.format {
        Format::Json => {
            writeln!(cx.out, "{:#}", estimate.json(&subject, &assumed))?;
            return Ok(Exit::Fine);
        }
        Format::Table => GridForm::Table(cx.width),
        Format::Markdown => GridForm::Markdown,
        Format::Csv => GridForm::Csv,
        Format::Junit | Format::Github | Format::Sarif => {
            let message = "an estimate is printed as table, JSON, CSV or Markdown";
            return Err(CommandError::usage(message));
        }
    };
    write_estimate(&mut cx.out, &estimate, &subject, &assumed, form)?;
    Ok(Exit::Fine)
}

fn user(error: impl std::error::Error + Send + Sync + 'static) -> CommandError {
    CommandError::new(Kind::User, error)
}

fn assumptions(loaded: &Loaded, arguments: &Arguments) -> Result<Assumptions, CommandError> {
    let mut assumed = measured(loaded, arguments)?;
    assumed.retention_days = arguments.retention;
    assumed.infrequent = arguments.infrequent;
    assumed.metrics_apart = arguments.metrics_apart;
    assumed.service = arguments.service;
    if arguments.free_tier {
        assumed.allowances = Allowances::Free;
    }
    for text in &arguments.assume {
        assumed.assume(text).map_err(CommandError::usage)?;
    }
    Ok(assumed)
}

/// What the access log and the suite say in place of what is assumed.
fn measured(loaded: &Loaded, arguments: &Arguments) -> Result<Assumptions, CommandError> {
    let own = loaded.folder.join(ACCESS_LOG);
    let path = arguments.access_log.clone();
    let path = path.or_else(|| own.exists().then_some(own));
    let mut assumed = Assumptions::default();
    if let Some(path) = path {
        assumed = assumed.measured(&AccessSample::load(&path).map_err(user)?);
    }
    Ok(match access_log_days(&loaded.suite) {
        Some(days) => assumed.with("balancer-days", days.into()),
        None => assumed,
    })
}

/// Days that the bucket keeps access logs which the suite has a load balancer deliver.
fn access_log_days(suite: &Suite) -> Option<i64> {
    let logs = suite.load_balancers.iter().flat_map(|one| &one.logs);
    let logs = logs.filter(|logs| logs.kind == "access_logs");
    let buckets = logs.filter_map(|logs| suite.buckets.iter().find(|one| one.name == logs.bucket));
    buckets.filter_map(|bucket| bucket.expire_days).max()
}

/// The suite's own words about the groups of `--group`.
fn groups(suite: &Suite, given: &[(String, Decimal)]) -> Result<Vec<OtherGroup>, CommandError> {
    let found = given.iter().map(|(name, bytes)| {
        let declared = suite.log_groups.iter().find(|group| group.name == *name);
        let declared = declared.ok_or_else(|| {
            let names: Vec<&str> = suite
                .log_groups
                .iter()
                .map(|one| one.name.as_str())
                .collect();
            CommandError::usage(format!(
                "`{name}` is no log group of the suite; expected one of {}",
                names.join(", ")
            ))
        })?;
        Ok(OtherGroup {
            name: name.clone(),
            bytes: *bytes,
            retention_days: declared.retention_days,
            infrequent: declared.class == "INFREQUENT_ACCESS",
        })
    });
    found.collect()
}

fn group(text: &str) -> Result<(String, Decimal), String> {
    let split = text.rsplit_once('=');
    let (name, bytes) = split.ok_or_else(|| format!("`{text}` is not NAME=BYTES"))?;
    Ok((name.to_owned(), quantity(bytes)?))
}

/// Events that are measured at most: more of them say no more about a request.
const MOST_EVENTS: usize = 50_000;

/// What the service wrote into its log group in the environment.
fn written_since(cx: &Context, loaded: &Loaded, since: Moment) -> Result<LogSample, CommandError> {
    let now = cx.clock.now();
    let zone = cx.settings.zone.clone();
    let start = since.resolve(&Here { now, zone }, End::Start);
    let start = start.map_err(CommandError::usage)?;
    if start > now {
        return Err(CommandError::usage("the time begins in the future"));
    }
    let group = service_group(&loaded.suite);
    let range = TimeRange { start, end: now };
    let found = cx.block_on(async {
        let session = connect(cx, loaded).await?;
        Ok(session
            .count_events(&group, None, range, MOST_EVENTS)
            .await?)
    })?;
    let found = found.ok_or_else(|| {
        CommandError::user(format!("the log group `{group}` does not exist there"))
    })?;
    let mut lines = String::new();
    for (_, message) in &found.first {
        lines.push_str(message);
        lines.push('\n');
    }
    let which = if found.more {
        "the first events"
    } else {
        "events"
    };
    let name = format!("{which} of {group} since {}", start.to_rfc3339());
    let sample = LogSample::read(&name, lines.as_bytes())?;
    sample
        .checked()
        .map_err(|error| user(error).hint("--since looks further back; `belfry up` makes traffic"))
}

fn of_file(loaded: &Loaded, arguments: &Arguments) -> Result<LogSample, CommandError> {
    let own = loaded.folder.join(SAMPLE);
    let path = arguments.file.as_deref().unwrap_or(&own);
    let sample = LogSample::load(path).map_err(|error| {
        user(error)
            .hint("name a log of the service with --file, or measure what it wrote with --since")
    })?;
    Ok(LogSample {
        name: arguments
            .file
            .as_ref()
            .map_or_else(|| SAMPLE.to_owned(), |path| path.display().to_string()),
        ..sample
    })
}

fn subject(
    loaded: &Loaded,
    arguments: &Arguments,
    sample: LogSample,
) -> Result<Subject, CommandError> {
    let contract = Contract::load(&loaded.folder).map_err(user)?;
    let environment = &loaded.suite.environment;
    let place = Place {
        partition: "aws".to_owned(),
        region: environment.region.clone(),
        account: environment.account.clone(),
    };
    let athena = athena_queries(&loaded.folder)?;
    Ok(Subject::of(
        &loaded.suite,
        &place,
        &contract,
        sample,
        athena,
        groups(&loaded.suite, &arguments.group)?,
    ))
}

/// The names of `queries/athena/*.sql`.
fn athena_queries(folder: &Path) -> Result<Vec<String>, CommandError> {
    let folder = folder.join("queries/athena");
    let Ok(entries) = fs::read_dir(&folder) else {
        return Ok(Vec::new());
    };
    let mut names = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        if let (Some(stem), true) = (stem, path.extension().is_some_and(|e| e == "sql")) {
            names.push(stem.to_owned());
        }
    }
    names.sort();
    Ok(names)
}

fn rate(text: &str) -> Result<Decimal, String> {
    let rate = quantity(text)?;
    match rate.is_zero() || rate > Decimal::from(MOST_RATE) {
        true => Err(format!(
            "`{text}` is no rate; expected requests a second, above 0 and up to 10,000,000"
        )),
        false => Ok(rate),
    }
}
