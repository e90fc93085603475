use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use rust_decimal::Decimal;

use super::connection::{Loaded, load_suite};
use super::{CommandError, Context, Exit, Format, Kind};
use crate::check::Contract;
use crate::cost::estimate::{Assumptions, Estimate, LogSample, Subject};
use crate::cost::{Allowances, PriceList, quantity};
use crate::provision::Place;
use crate::report::{GridForm, write_estimate};

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
  belfry estimate --assume sampled=0.1 --retention 7 what would be left with both
  belfry estimate --format markdown                  for a pull request";

/// The sample that comes with the suite.
const SAMPLE: &str = "scoring-service/sample-log.jsonl";
/// More than any service answers; sums stay exact.
const MOST_RATE: i64 = 10_000_000;

pub(super) fn run(cx: &mut Context, arguments: &Arguments) -> Result<Exit, CommandError> {
    let assumed = assumptions(arguments)?;
    let loaded = load_suite(cx)?;
    let own = arguments.prices.as_deref().map(PriceList::load).transpose();
    let own = own.map_err(user)?;
    let list = match &own {
        Some(list) => list,
        None => PriceList::built_in().map_err(user)?,
    };
    let subject = subject(&loaded, arguments)?;
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

fn assumptions(arguments: &Arguments) -> Result<Assumptions, CommandError> {
    let mut assumed = Assumptions::default();
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

fn subject(loaded: &Loaded, arguments: &Arguments) -> Result<Subject, CommandError> {
    let own = loaded.folder.join(SAMPLE);
    let path = arguments.file.as_deref().unwrap_or(&own);
    let sample = LogSample::load(path).map_err(|error| {
        user(error).hint("name a log of the service with --file; `belfry up` ships one")
    })?;
    let sample = LogSample {
        name: arguments
            .file
            .as_ref()
            .map_or_else(|| SAMPLE.to_owned(), |path| path.display().to_string()),
        ..sample
    };
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
