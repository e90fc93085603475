use std::io::Read as _;
use std::path::{Path, PathBuf};

use belfry_engine::account::DimensionPairs;
use belfry_engine::base::{Millis, TimeRange};
use belfry_engine::events::{EventSource as _, FileOptions, LogFile};
use belfry_engine::pattern::SystemFields;
use clap::Args;
use jiff::tz::TimeZone;

use super::connection::load_suite;
use super::query::{End, Here, Moment};
use super::{CommandError, Context, Exit, Format, Kind};
use crate::line::{LineReport, Suite, explain};
use crate::report::write_line_report;
use crate::suite::Suite as Declared;

/// Say what a log line becomes, and why not more
///
/// Of every metric filter of the line's group: whether its pattern matches and which part of it does not, the value or
/// the default, dimensions kept or dropped, the datapoint and the alarms that read it. Of embedded metrics: the
/// datapoints, and what CloudWatch would drop without a word. And the fields that Logs Insights discovers. Needs
/// no account; nothing is written.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The line; `-` reads lines from standard input
    #[arg(value_name = "LINE", required_unless_present = "file")]
    line: Option<String>,
    /// A file of lines, plain or gzip
    #[arg(long, value_name = "FILE", conflicts_with = "line")]
    file: Option<PathBuf>,
    /// The log group the lines are in [default: the one that all metric filters read]
    #[arg(long, value_name = "NAME")]
    group: Option<String>,
    /// At most so many lines of a file or of standard input
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// The time of a line that tells none [default: now]
    #[arg(long, value_name = "WHEN", value_parser = Moment::parse)]
    at: Option<Moment>,
    /// Times without a zone are UTC, not this machine's time
    #[arg(long)]
    utc: bool,
}

const EXAMPLES: &str = "\
Examples:
  belfry explain-line '{\"level\":\"ERROR\",\"duration\":\"slow\"}'
  belfry explain-line --file app.jsonl --limit 3
  docker logs service | belfry explain-line - --group /ecs/fraud-detection/application
  belfry explain-line --file app.jsonl --format json    for machines: docs/explain-line.md has the members

Exit codes:
  0 explained   1 a file cannot be read, or the suite is wrong   2 usage";

pub(super) fn run(cx: &mut Context, arguments: &Arguments) -> Result<Exit, CommandError> {
    if !matches!(cx.globals.format, Format::Table | Format::Json) {
        return Err(CommandError::usage("`explain-line` prints text, or JSON"));
    }
    let loaded = load_suite(cx)?;
    let group = group(arguments, &loaded.suite)?;
    let filters = loaded.suite.metric_filters.iter();
    let filters = filters.filter(|filter| filter.log_group == group);
    let groups = &loaded.suite.log_groups;
    let found = groups.iter().find(|found| found.name == group);
    let environment = &loaded.suite.environment;
    let fields = SystemFields {
        account: &environment.account,
        region: &environment.region,
    };
    let suite = Suite {
        other_class: found
            .filter(|found| !found.is_standard())
            .map(|found| found.class.as_str()),
        filters: filters
            .map(|filter| filter.compiled(fields))
            .collect::<Result<_, _>>()
            .map_err(|error| CommandError::user(error.message))?,
        alarms: &loaded.suite.alarms,
    };
    let (lines, more) = lines(cx, arguments)?;
    let mut pairs = DimensionPairs::default();
    let reports: Vec<LineReport> = lines
        .iter()
        .map(|(at, line)| explain(&suite, &group, line, *at, &mut pairs))
        .collect();
    let warnings = pairs.take_warnings();
    let warnings: Vec<String> = warnings.iter().map(ToString::to_string).collect();
    show(cx, &reports, more, &warnings)?;
    Ok(Exit::Fine)
}

fn show(
    cx: &mut Context,
    reports: &[LineReport],
    more: usize,
    warnings: &[String],
) -> Result<(), CommandError> {
    if cx.globals.format == Format::Json {
        let value = serde_json::json!({
            "version": 1, "lines": reports, "not_shown": more, "warnings": warnings,
        });
        writeln!(cx.out, "{value:#}")?;
        return Ok(());
    }
    for (index, report) in reports.iter().enumerate() {
        if index > 0 {
            writeln!(cx.out)?;
        }
        write_line_report(&mut cx.out, report)?;
    }
    if more > 0 {
        writeln!(cx.out, "\n{more} more lines; --limit shows more")?;
    }
    for warning in warnings {
        writeln!(cx.out, "\nwarning: {warning}")?;
    }
    Ok(())
}

fn group(arguments: &Arguments, suite: &Declared) -> Result<String, CommandError> {
    if let Some(group) = &arguments.group {
        return Ok(group.clone());
    }
    let mut groups: Vec<&str> = suite
        .metric_filters
        .iter()
        .map(|f| f.log_group.as_str())
        .collect();
    groups.sort_unstable();
    groups.dedup();
    match groups.as_slice() {
        [group] => Ok((*group).to_owned()),
        [] => Ok("no log group".to_owned()),
        _ => Err(
            CommandError::usage("the suite's metric filters read several log groups")
                .hint(format!("name one with --group: {}", groups.join(", "))),
        ),
    }
}

/// The lines with their times, and how many there are beyond the limit.
fn lines(
    cx: &Context,
    arguments: &Arguments,
) -> Result<(Vec<(Millis, String)>, usize), CommandError> {
    let now = moment(cx, arguments)?;
    let options = FileOptions::default();
    let wrong = |error| CommandError::new(Kind::User, error);
    let (file, limit) = match (&arguments.file, arguments.line.as_deref()) {
        (Some(path), _) => (
            LogFile::open(path, &options).map_err(wrong)?,
            arguments.limit,
        ),
        (None, Some("-")) => {
            let mut text = Vec::new();
            std::io::stdin().lock().read_to_end(&mut text)?;
            (
                LogFile::read("-", text.as_slice(), &options).map_err(wrong)?,
                arguments.limit,
            )
        }
        (None, line) => {
            let line = line.unwrap_or_default();
            (
                LogFile::read("line", line.as_bytes(), &options).map_err(wrong)?,
                usize::MAX,
            )
        }
    };
    let is_undated = file.is_undated();
    let mut found = Vec::new();
    let mut more = 0;
    for chunk in 0..file.chunks() {
        file.scan(chunk, TimeRange::ALL, &mut |event| {
            let at = if is_undated { now } else { event.timestamp };
            match found.len() < limit {
                true => found.push((at, event.message.to_owned())),
                false => more += 1,
            }
        });
    }
    file.check().map_err(wrong)?;
    if found.is_empty() {
        let name = arguments
            .file
            .as_deref()
            .unwrap_or(Path::new("standard input"));
        return Err(CommandError::user(format!(
            "{} has no line",
            name.display()
        )));
    }
    Ok((found, more))
}

fn moment(cx: &Context, arguments: &Arguments) -> Result<Millis, CommandError> {
    let now = cx.clock.now();
    let Some(at) = arguments.at else {
        return Ok(now);
    };
    let zone = match arguments.utc {
        true => TimeZone::UTC,
        false => cx.settings.zone.clone(),
    };
    at.resolve(&Here { now, zone }, End::Start)
        .map_err(CommandError::usage)
}
