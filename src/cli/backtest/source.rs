use belfry_engine::base::{Millis, TimeRange};
use jiff::tz::TimeZone;

use super::Arguments;
use crate::cli::query::{End, Here, Moment};
use crate::cli::{CommandError, Context};
use crate::suite::Suite;

/// The range that the flags say, both ends included; an end that is not said is open.
pub(super) fn range(cx: &Context, arguments: &Arguments) -> Result<TimeRange, CommandError> {
    let zone = match arguments.utc {
        true => TimeZone::UTC,
        false => cx.settings.zone.clone(),
    };
    let here = Here {
        now: cx.clock.now(),
        zone,
    };
    let resolve = |moment: Moment, end| moment.resolve(&here, end).map_err(CommandError::usage);
    let start = arguments
        .since
        .map(|since| resolve(since, End::Start))
        .transpose()?;
    let end = match arguments.to {
        Some(to) => resolve(to, End::Last { start })?,
        None => Millis(i64::MAX),
    };
    let start = start.unwrap_or(Millis(i64::MIN));
    if end < start {
        return Err(CommandError::usage("the time range ends before it starts"));
    }
    Ok(TimeRange { start, end })
}

/// The log groups whose events matter: those of metric filters, and all others of the suite, whose lines may hold embedded
/// metrics.
pub(super) fn log_groups<'s>(suites: &[&'s Suite]) -> Vec<&'s str> {
    let mut groups: Vec<&str> = Vec::new();
    for suite in suites {
        let of_filters = suite
            .metric_filters
            .iter()
            .map(|filter| filter.log_group.as_str());
        let declared = suite.log_groups.iter().map(|group| group.name.as_str());
        for group in of_filters.chain(declared) {
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
    }
    groups
}
