use belfry_engine::base::{Millis, TimeRange};
use belfry_engine::insights::Source;
use clap::Args;
use jiff::tz::TimeZone;

use super::moment::{End, Here, Moment};
use super::zone;
use crate::cli::{CommandError, Context};

/// The flags that say when.
#[derive(Debug, Args)]
pub(in crate::cli) struct When {
    /// From when on: 30m, 2h, 1d, 13:10, yesterday, a date, or RFC 3339 [default: 1h; of a file, all]
    #[arg(long, value_name = "WHEN", value_parser = Moment::parse, conflicts_with = "from")]
    since: Option<Moment>,
    /// The same, to go with --to
    #[arg(long, value_name = "WHEN", value_parser = Moment::parse)]
    from: Option<Moment>,
    /// Until when; a date means its whole day [default: now]
    #[arg(long, value_name = "WHEN", value_parser = Moment::parse)]
    to: Option<Moment>,
    /// Times without a zone are UTC, not this machine's time
    #[arg(long)]
    pub(super) utc: bool,
}

/// A range of whole seconds, both ends included, and how it is shown.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Times {
    /// Begins with a second's first millisecond and ends with one's last, as StartQuery reads its times.
    pub(in crate::cli) range: TimeRange,
    /// Where the start was given as a length of time before now and the end is now: for links.
    pub(super) seconds_back: Option<i64>,
    zone: TimeZone,
}

/// How far back a query of log groups looks where nothing is said.
const DEFAULT_BACK: Moment = Moment::Ago(3_600_000);

impl When {
    /// Of commands whose flags have other defaults.
    pub(in crate::cli) fn new(since: Option<Moment>, to: Option<Moment>, utc: bool) -> Self {
        Self {
            since,
            from: None,
            to,
            utc,
        }
    }

    /// Whether anything is said.
    pub(in crate::cli) fn is_given(&self) -> bool {
        self.start().is_some() || self.to.is_some()
    }

    fn start(&self) -> Option<Moment> {
        self.since.or(self.from)
    }

    /// The range of a file: all of it where nothing is said.
    pub(in crate::cli) fn of_file(&self, cx: &Context) -> Result<Times, CommandError> {
        let here = self.here(cx);
        let start = match self.start() {
            Some(start) => self.resolve(start, &here, End::Start)?,
            None => Millis(i64::MIN),
        };
        let end = match self.to {
            Some(to) => self.resolve(to, &here, last(self.start(), start))?,
            None => Millis(i64::MAX),
        };
        checked(start, end, &here)
    }

    /// The range that `SOURCE` says; all of time where it leaves an end open.
    pub(super) fn of_source(&self, cx: &Context, source: &Source) -> Result<Times, CommandError> {
        let here = self.here(cx);
        ordered(source.range(TimeRange::ALL, here.now), &here)
    }

    /// The range of a query of log groups: the last hour where nothing is said.
    pub(super) fn of_groups(&self, cx: &Context) -> Result<Times, CommandError> {
        let here = self.here(cx);
        let first = self.start().unwrap_or(DEFAULT_BACK);
        let start = self.resolve(first, &here, End::Start)?;
        let end = match self.to {
            Some(to) => self.resolve(to, &here, last(self.start(), start))?,
            None => here.now,
        };
        let mut times = checked(start, end, &here)?;
        if let (Moment::Ago(millis), None) = (first, self.to) {
            times.seconds_back = Some(millis / 1000);
        }
        Ok(times)
    }

    fn here(&self, cx: &Context) -> Here {
        let zone = if self.utc {
            TimeZone::UTC
        } else {
            cx.settings.zone.clone()
        };
        Here {
            now: cx.clock.now(),
            zone,
        }
    }

    fn resolve(&self, moment: Moment, here: &Here, end: End) -> Result<Millis, CommandError> {
        moment.resolve(here, end).map_err(CommandError::usage)
    }
}

fn checked(start: Millis, end: Millis, here: &Here) -> Result<Times, CommandError> {
    let range = TimeRange {
        start: if start.0 == i64::MIN {
            start
        } else {
            start.floor_to(1000)
        },
        end: if end.0 == i64::MAX {
            end
        } else {
            end.floor_to(1000).plus(999)
        },
    };
    ordered(range, here)
}

fn ordered(range: TimeRange, here: &Here) -> Result<Times, CommandError> {
    if range.end < range.start {
        let [start, end] = [range.start, range.end].map(|at| zone::show(at, &here.zone));
        let message = format!("the time range ends ({end}) before it starts ({start})");
        return Err(CommandError::usage(message));
    }
    Ok(Times {
        range,
        seconds_back: None,
        zone: here.zone.clone(),
    })
}

/// A clock time that ends a range is the first after the start, where one was said.
fn last(said: Option<Moment>, start: Millis) -> End {
    End::Last {
        start: said.map(|_| start),
    }
}

impl Times {
    /// `2026-04-20 09:00:00 to 2026-04-20 10:00:00 UTC`.
    pub(super) fn show(&self) -> String {
        let moment = |moment: Millis, open: &str| match moment.0 {
            i64::MIN | i64::MAX => open.to_owned(),
            _ => zone::show(moment, &self.zone),
        };
        format!(
            "{} to {} {}",
            moment(self.range.start, "the beginning"),
            moment(self.range.end, "the end"),
            zone::name(&self.zone)
        )
    }

    /// Whether times are shown as UTC.
    pub(super) fn is_utc(&self) -> bool {
        zone::is_utc(&self.zone)
    }
}
