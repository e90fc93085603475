use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use jiff::SignedDuration;

use super::connection::{Loaded, load_suite};
use super::{CommandError, Context, Exit, Format, Kind};
use crate::up::{Options, Ports, Teller, UpError};

/// Run the whole suite on this machine
///
/// Starts the embedded AWS endpoint and applies the suite to it, starts the scoring service with
/// real transactions behind a load balancer, ships its log, watches the alarms, and serves a page
/// with the dashboards.
/// Needs no AWS account. Everything listens on this machine only.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Transactions a second
    #[arg(long, value_name = "RATE", default_value = "50", value_parser = rate)]
    rate: f64,
    /// The same seed gives the same transactions at the same distances
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
    /// Stop by itself after a time such as 90s, 10m, 1h30m
    #[arg(long = "for", value_name = "DURATION", value_parser = duration)]
    duration: Option<Duration>,
    /// Make something fail until an alarm rings, then recover
    #[arg(long, value_enum, value_name = "KIND")]
    incident: Option<IncidentKind>,
    /// The port of the page; 0 takes any free one
    #[arg(long, value_name = "PORT", default_value_t = 8400)]
    port: u16,
    /// The port of the AWS endpoint; 0 takes any free one
    #[arg(long, value_name = "PORT", default_value_t = 8401)]
    endpoint_port: u16,
    /// The port of the load balancer in front of the service; 0 takes any free one
    #[arg(long, value_name = "PORT", default_value_t = 8080)]
    balancer_port: u16,
    /// The port of the scoring service; 0 takes any free one
    #[arg(long, value_name = "PORT", default_value_t = 8000)]
    service_port: u16,
    /// The folder that keeps the endpoint's state; without it all is gone at the end
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum IncidentKind {
    /// 30 % of all requests fail until the alarm `fraud-error-count` rings; takes about 8 minutes
    Errors,
    /// 20 % of all requests are slow until `fraud-latency-p95` rings; about 8 minutes
    Slow,
    /// Health checks fail until `fraud-unhealthy-targets` rings; about 6 minutes
    Unhealthy,
    /// Targets answer 5xx until `fraud-5xx` rings; about 8 minutes
    #[value(name = "5xx")]
    FiveXx,
    /// A deployment shifts 10 % of the requests to a green service that fails, and is rolled back when
    /// `fraud-error-count` rings; about 8 minutes
    BadGreen,
}

impl From<IncidentKind> for crate::up::IncidentKind {
    fn from(kind: IncidentKind) -> Self {
        match kind {
            IncidentKind::Errors => Self::Errors,
            IncidentKind::Slow => Self::Slow,
            IncidentKind::Unhealthy => Self::Unhealthy,
            IncidentKind::FiveXx => Self::FiveXx,
            IncidentKind::BadGreen => Self::BadGreen,
        }
    }
}

const EXAMPLES: &str = "\
Examples:
  belfry up                                    until Ctrl-C
  belfry up --incident errors                  see an alarm ring and go back to OK
  belfry up --incident bad-green               see a deployment fail and be rolled back
  belfry up --for 30s --rate 200 --seed 7      half a minute, the same each time";

pub(super) fn run(cx: &mut Context, arguments: &Arguments) -> Result<Exit, CommandError> {
    check_globals(cx)?;
    let options = options(cx, arguments)?;
    let out = std::mem::replace(&mut cx.out, Box::new(std::io::sink()));
    let tell = Teller::new(out, cx.clock.clone()).quiet(cx.globals.quiet);
    let clock = cx.clock.clone();
    let summary = cx.block_on(async {
        let ran = crate::up::run(&options, clock, &tell).await;
        ran.map_err(CommandError::from)
    })?;
    match summary {
        Some(summary) if !summary.is_complete() => Err(incomplete(&summary)),
        _ => Ok(Exit::Fine),
    }
}

fn incomplete(summary: &crate::up::Summary) -> CommandError {
    let reason = summary.shipped.error.as_deref();
    CommandError::new(
        Kind::Cloud,
        anyhow::anyhow!(
            "{} of {} log lines were not stored: {}",
            summary.shipped.lost + summary.shipped.rejected,
            summary.shipped.lines,
            reason.unwrap_or("refused for their time")
        ),
    )
}

/// What the flags of all commands can mean here.
fn check_globals(cx: &Context) -> Result<(), CommandError> {
    if cx.globals.env != "local" {
        let found = &cx.globals.env;
        let error = CommandError::usage(format!("`up` runs on this machine, not in `{found}`"));
        return Err(error.hint("belfry apply writes to an environment of belfry.toml"));
    }
    match cx.globals.format {
        Format::Table => Ok(()),
        Format::Json
        | Format::Csv
        | Format::Markdown
        | Format::Junit
        | Format::Github
        | Format::Sarif => Err(CommandError::usage("`up` tells its story as text only")),
    }
}

fn options(cx: &mut Context, arguments: &Arguments) -> Result<Options, CommandError> {
    let Loaded { folder, suite } = load_suite(cx)?;
    let executable = std::env::current_exe()?;
    Ok(Options {
        rate: arguments.rate,
        seed: arguments.seed,
        duration: arguments.duration,
        incident: arguments.incident.map(Into::into),
        ports: Ports {
            page: arguments.port,
            endpoint: arguments.endpoint_port,
            balancer: arguments.balancer_port,
            service: arguments.service_port,
        },
        data: arguments.data.clone(),
        program: program(&executable),
        executable,
        folder,
        suite,
    })
}

/// This program as a person types it in the same folder.
fn program(executable: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let short = executable.strip_prefix(here).unwrap_or(executable);
    short.display().to_string()
}

fn rate(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(rate) if rate > 0.0 && rate <= 100_000.0 => Ok(rate),
        _ => Err("expected a number above 0 and at most 100000".to_owned()),
    }
}

fn duration(text: &str) -> Result<Duration, String> {
    let expected = || "expected a time such as `90s`, `10m` or `1h30m`".to_owned();
    let signed: SignedDuration = text.parse().map_err(|_| expected())?;
    let duration = Duration::try_from(signed).map_err(|_| expected())?;
    if duration.is_zero() {
        return Err(expected());
    }
    Ok(duration)
}

impl From<UpError> for CommandError {
    fn from(error: UpError) -> Self {
        match error {
            UpError::Cloud(error) => error.into(),
            error => Self::new(Kind::User, error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_written_as_people_write_them() {
        let seconds = |text| duration(text).unwrap().as_secs();
        assert_eq!(
            (seconds("20s"), seconds("5m"), seconds("1h30m")),
            (20, 300, 5400)
        );
        for wrong in ["20", "-5s", "0s", "soon"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_rate_is_above_zero_and_finite() {
        assert_eq!(rate("0.5"), Ok(0.5));
        for wrong in ["0", "-1", "NaN", "inf", "fast"] {
            assert!(rate(wrong).is_err(), "{wrong}");
        }
    }
}
